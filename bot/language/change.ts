import type { Change, Invitee, Need, Options } from './command.ts';
import { distinct, inviteesIn } from './people/invitees.ts';
import type { Sentence } from './reading.ts';
import { wholeSubject } from './subject.ts';

/** The people that are named outside of what says which meeting; every mention and address is one. */
export function peopleIn(sentence: Sentence): Invitee[] {
  const { tokens, parts, options } = sentence;
  const guests = parts.filter(({ role }) => role === 'guest');
  const taken = [...parts.filter(({ role }) => role !== 'subject'), ...options];
  const marked = tokens.flatMap(({ kind }, at) => {
    const isFree = !taken.some(({ first, next }) => at >= first && at < next);
    return (kind === 'person' || kind === 'email') && isFree ? [{ first: at, next: at + 1 }] : [];
  });
  const places = [...guests, ...marked].toSorted((a, b) => a.first - b.first);
  return distinct(places.flatMap((place) => inviteesIn(sentence, place)));
}

/** Everything that is asked of the meeting itself. */
export function optionsSaid({ options }: Sentence): Options {
  return Object.assign({}, ...options.map((span) => span.options)) as Options;
}

/** The subject that is said outside of what says which meeting. */
export function subjectSaid(sentence: Sentence): string | null {
  const { parts, said } = sentence;
  const subjects = parts.filter(({ role }) => role === 'subject');
  const between = [...said, ...parts.filter(({ role }) => role === 'guest')];
  return wholeSubject(sentence, subjects, between);
}

const lengthOf = (when: Change['when']) =>
  when?.end ? Math.round(when.end.diff(when.start, 'minutes').minutes) : null;

/** The new time that a sentence names. Without a day the meeting's own counts, so a clock that has gone by is no question. */
function newTime({ when: times, said }: Sentence): Omit<Change, 'subject'> & { needs: readonly Need[] } {
  const { when, minutes, shiftMinutes, extendMinutes, until } = times;
  const hasDay = said.some(
    (span) =>
      span.kind === 'date' || span.kind === 'relative' || (span.kind === 'clock' && span.fromDate !== null),
  );
  const hasZone = said.some((span) => (span.kind === 'clock' && span.zone !== null) || span.kind === 'zone');
  const isWhole = hasDay || hasZone || times.isNow;
  const clock = isWhole ? times.clock : (when?.start.toFormat('HH:mm') ?? times.clock);
  const settled: Partial<Record<Need, boolean>> = { time: hasDay, past: !hasDay, date: clock !== null };
  return {
    when: isWhole ? when : null,
    day: hasDay ? times.day : null,
    clock,
    minutes: minutes ?? lengthOf(when),
    shiftMinutes,
    ...(extendMinutes !== null && { extendMinutes }),
    ...(until !== null && { until }),
    needs: times.needs.filter(
      (need) => !settled[need] || times.unused.length > 0 || times.choices.length > 0,
    ),
  };
}

/** What is to be otherwise, out of everything that a sentence says. `isLeaving`: the people are to come no more. */
export function changeIn(
  sentence: Sentence,
  { isLeaving, isNamed }: { isLeaving: boolean; isNamed: boolean },
): { change: Change; needs: readonly Need[] } {
  const { needs, ...time } = newTime(sentence);
  const people = peopleIn(sentence);
  const options = optionsSaid(sentence);
  const change: Change = {
    ...time,
    ...(Object.keys(options).length > 0 && { options }),
    ...(people.length > 0 && (isLeaving ? { leaving: people } : { invitees: people })),
    subject: isNamed ? subjectSaid(sentence) : null,
  };
  return { change, needs };
}

/** Whether a change says nothing at all. */
export function isEmptyChange({ change }: { change: Change }): boolean {
  return Object.values(change).every((value) => value === null);
}
