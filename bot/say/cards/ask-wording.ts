import { DateTime } from 'luxon';
import { wallClock } from '../../base/date-time.ts';
import type { Need, Span } from '../../language/command.ts';
import { LONGEST_MINUTES, type Question, type UnreadField } from '../../meeting/decide.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { Value } from '../card-template.ts';
import type { Say } from '../say.ts';
import { nameOf, plain, shortName, shown, startText } from '../words/text.ts';
import { briefDay, type Clock, date, day, duration, offset, span, time } from '../words/time.ts';

/** What must be known before a meeting is made, in one card. What is known of day and time fills the pickers. */
export type AskReply = Omit<Question, 'unmet'> &
  Partial<Pick<Question, 'unmet'>> & {
    kind: 'ask';
    id: string;
    /** Null: the zone is one of the questions. */
    zone: string | null;
    subject: string | null;
    /** Who is to come, as far as it is known. */
    guests?: readonly Guest[];
    /** What the person entered last and could not be read. */
    unread?: readonly UnreadField[];
    /** Bare names that fit nobody or several people of the conversation: each is asked (input `who0`, `who1`, …). */
    names?: readonly { said: string; candidates: readonly { id: string; name: string }[] }[];
  };

/** Why we ask, one sentence a point, each once, in the order of the needs. */
export function wordReasons(reply: AskReply, clock: Clock): string[] {
  return [...new Set(reply.needs.map((need) => wordReason(need, reply, clock)))];
}

/** Whether a zone is asked for that nobody offers: the person's own, or the one of "his time". */
export const isZoneAsked = ({ zone, needs, choices }: AskReply): boolean =>
  zone === null || (needs.includes('tz') && choices.length === 0);

/** Whose zone is asked for. "His time" is that of the only guest. */
function wordWhoseZone({ zone, guests = [] }: AskReply, say: Say): string {
  if (zone === null) return say.text('ask.tz');
  const [guest, ...others] = guests;
  return guest && others.length === 0
    ? say.text('ask.tzOf', { name: nameOf(guest) })
    : say.text('ask.tzMeant');
}

/** The wall clock that was said, in the clock's zone; the present day stands in for an unknown one, noon for an unknown time. */
export function readWall({ date: isoDate, time: hhmm }: AskReply, { zone, now }: Clock): DateTime | null {
  const at = DateTime.fromISO(`${isoDate ?? now.setZone(zone).toISODate()}T${hhmm ?? '12:00'}`, { zone });
  return at.isValid ? at : null;
}

function wordReason(need: Need, reply: AskReply, clock: Clock): string {
  const { text } = clock.say;
  switch (need) {
    case 'date':
    case 'time':
      return text(reply.needs.includes('date') && reply.needs.includes('time') ? 'ask.when' : `ask.${need}`);
    case 'conflict':
      return text(reply.wrongDays ? 'ask.whichDay' : 'ask.conflict');
    case 'past':
      return wordPast(reply, clock);
    case 'range':
      if (reply.minutes > LONGEST_MINUTES)
        return text('ask.long', { length: duration(reply.minutes, clock.say) });
      return text(reply.choices.length > 1 ? 'ask.rangeChoice' : 'ask.range');
    case 'recurrence':
      return text(reply.isSeriesUnclear ? 'ask.seriesUnclear' : 'ask.recurrence');
    case 'dst':
      return wordClocksChange(reply, clock);
    case 'tz':
      return wordWhoseZone(reply, clock.say);
    default:
      return text(`ask.${need}`);
  }
}

/** Why the day must be asked, in the words that were used for it; for a TextRun. */
export function wordWrongDays({ wrongDays = [], needs }: AskReply, { text }: Say): string[] {
  const [first, second] = wrongDays.map((words) => shown(shortName(words)));
  if (first === undefined) return [];
  if (!needs.includes('conflict')) return [text('ask.noSuchDay', { said: first })];
  return [
    second === undefined ? text('ask.noMatch', { said: first }) : text('ask.twoDays', { first, second }),
  ];
}

function wordPast(reply: AskReply, clock: Clock): string {
  const { say, zone, now } = clock;
  const at = readWall(reply, clock);
  if (!reply.date || !reply.time || !at || at > now) return say.text('ask.past');
  if (at.hasSame(now.setZone(zone), 'day')) return say.text('ask.pastToday', { time: time(at, clock) });
  return say.text('ask.pastOn', { day: startText(day(at, clock), say), time: time(at, clock) });
}

function wordClocksChange(reply: AskReply, clock: Clock): string {
  const { text } = clock.say;
  if (!reply.date || !reply.time || !reply.zone) return text('ask.dst');
  const wall = wallClock(reply.date, reply.time, reply.zone);
  if (wall.kind !== 'gap' && wall.kind !== 'overlap') return text('ask.dst');
  const at = wall.kind === 'gap' ? wall.at : wall.first;
  return text(`ask.${wall.kind}`, { day: date(at, clock), time: wordFace(reply.time, clock) });
}

/** Words a clock in UTC, because its own zone may skip it that day. */
function wordFace(hhmm: string, { say, now }: Clock): string {
  return time(DateTime.fromISO(`2000-01-01T${hhmm}`, { zone: 'UTC' }), { say, zone: 'UTC', now });
}

/** Readings to choose between: what they have in common, said once, and for each the words in which it differs. */
export function wordChoices(choices: readonly Span[], clock: Clock): { common: string[]; titles: string[] } {
  const byDay = ({ start }: Span) => startText(date(start, clock), clock.say);
  const byTime = ({ start }: Span) => time(start, clock);
  const byBoth = ({ start, end }: Span) =>
    clock.say.text('times.both', {
      day: startText(
        start.hasSame(clock.now, 'year') ? briefDay(start, clock) : date(start, clock),
        clock.say,
      ),
      time: end ? span(start, end, clock).hours : time(start, clock),
    });
  const [first] = choices;
  if (!first || choices.length === 1) return { common: [], titles: choices.map(byBoth) };
  const isOneDay = isSame(choices, byDay);
  const isOneTime = isSame(choices, byTime);
  if (isOneDay)
    return { common: [byDay(first)], titles: choices.map(isOneTime ? bySmallPrint(choices, clock) : byTime) };
  return isOneTime
    ? { common: [byTime(first)], titles: choices.map(byDay) }
    : { common: [], titles: choices.map(byBoth) };
}

/** Words choices with the same day and clock: by their ends if they start together, otherwise by the offset, because the clock comes twice that night. */
function bySmallPrint(choices: readonly Span[], clock: Clock): (choice: Span) => string {
  if (isSame(choices, ({ start }) => String(start.toMillis()))) {
    return ({ start, end }) => (end ? span(start, end, clock).hours : time(start, clock));
  }
  return ({ start }) =>
    clock.say.text('times.offset', { time: time(start, clock), offset: offset(start, clock.zone) });
}

function isSame(choices: readonly Span[], words: (choice: Span) => string): boolean {
  return new Set(choices.map(words)).size === 1;
}

type Names = NonNullable<AskReply['names']>;

/** The value of the choice that none of the candidates is meant. */
const NOBODY = 'none';

/** Names of which it is open whom they mean: a picker (`who` and its place) where there are candidates, a sentence where there are none. */
export function wordOpenNames(names: Names, say: Say): { who: Value[]; unknown: string[]; spoken: string[] } {
  const { text } = say;
  const question = (said: string) => text('ask.who', { name: plain(shortName(said)) });
  const asked = names
    .map((name, place) => ({ ...name, input: `who${place}` }))
    .filter(({ candidates }) => candidates.length > 0);
  const unknown = names.filter(({ candidates }) => candidates.length === 0);
  return {
    who: asked.map(({ said, candidates, input }) => ({
      input,
      label: question(said),
      placeholder: text('ask.whoPlaceholder'),
      error: text('ask.required'),
      choices: [
        ...candidates.map(({ id, name }) => ({
          title: plain(shortName(name)) || text('ask.nameless'),
          value: id,
        })),
        { title: text('ask.whoNobody'), value: NOBODY },
      ],
    })),
    unknown: unknown.map(({ said }) => text('ask.whoUnknown', { name: shown(shortName(said)) })),
    spoken: [
      ...unknown.map(({ said }) => text('ask.whoUnknown', { name: plain(shortName(said)) })),
      ...asked.map(({ said }) => question(said)),
    ],
  };
}
