import { isJointAt } from './people/invitees.ts';
import type { Doubt, Sentence } from './reading.ts';
import type { Place } from './roles/roles.ts';
import { isSaidAt, positionsIn, saidIn, textOf } from './said.ts';

/** So many small words may stand between a verb and what it brings: "add also Gina". */
const NEAR = 1;

/** What is brought by a verb that moves a meeting as well: the people or the wish right behind it, "add *Gina*". */
function broughtBy({ parts, options }: Sentence, verb: Place): Place | undefined {
  const brought = [...parts.filter(({ role }) => role === 'guest'), ...options];
  return brought.find(({ first }) => first >= verb.next && first - verb.next <= NEAR);
}

/** Whether a word in a place does something, so that what follows is not of the verb before it. */
const isDoneIn = ({ tokens, pack }: Sentence, place: Place): boolean =>
  ['act', 'proposes'].some((tag) => saidIn(tokens, pack, tag, place).length > 0);

/**
 * Whether a verb moves a meeting by this length. The "add" of "make it 45 min and add Gina" and of "add Gina, make it 45 min"
 * only brings people, so that the length is the new one.
 */
export function isVerbOf(sentence: Sentence, verb: Place, length: Place): boolean {
  const { tokens } = sentence;
  const brought = broughtBy(sentence, verb);
  if (verb.first < length.first)
    return brought === undefined || !isDoneIn(sentence, { first: brought.next, next: length.first });
  const between = positionsIn({ first: length.next, next: verb.first });
  return (
    brought === undefined && !between.some((at) => isJointAt(sentence, at) || tokens[at]?.kind === 'sign')
  );
}

/** "add Gina and 15 min": so much longer, or so long. */
export function openLengths(sentence: Sentence): Doubt[] {
  const { tokens, pack, said, text } = sentence;
  const verbs = saidIn(tokens, pack, 'moves:length/+');
  const isOpen = (length: Place) =>
    verbs.some((verb) => {
      const brought = broughtBy(sentence, verb);
      return brought !== undefined && brought.next <= length.first && isVerbOf(sentence, verb, length);
    });
  return said
    .filter(
      (time) => time.kind === 'length' && !isSaidAt(tokens, pack, 'cue:for', time.first) && isOpen(time),
    )
    .map((time) => ({ why: 'time', words: textOf(text, tokens, time) }));
}
