import type { Which } from './command.ts';
import { distinct, inviteesIn } from './people/invitees.ts';
import type { Frame, Sentence } from './reading.ts';
import type { Part } from './roles/roles.ts';
import { isWithin } from './said.ts';
import { subjectIn } from './subject.ts';
import { resolveTimes } from './time/resolve.ts';

/** Nothing was said of the meeting: the one at hand is meant. */
export const NO_ONE: Which = { subject: null, start: null, day: null, people: [] };

type WhichPart = Extract<Part, { role: 'which' }>;

const isWhich = (part: Part): part is WhichPart => part.role === 'which';

/** Which meeting is meant, out of every part that says so. */
export function whichIn(sentence: Sentence, frame: Frame): Which {
  const parts = sentence.parts.filter(isWhich);
  const times = sentence.times.filter((time) => parts.some((part) => isWithin(time, part)));
  const { when, day } = resolveTimes(times, sentence.tokens, sentence.pack, frame);
  const hasDay = times.some(({ kind }) => kind === 'date');
  const subjects = parts.flatMap((part) =>
    part.subjects.flatMap((place) => subjectIn(sentence, place) ?? []),
  );
  return {
    subject: subjects.join(' ') || null,
    start: when?.start ?? null,
    day: day ?? (hasDay ? (when?.start.toISODate() ?? null) : null),
    people: distinct(parts.flatMap((part) => part.guests.flatMap((place) => inviteesIn(sentence, place)))),
  };
}
