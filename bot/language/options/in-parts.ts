import type { Around } from '../parts.ts';
import type { Part, Place } from '../roles/roles.ts';
import { isSaidAt, saidIn } from '../said.ts';

/** Topics beside which a name stands: "template Party". */
export const NAMING: readonly string[] = ['template', 'label'];

/** Words that wishes are said with. */
const WISHING = ['option', 'deny', 'affirm', 'who', 'idle', 'only'];

/** Whether a place says a wish and nothing else; a name may follow "template". */
function isWish({ tokens, pack }: Around, place: Place): boolean {
  const [topic] = saidIn(tokens, pack, 'option', place);
  if (topic?.first === place.first && topic.values.some((value) => NAMING.includes(value))) return true;
  const isWord = (at: number) => tokens[at]?.kind === 'sign' || isSaidAt(tokens, pack, WISHING, at);
  const places = Array.from({ length: place.next - place.first }, (_none, index) => place.first + index);
  return topic !== undefined && places.every(isWord);
}

/** Where a wish begins at the end of a subject: "Q3[, encrypted]", "Q3 [with template Party]". */
function wishIn(around: Around, { first, next }: Place): number | null {
  const { tokens, pack } = around;
  for (let at = first + 1; at + 1 < next; at += 1) {
    const isJoint = isSaidAt(tokens, pack, ['joins', 'affirm'], at);
    const [topic] = saidIn(tokens, pack, 'option', { first: at + 1, next });
    const isNamed = topic?.first === at + 1 && topic.values.some((value) => NAMING.includes(value));
    const isApart = tokens[at]?.low === ',' && isWish(around, { first: at + 1, next });
    if (isApart || (isJoint && isNamed)) return at;
  }
  return null;
}

/** A subject without the wish at its end, and what was taken for people and is a wish: "with [watermark]". */
export function partOptions(around: Around, parts: readonly Part[]): Part[] {
  return parts.flatMap((part): Part[] => {
    if (part.role === 'guest') return [isWish(around, part) ? { ...part, role: 'option' } : part];
    const at = part.role === 'subject' ? wishIn(around, part) : null;
    if (at === null) return [part];
    return [
      { ...part, next: at },
      { role: 'option', first: at + 1, next: part.next },
    ];
  });
}
