import type { Context, Doubt, Sentence } from './reading.ts';
import type { Act } from './roles/labels.ts';
import type { TimeSpan } from './time/spans.ts';

/** So long a meeting that was shown is the one that a bare value speaks of. */
const FRESH_MINUTES = 60;

/** What a sentence wants here and now. `isSettled`: the conversation leaves no doubt about it. */
type Meant = { act: Act; isSettled: boolean; doubts: readonly Doubt[] };

const BARE: ReadonlySet<Act> = new Set(['answer', 'create', 'now', 'move', 'tell', 'other', 'ask']);

/** Whether nothing but a value is said: times, lengths, an ordinal, a place, and no meeting or deed. */
function isBare({ tokens, times, parts, act }: Sentence): boolean {
  if (act === 'answer') return true;
  const words = tokens.filter(
    ({ kind }, at) => kind === 'word' && !times.some(({ first, next }) => at >= first && at < next),
  );
  return BARE.has(act) && !parts.some(({ role }) => role !== 'guest') && words.length <= 1;
}

const VALUES: ReadonlySet<TimeSpan['kind']> = new Set([
  'clock',
  'date',
  'relative',
  'length',
  'shift',
  'until',
]);

/** What an act is in its conversation: a bare value answers the open question, or moves the meeting at hand. */
export function inContext(sentence: Sentence, context: Context | undefined): Meant {
  const { act, said } = sentence;
  const { open, focus } = context ?? {};
  const isValue = isBare(sentence);
  if (open?.kind === 'question' && isValue) return { act: 'answer', isSettled: true, doubts: [] };
  if (!isValue) return { act, isSettled: false, doubts: [] };
  const values = said.filter(({ kind, weak }) => !weak && VALUES.has(kind));
  const isFresh = focus !== null && focus !== undefined && focus.minutesAgo <= FRESH_MINUTES;
  if (isFresh && values.length > 0) return { act: 'move', isSettled: true, doubts: [] };
  if (act !== 'answer') return { act, isSettled: false, doubts: [] };
  const isTime = values.some(({ kind }) => kind === 'clock' || kind === 'date' || kind === 'relative');
  return isTime
    ? { act: 'create', isSettled: false, doubts: [{ why: 'bare', words: '' }] }
    : { act: 'other', isSettled: false, doubts: [] };
}
