import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import { itemsOf } from '../../deploy/sandbox/graph/calendar/items.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownCalendarUser } from './calendar-user.ts';
import { cardOf } from './messages.ts';
import { until } from './waiting.ts';

const LEE = 'lee@fabrikam.example';
const { world, calendar, mailed, events, seen, press } = await ownCalendarUser();

const NEXT_MONDAY = DateTime.now().setZone(ADA.zone).plus({ weeks: 1 }).startOf('week');
const isoDay = (weeks: number) => NEXT_MONDAY.plus({ weeks }).toISODate();

/** When the meetings of the one series are, on Ada's clock. */
function times(): (string | null)[] {
  const [series] = events();
  if (series === undefined) return [];
  return itemsOf(series).map(({ start }) => start.setZone(ADA.zone).toFormat("yyyy-MM-dd'T'HH:mm"));
}

const wordDay = (start: string | null) => DateTime.fromISO(start ?? '').toFormat('d MMMM yyyy');

/** A series of four Mondays with one guest. */
async function made() {
  await world.type(ADA, `standup every Monday at 9am from ${isoDay(0)}, 4 times, with ${LEE}`);
  await press(en['draft.createAndInvite']);
  expect(times()).toEqual([0, 1, 2, 3].map((weeks) => `${isoDay(weeks)}T09:00`));
  expect(mailed('invitation')).toEqual([LEE]);
  calendar.mails.length = 0;
}

describe('a series', () => {
  test('is shown with its next dates and who is mailed before it is made, and made as one event', async () => {
    await world.type(ADA, `standup every Monday at 9am from ${isoDay(0)}, 4 times, with ${LEE}`);
    const draft = seen();
    expect(draft).toContain('Every Monday, 4 times');
    expect(draft).toContain('Next dates:');
    expect(draft).toContain(`I’ll email an invitation to ${LEE}.`);
    expect(calendar.events).toEqual([]);
    await press(en['draft.createAndInvite']);
    expect(events()).toMatchObject([{ subject: 'standup', attendees: [{ address: LEE }] }]);
    expect(world.alive()).toHaveLength(1);
    expect(mailed('invitation')).toEqual([LEE]);
    expect(seen()).toContain('Every Monday, 4 times');
  });

  test('has an end that is said where nobody said one', async () => {
    await world.type(ADA, 'standup every weekday at 9am');
    expect(seen()).toContain(en['series.assumedEnd']);
    expect(seen()).toContain('Every weekday, until');
    await press(en['draft.create']);
    expect(calendar.mails).toEqual([]);
    expect(times().length).toBeGreaterThan(60);
  });

  test('takes another end and another rhythm while it is a draft, and keeps its weekday', async () => {
    const monday = NEXT_MONDAY.toFormat('d MMMM yyyy');
    await world.type(ADA, `standup every Monday at 9am from ${isoDay(0)}`);
    await world.type(ADA, 'for 5 times');
    expect(seen()).toContain('Every Monday, 5 times');
    await world.type(ADA, 'every two weeks instead');
    expect(seen()).toContain('Every other Monday, 5 times');
    expect(seen()).toContain(monday);
    await world.type(ADA, `until ${NEXT_MONDAY.plus({ weeks: 5 }).toFormat('d MMMM yyyy')}`);
    expect(calendar.events).toEqual([]);
    await press(en['draft.create']);
    expect(times()).toEqual([0, 2, 4].map((weeks) => `${isoDay(weeks)}T09:00`));
  });

  test('is listed at its next meeting in the calendar, and what was done to one is no undo of something else', async () => {
    await made();
    await world.type(ADA, `cancel the standup on ${NEXT_MONDAY.toFormat('d MMMM yyyy')}`);
    await press(en['confirm.one'], { asked: null });
    expect(seen()).toContain(en['meeting.oneCancelledMailed']);
    await world.type(ADA, 'my meetings');
    expect(seen()).toContain(NEXT_MONDAY.plus({ weeks: 1 }).toFormat('ccc d MMM'));
    expect(seen()).not.toContain(NEXT_MONDAY.toFormat('ccc d MMM'));
    await world.type(ADA, 'undo');
    expect(world.lastText(ADA)).toBe(en['notice.noUndoOfSeries']);
    expect(times()).toEqual([1, 2, 3].map((weeks) => `${isoDay(weeks)}T09:00`));
  });

  test('one of its meetings is cancelled, with a word to the guests', async () => {
    await made();
    await world.type(ADA, `cancel the standup on ${NEXT_MONDAY.plus({ weeks: 1 }).toFormat('d MMMM yyyy')}`);
    await press(en['confirm.one'], { comment: 'A holiday', asked: null });
    expect(times()).toEqual([0, 2, 3].map((weeks) => `${isoDay(weeks)}T09:00`));
    expect(calendar.mails).toMatchObject([{ kind: 'cancellation', to: LEE, comment: 'A holiday' }]);
  });

  test('a week that is said means the meeting of that week, and not the next one', async () => {
    await made();
    // On a Monday it is the third of them that is meant, on every other day the second.
    await world.type(ADA, 'cancel the week after next');
    const weeks = times().findIndex((start) => seen().includes(wordDay(start)));
    expect(weeks).toBeGreaterThan(0);
    await press(en['confirm.one'], { asked: null });
    expect(times()).toEqual(
      [0, 1, 2, 3].filter((week) => week !== weeks).map((week) => `${isoDay(week)}T09:00`),
    );
    expect(mailed('cancellation')).toEqual([LEE]);
  });

  test('a time in which a series has several meetings is not taken for one of them', async () => {
    await world.type(ADA, `standup every day at 9am from ${isoDay(0)}, 30 times`);
    await press(en['draft.create']);
    await world.type(ADA, 'cancel the week after next');
    expect(world.lastText(ADA)).toBe(en['notice.seriesOneByOne']);
    expect(times()).toHaveLength(30);
  });

  test('which of its meetings is meant is asked where nobody said it, and all are cancelled', async () => {
    await made();
    await press(en['meeting.cancel']);
    expect(seen()).toContain(en['confirm.titleSeries']);
    await press(en['confirm.series'], { asked: null });
    expect(events()).toEqual([]);
    expect(world.alive()).toEqual([]);
    expect(mailed('cancellation')).toEqual([LEE]);
  });

  test('one of its meetings is moved', async () => {
    await made();
    await world.type(
      ADA,
      `move the standup on ${NEXT_MONDAY.plus({ weeks: 1 }).toFormat('d MMMM yyyy')} to 11am`,
    );
    expect(times()).toEqual(
      ['T09:00', 'T11:00', 'T09:00', 'T09:00'].map((clock, weeks) => `${isoDay(weeks)}${clock}`),
    );
    expect(mailed('update')).toEqual([LEE]);
  });

  test('all of its meetings are moved, once it is clear that they are meant', async () => {
    await made();
    await world.type(ADA, 'move the standup to 10am');
    expect(seen()).toContain(en['choice.occurrence']);
    await press(en['confirm.series']);
    expect(times()).toEqual([0, 1, 2, 3].map((weeks) => `${isoDay(weeks)}T10:00`));
    expect(mailed('update')).toEqual([LEE]);
  });

  test('a second click on the answered question says that it is done', async () => {
    await made();
    await world.type(ADA, 'move the standup to 10am');
    const question = world.newest(ADA);
    const [all] = actionsIn(cardOf(question)).filter(({ title }) => title === en['confirm.series']);
    await press(en['confirm.series']);
    const again = await world.click(ADA, question, all ?? '');
    expect(again.body).toMatchObject({ value: en['notice.alreadyDone'] });
    expect(mailed('update')).toEqual([LEE]);
  });

  test('all of its meetings get another day, and “undo” brings them back, pattern and all', async () => {
    await made();
    await world.type(ADA, `move the standup to ${NEXT_MONDAY.plus({ days: 1 }).toFormat('d MMMM yyyy')}`);
    await press(en['confirm.series']);
    const tuesdays = [0, 1, 2, 3].map((weeks) => `${NEXT_MONDAY.plus({ weeks, days: 1 }).toISODate()}T09:00`);
    expect(times()).toEqual(tuesdays);
    // One click would not say how all of it is to repeat.
    expect(seen()).not.toContain(en['assumed.moved'].split('{')[0]);
    await world.type(ADA, 'undo');
    expect(times()).toEqual([0, 1, 2, 3].map((weeks) => `${isoDay(weeks)}T09:00`));
    expect(seen()).toContain('Every Monday, 4 times');
  });

  test('a clock is said on the speaker’s clock, of one of its meetings and of all', async () => {
    await made();
    await world.type(ADA, 'set my time zone to Tokyo');
    const clockThere = (weeks: number, clock: string) =>
      DateTime.fromISO(`${isoDay(weeks)}T${clock}`, { zone: 'Asia/Tokyo' })
        .setZone(ADA.zone)
        .toFormat("yyyy-MM-dd'T'HH:mm");
    await world.type(ADA, `move the standup on ${NEXT_MONDAY.toFormat('d MMMM yyyy')} to 7pm`);
    expect(times()[0]).toBe(clockThere(0, '19:00'));
    await world.type(ADA, 'move the standup to 8pm');
    await press(en['confirm.series']);
    expect(times()).toEqual([0, 1, 2, 3].map((weeks) => clockThere(weeks, '20:00')));
    await world.type(ADA, 'set my time zone to London');
  });

  const first = NEXT_MONDAY.toFormat('d MMMM yyyy');
  const KIM = 'kim@fabrikam.example';
  const guests = () =>
    (events()[0] ? itemsOf(events()[0] as never) : []).map(({ attendees }) =>
      attendees.map(({ address }) => address),
    );
  const sentMails = () => calendar.mails.map(({ kind, to }) => `${kind} ${to}`);
  const options = () => JSON.stringify(world.alive()[0]?.options);

  test('one of its meetings gets a guest and loses one, who alone are mailed', async () => {
    await made();
    await world.type(ADA, `add ${KIM} to the standup on ${first}`);
    expect(guests()).toEqual([[LEE, KIM], [LEE], [LEE], [LEE]]);
    expect(sentMails()).toEqual([`invitation ${KIM}`]);
    expect(seen()).toContain(en['note.guestsOfOne']);
    await world.type(ADA, `remove ${LEE} from the standup on ${first}`);
    expect(guests()).toEqual([[KIM], [LEE], [LEE], [LEE]]);
    expect(sentMails()).toEqual([`invitation ${KIM}`, `cancellation ${LEE}`]);
    await world.type(ADA, `remove Kim from the standup on ${first}`);
    expect(guests()[0]).toEqual([]);
    for (const again of [`remove ${LEE} from`, 'remove Zed from'])
      await world.type(ADA, `${again} the standup on ${first}`);
    expect(world.lastText(ADA)).toBe(en['notice.noSuchGuest']);
    expect(sentMails()).toHaveLength(3);
  });

  test('one of its meetings is moved and gets a guest in one message', async () => {
    await made();
    await world.type(ADA, `move the standup on ${first} to 10am and add ${KIM}`);
    expect(times()[0]).toBe(`${isoDay(0)}T10:00`);
    expect(guests()).toEqual([[LEE, KIM], [LEE], [LEE], [LEE]]);
    expect(sentMails().toSorted()).toEqual([`invitation ${KIM}`, `update ${LEE}`]);
    expect(seen()).toContain(en['meeting.oneChangedMailed']);
  });

  test.each([
    'record next Monday’s standup',
    'make next Monday’s standup encrypted',
    'turn off the lobby of next Monday’s standup',
  ])('an option is not changed for one of its meetings, and that is said: “%s”', async (words) => {
    await made();
    const before = options();
    await world.type(ADA, words);
    expect(world.lastText(ADA)).toBe(en['notice.optionsOfAll']);
    expect(options()).toBe(before);
    expect(calendar.mails).toEqual([]);
  });

  test('what can be done for one of its meetings is done, and what goes for all is said', async () => {
    await made();
    const before = options();
    await world.type(ADA, `move the standup on ${first} to 10am and record it`);
    expect(times()[0]).toBe(`${isoDay(0)}T10:00`);
    expect(options()).toBe(before);
    expect(seen()).toContain(en['meeting.oneChangedMailed']);
    expect(seen()).toContain(en['note.optionsOfAll']);
    await world.type(ADA, `add ${KIM} and Zed to the standup on ${first}`);
    expect(guests()[0]).toEqual([LEE, KIM]);
    expect(seen()).toContain(en['note.guestsOfOne']);
    expect(seen()).toContain(en['note.guestsOfAll']);
    expect(seen()).not.toContain(en['note.optionsOfAll']);
    await world.type(ADA, 'record the standup');
    expect(options()).not.toBe(before);
  });

  test('guests of a series that nobody is mailed about are those of all its meetings', async () => {
    const mine = 'and put it on my calendar';
    await world.type(ADA, `standup every Monday at 9am from ${isoDay(0)}, 4 times, ${mine}`);
    await press(en['draft.create']);
    await world.type(ADA, `add ${KIM} to the standup on ${first}`);
    expect(world.lastText(ADA)).toBe(en['notice.guestsOfAll']);
    expect(calendar.mails).toEqual([]);
  });

  test.each([
    ['where it is like that already', `move the standup on ${first} to 9am`, 'notice.alreadySo'],
    ['where no time was said', 'move next Monday’s standup', 'notice.oneTime'],
    ['where its time has passed', `move the standup on ${first} to 3 March 2020 at 9am`, 'notice.seriesTime'],
  ] as const)('one of its meetings is not said to have changed %s', async (_why, text, key) => {
    await made();
    await world.type(ADA, text);
    expect(world.lastText(ADA)).toBe(en[key]);
    expect(calendar.mails).toEqual([]);
    expect(times()[0]).toBe(`${isoDay(0)}T09:00`);
  });

  test('the rest of it is cancelled, and what was before stays', async () => {
    await made();
    await press(en['meeting.cancel']);
    await press(en['confirm.one'], { asked: null, occurrence: 'rest', day: isoDay(2) });
    expect(times()).toEqual([0, 1].map((weeks) => `${isoDay(weeks)}T09:00`));
    expect(world.alive()).toHaveLength(1);
  });

  test('gets a new guest, who alone is mailed, for all of its meetings', async () => {
    await made();
    await world.type(ADA, 'add kim@fabrikam.example to the standup');
    expect(calendar.mails).toMatchObject([{ kind: 'invitation', to: 'kim@fabrikam.example' }]);
    expect(times()).toHaveLength(4);
  });

  test('is listed once, at its next meeting', async () => {
    await made();
    await world.type(ADA, 'my meetings');
    expect(seen().match(/standup/g)).toHaveLength(1);
  });

  test('gets another day while it is a draft', async () => {
    await world.type(ADA, `standup every Monday at 9am from ${isoDay(0)}, 4 times`);
    await world.type(ADA, `make it ${NEXT_MONDAY.plus({ days: 2 }).toFormat('d MMMM yyyy')}`);
    expect(seen()).toContain('Every Wednesday, 4 times');
  });

  test('its link cannot be another', async () => {
    await made();
    await press(en['meeting.newLink']);
    await until(() => world.turns().at(-1)?.outcome === 'seriesLink');
  });
});

test.each([
  ['standup every day at 9am until 1 March 2035', 'seriesLong'],
  ['standup every day at 9am for 24 hours, 400 times', 'seriesCrosses'],
])('“%s” is no series', async (text, outcome) => {
  await world.type(ADA, text);
  await until(() => world.turns().at(-1)?.outcome === outcome);
  expect(calendar.events).toEqual([]);
});
