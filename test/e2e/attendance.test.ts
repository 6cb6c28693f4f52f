import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN, CHANDRA, type Person } from '../../deploy/sandbox/people.ts';
import { CALENDAR_PERMISSIONS } from './calendar-user.ts';
import { textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';

const ALLOWED = [...CALENDAR_PERMISSIONS, 'OnlineMeetingArtifact.Read.All'];

const world = await ownWorld({ env: { CALENDAR: 'on' } });

/** A meeting in Ada's calendar that has just begun, with Ben as its guest. */
async function begin(permissions = ALLOWED): Promise<void> {
  world.entra.consent(ADA.oid, permissions);
  await world.write(ADA, 'always invite');
  await world.write(ADA, 'meeting now about Q3 with ben@contoso.example');
  expect(world.graph.calendar.events).toHaveLength(1);
}

/** Somebody is in it for some minutes. */
function come(person: Person, minutes: number): void {
  const [meeting] = world.alive();
  if (meeting === undefined) throw new Error('there is no meeting');
  const from = Date.parse(meeting.startDateTime);
  world.graph.calendar.attendance.push({ meetingId: meeting.id, person, from, to: from + minutes * 60_000 });
}

test('who came, how long they stayed, and who did not', async () => {
  await begin();
  come(ADA, 30);
  come(CHANDRA, 12);
  await world.type(ADA, 'who came to Q3?');
  const text = world.lastText(ADA);
  expect(text).toContain(`2 people came: ${ADA.name} (30 minutes) and ${CHANDRA.name} (12 minutes)`);
  expect(text).toContain(`Invited and not there: ${BEN.upn}`);
});

test('the newest meeting where none was named', async () => {
  await begin();
  come(BEN, 5);
  await world.type(ADA, 'who was there?');
  expect(world.lastText(ADA)).toContain(`1 person came: ${BEN.name} (5 minutes)`);
});

test('before there is a report, that is said', async () => {
  await begin();
  await world.type(ADA, 'who came to Q3?');
  expect(world.lastText(ADA)).toContain(en['answer.attendance.report']);
});

test('without the permission: what an administrator can do, and nothing of who came', async () => {
  await begin(CALENDAR_PERMISSIONS);
  come(BEN, 5);
  await world.type(ADA, 'who came to Q3?');
  expect(world.lastText(ADA)).toContain(en['answer.attendance.permission']);
  expect(world.lastText(ADA)).not.toContain(BEN.name);
});

test('somebody else’s meeting is none of theirs', async () => {
  await begin();
  come(BEN, 5);
  world.entra.consent(BEN.oid, ALLOWED);
  await world.signIn(BEN);
  await world.type(BEN, 'who came to Q3?');
  expect(world.lastText(BEN)).toContain(en['answer.attendance.title']);
  expect(world.lastText(BEN)).not.toContain('(5 minutes)');
});

test('in a group it is told to the organizer alone', async () => {
  await begin();
  come(BEN, 5);
  await world.mention(ADA, 'groupChat', 'who came to Q3?');
  const [told, ...others] = world.said('groupChat');
  expect(textOf(told)).toContain(`${BEN.name} (5 minutes)`);
  expect(told?.onlyFor).toBe(ADA.oid);
  expect(others).toEqual([]);
});

test('transcripts: the way to them in Teams, and the chat of the meeting', async () => {
  await begin();
  await world.type(ADA, 'can I get the transcript of Q3?');
  const text = world.lastText(ADA);
  expect(text).toContain(en['answer.transcript.inTeams']);
  expect(text).toContain(en['answer.chat.open']);
});
