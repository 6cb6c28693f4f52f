import { DateTime } from 'luxon';
import { beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../bot/graph/client.ts';
import { searchTimes } from '../../bot/handle/find-time/find-time.ts';
import { block } from '../../deploy/sandbox/graph/calendar/attendees.ts';
import { ADA, BEN, CHANDRA, FELIX, GINA, type Person } from '../../deploy/sandbox/people.ts';
import { event, ownCalendarWorld } from './calendar-world.ts';

const at = (iso: string) => DateTime.fromISO(iso, { zone: ADA.zone });

const world = await ownCalendarWorld();
let ada: Caller;
beforeEach(async () => {
  ada = await world.as(ADA);
});

/** A search by Ada, on a Friday unless said otherwise. */
async function search(others: readonly Person[], from = '2027-03-05', to = '2027-03-06') {
  const people = [ADA, ...others].map(({ name, upn }) => ({
    name,
    address: upn,
    isAsker: name === ADA.name,
  }));
  const wanted = {
    window: { from: at(from), to: at(to) },
    minutes: 30,
    zone: ADA.zone,
    now: at('2027-03-01T09:00'),
    near: null,
  };
  const { times, next, shown } = await searchTimes(people, wanted, {
    caller: ada,
    services: { calendar: world.calendar },
  });
  const worded = (found: typeof next) =>
    found?.kind === 'found'
      ? found.times.map(({ start, tentative }) => [start.toFormat('ccc HH:mm'), ...tentative].join(' '))
      : (found?.why ?? null);
  const unknown = shown.schedules.flatMap((one) => ('unknown' in one ? [one.address] : []));
  return { times: worded(times), next: worded(next), unknown };
}

const busy = (person: Person, start: string, end: string, showAs?: 'tentative' | 'oof') =>
  block(world.graph.calendar, person, { start: `${start}Z`, end: `${end}Z`, ...(showAs && { showAs }) });

test('inside the working hours of London and New York, each by their own clock', async () => {
  expect((await search([BEN])).times).toEqual(['Fri 14:00', 'Fri 15:00', 'Fri 16:00']);
  // In the second half of March New York is an hour nearer.
  expect((await search([BEN], '2027-03-19', '2027-03-20')).times).toEqual([
    'Fri 13:00',
    'Fri 14:00',
    'Fri 15:00',
    'Fri 16:00',
  ]);
});

test('hours in a zone of Outlook’s own making are read by the clock of who asks', async () => {
  expect((await search([CHANDRA])).times).toHaveLength(5);
});

test('appointments, invitations that were accepted or not answered, and holidays', async () => {
  busy(ADA, '2027-03-05T14:00', '2027-03-05T15:00');
  await world.calendar.create(
    event('2027-03-05T16:00', { attendees: [{ address: BEN.upn, name: null }] }),
    await world.as(CHANDRA),
  );
  expect((await search([BEN])).times).toEqual(['Fri 15:00', `Fri 16:30`]);
  busy(BEN, '2027-03-05T00:00', '2027-03-06T00:00', 'oof');
  expect(await search([BEN])).toMatchObject({ times: 'busy', next: expect.arrayContaining(['Mon 14:00']) });
});

test('strangers, guests and hidden calendars are unknown, and make nobody busy', async () => {
  world.graph.calendar.hidden.add(CHANDRA.oid);
  busy(CHANDRA, '2027-03-05T00:00', '2027-03-06T00:00');
  const found = await search([FELIX, GINA, CHANDRA]);
  expect(found.unknown).toEqual([FELIX.upn, GINA.upn, CHANDRA.upn]);
  expect(found.times).toEqual(['Fri 09:00', 'Fri 10:00', 'Fri 11:00', 'Fri 12:00', 'Fri 13:00']);
});

test('a weekend is outside of the hours, and Monday is next', async () => {
  expect(await search([], '2027-03-06', '2027-03-08')).toMatchObject({
    times: 'hours',
    next: ['Mon 09:00', 'Mon 10:00', 'Tue 09:00', 'Tue 10:00', 'Wed 09:00'],
  });
});
