import type { Guest } from '../meeting/meeting.ts';
import { names, plain, shortName } from './filling.ts';
import type { Say } from './say.ts';

type Person = { id: string; name: string };
/** A mention as Teams wants it on a card: `text` stands in a TextBlock, letter for letter. */
type Entity = { text: string; id: string; name: string };

/** Whom Teams tells about one card. */
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

/** A mention and its guest share no id, only the name; each mention stands for one guest. */
function without(told: readonly Person[], guests: readonly Guest[]): Guest[] {
  const open = told.map(({ name }) => name);
  return guests.filter((guest) => {
    const at = guest.kind === 'email' ? -1 : open.indexOf(guest.name);
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
}
