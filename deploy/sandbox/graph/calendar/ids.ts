import type { Person } from '../../people.ts';
import type { Call } from '../exchange.ts';
import { hasCopy, type Item, occurrenceOf, wholeItem } from './items.ts';
import { invalid, itemNotFound } from './refusals.ts';

/** Whether the request reads and writes immutable ids. Ids of the two kinds are not interchangeable. */
const isImmutable = ({ request }: Call) =>
  /IdType\s*=\s*"?ImmutableId"?/i.test(String(request.headers.prefer ?? ''));

/** The id of an item in this person's calendar, of the kind that was preferred. */
export function idOf({ event, date }: Pick<Item, 'event' | 'date'>, owner: Person, call: Call): string {
  const kind = isImmutable(call) ? 'immutable' : String(event.moves);
  const parts = [kind, event.key, owner.oid, date ?? ''];
  return `AAMk${Buffer.from(parts.join('|')).toString('base64url')}=`;
}

/** The key of the event with this id. */
export const keyIn = (id: string): string => partsOf(id)[1] ?? '';

const partsOf = (id: string) => Buffer.from(id.slice(4), 'base64url').toString().split('|');

/** The item with this id in this person's calendar. Throws a 404, and a 400 for an id of the other kind. */
export function itemWith(id: string, owner: Person, call: Call): Item {
  const [kind = '', key, oid, date = ''] = partsOf(id);
  const event = call.world.calendar.events.find((candidate) => candidate.key === key);
  if (event === undefined || oid !== owner.oid) throw itemNotFound();
  if ((kind === 'immutable') !== isImmutable(call))
    throw invalid('Id is malformed.', 'ErrorInvalidIdMalformed');
  if (!hasCopy(event, owner) || (kind !== 'immutable' && kind !== String(event.moves))) throw itemNotFound();
  const item = date === '' ? wholeItem(event) : occurrenceOf(event, date);
  if (item === null) throw itemNotFound();
  return item;
}
