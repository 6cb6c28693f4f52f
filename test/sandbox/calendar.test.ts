import { describe, expect, test } from 'vitest';
import { atMailbox } from '../../deploy/sandbox/graph/calendar/mailbox.ts';
import { createCalendarWorld } from '../../deploy/sandbox/graph/calendar/store.ts';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { ask, ownCalendarWorld } from '../contract/calendar-world.ts';

// What the stand-in's calendars do by themselves; test/contract holds them to the pages, and the bot to them.
const world = await ownCalendarWorld();

type Asked = Parameters<typeof ask>[2];
const call = (path: string, asked: Asked = {}) => ask(world, `/me${path}`, asked);

const IMMUTABLE = { headers: { Prefer: 'IdType="ImmutableId"' } };
const at = (time: string) => ({ dateTime: `2027-03-05T${time}`, timeZone: 'Europe/London' });
const EVENT = { subject: 'Q3', start: at('15:00:00'), end: at('15:30:00'), isOnlineMeeting: true };
const attendees = (...people: string[]) => people.map((address) => ({ emailAddress: { address } }));
const make = (more: object = {}, asked: Asked = {}) =>
  call('/events', { body: { ...EVENT, ...more }, ...asked });
const one = (id: string, rest = '') => `/events/${encodeURIComponent(id)}${rest}`;
const mails = () => world.graph.calendar.mails.map(({ kind, to }) => [kind, to]);

describe('the text of an event', () => {
  test('that is written over costs the link, and mails everybody', async () => {
    const { body } = await make({ attendees: attendees(BEN.upn) });
    const changed = await call(one(body.id), {
      method: 'PATCH',
      body: { body: { contentType: 'html', content: 'Agenda' } },
    });
    expect(changed.body.onlineMeeting?.joinUrl).toMatch(/^https/);
    expect(changed.body.onlineMeeting?.joinUrl).not.toBe(body.onlineMeeting?.joinUrl);
    expect(mails()).toEqual([
      ['invitation', BEN.upn],
      ['update', BEN.upn],
    ]);
  });

  test('with the join block keeps it', async () => {
    const { body } = await make();
    const content = `Agenda${String((body.body as { content: string }).content)}`;
    const changed = await call(one(body.id), {
      method: 'PATCH',
      body: { body: { contentType: 'html', content } },
    });
    expect(changed.body.onlineMeeting).toEqual(body.onlineMeeting);
  });
});

describe('an event', () => {
  test('that is online stays so', async () => {
    const { body } = await make();
    const changed = await call(one(body.id), { method: 'PATCH', body: { isOnlineMeeting: false } });
    expect(changed.body).toMatchObject({ isOnlineMeeting: true, onlineMeeting: body.onlineMeeting });
  });

  test('has ids of two kinds, which are not interchangeable, and one of them changes when it moves', async () => {
    const { body } = await make();
    expect((await call(one(body.id), IMMUTABLE)).code).toBe('ErrorInvalidIdMalformed');
    const { body: immutable } = await make({}, IMMUTABLE);
    expect((await call(one(immutable.id))).code).toBe('ErrorInvalidIdMalformed');
    const [first, second] = world.graph.calendar.events;
    if (first) first.moves += 1;
    if (second) second.moves += 1;
    expect((await call(one(body.id))).status).toBe(404);
    expect((await call(one(immutable.id), IMMUTABLE)).status).toBe(200);
  });

  test('is the organiser’s: what a guest changes changes nothing, and a guest who deletes it has declined', async () => {
    await make({ attendees: attendees(BEN.upn) });
    const span = 'startDateTime=2027-03-05T00:00:00Z&endDateTime=2027-03-06T00:00:00Z';
    const seen = await call(`/calendarView?${span}`, { by: BEN });
    const { id = '' } = (seen.body.value as { id: string }[])[0] ?? {};
    expect((await call(one(id), { by: BEN, method: 'PATCH', body: { subject: 'Mine' } })).status).toBe(200);
    expect((await call(one(id), { by: BEN, method: 'DELETE' })).status).toBe(204);
    expect(world.graph.calendar.events).toMatchObject([
      { subject: 'Q3', isGone: false, attendees: [{ response: 'declined' }] },
    ]);
    expect((await call(`/calendarView?${span}`, { by: BEN })).body.value).toEqual([]);
    expect(mails()).toEqual([['invitation', BEN.upn]]);
  });

  test('that is deleted by its organiser mails a cancellation, and its old link still opens', async () => {
    const { body } = await make({ attendees: attendees(BEN.upn) });
    expect((await call(one(body.id), { method: 'DELETE' })).status).toBe(204);
    expect(mails()).toEqual([
      ['invitation', BEN.upn],
      ['cancellation', BEN.upn],
    ]);
    expect(world.graph.open(body.onlineMeeting?.joinUrl ?? '', BEN)).toBe('meeting');
  });

  test.each<[string, object, string]>([
    ['an unknown member', { colour: 'red' }, 'RequestBodyRead'],
    ['501 guests', { attendees: attendees(...Array(501).fill(BEN.upn)) }, 'ErrorPropertyValidationFailure'],
    ['an address that is none', { attendees: attendees('Ben') }, 'ErrorInvalidRecipients'],
    [
      'an offset in the time',
      { start: { dateTime: '2027-03-05T15:00:00Z', timeZone: 'UTC' } },
      'ErrorPropertyValidationFailure',
    ],
    [
      'no such zone',
      { start: { dateTime: '2027-03-05T15:00:00', timeZone: 'Mars' } },
      'TimeZoneNotSupportedException',
    ],
    [
      'members of another pattern',
      {
        recurrence: {
          pattern: { type: 'daily', interval: 1, month: 0 },
          range: { type: 'numbered', startDate: '2027-03-05', numberOfOccurrences: 2 },
        },
      },
      'RequestBodyRead',
    ],
    [
      'a series that begins another day than its event',
      {
        recurrence: {
          pattern: { type: 'daily', interval: 1 },
          range: { type: 'numbered', startDate: '2027-03-06', numberOfOccurrences: 2 },
        },
      },
      'ErrorPropertyValidationFailure',
    ],
    [
      'occurrences that overlap',
      {
        end: { dateTime: '2027-03-07T15:00:00', timeZone: 'Europe/London' },
        recurrence: {
          pattern: { type: 'daily', interval: 1 },
          range: { type: 'numbered', startDate: '2027-03-05', numberOfOccurrences: 2 },
        },
      },
      'ErrorOccurrenceTimeSpanTooBig',
    ],
  ])('is not made with %s', async (_what, more, code) => {
    const { status, code: told } = await make(more);
    expect([status, told]).toEqual([400, code]);
    expect(world.graph.calendar.events).toEqual([]);
    expect(mails()).toEqual([]);
  });
});

test('the link of an event is answered only beside what says that it is online', async () => {
  const { body } = await make();
  expect((await call(one(body.id, '?$select=onlineMeeting'))).body.onlineMeeting).toBeNull();
  const both = await call(one(body.id, '?$select=onlineMeeting,isOnlineMeeting'));
  expect(both.body.onlineMeeting).toEqual(body.onlineMeeting);
});

test('a mailbox takes four requests at once, and says when to come again', async () => {
  const calendar = createCalendarWorld();
  const all = await Promise.allSettled(
    Array.from({ length: 8 }, () => atMailbox({ calendar }, ADA, () => 'done')),
  );
  const refused = all
    .filter(({ status }) => status === 'rejected')
    .map((one) => (one as { reason: unknown }).reason);
  expect(refused).toHaveLength(4);
  for (const reason of refused)
    expect(reason).toMatchObject({
      status: 429,
      code: 'ApplicationThrottled',
      headers: { 'Retry-After': '1' },
    });
  expect(await atMailbox({ calendar }, ADA, () => 'done')).toBe('done');
});

test.each([
  ['OnlineMeetings.ReadWrite', 403, 403],
  ['Calendars.Read', 200, 403],
  ['Calendars.ReadWrite', 200, 201],
])('with %s reading is answered %i, writing %i', async (scp, reads, writes) => {
  expect((await call('/calendar', { scp })).status).toBe(reads);
  expect((await make({}, { scp })).status).toBe(writes);
});
