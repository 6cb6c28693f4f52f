import type { CreateCommand, Recurrence, Utterance } from '../../language/command.ts';
import { read } from '../../language/read.ts';
import { saidIn } from '../../language/said.ts';
import { dayIn } from '../../language/time/calendar.ts';
import { recurrenceIn } from '../../language/time/series.ts';
import type { OpenRequest } from '../request.ts';

/**
 * How a series that is drafted is to repeat by what was said of it since, "until the end of January", "every two weeks". What
 * is an end only where something repeats is read behind the words that asked for the series. Null if it says nothing of that.
 */
export function readSeries(
  { recurrence, when }: CreateCommand,
  said: Utterance,
  { pending, asked, knownZone }: OpenRequest,
): Recurrence | null {
  if (recurrence === undefined || when === null) return null;
  const { text, people } = pending.utterance;
  const whole = { text: `${text}, ${said.text}`, people: [...people, ...said.people] };
  const { sentence } = read(whole, { now: asked, zone: knownZone, locale: pending.locale });
  if (sentence === null) return null;
  const isAdded = ({ first }: { first: number }) => (sentence.tokens[first]?.from ?? 0) > text.length;
  const added = sentence.times.filter(isAdded);
  const first = dayIn(when.start);
  const often = added.some(({ kind }) => kind === 'repeat') ? recurrenceIn(added, [], first) : null;
  const ended = added.some(({ kind }) => kind === 'ending')
    ? recurrenceIn([...added, ...sentence.times], [], first)
    : null;
  if (often === null && ended === null) return null;
  return {
    pattern: often === null ? recurrence.pattern : onSameDays(often.pattern, recurrence.pattern),
    end: ended?.end ?? recurrence.end,
  };
}

/** Whether what was said of a series that is drafted makes one meeting of it: "actually just once". */
export function isOnce(
  { recurrence }: CreateCommand,
  said: Utterance,
  { pending, asked, knownZone }: OpenRequest,
): boolean {
  if (recurrence === undefined) return false;
  const { sentence } = read(said, { now: asked, zone: knownZone, locale: pending.locale });
  return sentence !== null && saidIn(sentence.tokens, sentence.pack, 'once').length > 0;
}

/** Other weeks are no other weekdays. */
function onSameDays(pattern: Recurrence['pattern'], before: Recurrence['pattern']): Recurrence['pattern'] {
  return pattern.kind === 'weekly' && before.kind === 'weekly' ? { ...pattern, days: before.days } : pattern;
}
