import { DateTime } from 'luxon';
import { ianaZone } from '../base/date-time.ts';
import type { Which } from './command.ts';
import type { Context, Frame, Known, Sentence } from './reading.ts';
import { cover, isSaidAt, saidIn } from './said.ts';

/** Small words before a name, and words that want something and so are none. */
const SMALL = ['art', 'mine', 'joins', 'cue', 'polite', 'filler'];
const DOING = ['act', 'moves', 'generic', 'proposes'];
const SHORTEST = 3;

/** So long a meeting that was shown is the one that a bare value speaks of. */
export const FRESH_MINUTES = 60;

type Focus = NonNullable<Context['focus']>;

/** Whether a meeting was shown just now, so that what names none is about it. */
export const isFresh = (focus: Focus | null | undefined): focus is Focus =>
  focus !== null && focus !== undefined && focus.minutesAgo <= FRESH_MINUTES;

const wordsOf = (subject: string | null): string[] =>
  (subject ?? '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const coming = ({ now, context }: Frame): readonly Known[] =>
  (context?.meetings ?? []).filter(({ end }) => DateTime.fromISO(end) > now);

/** Which tokens are times, guests, options or a new name: what they say names no meeting that is there. */
function takenIn({ tokens, times, parts, options, unheard }: Sentence): Uint8Array {
  const said = parts.filter(({ role }) => role !== 'which');
  return cover(tokens.length, [...times.filter(({ weak }) => !weak), ...said, ...options, ...unheard]);
}

/** Whether another meeting is meant than the one at hand. */
export function isOtherSaid(sentence: Sentence): boolean {
  const { tokens, pack, parts } = sentence;
  const said = cover(
    tokens.length,
    parts.filter(({ role }) => role === 'subject' || role === 'option'),
  );
  return saidIn(tokens, pack, 'otherone').some(({ first }) => said[first] === 0);
}

/** The meetings beside the one at hand. */
function others(frame: Frame): readonly Known[] {
  const { focus } = frame.context ?? {};
  return coming(frame).filter(
    ({ subject, start }) => !focus || subject !== focus.subject || start !== focus.start,
  );
}

/**
 * The one meeting in whose name alone the first word stands that says something: "and the planning one, make it 2 hours".
 * Further on it may be about anything: "make it 4, the demo room is free".
 */
function namedByWord(sentence: Sentence, frame: Frame): Known | null {
  const { tokens, pack } = sentence;
  const meetings = coming(frame);
  if (meetings.length < 2) return null;
  const taken = takenIn(sentence);
  const isSmall = (at: number) => SMALL.some((tag) => isSaidAt(tokens, pack, tag, at));
  const first = tokens.findIndex(({ kind }, at) => kind === 'word' && !isSmall(at));
  const { low = '' } = tokens[first] ?? {};
  if (
    first < 0 ||
    taken[first] === 1 ||
    low.length < SHORTEST ||
    DOING.some((tag) => isSaidAt(tokens, pack, tag, first))
  )
    return null;
  const named = meetings.filter(({ subject }) => wordsOf(subject).includes(low));
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** How a meeting is known that nothing but the conversation tells; null where it tells none. */
export function whichKnown(sentence: Sentence, frame: Frame): Which | null {
  const rest = isOtherSaid(sentence) ? others(frame) : null;
  const meeting = rest === null ? namedByWord(sentence, frame) : rest.length === 1 ? rest[0] : null;
  if (!meeting) return null;
  const start = DateTime.fromISO(meeting.start, {
    zone: frame.zone === null ? frame.now.zone : ianaZone(frame.zone),
  });
  return { subject: meeting.subject, start, day: start.toISODate(), people: [] };
}
