import { DateTime } from 'luxon';
import { beforeEach, expect, test } from 'vitest';
import type { Caller } from '../../bot/graph/client.ts';
import { ADA, BEN, CHANDRA } from '../../deploy/sandbox/people.ts';
import { event, ownCalendarWorld } from './calendar-world.ts';

const ALLOWED = 'OnlineMeetings.ReadWrite Calendars.ReadWrite OnlineMeetingArtifact.Read.All';
const FIRST = DateTime.fromISO('2027-03-05T15:00', { zone: ADA.zone });
const SECOND = FIRST.plus({ weeks: 1 });

const world = await ownCalendarWorld();
let ada: Caller;
let graphId: string;
beforeEach(async () => {
  ada = await world.as(ADA, ALLOWED);
  const made = await world.calendar.create(event('2027-03-05T15:00'), ada);
  const meeting = await world.meetings.byJoinUrl(made.joinUrl ?? '', ada);
  graphId = meeting?.graphId ?? '';
});

function attend(person: typeof ADA, start: DateTime, minutes: number): void {
  const [stored] = world.graph.meetings;
  if (stored === undefined) throw new Error('there is no meeting');
  const from = start.toMillis();
  world.graph.calendar.attendance.push({ meetingId: stored.id, person, from, to: from + minutes * 60_000 });
}

const any = () => true;
const names = async (isMeant: Parameters<typeof world.meetings.attendance>[1] = any) =>
  (await world.meetings.attendance(graphId, isMeant, ada))?.people.map(({ name, minutes }) => [
    name,
    minutes,
  ]);

test('who was there, and how long', async () => {
  attend(ADA, FIRST, 30);
  attend(BEN, FIRST.plus({ minutes: 5 }), 25);
  const found = await world.meetings.attendance(graphId, any, ada);
  expect(found?.start.toMillis()).toBe(FIRST.toMillis());
  expect(found?.people).toEqual([
    { id: ADA.oid, address: ADA.upn, name: ADA.name, minutes: 30 },
    { id: BEN.oid, address: BEN.upn, name: BEN.name, minutes: 25 },
  ]);
});

test('of a series the newest meeting, or the one that is meant', async () => {
  attend(BEN, FIRST, 10);
  attend(CHANDRA, SECOND, 20);
  expect(await names()).toEqual([[CHANDRA.name, 20]]);
  expect(await names(({ start }) => start < SECOND.startOf('day'))).toEqual([[BEN.name, 10]]);
  expect(await names(({ start }) => start > SECOND.endOf('day'))).toBeUndefined();
});

test('what Graph leaves out or writes otherwise costs nobody else their place', async () => {
  attend(BEN, FIRST, 10);
  const records = [
    { emailAddress: 'lee@fabrikam.example', identity: null, totalAttendanceInSeconds: 'much' },
    { emailAddress: null, identity: { displayName: 'By phone' } },
    { emailAddress: '', identity: null },
  ];
  world.faults.add(
    { service: 'graph', method: 'GET', path: /attendanceReports\/[^/]+$/ },
    {
      kind: 'status',
      status: 200,
      body: {
        id: 'r',
        meetingStartDateTime: FIRST.toUTC().toISO(),
        meetingEndDateTime: FIRST.toUTC().toISO(),
        attendanceRecords: records,
      },
    },
  );
  expect(await names()).toEqual([
    ['lee@fabrikam.example', 0],
    ['By phone', 0],
  ]);
});
