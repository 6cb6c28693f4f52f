import { DateTime } from 'luxon';
import type { Person } from '../../people.ts';
import type { Answer, Incoming } from '../../serve.ts';
import { contextOf } from '../answer.ts';
import { badRequest, GraphRefusal } from '../errors.ts';
import type { Call } from '../exchange.ts';
import { eventAnswer } from './event-answer.ts';
import { itemWith } from './ids.ts';
import { calendarOf, type Item, itemsOf } from './items.ts';

/** GET by id. */
export function getEvent(call: Call, owner: Person, id: string): Answer {
  return { status: 200, body: eventAnswer(itemWith(id, owner, call), owner, call, selected(call.request)) };
}

/** GET calendarView: series are laid out as occurrences. */
export function viewCalendar(call: Call, owner: Person): Answer {
  const [from, to] = spanIn(call.request);
  return page(calendarOf(call.world.calendar, owner, from, to), call, owner);
}

/** GET events/{id}/instances. */
export function listInstances(call: Call, owner: Person, id: string): Answer {
  const { event, type } = itemWith(id, owner, call);
  if (type !== 'seriesMaster') throw badRequest('The event is no series.');
  const [from, to] = spanIn(call.request);
  return page(
    itemsOf(event).filter(({ start, end }) => start < to && end > from),
    call,
    owner,
  );
}

/** GET calendar: which online meetings its events can be. */
export function getCalendar(_call: Call, owner: Person): Answer {
  const providers = owner.licence.teams ? ['teamsForBusiness'] : [];
  return {
    status: 200,
    body: {
      id: `calendar-${owner.oid}`,
      name: 'Calendar',
      allowedOnlineMeetingProviders: providers,
      defaultOnlineMeetingProvider: providers[0] ?? 'unknown',
    },
  };
}

/** The query options that reading takes here. */
const TAKEN = ['$select', '$top', '$skip', '$filter', '$orderby'];

/** Throws a 400 for others. */
export function checkCalendarQuery({ url, method }: Incoming): void {
  const stranger = [...url.searchParams.keys()].find(
    (name) => name.startsWith('$') && !(method === 'GET' && TAKEN.includes(name)),
  );
  if (stranger) throw badRequest(`Query option '${stranger}' is not allowed.`);
  const filter = url.searchParams.get('$filter');
  if (filter === null) return;
  const text = `The property '${filter.split(' ')[0]}' does not support filtering.`;
  throw new GraphRefusal(400, 'ErrorInvalidProperty', text);
}

const selected = ({ url }: Incoming) => url.searchParams.get('$select')?.split(',') ?? null;

function spanIn({ url }: Incoming): [DateTime, DateTime] {
  const [from, to] = ['startDateTime', 'endDateTime'].map((name) => {
    const read = DateTime.fromISO(url.searchParams.get(name) ?? '', { zone: 'utc' });
    if (read.isValid) return read;
    throw new GraphRefusal(400, 'ErrorInvalidParameter', `This request requires a time '${name}'.`);
  }) as [DateTime, DateTime];
  if (to <= from)
    throw new GraphRefusal(400, 'ErrorInvalidParameter', 'endDateTime must be after startDateTime.');
  return [from, to];
}

function page(items: readonly Item[], call: Call, owner: Person): Answer {
  const { url } = call.request;
  const number = (name: string, otherwise: number) => Number(url.searchParams.get(name) ?? otherwise);
  const top = Math.min(number('$top', 10), 1_000);
  const skip = number('$skip', 0);
  const next = new URL(url);
  next.searchParams.set('$skip', String(skip + top));
  const shown = items.slice(skip, skip + top);
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(call.world.cloud, owner.oid).replace('onlineMeetings', 'calendarView'),
      value: shown.map((item) => eventAnswer(item, owner, call, selected(call.request))),
      ...(skip + top < items.length && { '@odata.nextLink': next.href }),
    },
  };
}
