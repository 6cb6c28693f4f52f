import { memo } from '../../base/cache.ts';
import { writtenName } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { Say } from '../say.ts';
import { plain, shortName, shown } from './text.ts';

const lists = memo(200, (locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));

/** "Ben, Lee and 4 more" in the locale's way of listing. */
export function names(all: readonly string[], { text, locale }: Say, limit: number): string {
  const shown = all.slice(0, limit);
  const count = all.length - shown.length;
  return lists(locale).format(count > 0 ? [...shown, text('list.more', { count })] : shown);
}

const GUESTS_SHOWN = 12;

/** The guests in one line for a TextRun. Empty if there are none. A long list ends with the number of the others. */
export function wordGuests(guests: readonly Guest[], say: Say): string[] {
  if (guests.length === 0) return [];
  return [names(guests.map(nameOf), say, GUESTS_SHOWN)];
}

const MAILED_SHOWN = 12;

/** Says that these people, named for a TextRun, will be mailed an invitation. Empty if there are none. */
export const wordMailed = (people: readonly string[], say: Say): string[] =>
  people.length === 0 ? [] : [say.text('draft.mails', { names: names(people, say, MAILED_SHOWN) })];

/** The guests that a TextRun names. */
export function nameOf(guest: Guest): string {
  return shown(shortName(writtenName(guest)));
}

type Person = { id: string; name: string };
/** A mention entity of a card. Teams requires that `text` occurs unchanged in a TextBlock. */
type Entity = { text: string; id: string; name: string };

/** The most mentions on one card. */
const MENTIONS_SHOWN = 20;

/** The people to be told, as one line of mentions and the entities behind it, and the guests who are left for a TextRun. */
export function wordMentions(
  people: readonly Person[],
  guests: readonly Guest[],
  say: Say,
): { line: string[]; entities: Entity[]; others: readonly Guest[] } {
  const told = people.filter(({ name }) => plain(name) !== '').slice(0, MENTIONS_SHOWN);
  const entities = told.map(({ id, name }) => {
    const clean = shortName(plain(name));
    return { text: `<at>${clean}</at>`, id, name: clean };
  });
  const texts = entities.map(({ text }) => text);
  return {
    line: texts.length === 0 ? [] : [names(texts, say, MENTIONS_SHOWN)],
    entities,
    others: without(told, guests),
  };
}

/** A mention has only the name in common with its guest. Each mention matches one guest. */
function without(told: readonly Person[], guests: readonly Guest[]): Guest[] {
  const open = told.map(({ name }) => name);
  return guests.filter((guest) => {
    const at = guest.kind === 'email' ? -1 : open.indexOf(guest.name);
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
}
