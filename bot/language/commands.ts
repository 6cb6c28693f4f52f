import { answerIn } from './answer.ts';
import { deedIn, isKept, isNod, isRefused } from './bare.ts';
import { calendarWish } from './calendar-wish.ts';
import { changeIn, peopleIn } from './change.ts';
import { type Command, type DayRange, DETAILS, type Detail, type Topic } from './command.ts';
import { againIn, createIn } from './create.ts';
import { findTimeIn } from './find-time.ts';
import { languageNamed } from './options/language-names.ts';
import type { Frame, Sentence } from './reading.ts';
import type { Act } from './roles/labels.ts';
import { all, isWithin, saidIn } from './said.ts';
import { settingsIn } from './settings.ts';
import { isoDay } from './time/calendar.ts';
import { isNoOne, NO_ONE, whichIn } from './which.ts';

type None = Extract<Command, { kind: 'none' }>['why'];
const none = (why: None): Command => ({ kind: 'none', why });

/** Topics that may be about one meeting. */
const OF_ONE: ReadonlySet<Topic> = new Set(['chat', 'calendar', 'attendance', 'transcript']);

function topicIn(topic: Topic, sentence: Sentence, frame: Frame): Command {
  const isNamed = sentence.parts.some(({ role }) => role === 'which');
  if (!OF_ONE.has(topic)) return { kind: 'topic', topic };
  return { kind: 'topic', topic, which: isNamed ? whichIn(sentence, frame) : NO_ONE };
}

function isTopic(act: Act): act is `topic.${Topic}` {
  return act.startsWith('topic.');
}

/** What changes a meeting that is there. */
export const CHANGES: ReadonlySet<Act> = new Set(['move', 'rename', 'add', 'remove', 'set']);

/** The command that an act is, with everything the sentence says of it. */
export function commandOf(act: Act, sentence: Sentence, frame: Frame): Command {
  if (isTopic(act)) return topicIn(act.slice('topic.'.length) as Topic, sentence, frame);
  switch (act) {
    case 'create':
      return createIn(sentence, sentence.when.isNow ? 'now' : 'scheduled', frame);
    case 'now':
      return createIn(sentence, isScheduled(sentence) || !saysNow(sentence) ? 'scheduled' : 'now', frame);
    case 'room':
      return createIn(sentence, 'room', frame);
    case 'again':
      return againIn(sentence, frame);
    case 'move':
    case 'rename':
    case 'add':
    case 'remove':
    case 'set': {
      const which = whichIn(sentence, frame);
      const clockZone = isNoOne(which) ? frame.context?.focus?.clockZone : undefined;
      const isLeaving = act === 'remove';
      const isNamed = act === 'rename' || saysNewName(sentence);
      return { kind: 'reschedule', which, ...changeIn(sentence, { isLeaving, isNamed, clockZone }) };
    }
    case 'renew': {
      const { options } = changeIn(sentence, { isLeaving: false, isNamed: false }).change;
      return { kind: 'renew', which: whichIn(sentence, frame), ...(options && { options }) };
    }
    case 'show':
      return { kind: act, which: whichIn(sentence, frame), details: detailsIn(sentence) };
    case 'cancel':
    case 'undo':
      return { kind: act, which: whichIn(sentence, frame) };
    case 'invite':
      return {
        kind: 'invitation',
        which: whichIn(sentence, frame),
        language: languageNamed(sentence.tokens, all(sentence.tokens), sentence.pack.tag),
      };
    case 'calendar':
      return {
        kind: 'invite',
        which: whichIn(sentence, frame),
        people: peopleIn(sentence),
        calendar: calendarWish(sentence)?.calendar ?? 'guests',
      };
    case 'answer':
      return { kind: 'answer', answer: answerIn(sentence) };
    case 'find':
      return findTimeIn(sentence, frame);
    case 'settings':
      return { kind: 'settings', change: settingsIn(sentence) };
    case 'list':
      return listIn(sentence);
    case 'help':
    case 'signin':
    case 'signout':
      return { kind: act };
    case 'decline':
      return {
        kind: act,
        refused: isRefused(sentence) ? deedIn(sentence) : null,
        ...(isKept(sentence) && { isKept: true as const }),
      };
    case 'confirm':
      return { kind: act, deed: deedIn(sentence), isNod: isNod(sentence) };
    case 'greet':
      return none('greeting');
    case 'thanks':
      return none('thanks');
    case 'tell':
    case 'ask':
      return none('statement');
    case 'other':
      return none('unknown');
    default:
      return act satisfies never;
  }
}

/** The person's meetings, on the days and with the people that were said: "what's on tomorrow?", "my meetings with Ben". */
function listIn(sentence: Sentence): Command {
  const people = peopleIn(sentence);
  const days = daysListed(sentence);
  return { kind: 'list', ...(days && { days }), ...(people.length > 0 && { people }) };
}

function daysListed({ times, when: { when } }: Sentence): DayRange | null {
  const dates = times.flatMap((span) =>
    span.kind === 'date' && !span.weak ? (span.said.day ?? span.said.range ?? []) : [],
  );
  if (dates.length > 0) return [isoDay(Math.min(...dates)), isoDay(Math.max(...dates))];
  const day = when?.start.toISODate();
  return day ? [day, day] : null;
}

/** "Make it an hour, call it Daily": a name is given beside another change. */
const saysNewName = ({ tokens, pack, parts }: Sentence): boolean =>
  parts.some(({ role }) => role === 'subject') &&
  saidIn(tokens, pack, 'act').some(({ values }) => values.includes('rename'));

/** What is asked of a meeting, outside of the words that say which one. */
function detailsIn({ tokens, pack, parts }: Sentence): readonly Detail[] {
  const said = saidIn(tokens, pack, 'detail').filter((place) => !parts.some((part) => isWithin(place, part)));
  return DETAILS.filter((detail) => said.some(({ values }) => values.includes(detail)));
}

/** Whether a word says that it is to be at once; where none does, it is asked when. */
const saysNow = ({ when, tokens, pack }: Sentence): boolean =>
  when.isNow || saidIn(tokens, pack, 'act').some(({ values }) => values.includes('now'));

/** "Call at 3 now": a time that was said is the one meant. */
const isScheduled = ({ when }: Sentence) =>
  !when.isNow &&
  (when.when !== null || when.needs.length > 0) &&
  (when.clock !== null || when.when !== null || when.day !== null);
