import type { Caller } from '../../graph/call-as.ts';
import { GraphError } from '../../graph/graph-error.ts';
import type { Assumption } from '../../language/command.ts';
import type { Draft } from '../../meeting/decide.ts';
import { listDeclined, type Missed, possible, toChoices } from '../../meeting/granted-options.ts';
import type { Guest, Meeting, MeetingRequest } from '../../meeting/meeting.ts';
import { toGuess } from '../../meeting/notes.ts';
import { KEEP_MEETING_MS, type MeetingRecord } from '../../meeting/record.ts';
import type { Outcome } from '../../teams/outcome.ts';
import { planDues, reachOf } from '../dues.ts';
import { withinLimit } from '../once/create-limit.ts';
import type { Services, TurnScope } from '../services.ts';

/** A meeting that can be made. */
type Order = {
  id: string;
  guests: readonly Guest[];
  zone: string;
  draft: Draft;
  assumed: readonly Assumption[];
};

/** Makes a meeting, if the person may make one more, and keeps a reference to it. Throws GraphError. */
export async function createMeeting(
  order: Order,
  caller: Caller,
  scope: TurnScope,
): Promise<{ meeting: Meeting; record: MeetingRecord } | { refused: Outcome }> {
  const { draft, guests } = order;
  const creation = await withinLimit(scope, () => makeGranted({ ...draft, guests }, caller, scope.services));
  if ('refused' in creation) return creation;
  const { meeting, missed } = creation.made;
  return { meeting, record: await keepReference(meeting, order, missed, scope) };
}

/**
 * Makes a meeting with as much of what was asked for as can be had, and says what could not. A licence that Graph
 * refuses outright costs the options that need it, not the meeting. Throws GraphError.
 */
export async function makeGranted(
  request: MeetingRequest,
  caller: Caller,
  { meetings, offer }: Pick<Services, 'meetings' | 'offer'>,
): Promise<{ meeting: Meeting; missed: readonly Missed[] }> {
  const { options, missed } = possible(request.options, offer);
  const meeting = await meetings.create({ ...request, options }, caller).catch((error: unknown) => {
    const { template, encrypted, ...plain } = options;
    const isPremium = template !== undefined || encrypted === true;
    if (!isPremium || !isRefused(error)) throw error;
    return meetings.create({ ...request, options: plain }, caller);
  });
  return { meeting, missed: [...missed, ...listDeclined(options, meeting.granted)] };
}

const isRefused = (error: unknown) =>
  error instanceof GraphError && (error.status === 400 || error.status === 403);

/** Keeps a reference to what Graph has made: no link, no passcode. */
async function keepReference(
  meeting: Meeting,
  { id, guests, zone, draft, assumed }: Order,
  missed: readonly Missed[],
  scope: TurnScope,
): Promise<MeetingRecord> {
  const { services, owner, turn } = scope;
  const createdAt = services.now().toMillis();
  const record: MeetingRecord = {
    id,
    owner,
    conversation: turn.conversation,
    reach: reachOf(turn),
    cardId: null,
    graphId: meeting.graphId,
    revision: 1,
    leftovers: [],
    subject: draft.subject,
    start: meeting.start.toMillis(),
    end: meeting.end.toMillis(),
    zone,
    guests,
    options: toChoices(draft.options),
    ...(draft.options.invitation !== undefined && { invitation: draft.options.invitation }),
    said: {
      guesses: assumed.map(toGuess),
      assumedMinutes: draft.assumedMinutes,
      notes: draft.unmet,
      missed,
      ...(draft.unknown && { unknown: draft.unknown }),
    },
    createdAt,
    expires: Math.max(createdAt, meeting.end.toMillis()) + KEEP_MEETING_MS,
  };
  await planDues([record], scope);
  await services.store.addMeeting(record);
  return record;
}
