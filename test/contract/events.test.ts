import { DateTime } from 'luxon';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '../../bot/graph/client.ts';
import type { Recurrence } from '../../bot/meeting/event.ts';
import { block, respond } from '../../deploy/sandbox/graph/calendar/attendees.ts';
import { ADA, BEN, CHANDRA, DMITRI, FELIX, GINA } from '../../deploy/sandbox/people.ts';
import { event, ownCalendarWorld } from './calendar-world.ts';

const world = await ownCalendarWorld();
let ada: Caller;
beforeEach(async () => {
  ada = await world.as(ADA);
});

/** Ada makes an event of the fifth of March, at three unless said otherwise. */
const make = (others: Parameters<typeof event>[1] = {}, at = '2027-03-05T15:00') =>
  world.calendar.create(event(at, others), ada);
const guests = (...addresses: string[]) => addresses.map((address) => ({ address, name: null }));
const TO_BEN = guests(BEN.upn);
const mails = () => world.graph.calendar.mails;
const events = () => world.graph.calendar.events;
const span = (start: string, end: string) => ({ start: DateTime.fromISO(start), end: DateTime.fromISO(end) });
const posts = () =>
  world.graph.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/events'));
const lose = (method: string, path: RegExp) =>
  world.faults.add({ service: 'graph', method, path }, { kind: 'drop', when: 'after' }, 1);

describe('who can have events', () => {
  test.each([
    [ADA, 'teams'],
    [DMITRI, 'other'],
    [GINA, 'noMailbox'],
  ] as const)('$name', async (person, expected) => {
    expect(await world.calendar.provider(await world.as(person))).toBe(expected);
  });

  test('nobody whose token is for online meetings only', async () => {
    const narrow = await world.as(ADA, 'OnlineMeetings.ReadWrite');
    await expect(world.calendar.create(event('2027-03-05T15:00'), narrow)).rejects.toMatchObject({
      status: 403,
      code: 'ErrorAccessDenied',
    });
    expect(events()).toEqual([]);
  });

  test('as itself the app acts for the people whom its role in Exchange reaches, without an access policy', async () => {
    const app = await world.asApplication(BEN, ['OnlineMeetings.ReadWrite.All']);
    await expect(world.calendar.create(event('2027-03-05T15:00'), app)).rejects.toMatchObject({
      status: 403,
    });
    world.graph.calendar.roles.add(BEN.oid);
    const made = await world.calendar.create(event('2027-03-05T15:00'), app);
    expect(made).toMatchObject({ isOrganizer: true, subject: 'Q3' });
    expect(events()).toMatchObject([{ organizer: BEN.oid }]);
  });
});

describe('making one', () => {
  test('guests are mailed once each, people outside too, and the link is the meeting’s', async () => {
    const made = await make({ attendees: guests(BEN.upn, 'lee@example.org') });
    expect(made).toMatchObject({
      subject: 'Q3',
      type: 'single',
      isOrganizer: true,
      attendees: [{ address: BEN.upn, response: 'none' }, { address: 'lee@example.org' }],
    });
    expect(made.start.toISO()).toBe('2027-03-05T15:00:00.000Z');
    expect(mails().map(({ to, kind }) => [to, kind])).toEqual([
      [BEN.upn, 'invitation'],
      ['lee@example.org', 'invitation'],
    ]);
    const meeting = await world.meetings.byJoinUrl(made.joinUrl ?? '', ada);
    expect(meeting).toMatchObject({ subject: 'Q3', passcode: expect.any(String) });
    expect(meeting?.granted.lobby).toBe('organization');
  });

  test('long and short links both lead to the meeting', async () => {
    for (let i = 0; i < 2; i += 1) {
      const { joinUrl } = await make();
      expect(await world.meetings.byJoinUrl(joinUrl ?? '', ada)).toMatchObject({ joinUrl });
    }
    const paths = world.graph.meetings.map(({ joinWebUrl }) => new URL(joinWebUrl).pathname.split('/')[1]);
    expect(new Set(paths)).toEqual(new Set(['l', 'meet']));
  });

  test('a meeting that cannot be found at once is looked for again, and one that is not there is null', async () => {
    const { joinUrl } = await make();
    world.graph.calendar.emptyLookups = 2;
    expect(await world.meetings.byJoinUrl(joinUrl ?? '', ada)).toMatchObject({ subject: 'Q3' });
  }, 10_000);

  test('without a link where Graph made none, although the guests are mailed', async () => {
    world.graph.calendar.softFailures = 1;
    const made = await make({ attendees: TO_BEN });
    expect(made.joinUrl).toBeNull();
    expect(mails()).toHaveLength(1);
    const link = { joinUrl: 'https://teams.microsoft.com/l/meetup-join/x', lines: ['Join here'] };
    await world.calendar.update(made.id, { link }, made.etag, ada);
    expect(events()[0]?.content).toBe('Join here\nhttps://teams.microsoft.com/l/meetup-join/x');
  });

  test('for a meeting that is there: no second link, and its text once', async () => {
    const joinUrl = 'https://teams.microsoft.com/l/meetup-join/x';
    const made = await make({ online: { kind: 'link', joinUrl, lines: [`Join: ${joinUrl}`] } });
    expect(made.joinUrl).toBeNull();
    expect(world.graph.meetings).toEqual([]);
    expect(events()[0]?.content).toBe(`Join: ${joinUrl}`);
  });

  test('an address that leads nowhere comes back to the organiser', async () => {
    await make({ attendees: guests('x@nowhere.example') });
    expect(mails()).toMatchObject([{ to: ADA.upn, kind: 'undeliverable' }]);
  });
});

describe('exactly once, counted in mails', () => {
  test.each(['2027-03-05T15:00', '2027-03-28T02:30'])(
    'the same key again finds the first one (%s)',
    async (at) => {
      const request = event(at, { attendees: TO_BEN });
      const first = await world.calendar.create(request, ada);
      const second = await world.calendar.create(request, ada);
      const third = await world.calendar.create(request, ada);
      expect([second.id, third.id]).toEqual([first.id, first.id]);
      expect(second.transactionId).toBe(request.transactionId);
      expect(mails()).toHaveLength(1);
    },
  );

  test('a lost answer', async () => {
    lose('POST', /\/events$/);
    const made = await make({ attendees: TO_BEN });
    expect(made.joinUrl).toMatch(/^https/);
    expect(events()).toHaveLength(1);
    expect(mails()).toHaveLength(1);
  });

  test('a series whose answer is lost is found as a series', async () => {
    lose('POST', /\/events$/);
    const recurrence: Recurrence = { pattern: { kind: 'daily', interval: 1 }, end: { times: 3 } };
    const made = await make({ recurrence, attendees: TO_BEN });
    expect(made).toMatchObject({ type: 'seriesMaster', seriesId: null });
    expect(mails()).toHaveLength(1);
  });

  test('an event that was not made is no success', async () => {
    world.faults.add({ service: 'graph', method: 'POST', path: /\/events$/ }, 504);
    await expect(make({ attendees: TO_BEN })).rejects.toMatchObject({
      status: 504,
    });
    expect(events()).toEqual([]);
    const keys = posts().map(({ body }) => (body as { transactionId: string }).transactionId);
    expect(new Set(keys).size).toBe(1);
  });

  test('a change whose answer is lost mails once', async () => {
    const made = await make({ attendees: TO_BEN });
    lose('PATCH', /\/events\//);
    const times = { start: made.start.plus({ hours: 1 }), end: made.end.plus({ hours: 1 }) };
    const moved = await world.calendar.update(made.id, { times }, made.etag, ada);
    expect(moved.start.toMillis()).toBe(times.start.toMillis());
    expect(mails().map(({ kind }) => kind)).toEqual(['invitation', 'update']);
    await world.calendar.update(made.id, { times }, null, ada);
    expect(mails()).toHaveLength(2);
  });

  test('a cancellation whose answer is lost mails once', async () => {
    const made = await make({ attendees: TO_BEN });
    lose('POST', /\/cancel$/);
    await world.calendar.cancel(made.id, 'Another day', ada);
    expect(mails().map(({ kind, comment }) => [kind, comment])).toEqual([
      ['invitation', null],
      ['cancellation', 'Another day'],
    ]);
    await world.calendar.cancel(made.id, 'Another day', ada);
    expect(mails()).toHaveLength(2);
  });
});

describe('changing one', () => {
  test('a race is lost with 412, and nobody is mailed of it', async () => {
    const made = await make({ attendees: TO_BEN });
    await world.calendar.update(made.id, { subject: 'Q4' }, made.etag, ada);
    const late = world.calendar.update(made.id, { subject: 'Q5' }, made.etag, ada);
    await expect(late).rejects.toMatchObject({ status: 412 });
    expect(events()).toMatchObject([{ subject: 'Q4' }]);
    expect(mails().map(({ kind }) => kind)).toEqual(['invitation', 'update']);
  });

  test('guests who come or go are mailed by themselves', async () => {
    const made = await make({ attendees: TO_BEN });
    const attendees = guests(CHANDRA.upn);
    await world.calendar.update(made.id, { attendees }, made.etag, ada);
    expect(mails().map(({ to, kind }) => [to, kind])).toEqual([
      [BEN.upn, 'invitation'],
      [CHANDRA.upn, 'invitation'],
      [BEN.upn, 'cancellation'],
    ]);
  });

  test('the link stays through every change', async () => {
    const made = await make();
    const renamed = await world.calendar.update(made.id, { subject: null }, null, ada);
    expect(renamed).toMatchObject({ joinUrl: made.joinUrl, subject: null });
  });

  test('who has accepted is told', async () => {
    const made = await make({ attendees: TO_BEN });
    const [stored] = events();
    if (stored) respond(stored, BEN, 'accepted');
    expect((await world.calendar.get(made.id, ada)).attendees).toMatchObject([{ response: 'accepted' }]);
  });

  test('a guest sees that it is not theirs, and cannot cancel it', async () => {
    await make({ attendees: TO_BEN });
    const ben = await world.as(BEN);
    const [seen] = await world.calendar.view(span('2027-03-05', '2027-03-06'), ben);
    expect(seen).toMatchObject({ subject: 'Q3', isOrganizer: false });
    await expect(world.calendar.cancel(seen?.id ?? '', null, ben)).rejects.toMatchObject({ status: 400 });
    expect(mails()).toHaveLength(1);
  });
});

describe('series', () => {
  const series = async (start: string, recurrence: Recurrence) => {
    const made = await world.calendar.create(event(start, { recurrence }), ada);
    const before = DateTime.fromISO(start).minus({ days: 1 });
    const year = { start: before, end: before.plus({ years: 3 }) };
    const all = await world.calendar.instances(made.id, year, ada);
    return { made, local: all.map((one) => one.start.setZone(ADA.zone).toFormat('yyyy-MM-dd HH:mm')), all };
  };
  const weekly = (days: number[], interval = 1, times = 3): Recurrence => ({
    pattern: { kind: 'weekly', interval, days },
    end: { times },
  });

  test.each<[string, string, Recurrence, string[]]>([
    [
      'the wall clock across both changes of clocks',
      '2027-03-22T09:00',
      weekly([1], 1, 2),
      ['2027-03-22 09:00', '2027-03-29 09:00'],
    ],
    [
      'every other Tuesday',
      '2027-03-02T10:00',
      weekly([2], 2),
      ['2027-03-02 10:00', '2027-03-16 10:00', '2027-03-30 10:00'],
    ],
    [
      'every other week from Sunday on, whose week began on Monday',
      '2027-03-07T10:00',
      weekly([1, 7], 2, 3),
      ['2027-03-07 10:00', '2027-03-15 10:00', '2027-03-21 10:00'],
    ],
    [
      'the 31st, which some months have not',
      '2027-01-31T10:00',
      { pattern: { kind: 'absoluteMonthly', interval: 1, dayOfMonth: 31 }, end: { times: 3 } },
      ['2027-01-31 10:00', '2027-02-28 10:00', '2027-03-31 10:00'],
    ],
    [
      'the first Monday of the month',
      '2027-03-01T10:00',
      {
        pattern: { kind: 'relativeMonthly', interval: 1, days: [1], index: 'first' },
        end: { until: '2027-05-03' },
      },
      ['2027-03-01 10:00', '2027-04-05 10:00', '2027-05-03 10:00'],
    ],
    [
      'the last Friday of the month',
      '2027-03-26T10:00',
      { pattern: { kind: 'relativeMonthly', interval: 1, days: [5], index: 'last' }, end: { times: 2 } },
      ['2027-03-26 10:00', '2027-04-30 10:00'],
    ],
    [
      'every year',
      '2027-05-03T10:00',
      { pattern: { kind: 'absoluteYearly', interval: 1, dayOfMonth: 3, month: 5 }, end: { times: 2 } },
      ['2027-05-03 10:00', '2028-05-03 10:00'],
    ],
  ])('%s', async (_what, start, recurrence, expected) => {
    const { made, local } = await series(start, recurrence);
    expect(local).toEqual(expected);
    expect(made.recurrence).toEqual({ ...recurrence, startDate: start.slice(0, 10), zone: ADA.zone });
  });

  test('a zone that is only an offset is written in UTC', async () => {
    const start = DateTime.fromISO('2027-03-05T15:00+02:00', { setZone: true });
    const made = await world.calendar.create(event('', { start, end: start.plus({ hours: 1 }) }), ada);
    expect(made.start.toISO()).toBe('2027-03-05T13:00:00.000Z');
    expect(posts()[0]?.body).toMatchObject({ start: { dateTime: '2027-03-05T13:00:00', timeZone: 'UTC' } });
  });

  test('a zone whose name is younger than the mailbox server is written in UTC, but for a series', async () => {
    const start = DateTime.fromISO('2027-03-05T15:00', { zone: 'Europe/Kyiv' });
    const kyiv = { start, end: start.plus({ hours: 1 }) };
    const made = await world.calendar.create(event('', { ...kyiv, attendees: TO_BEN }), ada);
    expect(made.start.toISO()).toBe('2027-03-05T13:00:00.000Z');
    const later = { start: start.plus({ hours: 1 }), end: start.plus({ hours: 2 }) };
    const moved = await world.calendar.update(made.id, { times: later }, made.etag, ada);
    expect(moved.start.toISO()).toBe('2027-03-05T14:00:00.000Z');
    expect(mails()).toHaveLength(2);
    const series = event('', { ...kyiv, recurrence: weekly([5]) });
    await expect(world.calendar.create(series, ada)).rejects.toMatchObject({ status: 400 });
  });

  test('one of them is cancelled, another moved, and the rest ended; one mail each', async () => {
    const recurrence = weekly([1], 1, 4);
    const request = event('2027-03-01T09:00', { recurrence, attendees: TO_BEN });
    const made = await world.calendar.create(request, ada);
    const all = span('2027-03-01', '2027-06-01');
    const [, second, third] = await world.calendar.instances(made.id, all, ada);
    if (!second || !third) throw new Error('no series');
    expect(second).toMatchObject({ type: 'occurrence', seriesId: made.id });
    await world.calendar.cancel(second.id, null, ada);
    const times = { start: third.start.plus({ hours: 2 }), end: third.end.plus({ hours: 2 }) };
    expect(await world.calendar.update(third.id, { times }, third.etag, ada).catch((e) => e.status)).toBe(
      412,
    );
    await world.calendar.update(third.id, { times }, null, ada);
    expect((await world.calendar.instances(made.id, all, ada)).map(({ type }) => type)).toEqual([
      'occurrence',
      'exception',
      'occurrence',
    ]);
    const master = await world.calendar.get(made.id, ada);
    if (!master.recurrence) throw new Error('no recurrence');
    const ended = { ...master.recurrence, end: { until: '2027-03-14' } };
    await world.calendar.update(made.id, { recurrence: ended }, master.etag, ada);
    expect(await world.calendar.instances(made.id, all, ada)).toHaveLength(2);
    expect(mails().map(({ kind }) => kind)).toEqual(['invitation', 'cancellation', 'update', 'update']);
  });

  test('an occurrence cannot be moved past its neighbour', async () => {
    const { all } = await series('2027-03-01T09:00', weekly([1]));
    const [, second] = all;
    if (!second) throw new Error('no series');
    const times = { start: second.start.plus({ weeks: 1 }), end: second.end.plus({ weeks: 1 }) };
    await expect(world.calendar.update(second.id, { times }, null, ada)).rejects.toMatchObject({
      code: 'ErrorOccurrenceCrossingBoundary',
    });
  });
});

describe('looking', () => {
  test('everything of more than one page, in order', async () => {
    const first = DateTime.fromISO('2027-03-01T08:00Z');
    for (let i = 130; i > 0; i -= 1) {
      const start = first.plus({ minutes: 10 * i }).toISO() ?? '';
      block(world.graph.calendar, ADA, { start, end: first.plus({ minutes: 10 * i + 5 }).toISO() ?? '' });
    }
    const seen = await world.calendar.view(span('2027-03-01', '2027-03-05'), ada);
    expect(seen).toHaveLength(130);
    expect(seen.map(({ start }) => start.toMillis())).toEqual(
      seen.map(({ start }) => start.toMillis()).sort(),
    );
  });

  test('who is free: a person who cannot be seen is unknown, whoever has no answer is tentative', async () => {
    block(world.graph.calendar, BEN, { start: '2027-03-05T09:00Z', end: '2027-03-05T09:30Z' });
    block(world.graph.calendar, BEN, { start: '2027-03-05T10:15Z', end: '2027-03-05T10:30Z', showAs: 'oof' });
    await world.calendar.create(event('2027-03-05T10:00', { attendees: TO_BEN }), ada);
    world.graph.calendar.hidden.add(CHANDRA.oid);
    const asked = [BEN.upn.toUpperCase(), CHANDRA.upn, FELIX.upn, 'lee@example.org', ADA.upn];
    const known = await world.calendar.schedules(
      asked,
      span('2027-03-05T09:00Z', '2027-03-05T11:00Z'),
      30,
      ada,
    );
    expect(known).toEqual([
      {
        address: BEN.upn.toUpperCase(),
        view: ['busy', 'free', 'away', 'free'],
        hours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', zone: 'America/New_York' },
      },
      { address: CHANDRA.upn, unknown: true },
      { address: FELIX.upn, unknown: true },
      { address: 'lee@example.org', unknown: true },
      expect.objectContaining({ view: ['free', 'free', 'busy', 'free'] }),
    ]);
    expect(JSON.stringify(known)).not.toContain('Dentist');
  });

  test('hours in a zone of a person’s own making have no zone', async () => {
    const day = span('2027-03-05T09:00Z', '2027-03-05T11:00Z');
    expect(await world.calendar.schedules([CHANDRA.upn], day, 60, ada)).toMatchObject([
      { hours: { zone: null } },
    ]);
  });

  test.each<[string, string[], string]>([
    ['21 people', Array.from({ length: 21 }, () => ADA.upn), '2027-03-06'],
    ['62 days', [ADA.upn], '2027-05-07'],
  ])('%s are too many', async (_what, people, end) => {
    await expect(world.calendar.schedules(people, span('2027-03-05', end), 30, ada)).rejects.toMatchObject({
      status: 400,
    });
  });
});

test('however much is asked at once, a mailbox has one request at a time, and its owner waits for nobody else', async () => {
  const ben = await world.as(BEN);
  const day = span('2027-03-05', '2027-03-06');
  await Promise.all(Array.from({ length: 12 }, (_, i) => world.calendar.view(day, i % 2 === 0 ? ada : ben)));
  expect(world.graph.calendar.mostAtOnce).toBe(1);
});
