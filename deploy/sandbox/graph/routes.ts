import type { Answer } from '../serve.ts';
import { ownerOf } from './access.ts';
import { isCalendarPath, operateCalendar } from './calendar/routes.ts';
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
