import type { TokenError } from '../../auth/token-error.ts';
import { GraphError } from '../../graph/client.ts';
import type { CalendarEvent } from '../../meeting/event.ts';
import { listDeclined, type Missed, selectPossible, toChoices } from '../../meeting/granted-options.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { calendarIn, type GraphScope } from '../services.ts';
import { isRefusedForGood } from '../sign-in/caller.ts';
import { type Order, referenceTo } from './write-event.ts';

/** A meeting that was made, and its event if it has one. */
export type Made = { meeting: Meeting; missed: readonly Missed[]; event?: MeetingRecord['event'] };

/** Nothing is left of what was made: Graph refused the rest for good, and the event was cancelled. */
export type Undone = { undone: GraphError | TokenError };

/**
 * Does what is left to do once the event is there and its guests are mailed. If Graph refuses that for good, the event is
 * cancelled, of which its guests are mailed. In all other cases a second try finds the event by its key. Throws GraphError.
 */
export async function completeOrUndo(
  event: CalendarEvent,
  scope: GraphScope,
  complete: () => Promise<Made>,
): Promise<Made | Undone> {
  try {
    return await complete();
  } catch (error) {
    if (!isRefusedForGood(error, scope)) throw error;
    await calendarIn(scope.services)
      .cancel(event.id, null, scope.caller)
      .catch((cause: unknown) => {
        throw new GraphError(0, 'notUndone', { cause });
      });
    return { undone: error };
  }
}

/** Finds the online meeting that an event has brought, and sets its options. Throws GraphError. */
export async function findOnline(
  event: CalendarEvent,
  joinUrl: string,
  order: Order,
  scope: GraphScope,
): Promise<Made> {
  const { meetings, offer } = scope.services;
  const found = await meetings.byJoinUrl(joinUrl, scope.caller);
  // A second try finds it: the same key makes no second event.
  if (found === null) throw new GraphError(0, 'notFoundYet');
  const { options, missed } = selectPossible(order.options, offer);
  const { meeting, declined } = await withOptions(found, { ...order, options }, scope);
  return { meeting, missed: [...missed, ...declined], event: referenceTo(event, order) };
}

async function withOptions(
  found: Meeting,
  { options, guests }: Pick<Order, 'options' | 'guests'>,
  scope: GraphScope,
): Promise<{ meeting: Meeting; declined: readonly Missed[] }> {
  const { meetings } = scope.services;
  const { passcode: _, ...sent } = toChoices(options);
  const hasRoles = sent.presenters !== undefined || guests.some(({ role }) => role !== undefined);
  if (Object.keys(sent).length === 0 && !hasRoles) return { meeting: found, declined: [] };
  const change = { options: sent, ...(hasRoles && { guests }) };
  const meeting = await meetings.update(found.graphId, change, scope.caller).catch((error: unknown) => {
    // The guests have been mailed: an option that is refused is said, and does not undo the meeting.
    if (isRefusedForGood(error, scope)) return found;
    throw error;
  });
  return { meeting, declined: listDeclined(sent, meeting.granted) };
}
