import { ianaZone } from '../../base/date-time.ts';
import {
  type Answer,
  type Command,
  type DayRange,
  DETAILS,
  type Detail,
  type SettingsChange,
  type Topic,
} from '../command.ts';
import { deedIn, isKept, isNod, isRefused } from '../conversation/bare-messages.ts';
import { ordinalIn } from '../conversation/known-meetings.ts';
import { isNoOne, NO_ONE, whichIn } from '../conversation/which-meeting.ts';
import { optionOf } from '../options/options.ts';
import { inviteesIn } from '../people/invitees.ts';
import type { Frame, Sentence } from '../reading.ts';
import type { Act } from '../roles/labels.ts';
import type { Place } from '../roles/roles.ts';
import { all, isSaidAt, isWithin, saidIn } from '../said.ts';
import { languageNamed } from '../text/language-names.ts';
import { isoDay } from '../time/calendar.ts';
import { changeIn, peopleIn } from './change.ts';
import { againIn, calendarWish, createIn } from './create.ts';
import { findTimeIn } from './find-time.ts';
import { isHalfOpen, lengthOffered, saysDay, weekdayAlone } from './new-time.ts';

const LONGEST = 1440;
const IANA = /\b[A-Z][a-z]{2,12}\/[A-Z][\w+/-]{2,40}/;

/** The last place or zone that is named, as an IANA zone. `isCounted`: whether what stands there may be one. */
export function zoneNamed(
  { text, tokens, pack }: Pick<Sentence, 'text' | 'tokens' | 'pack'>,
  isCounted: (place: Place) => boolean = () => true,
): string | null {
  const [iana = ''] = IANA.exec(text) ?? [];
  if (ianaZone(iana).isValid) return iana;
  // French "la" is no Los Angeles.
  const zones = saidIn(tokens, pack, 'zone').flatMap(({ values, ...place }) =>
    isSaidAt(tokens, pack, 'art', place.first) || !isCounted(place) ? [] : values,
  );
  const abbreviated = saidIn(tokens, pack, 'abbr').flatMap(({ values }) => values);
  return zones.at(-1) ?? (abbreviated.includes('utc') ? 'UTC' : null);
}

/** "UTC-5" has a name of its own, whose sign is the other way round; half hours have none. */
function zoneByOffset({ times }: Sentence): SettingsChange | null {
  const [minutes] = times.flatMap((time) =>
    time.kind === 'zone' && time.zone.kind === 'offset' ? [time.zone.minutes] : [],
  );
  if (minutes === undefined) return null;
  const zone = `Etc/GMT${minutes > 0 ? '-' : '+'}${Math.abs(minutes) / 60}`;
  return ianaZone(zone).isValid ? { zone } : { isCityNeeded: true };
}

/** Whether something is not to be: "don't", "no", "stop". */
const isDenied = ({ tokens, pack }: Sentence): boolean => saidIn(tokens, pack, 'deny').length > 0;

/** How long before a meeting people are reminded who do not say. */
const USUAL_NOTICE = 10;

/** How many minutes before a meeting somebody wants to be reminded; null for never. */
function noticeIn(sentence: Sentence): number | null {
  if (isDenied(sentence)) return null;
  const [notice] = sentence.times.flatMap((time) =>
    time.kind === 'notice' || time.kind === 'shift' ? [Math.abs(time.minutes)] : [],
  );
  const minutes = notice ?? sentence.when.minutes ?? USUAL_NOTICE;
  return Math.min(minutes, LONGEST);
}

/** What somebody wants remembered; null where they only want to see it. */
export function settingsIn(sentence: Sentence): SettingsChange | null {
  const { tokens, pack, when } = sentence;
  const topics = new Set(saidIn(tokens, pack, 'setting').flatMap(({ values }) => values));
  if (topics.has('reset')) return { reset: true };
  if (topics.has('remind')) return { remind: noticeIn(sentence) };
  if (topics.has('inviting')) return { alwaysInvite: !isDenied(sentence) };
  const offset = zoneByOffset(sentence);
  if (offset) return offset;
  const zone = zoneNamed(sentence);
  const language = topics.has('language') ? languageNamed(tokens, all(tokens), pack.tag) : null;
  const isLength = when.minutes !== null && when.minutes <= LONGEST && when.when === null;
  // "in French" is no place.
  const isPlace = zone !== null && (language === null || topics.has('zone'));
  const change: SettingsChange = {
    ...(isPlace && { zone }),
    ...(isLength && when.minutes !== null && { minutes: when.minutes }),
    ...(language !== null && { language }),
  };
  return Object.keys(change).length > 0 ? change : null;
}

const AFTERNOON: ReadonlySet<string> = new Set(['afternoon', 'evening', 'night']);

/** Which half of the day is said. A word that was read as a day is no part of one: German "morgen" is either. */
export function halfIn({ tokens, pack, said }: Sentence): Answer['half'] {
  const days = said.filter((time) => time.kind === 'date' && time.said.part === null);
  const halves = saidIn(tokens, pack, 'half').flatMap(({ values }) => values);
  const parts = ['inpart', 'part']
    .flatMap((tag) => saidIn(tokens, pack, tag))
    .filter((place) => !days.some((day) => isWithin(place, day)))
    .flatMap(({ values }) => values);
  if (halves.includes('pm') || parts.some((part) => AFTERNOON.has(part))) return 'pm';
  return halves.includes('am') || parts.includes('morning') ? 'am' : null;
}

/** The how-manieth is meant: "the second one", "the last one", "2". */
function countIn(sentence: Sentence): number | null {
  const { tokens } = sentence;
  const numbers = tokens.filter(({ kind }) => kind === 'number');
  const isAlone = numbers.length === 1 && tokens.length <= 3;
  return ordinalIn(sentence, all(tokens)) ?? (isAlone ? Number(numbers[0]?.low) : null);
}

/** "7": in the morning or in the evening. */
function halfOpenClock({ needs, choices: [first] }: Sentence['when']): Pick<Answer, 'halfOpenClock'> {
  return needs.includes('ampm') && first ? { halfOpenClock: first.start.toFormat('HH:mm') } : {};
}

/** What a sentence says by itself, as the answer to whatever question is open. */
function answerIn(sentence: Sentence): Answer {
  const { when, text, tokens } = sentence;
  const weekday = weekdayAlone(sentence);
  const isPlain = when.when === null && when.day === null && when.clock === null;
  return {
    when: when.when,
    day: when.day ?? when.when?.start.toISODate() ?? null,
    saysDay: saysDay(sentence),
    ...(weekday !== null && { weekday }),
    ...(isHalfOpen(sentence) && { isEitherHalf: true as const }),
    ...halfOpenClock(when),
    clock: when.clock ?? when.when?.start.toFormat('HH:mm') ?? null,
    minutes: when.minutes ?? lengthOffered(when),
    isNow: when.isNow,
    half: halfIn(sentence),
    ordinal: countIn(sentence),
    zone: zoneNamed(sentence),
    people: isPlain ? inviteesIn(sentence, all(tokens)) : [],
    text,
  };
}

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
      return { kind: act, which: whichIn(sentence, frame), ...askedIn(sentence) };
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
export const saysNewName = ({ tokens, pack, parts }: Sentence): boolean =>
  parts.some(({ role }) => role === 'subject') &&
  saidIn(tokens, pack, 'act').some(({ values }) => values.includes('rename'));

/** What is asked of a meeting, outside of the words that say which one. */
function askedIn(sentence: Sentence): { details: readonly Detail[]; zone: string | null } {
  const { tokens, pack, parts } = sentence;
  const isOfName = (place: Place) => parts.some((part) => part.role !== 'option' && isWithin(place, part));
  const said = (tag: string) =>
    saidIn(tokens, pack, tag)
      .filter((place) => !isOfName(place))
      .flatMap(({ values }) => values);
  const zone = zoneNamed(sentence, (place) => !isOfName(place));
  const words = said('detail');
  const details = new Set<Detail>([
    ...DETAILS.filter((detail) => words.includes(detail)),
    ...said('option').flatMap((topic) => optionOf(topic) ?? []),
  ]);
  if (details.size > 0) return { details: [...details], zone };
  // "What's that in Kolkata?"
  if (zone !== null) return { details: ['when'], zone };
  // "Is Ben in?"
  return { details: parts.some(({ role }) => role === 'guest') ? ['people'] : [], zone };
}

/** Whether a word says that it is to be at once; where none does, it is asked when. */
const saysNow = ({ when, tokens, pack }: Sentence): boolean =>
  when.isNow || saidIn(tokens, pack, 'act').some(({ values }) => values.includes('now'));

/** "Call at 3 now": a time that was said is the one meant. */
const isScheduled = ({ when }: Sentence) =>
  !when.isNow &&
  (when.when !== null || when.needs.length > 0) &&
  (when.clock !== null || when.when !== null || when.day !== null);
