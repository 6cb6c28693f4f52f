import type { Around } from '../parts.ts';
import type { Part } from '../roles/roles.ts';
import { isSaidAt, saidIn } from '../said.ts';

/** Topics beside which a name stands, so that they end a subject: "Q3 [with template Party]". */
const NAMING = ['template', 'label'];

/** A subject without a wish at its end, and what was taken for people and is a wish: "with [watermark]". */
export function partOptions({ tokens, pack }: Around, parts: readonly Part[]): Part[] {
  const topics = saidIn(tokens, pack, 'option');
  const isWord = (at: number) =>
    tokens[at]?.kind === 'sign' || WISHING.some((tag) => isSaidAt(tokens, pack, tag, at));
  return parts.flatMap((part): Part[] => {
    const inside = topics.filter(({ first, next }) => first >= part.first && next <= part.next);
    if (part.role === 'guest') {
      const places = Array.from({ length: part.next - part.first }, (_none, index) => part.first + index);
      return [inside.length > 0 && places.every(isWord) ? { ...part, role: 'option' } : part];
    }
    const wish = inside.find(
      ({ first, values }) =>
        first - 1 > part.first &&
        values.some((value) => NAMING.includes(value)) &&
        ['joins', 'affirm'].some((tag) => isSaidAt(tokens, pack, tag, first - 1)),
    );
    if (part.role !== 'subject' || !wish) return [part];
    return [
      { ...part, next: wish.first - 1 },
      { role: 'option', first: wish.first - 1, next: part.next },
    ];
  });
}

const WISHING = ['option', 'deny', 'affirm', 'who', 'idle', 'only'];
