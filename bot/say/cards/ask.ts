import template from '../../../cards/ask.json' with { type: 'json' };
import type { Need } from '../../language/command.ts';
import { LONGEST_MINUTES } from '../../meeting/decide.ts';
import { toCard, type Value } from '../card-template.ts';
import type { Say } from '../say.ts';
import { plain, shown, startText, wordGuests, wordSentences } from '../words/text.ts';
import { type Clock, date, duration, time, zoneChoices, zoneName } from '../words/time.ts';
import {
  type AskReply,
  isZoneAsked,
  readWall,
  wordChoices,
  wordOpenNames,
  wordReasons,
  wordWrongDays,
} from './ask-wording.ts';

/** Six actions fit a card, and one of them is *Create meeting*. */
const CHOICES_SHOWN = 5;
const LENGTHS = [15, 25, 30, 45, 50, 60, 90, 120];
/** The needs that a button for one of two readings settles, so that no picker is shown for them. */
const SETTLED_BY_CHOICE: readonly Need[] = ['date', 'ampm', 'dateorder', 'conflict', 'range', 'dst'];
const ASKS_DATE: readonly Need[] = ['date', 'past', 'dateorder', 'conflict'];
const ASKS_TIME: readonly Need[] = ['time', 'ampm', 'past', 'range', 'dst'];

/** Renders cards/ask.json. Every open point at once. Inputs are `date`, `time`, `zone` and `minutes`; buttons carry `choice`. */
export const askCard = toCard<AskReply>(template, (reply, audience) => {
  const { say } = audience;
  const clock = { ...audience, zone: reply.zone ?? audience.zone ?? 'UTC' };
  const unread = (reply.unread ?? []).map((field) => say.text(`ask.unread.${field}`));
  const why = [...wordUnmet(reply, say), ...wordReasons(reply, clock)];
  const { common, titles } = wordChoices(reply.choices.slice(0, CHOICES_SHOWN), clock);
  const inputs = openInputs(reply, clock);
  const isAsked = { date: inputs.date.length > 0, time: inputs.time.length > 0 };
  const isButtonEnough = titles.length > 0 && !isAsked.date && !isAsked.time;
  const { who, unknown, spoken: names } = wordOpenNames(reply.names ?? [], say);
  const wrong = wordWrongDays(reply, say);
  const spoken = wordSentences([...unread, ...names, ...wrong.map(plain), ...why], say);
  const { heading, reasons: asked } = wordQuestions(reply, why, who.length, say);
  return {
    data: {
      id: reply.id,
      heading,
      reasons: [...unread, ...asked],
      title: reply.subject === null ? [] : [shown(reply.subject)],
      known: titles.length > 1 ? common : wordKnown(reply, isAsked, clock),
      guests: guestRows(reply, say),
      rows: rowsOf(titles).map((choices) => ({ choices })),
      now: isNowOffered(reply) ? [say.text('ask.now')] : [],
      ...inputs,
      who,
      said: [...unknown, ...wrong],
      zone: isZoneAsked(reply) ? [zoneInput(clock)] : [],
      facts: wordFacts(reply, say),
      submit: isButtonEnough ? [] : [say.text('ask.submit')],
    },
    speak: plain(spoken),
    fallbackText: spoken,
    summary: say.text('ask.summary'),
  };
});

/** The guests, without the names that the card asks about. */
function guestRows({ guests: all = [], names: open = [] }: AskReply, say: Say): Value[] {
  const known = all.filter(
    (guest) => guest.kind === 'email' || !open.some(({ said }) => said === guest.name),
  );
  return wordGuests(known, say).map((names) => ({ label: say.text('meeting.guests'), names }));
}

/** Whether *Now* is offered: if nothing is known of the time, and no required field for a name would block the button. */
function isNowOffered({ needs, date, time: hhmm, choices, names = [] }: AskReply): boolean {
  const isAllOpen = needs.includes('date') && needs.includes('time') && needs.length === 2;
  return isAllOpen && (date ?? hhmm) === null && choices.length === 0 && names.length === 0;
}

/** The most letters in one row of buttons on a phone. */
const ROW_LETTERS = 24;

type Choice = { title: string; choice: number };

/** Short buttons stand beside each other, long ones one below the other. */
function rowsOf(titles: readonly string[]): Choice[][] {
  const rows: Choice[][] = [];
  for (const [choice, title] of titles.entries()) {
    const row = rows.at(-1) ?? [];
    const letters = [...row.map((one) => one.title), title].join('').length;
    if (row.length > 0 && row.length < MOST_IN_ROW && letters <= ROW_LETTERS) row.push({ title, choice });
    else rows.push([{ title, choice }]);
  }
  return rows;
}

const MOST_IN_ROW = 3;

function wordUnmet({ unmet: wishes = [] }: AskReply, { text }: Say): string[] {
  return wishes.map((wish) => text(`ask.${wish as EssentialWish}`));
}

type EssentialWish = 'event' | 'organiser' | 'everybody';

/** The heading and the reasons below it. A single reason is the heading. */
function wordQuestions({ needs, unmet: wishes = [] }: AskReply, why: string[], names: number, say: Say) {
  const count = why.length + names;
  const [only] = why;
  const isOnlyYesOrNo = count === wishes.length + needs.filter((need) => need === 'recurrence').length;
  if (isOnlyYesOrNo) return { heading: say.text('ask.confirm'), reasons: why };
  if (count === 1 && only !== undefined) return { heading: only, reasons: [] };
  return { heading: say.text('ask.title', { count }), reasons: why };
}

/** The day or time that is known, so that nobody agrees to a meeting without seeing when it is. */
function wordKnown(reply: AskReply, isAsked: { date: boolean; time: boolean }, clock: Clock): string[] {
  const wall = readWall(reply, clock);
  if (!wall) return [];
  const day = reply.date && !isAsked.date ? startText(date(wall, clock), clock.say) : null;
  const hour = reply.time && !isAsked.time ? time(wall, clock) : null;
  if (day !== null && hour !== null) return [clock.say.text('times.both', { day, time: hour })];
  return [day ?? hour].filter((known) => known !== null);
}

function openInputs({ needs, choices, date: isoDate, time: hhmm, minutes }: AskReply, { say, zone }: Clock) {
  // A button is dead while a required picker beside it is empty, so the pickers show what it offers.
  const offered = choices[0]?.start.setZone(zone);
  // A single choice is an offer, not an answer: the pickers stay.
  const open = choices.length < 2 ? needs : needs.filter((need) => !SETTLED_BY_CHOICE.includes(need));
  const isOpen = (asks: readonly Need[], known: string | null) =>
    open.some((need) => asks.includes(need)) || (known === null && choices.length < 2);
  const error = say.text('ask.required');
  const length = minutes > LONGEST_MINUTES ? 60 : minutes;
  const lengths = [...new Set([...LENGTHS, length])].sort((a, b) => a - b);
  return {
    date: isOpen(ASKS_DATE, isoDate)
      ? [{ label: say.text('ask.dateLabel'), value: isoDate ?? offered?.toISODate() ?? '', error }]
      : [],
    time: isOpen(ASKS_TIME, hhmm)
      ? [{ label: say.text('ask.timeLabel'), value: hhmm ?? offered?.toFormat('HH:mm') ?? '', error }]
      : [],
    minutes: open.includes('range')
      ? [
          {
            label: say.text('ask.minutesLabel'),
            value: String(length),
            error,
            choices: lengths.map((each) => ({ title: duration(each, say), value: String(each) })),
          },
        ]
      : [],
  };
}

function zoneInput({ say, now }: Clock): Value {
  return {
    label: say.text('ask.zoneLabel'),
    placeholder: say.text('ask.zonePlaceholder'),
    error: say.text('ask.required'),
    choices: zoneChoices(now, say),
  };
}

/** What is assumed and can be corrected by a message: the length, if there is one, and the zone. */
function wordFacts(reply: AskReply, say: Say): string[] {
  const { minutes, zone, needs, choices } = reply;
  const lengths = new Set(choices.map(({ start, end }) => end?.diff(start, 'minutes').minutes ?? minutes));
  const [length = minutes] = lengths;
  const isLengthOpen = lengths.size > 1 || (choices.length < 2 && needs.includes('range'));
  const lasts = isLengthOpen ? [] : [say.text('ask.length', { length: duration(length, say) })];
  const shownIn =
    zone === null || isZoneAsked(reply) ? [] : [say.text('times.zone', { zone: zoneName(zone, say) })];
  const all = [...lasts, ...shownIn];
  return all.length === 0 ? [] : [wordSentences(all, say)];
}
