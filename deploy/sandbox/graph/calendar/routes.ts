import type { Person } from '../../people.ts';
import type { Answer } from '../../serve.ts';
import { GraphRefusal, notFound } from '../errors.ts';
import type { Call } from '../exchange.ts';
import { atMailbox, mailboxOf } from './mailbox.ts';
import { checkCalendarQuery, getCalendar, getEvent, listInstances, viewCalendar } from './read-events.ts';
import { getSchedule } from './schedules.ts';
import { cancelEvent, createEvent, deleteEvent, updateEvent } from './write-events.ts';

type CalendarOperation = (call: Call, owner: Person, id: string) => Answer;
type Route = { use: 'read' | 'write'; operation: CalendarOperation };

const read = (operation: CalendarOperation): Route => ({ use: 'read', operation });
const write = (operation: CalendarOperation): Route => ({ use: 'write', operation });

/** By the path below a person, in which `*` stands for an id, and the method. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  calendar: { GET: read(getCalendar) },
  'calendar/getSchedule': { POST: read(getSchedule) },
  calendarView: { GET: read(viewCalendar) },
  events: { POST: write(createEvent) },
  'events/*': { GET: read(getEvent), PATCH: write(updateEvent), DELETE: write(deleteEvent) },
  'events/*/cancel': { POST: write(cancelEvent) },
  'events/*/instances': { GET: read(listInstances) },
};

/** Whether a path below a person leads to their calendar. */
export const isCalendarPath = ([first = '']: readonly string[]): boolean =>
  ['calendar', 'calendarView', 'events'].includes(first);

/** Runs the operation behind a path of somebody's calendar. Throws GraphRefusal. */
export async function operateCalendar(
  call: Call,
  user: string | null,
  rest: readonly string[],
): Promise<Answer> {
  checkCalendarQuery(call.request);
  const isEvent = rest[0] === 'events' && rest.length > 1;
  const methods = ROUTES[isEvent ? ['events', '*', ...rest.slice(2)].join('/') : rest.join('/')];
  if (!methods) throw notFound(`Resource not found for the segment '${rest.at(-1)}'.`);
  const route = methods[call.request.method];
  if (!route) throw new GraphRefusal(405, 'Request_BadRequest', 'The method is not allowed here.');
  const owner = mailboxOf(call.caller, { user, use: route.use }, call.world);
  return atMailbox(call.world, owner, () => route.operation(call, owner, isEvent ? (rest[1] ?? '') : ''));
}
