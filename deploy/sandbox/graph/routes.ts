import type { Person } from '../people.ts';
import type { Answer } from '../serve.ts';
import { ownerOf } from './access.ts';
import { atMailbox, mailboxOf } from './calendar/mailbox.ts';
import {
  checkCalendarQuery,
  getCalendar,
  getEvent,
  listInstances,
  viewCalendar,
} from './calendar/read-events.ts';
import { getSchedule } from './calendar/schedules.ts';
import { cancelEvent, createEvent, deleteEvent, updateEvent } from './calendar/write-events.ts';
import { GraphRefusal, notFound } from './errors.ts';
import { type Call, checkQuery } from './exchange.ts';
import {
  attendance,
  create,
  createOrGet,
  filter,
  get,
  type Operation,
  remove,
  update,
} from './operations.ts';

/** Finds the operation behind a path and runs it. Throws GraphRefusal. */
export function operate(call: Call): Answer | Promise<Answer> {
  const [first, second] = call.path;
  if (first === 'me' && isCalendarPath(call.path.slice(1)))
    return operateCalendar(call, null, call.path.slice(1));
  if (first === 'users' && isCalendarPath(call.path.slice(2)))
    return operateCalendar(call, second ?? '', call.path.slice(2));
  checkQuery(call.request);
  if (first === 'me' && second === 'onlineMeetings') return onMeetings(call, null, call.path.slice(2));
  if (first === 'users' && call.path[2] === 'onlineMeetings') {
    return onMeetings(call, second ?? '', call.path.slice(3));
  }
  throw notFound(`Resource not found for the segment '${call.path.at(-1)}'.`);
}

function onMeetings(call: Call, user: string | null, rest: readonly string[]): Answer {
  const [id, part] = rest;
  if (id === undefined) return run(call, user, { GET: filter, POST: create });
  if (id === 'createOrGet' && part === undefined) return run(call, user, { POST: createOrGet });
  if (part === undefined) return run(call, user, { GET: get, PATCH: update, DELETE: remove }, id);
  if (part === 'attendanceReports' && rest.length < 4) {
    const report = rest[2];
    const operation: Operation = (...those) => attendance(...those, report);
    return run(call, user, { GET: operation }, id);
  }
  throw notFound(`Resource not found for the segment '${rest.at(-1)}'.`);
}

function run(call: Call, user: string | null, methods: Record<string, Operation>, id = ''): Answer {
  const operation = methods[call.request.method];
  if (!operation) {
    throw new GraphRefusal(405, 'Request_BadRequest', 'The method is not allowed here.', {
      Allow: Object.keys(methods).join(', '),
    });
  }
  const use = call.request.method === 'GET' ? 'read' : 'write';
  return operation(call, ownerOf(call.caller, { user, use }, call.world), id);
}

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
const isCalendarPath = ([first = '']: readonly string[]): boolean =>
  ['calendar', 'calendarView', 'events'].includes(first);

/** Runs the operation behind a path of somebody's calendar. Throws GraphRefusal. */
async function operateCalendar(call: Call, user: string | null, rest: readonly string[]): Promise<Answer> {
  checkCalendarQuery(call.request);
  const isEvent = rest[0] === 'events' && rest.length > 1;
  const methods = ROUTES[isEvent ? ['events', '*', ...rest.slice(2)].join('/') : rest.join('/')];
  if (!methods) throw notFound(`Resource not found for the segment '${rest.at(-1)}'.`);
  const route = methods[call.request.method];
  if (!route) throw new GraphRefusal(405, 'Request_BadRequest', 'The method is not allowed here.');
  const owner = mailboxOf(call.caller, { user, use: route.use }, call.world);
  return atMailbox(call.world, owner, () => route.operation(call, owner, isEvent ? (rest[1] ?? '') : ''));
}
