import { NEW } from '../choose-act.ts';
import type { Around } from '../parts.ts';
import type { Part, Place } from '../roles/roles.ts';
import type { Knowledge } from '../roles/vocabulary.ts';
import { isSaidAt, positionsIn } from '../said.ts';
import { isJointAt } from './invitees.ts';

const NAMES: ReadonlySet<Knowledge> = new Set(['name', 'capital', 'called']);
/** Words that the language knows as words, not as names. */
const WORDS: ReadonlySet<Knowledge> = new Set(['corpus', 'lexicon']);

/** Whether a token is a mention or an address. */
export const isMark = ({ tokens }: Pick<Around, 'tokens'>, at: number): boolean =>
  tokens[at]?.kind === 'person' || tokens[at]?.kind === 'email';

/** Whether words name somebody: a mention, an address, a name that is known or written with a capital. */
const isNamed = (around: Around, place: Place): boolean =>
  positionsIn(place).some((at) => isMark(around, at) || NAMES.has(around.knowledge[at] ?? 'unknown'));

/** Whether words may be a topic: none is a name, and they are no group and no description of people. */
function isTopic({ tokens, knowledge, pack }: Around, place: Place): boolean {
  const { groups, determiners } = pack.meetings;
  const isWord = (at: number) => tokens[at]?.kind === 'word' && !NAMES.has(knowledge[at] ?? 'unknown');
  const isGroup = (at: number) => groups.has(tokens[at]?.low ?? '');
  const isDescribed = determiners.has(tokens[place.first]?.low ?? '');
  const at = positionsIn(place);
  return (
    at.every(isWord) &&
    at.some((one) => WORDS.has(knowledge[one] ?? 'unknown')) &&
    !isDescribed &&
    !at.some(isGroup)
  );
}

/** The comma behind people where a topic follows to the end of the part: "Mrs Achebe[,] probate". */
function commaBeforeTopic(around: Around, { first, next }: Place): number | null {
  const { tokens, pack } = around;
  const comma = positionsIn({ first, next }).findLast((at) => isJointAt(around, at));
  if (comma === undefined || comma === first || tokens[comma]?.low !== ',') return null;
  const isPerson = isSaidAt(tokens, pack, ['myself', 'who', 'joins'], comma + 1);
  const isApart =
    !isPerson && isNamed(around, { first, next: comma }) && isTopic(around, { first: comma + 1, next });
  return isApart ? comma : null;
}

/** Words behind the people that name nobody are what the meeting is about: "with bo@contoso.com, pricing". */
export function cutTopics(around: Around, parts: readonly Part[]): Part[] {
  const { act, tokens, pack } = around;
  if (!NEW.has(act)) return [...parts];
  const isNamedAlready = parts.some(({ role }) => role === 'subject');
  return parts.flatMap((part): Part[] => {
    const isWith = [part.first - 1, part.first - 2].some((at) => isSaidAt(tokens, pack, 'together', at));
    const isPeople = part.role === 'guest' ? !isNamedAlready : part.role === 'subject' && isWith;
    const comma = isPeople ? commaBeforeTopic(around, part) : null;
    if (comma === null) return [part];
    return [
      { role: 'guest', first: part.first, next: comma },
      { role: 'subject', first: comma + 1, next: part.next },
    ];
  });
}
