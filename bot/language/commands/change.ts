import type { Change, Invitee, Need, Options } from '../command.ts';
import { onlyNamed, sidesIn, unnamedIn } from '../people/coming-and-leaving.ts';
import { distinct, inviteesIn } from '../people/invitees.ts';
import type { Sentence } from '../reading.ts';
import type { Part, Place } from '../roles/roles.ts';
import { isWithin } from '../said.ts';
import { chosenSubject, wholeSubject } from '../sentence/subject-name.ts';
import { newTime } from './new-time.ts';

/** The people that are named outside of what says which meeting; every mention and address is one. */
export function peopleIn(sentence: Sentence): Invitee[] {
  const { tokens, parts, options, unheard } = sentence;
  const guests = parts.filter(({ role }) => role === 'guest');
  const taken = [...parts.filter(({ role }) => role !== 'subject'), ...options];
  const isIn = (places: readonly Place[], at: number) =>
    places.some(({ first, next }) => at >= first && at < next);
  const marked = tokens.flatMap(({ kind, glued }, at) => {
    // "@Ben", which Teams did not turn into a mention.
    const isCalled = kind === 'word' && glued && tokens[at - 1]?.low === '@';
    const isMarked = kind === 'person' || isCalled || (kind === 'email' && !isIn(unheard, at));
    return isMarked && !isIn(taken, at) ? [{ first: at, next: at + 1 }] : [];
  });
  const places = [...guests, ...marked].toSorted((a, b) => a.first - b.first);
  return distinct(places.flatMap((place) => inviteesIn(sentence, place)));
}

/** Everything that is asked of the meeting itself. */
export function optionsSaid({ options }: Sentence): Options {
  return Object.assign({}, ...options.map((span) => span.options)) as Options;
}

/** What was asked for like an option and is none, in the words of the person; absent where all are known. */
export function unknownIn({ options }: Sentence): { unknown?: readonly string[] } {
  const unknown = options.flatMap((span) => span.unknown ?? []);
  return unknown.length > 0 ? { unknown } : {};
}

/** The subjects outside of what says which meeting, and what stands between them. */
function subjectsSaid({ parts, said, options }: Sentence): { subjects: Part[]; between: Place[] } {
  const subjects = parts.filter(({ role }) => role === 'subject');
  return { subjects, between: [...said, ...options, ...parts.filter(({ role }) => role === 'guest')] };
}

/** The subject that is said outside of what says which meeting. */
export function subjectSaid(sentence: Sentence): string | null {
  const { subjects, between } = subjectsSaid(sentence);
  return wholeSubject(sentence, subjects, between);
}

/** Subjects that are not the one that counts: their words would be dropped. */
export function subjectsPassedOver(sentence: Sentence): Place[] {
  const { subjects, between } = subjectsSaid(sentence);
  const kept = chosenSubject(sentence, subjects, between);
  return subjects.filter((subject) => kept !== undefined && !isWithin(subject, kept));
}

/**
 * What is to be otherwise, out of everything that a sentence says. `isLeaving`: the people are to come no more. `clockZone`: the
 * zone in which the time of the meeting was said.
 */
export function changeIn(
  sentence: Sentence,
  { isLeaving, isNamed, clockZone }: { isLeaving: boolean; isNamed: boolean; clockZone?: string | undefined },
): { change: Change; needs: readonly Need[] } {
  const { needs, ...time } = newTime(sentence, clockZone);
  const options = optionsSaid(sentence);
  const change: Change = {
    ...time,
    ...(Object.keys(options).length > 0 && { options }),
    ...unknownIn(sentence),
    ...guestsIn(sentence, isLeaving),
    subject: isNamed ? subjectSaid(sentence) : null,
  };
  return { change, needs: isEmptyChange(change) && needs.length === 0 ? ['time'] : needs };
}

/**
 * Who is to come, and who is not any more. Where the words do not say both of them, the act says which: "remove Sam and
 * Lee". Beside another act, "later, and without Sam", those of whom they say that they leave do.
 */
function guestsIn(
  sentence: Sentence,
  isLeaving: boolean,
): Pick<Change, 'invitees' | 'leaving' | 'isWhoOpen'> {
  const { coming, leaving, open, beside } = sidesIn(sentence);
  const isBoth = coming.length > 0 && leaving.length > 0;
  if (isBoth || (leaving.length > 0 && !isLeaving)) {
    const invitees = isLeaving ? coming : [...coming, ...open];
    return {
      ...(invitees.length > 0 && { invitees }),
      leaving: isLeaving ? [...leaving, ...open] : leaving,
    };
  }
  const only = isOfPeople(sentence) ? onlyNamed(sentence) : null;
  const people = distinct([...peopleIn(sentence), ...beside, ...(only ? inviteesIn(sentence, only) : [])]);
  if (people.length === 0) return isWhoOpen(sentence) ? { isWhoOpen: true } : {};
  return isLeaving ? { leaving: people } : { invitees: people };
}

const isOfPeople = ({ act, options }: Sentence): boolean =>
  (act === 'add' || act === 'remove') && options.length === 0;

/** Whether somebody is to come or to leave whom the words do not name: "add", "take her off". */
function isWhoOpen(sentence: Sentence): boolean {
  const { opinion, parts } = sentence;
  const isSaid = opinion === 'agrees' || opinion === 'begins' || parts.some(({ role }) => role === 'guest');
  return (isOfPeople(sentence) && isSaid) || unnamedIn(sentence).length > 0;
}

/** Whether a change says nothing at all. */
export function isEmptyChange(change: Change): boolean {
  return Object.values(change).every((value) => value === null);
}
