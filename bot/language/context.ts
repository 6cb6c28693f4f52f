import { CHANGES } from './commands.ts';
import type { Context, Doubt, Sentence } from './reading.ts';
import type { Opinion } from './roles/cues.ts';
import type { Act } from './roles/labels.ts';
import { marginOf } from './roles/model.ts';
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

const FOLLOWING: ReadonlySet<Act> = new Set([...CHANGES, 'cancel', 'undo', 'renew']);

/** How far ahead it must be to be done to the meeting at hand, by what the words say; as in `evidence.ts`, but less far. */
const LIKELY: Readonly<Record<Opinion, number>> = { agrees: 0, silent: 2, contradicts: 5 };

/** Whether something is done to the meeting at hand: it was shown just now, so that is likely. */
const isAboutIt = ({ act, opinion, margin, margins }: Sentence): boolean =>
  FOLLOWING.has(act) && margin >= LIKELY[opinion] * marginOf(margins, 50);

/** What an act is in its conversation: a bare value answers the open question, or moves the meeting at hand. */
export function inContext(sentence: Sentence, context: Context | undefined): Meant {
  const { act, said } = sentence;
  const { open, focus } = context ?? {};
  const isValue = isBare(sentence);
  if (open?.kind === 'question' && isValue) return { act: 'answer', isSettled: true, doubts: [] };
  const isFresh = focus !== null && focus !== undefined && focus.minutesAgo <= FRESH_MINUTES;
  if (!isValue) return { act, isSettled: isFresh && isAboutIt(sentence), doubts: [] };
  const values = said.filter(({ kind, weak }) => !weak && VALUES.has(kind));
  if (isFresh && values.length > 0) return { act: 'move', isSettled: true, doubts: [] };
  if (act !== 'answer') return { act, isSettled: false, doubts: [] };
  const isTime = values.some(({ kind }) => kind === 'clock' || kind === 'date' || kind === 'relative');
  return isTime
    ? { act: 'create', isSettled: false, doubts: [{ why: 'bare', words: '' }] }
    : { act: 'other', isSettled: false, doubts: [] };
}
