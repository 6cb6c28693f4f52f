/**
 * Writes en.jsonl: `node test/phrases/make-phrases.ts > test/phrases/en.jsonl`.
 * Every expectation is worked out here from luxon's wall-clock arithmetic; nothing of bot/ is imported.
 */
import { DateTime } from 'luxon';
import { FIXED } from './fixed-phrases.ts';
import { FRAMES } from './frames.ts';

type Anchor = { now: string; zone: string; locale: string };
type Expect = {
  intent: string;
  start?: string;
  end?: string | null;
  day?: string | null;
  subject?: string | null;
  attendees?: string[];
  options?: Record<string, unknown>;
  needs?: string[];
};

/** A sentence, when and where it was written, and what it must come to. */
export type Phrase = Anchor & { id: string; text: string; expect: Expect };

const ANCHORS: Anchor[] = [
  { now: '2026-03-27T16:10:00+01:00', zone: 'Europe/Budapest', locale: 'en-GB' },
  { now: '2026-10-30T11:05:00-04:00', zone: 'America/New_York', locale: 'en-US' },
  { now: '2026-10-01T08:50:00+10:00', zone: 'Australia/Sydney', locale: 'en-AU' },
  { now: '2026-06-16T14:20:00+01:00', zone: 'Europe/London', locale: 'en-GB' },
  { now: '2026-08-19T12:40:00+05:30', zone: 'Asia/Kolkata', locale: 'en-IN' },
  { now: '2026-04-02T09:30:00+13:00', zone: 'Pacific/Auckland', locale: 'en-NZ' },
  { now: '2026-12-28T17:15:00+08:00', zone: 'Asia/Singapore', locale: 'en-SG' },
  { now: '2027-02-10T10:00:00-08:00', zone: 'America/Los_Angeles', locale: 'en-US' },
  { now: '2026-05-06T13:45:00+01:00', zone: 'Europe/Dublin', locale: 'en-IE' },
  { now: '2026-11-23T15:55:00+02:00', zone: 'Africa/Johannesburg', locale: 'en-ZA' },
  { now: '2026-07-02T07:30:00-04:00', zone: 'America/Toronto', locale: 'en-CA' },
];

/** A repeatable stream of choices. */
function chooser(seed: number): <T>(list: readonly T[]) => T {
  let state = seed;
  return (list) => {
    state = (state * 48_271) % 2_147_483_647;
    const chosen = list[state % list.length];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
}

type DayForm = (now: DateTime, pick: <T>(list: readonly T[]) => T) => { text: string; day: DateTime };

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const SHORT = [
  ['mon'],
  ['tue', 'tues'],
  ['wed', 'weds'],
  ['thu', 'thur', 'thurs'],
  ['fri'],
  ['sat'],
  ['sun'],
];

function comingWeekday(now: DateTime, weekday: number): DateTime {
  let day = now.plus({ days: 1 });
  while (day.weekday !== weekday) day = day.plus({ days: 1 });
  return day;
}
function notToday(now: DateTime, pick: <T>(list: readonly T[]) => T): number {
  return pick([1, 2, 3, 4, 5].filter((weekday) => weekday !== now.weekday));
}
const ordinal = (n: number) => {
  const suffix =
    n % 10 === 1 && n !== 11
      ? 'st'
      : n % 10 === 2 && n !== 12
        ? 'nd'
        : n % 10 === 3 && n !== 13
          ? 'rd'
          : 'th';
  return `${n}${suffix}`;
};

const DAYS: DayForm[] = [
  (now, pick) => ({
    text: pick(['tomorrow', 'tmrw', 'Tomorrow', 'tomorow', '2moro']),
    day: now.plus({ days: 1 }),
  }),
  (now, pick) => ({
    text: pick(['the day after tomorrow', 'day after tomorrow', 'in 2 days']),
    day: now.plus({ days: 2 }),
  }),
  (now) => ({ text: 'a week today', day: now.plus({ weeks: 1 }) }),
  (now) => ({ text: 'in ten days', day: now.plus({ days: 10 }) }),
  (now) => ({ text: 'a fortnight from today', day: now.plus({ days: 14 }) }),
  (now, pick) => {
    const weekday = notToday(now, pick);
    return {
      text: `${pick(['on ', '', 'this coming '])}${WEEKDAYS[weekday - 1]}`,
      day: comingWeekday(now, weekday),
    };
  },
  (now, pick) => {
    const weekday = notToday(now, pick);
    return { text: pick(SHORT[weekday - 1] ?? []), day: comingWeekday(now, weekday) };
  },
  (now, pick) => {
    const weekday = pick([1, 2, 3, 4, 5]);
    const day = now.startOf('week').plus({ days: 7 + weekday - 1 });
    const name = WEEKDAYS[weekday - 1];
    return {
      text: pick([
        `next week ${name}`,
        `${name} next week`,
        `next week on ${name}`,
        `on ${name} of next week`,
      ]),
      day,
    };
  },
  (now, pick) => {
    const weekday = notToday(now, pick);
    const name = WEEKDAYS[weekday - 1];
    return {
      text: pick([`a week on ${name}`, `${name} week`]),
      day: comingWeekday(now, weekday).plus({ weeks: 1 }),
    };
  },
  (now, pick) => {
    const day = now.plus({ days: pick([3, 9, 17, 26, 40, 75, 120]) });
    const year = day.year === now.year ? '' : ` ${day.year}`;
    return {
      text: pick([
        `on ${day.toFormat('d MMMM')}${year}`,
        `${day.toFormat('d MMM')}${year}`,
        `on the ${ordinal(day.day)} of ${day.toFormat('MMMM')}${year}`,
        `${day.toFormat('MMMM')} ${ordinal(day.day)}${year && `,${year}`}`,
        `${day.toFormat('MMM d')}${year && `,${year}`}`,
        `${day.toFormat('cccc d MMMM')}${year}`,
        `${day.toFormat('ccc, MMM d')}${year && `,${year}`}`,
        day.toFormat('yyyy-MM-dd'),
        day.toFormat('d-MMM-yyyy'),
      ]),
      day,
    };
  },
  (now) => {
    const day = now.day < 27 ? now.set({ day: 28 }) : now.plus({ months: 1 }).set({ day: 6 });
    return { text: `on the ${ordinal(day.day)}`, day };
  },
  (now) => {
    let day = now.plus({ months: 1 }).startOf('month');
    while (day.weekday !== 2) day = day.plus({ days: 1 });
    return { text: 'on the first Tuesday of next month', day };
  },
  (now) => {
    let day = now.plus({ months: 1 }).endOf('month');
    while (day.weekday !== 5) day = day.minus({ days: 1 });
    return { text: `the last Friday of ${day.toFormat('MMMM')}`, day };
  },
  (now, pick) => {
    const day = now.plus({ days: pick([20, 33, 47]) });
    const far = day.day > 12 ? day : day.set({ day: 19 });
    const isUs =
      now.reconfigure({ locale: 'en' }).zoneName?.startsWith('America/') &&
      now.zoneName !== 'America/Toronto';
    return { text: far.toFormat(isUs ? 'M/d/yyyy' : 'd/M/yyyy'), day: far };
  },
];

type Clock = { text: string; from: readonly [number, number]; to?: readonly [number, number] };
const CLOCKS: Clock[] = [
  { text: 'at 3pm', from: [15, 0] },
  { text: '3 pm', from: [15, 0] },
  { text: '@ 10am', from: [10, 0] },
  { text: '11:30am', from: [11, 30] },
  { text: 'at 2.45 pm', from: [14, 45] },
  { text: '14:00', from: [14, 0] },
  { text: 'at 09:15', from: [9, 15] },
  { text: '15h30', from: [15, 30] },
  { text: 'at 1645', from: [16, 45] },
  { text: '1300 hrs', from: [13, 0] },
  { text: '10 a.m.', from: [10, 0] },
  { text: '4p', from: [16, 0] },
  { text: 'at noon', from: [12, 0] },
  { text: 'at half past 3', from: [15, 30] },
  { text: 'at half two', from: [14, 30] },
  { text: 'at quarter to five', from: [16, 45] },
  { text: 'at quarter past 10', from: [10, 15] },
  { text: "at four o'clock", from: [16, 0] },
  { text: 'at ten thirty', from: [10, 30] },
  { text: 'at twenty past 1', from: [13, 20] },
  { text: 'at 8 in the evening', from: [20, 0] },
  { text: 'at 4 in the afternoon', from: [16, 0] },
  { text: 'at 4', from: [16, 0] },
  { text: 'at 11', from: [11, 0] },
  { text: 'at 12', from: [12, 0] },
];
const RANGES: Clock[] = [
  { text: 'from 2pm to 3:30pm', from: [14, 0], to: [15, 30] },
  { text: '3-4:30pm', from: [15, 0], to: [16, 30] },
  { text: 'between 2 and 3pm', from: [14, 0], to: [15, 0] },
  { text: '14:00-15:15', from: [14, 0], to: [15, 15] },
  { text: '9 to 10:30am', from: [9, 0], to: [10, 30] },
  { text: '11-1pm', from: [11, 0], to: [13, 0] },
  { text: 'noon - 1pm', from: [12, 0], to: [13, 0] },
  { text: 'from 10 until 11:30', from: [10, 0], to: [11, 30] },
  { text: '5-630p', from: [17, 0], to: [18, 30] },
  { text: '9-5', from: [9, 0], to: [17, 0] },
  { text: '16h00 till 17h30', from: [16, 0], to: [17, 30] },
  { text: '1400-1500', from: [14, 0], to: [15, 0] },
  { text: 'from half past 1 to quarter past 2', from: [13, 30], to: [14, 15] },
  { text: '10am – noon', from: [10, 0], to: [12, 0] },
];
const LENGTHS: readonly (readonly [string, number])[] = [
  ['for 45 min', 45],
  ['for half an hour', 30],
  ['for an hour', 60],
  ['for 90 minutes', 90],
  ['for an hour and a half', 90],
  ['for 2 hours', 120],
  ['for 1h15', 75],
  ['for three quarters of an hour', 45],
  ['for 1.5 hours', 90],
  ['for 25m', 25],
];
const SUBJECTS = [
  'supplier audit',
  'Q3 forecast',
  'the 2027 plan',
  'May release',
  '5G rollout',
  'Monday metrics',
  'R&D stand',
  'version 4.2',
  'hiring',
  'laptop refresh',
  'catering quotes',
  'GST returns',
  'pricing, packaging and print',
  'Windows 11 upgrade',
  'the Thursday numbers',
  'data retention',
  'client feedback',
  'phase 2',
  'warehouse move',
];
const CUES = ['about', 're', 're:', 'regarding', 'to discuss', 'concerning', 'titled', 'called', '- topic:'];
const PEOPLE: readonly (readonly [string, string[]])[] = [
  ['with nia.jones@contoso.com', ['nia.jones@contoso.com']],
  ['with <at>Oluwaseun Ade</at>', ['Oluwaseun Ade']],
  ['with <at>Mei Chen</at> and tom@fabrikam.com', ['Mei Chen', 'tom@fabrikam.com']],
  ['w/ <at>April Summers</at>', ['April Summers']],
  ['with a.b@contoso.com, c.d@contoso.com', ['a.b@contoso.com', 'c.d@contoso.com']],
];
const OPTIONS: readonly (readonly [string, Record<string, unknown>])[] = [
  [', record it', { record: true }],
  [', no passcode', { passcode: false }],
  [', with a passcode', { passcode: true }],
  [', record and transcribe', { record: true, transcribe: true }],
  [', chat off', { chat: 'disabled' }],
  [', end-to-end encrypted', { encrypted: true }],
  [', everyone can skip the lobby', { lobby: 'everyone' }],
  [', only I can present', { presenters: 'organizer' }],
  [', in German', { language: 'de' }],
  [', cameras off', { camera: false }],
  [', mute everyone', { mic: false }],
];
const VERBS = [
  '',
  'meeting ',
  'book a call ',
  'schedule a meeting ',
  'can you set up a meeting ',
  'please arrange a call ',
  'mtg ',
  "let's meet ",
  'set up a quick call ',
];

const utc = (instant: DateTime) => instant.toUTC().toISO({ suppressMilliseconds: true });
const plain = (subject: string) => subject.replace(/^the /, '');

/** Whether the wall clock of that day shows this time exactly once. */
function isPlain(at: DateTime, [hour, minute]: readonly [number, number]): boolean {
  return at.hour === hour && at.minute === minute && at.getPossibleOffsets().length === 1;
}

function combined(count: number): Phrase[] {
  const pick = chooser(20_260_915);
  const phrases: Phrase[] = [];
  for (let i = 0; phrases.length < count; i += 1) {
    const anchor = pick(ANCHORS);
    const now = DateTime.fromISO(anchor.now, { zone: anchor.zone });
    const { text: dayText, day } = (DAYS[i % DAYS.length] ?? pick(DAYS))(now, pick);
    const isRange = pick([true, false, false]);
    const clock = pick(isRange ? RANGES : CLOCKS);
    const length = isRange ? null : pick([null, null, pick(LENGTHS)]);
    const start = day.set({ hour: clock.from[0], minute: clock.from[1], second: 0, millisecond: 0 });
    const rangeEnd =
      clock.to && day.set({ hour: clock.to[0], minute: clock.to[1], second: 0, millisecond: 0 });
    if (!isPlain(start, clock.from) || start <= now) continue;
    const end = rangeEnd ?? (length ? start.plus({ minutes: length[1] }) : null);
    const subject = pick(SUBJECTS);
    const people = pick([null, null, pick(PEOPLE)]);
    const options = pick([null, null, null, pick(OPTIONS)]);
    const when = pick([`${dayText} ${clock.text}`, `${clock.text} ${dayText}`, `${dayText}, ${clock.text}`]);
    const who = people ? ` ${people[0]}` : '';
    const long = length ? ` ${length[0]}` : '';
    const told = options ? options[0] : '';
    const text = pick([
      `${pick(VERBS)}${when}${long}${who} ${pick(CUES)} ${subject}${told}`,
      `${pick(VERBS)}${who.trim()} ${pick(CUES)} ${subject} ${when}${long}${told}`.trim(),
      `${when}${long}${who}, ${subject}${told}`,
    ]);
    if (/^\W*\d/.test(subject) && text.includes(`, ${subject}`)) continue;
    phrases.push({
      id: '',
      ...anchor,
      text,
      expect: {
        intent: 'create',
        start: utc(start) ?? '',
        end: end ? utc(end) : null,
        subject: plain(subject),
        attendees: people?.[1] ?? [],
        options: options?.[1] ?? {},
        needs: [],
      },
    });
  }
  return phrases;
}

/** "9am London time" and the like: the clock of another place on the person's own day. */
function zoned(): Phrase[] {
  const zones: readonly (readonly [string, string])[] = [
    ['London time', 'Europe/London'],
    ['UTC', 'UTC'],
    ['Tokyo time', 'Asia/Tokyo'],
    ['New York time', 'America/New_York'],
    ['ET', 'America/New_York'],
    ['Pacific time', 'America/Los_Angeles'],
    ['Singapore time', 'Asia/Singapore'],
    ['Berlin time', 'Europe/Berlin'],
    ['(Sydney time)', 'Australia/Sydney'],
    ['SAST', 'Africa/Johannesburg'],
    ['UTC+3', 'UTC+3'],
    ['JST', 'Asia/Tokyo'],
    ['UK time', 'Europe/London'],
    ['Mumbai time', 'Asia/Kolkata'],
  ];
  return zones.flatMap(([said, zone], index) => {
    const anchor = ANCHORS[index % ANCHORS.length];
    if (!anchor) return [];
    const now = DateTime.fromISO(anchor.now, { zone: anchor.zone });
    const day = now.plus({ days: 4 });
    const start = DateTime.fromObject({ year: day.year, month: day.month, day: day.day, hour: 15 }, { zone });
    const expect = {
      intent: 'create',
      start: utc(start) ?? '',
      end: null,
      subject: 'supply chain',
      attendees: [],
      options: {},
      needs: [],
    };
    return [
      { id: '', ...anchor, text: `in 4 days at 3pm ${said} about supply chain`, expect },
      { id: '', ...anchor, text: `15:00 ${said} on ${day.toFormat('d MMMM yyyy')}, supply chain`, expect },
    ];
  });
}

/** Elapsed time, across clock changes as well. */
function spans(): Phrase[] {
  const said: readonly (readonly [string, number])[] = [
    ['in 20 minutes', 20],
    ['in an hour', 60],
    ['in half an hour', 30],
    ['in 2 hours', 120],
    ['in 36 hours', 2160],
    ['an hour from now', 60],
    ['in an hour and a half', 90],
    ['in 72 hours', 4320],
    ['45 minutes from now', 45],
    ['in 1.5 hours', 90],
  ];
  return said.flatMap(([text, minutes], index) =>
    [0, 3].flatMap((shift) => {
      const anchor = ANCHORS[(index + shift) % ANCHORS.length];
      if (!anchor) return [];
      const start = DateTime.fromISO(anchor.now, { zone: anchor.zone }).plus({ minutes });
      const expect = {
        intent: 'create',
        start: utc(start) ?? '',
        end: null,
        subject: 'handover',
        attendees: [],
        options: {},
        needs: [],
      };
      return [
        {
          id: '',
          ...anchor,
          text: shift === 0 ? `call ${text} about handover` : `${text}, handover`,
          expect,
        },
      ];
    }),
  );
}

/** Every way to ask, each at another place and time of day. */
function framed(): Phrase[] {
  const pick = chooser(20_261_121);
  const hours: readonly (readonly [string, number, number])[] = [
    ['tomorrow at 3pm', 15, 0],
    ['tomorrow 10:30am', 10, 30],
    ['2pm tomorrow', 14, 0],
    ['tomorrow at noon', 12, 0],
  ];
  return FRAMES.map(([frame, people], index) => {
    const anchor = ANCHORS[index % ANCHORS.length] ?? pick(ANCHORS);
    const [when, hour, minute] = pick(hours);
    const what = pick(['grain prices', 'the ferry lease', 'Q3 churn', 'onboarding of vets', '5G masts']);
    const tomorrow = DateTime.fromISO(anchor.now, { zone: anchor.zone }).plus({ days: 1 });
    const start = tomorrow.set({ hour, minute, second: 0, millisecond: 0 });
    const expect: Expect = {
      intent: 'create',
      start: utc(start) ?? '',
      subject: plain(what),
      attendees: [...people],
      options: {},
      needs: [],
    };
    return { id: '', ...anchor, text: frame.replace('{when}', when).replace('{what}', what), expect };
  });
}

function fixed(): Phrase[] {
  const anchor = ANCHORS[3];
  if (!anchor) return [];
  return FIXED.flatMap(([intent, texts]) =>
    texts.map((text) => ({ id: '', ...anchor, text, expect: { intent } })),
  );
}

/** A day or hour that somebody must be asked about. Now is Tuesday 16 June 2026, 14:20 in London. */
function doubtful(): Phrase[] {
  const anchor = ANCHORS[3];
  if (!anchor) return [];
  const rows: readonly (readonly [string, string[], string | null])[] = [
    ['friday about the rota', ['time'], '2026-06-19'],
    ['meeting tomorrow', ['time'], '2026-06-17'],
    ['call with jo@contoso.com tomorrow morning', ['time'], '2026-06-17'],
    ['meeting next week about the rota', ['date', 'time'], null],
    ['set up a meeting about the rota', ['date', 'time'], null],
    ['tomorrow at 7 about the rota', ['ampm'], '2026-06-17'],
    ['7:30 tomorrow, rota', ['ampm'], '2026-06-17'],
    ['thursday 7-8 rota', ['ampm'], '2026-06-18'],
    ['today at 9am about the rota', ['past'], null],
    ['yesterday at 3pm about the rota', ['past'], null],
    ['3 March 2025 at 10am, rota', ['past'], null],
    ['30 February at 10am, rota', ['date'], null],
    ['31 September 11am rota', ['date'], null],
    ['Friday 17 June at 10am, rota', ['conflict'], null],
    ['Monday 07/08 at 10am, rota', ['conflict'], null],
    ['03/07 at 10am, rota', [], null],
    ['07/08 at 10am, rota', ['dateorder'], null],
    ['tomorrow from 3pm to 2pm, rota', ['range'], '2026-06-17'],
    ['tomorrow 11am-9am rota', ['range'], '2026-06-17'],
    ['friday 10am their time, rota', ['tz'], '2026-06-19'],
    ['friday 10am your time, rota', ['tz'], '2026-06-19'],
    ['29 March 2027 at 10am, rota', [], null],
    ['28 March 2027 at 1:30am, rota', ['dst'], '2027-03-28'],
    ['25 October 2026 at 1:30am, rota', ['dst'], '2026-10-25'],
    ['every friday at 10am, rota', ['recurrence'], null],
    ['on Mondays at 9:30am rota', ['recurrence'], null],
  ];
  return rows.map(([text, needs, day]) => ({
    id: '',
    ...anchor,
    text,
    expect: {
      intent: 'create',
      needs,
      ...(day ? { day } : {}),
      ...(text.includes('rota') ? { subject: 'rota' } : {}),
    },
  }));
}

const all = [...combined(420), ...zoned(), ...spans(), ...doubtful(), ...fixed(), ...framed()];
all.forEach((phrase, index) => {
  process.stdout.write(`${JSON.stringify({ ...phrase, id: `p${String(index + 1).padStart(4, '0')}` })}\n`);
});
