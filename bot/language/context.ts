import type { Context, Doubt, Sentence } from './reading.ts';
import type { Act } from './roles/labels.ts';

/** So long a meeting that was shown is the one that a bare value speaks of. */
const FRESH_MINUTES = 60;

/** What a sentence wants here and now, and what makes that unsure. */
type Meant = { act: Act; doubts: readonly Doubt[] };

const BARE: ReadonlySet<Act> = new Set(['answer', 'create', 'now', 'move', 'again', 'tell', 'other', 'ask']);

/** Whether nothing but a value is said: times, lengths, an ordinal, a place, and no meeting or deed. */
function isBare({ tokens, times, parts, act }: Sentence): boolean {
  if (act === 'answer') return true;
  const named = parts.some(({ role }) => role !== 'guest');
  const words = tokens.filter(
    ({ kind }, at) => kind === 'word' && !times.some(({ first, next }) => at >= first && at < next),
  );
  return BARE.has(act) && !named && words.length <= 1;
}

/** What an act is in its conversation: a bare value answers the open question, or moves the meeting at hand. */
export function inContext(sentence: Sentence, context: Context | undefined): Meant {
  const { act } = sentence;
  const sure = (meant: Act): Meant => ({ act: meant, doubts: [] });
  if (context?.open?.kind === 'question' && isBare(sentence)) return sure('answer');
  if (act !== 'answer' && !isBare(sentence)) return sure(act);
  const { when } = sentence;
  const hasTime = when.when !== null || when.day !== null || when.clock !== null || when.needs.length > 0;
  const isTime =
    hasTime || when.minutes !== null || when.shiftMinutes !== null || when.extendMinutes !== null;
  const { focus } = context ?? {};
  if (focus && isTime && focus.minutesAgo <= FRESH_MINUTES) return sure('move');
  if (act === 'answer' && hasTime) return { act: 'create', doubts: [{ why: 'bare', words: '' }] };
  return sure(act === 'answer' ? 'other' : act);
}
