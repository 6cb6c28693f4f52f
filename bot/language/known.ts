import { DateTime } from 'luxon';
import { ianaZone } from '../base/time-zone.ts';
import type { Which } from './command.ts';
import type { Frame, Known, Sentence } from './reading.ts';
import { cover, isSaidAt, saidIn } from './said.ts';

/** Words that are no part of a meeting's name where they do something else in the sentence. */
const WORKING = ['art', 'mine', 'generic', 'joins', 'cue', 'polite', 'filler', 'act', 'moves', 'idle'];
const SHORTEST = 3;

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

/** The one meeting in whose name alone a word of the sentence stands: "planning one, make it 2 hours". */
function namedByWord(sentence: Sentence, frame: Frame): Known | null {
  const { tokens, pack } = sentence;
  const meetings = coming(frame);
  if (meetings.length < 2) return null;
  const taken = takenIn(sentence);
  const names = meetings.map(({ subject }) => new Set(wordsOf(subject)));
  const named = tokens.flatMap(({ kind, low }, at) => {
    if (kind !== 'word' || taken[at] === 1 || low.length < SHORTEST) return [];
    const [meeting, ...more] = meetings.filter((_meeting, index) => names[index]?.has(low));
    const isWorking = WORKING.some((tag) => isSaidAt(tokens, pack, tag, at));
    return meeting === undefined || more.length > 0 || isWorking ? [] : [meeting];
  });
  return new Set(named).size === 1 ? (named[0] ?? null) : null;
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
