import { beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '../../bot/graph/client.ts';
import type { Recurrence } from '../../bot/meeting/event.ts';
import { respond } from '../../deploy/sandbox/graph/calendar/attendees.ts';
import { ADA, BEN, CHANDRA, DMITRI, GINA } from '../../deploy/sandbox/people.ts';
import { event, guests, ownCalendarWorld, span, TO_BEN } from './calendar-world.ts';

const world = await ownCalendarWorld();
let ada: Caller;
beforeEach(async () => {
  ada = await world.as(ADA);
});

/** Ada makes an event of the fifth of March, at three unless said otherwise. */
const make = (others: Parameters<typeof event>[1] = {}, at = '2027-03-05T15:00') =>
  world.calendar.create(event(at, others), ada);
const mails = () => world.graph.calendar.mails;
const events = () => world.graph.calendar.events;
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
