import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import type { Json, Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, CHANDRA, type Person } from '../../deploy/sandbox/people.ts';
import { dialogues } from './dialogue.ts';
import { cardOf, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const created = () => world.graph.requests.filter(({ path }) => path.endsWith('/createOrGet'));
const patches = () => world.sent('PATCH');
const shownIn = (body: unknown) => (body as { value?: Json }).value ?? {};

async function askIn(type: 'groupChat' | 'channel', person: Person, sentence: string): Promise<Message> {
  await world.mention(person, type, sentence);
  return world.newest(type);
}

test('a room is made once, and is the same each time it is asked for', async () => {
  const made = await world.ask(ADA, 'our standup room');
  expect(textOf(made)).toContain(en['room.ready']);
  expect(textOf(made)).toContain('standup room');
  expect(textOf(made)).toContain(en['room.anyTime']);
  expect(textOf(made)).toContain(en['room.lives']);
  expect(textOf(made)).toContain(en['note.roomMade']);
  const found = await world.ask(ADA, 'standup room link');
  expect(textOf(found)).toContain(en['room.found']);
  expect(textOf(found)).toContain(en['note.roomFound']);
  expect(created().map(({ status }) => status)).toEqual([201, 200]);
  expect(world.alive()).toHaveLength(1);
  const join = actionsIn(cardOf(found)).find(({ title }) => title === en['meeting.join']);
  expect(join).toMatchObject({ url: world.alive()[0]?.joinWebUrl });
});

test('Graph is told a name that tells nothing, and only what createOrGet takes', async () => {
  await world.ask(ADA, 'our standup room');
  const { body, headers } = created()[0] ?? { body: null, headers: {} };
  expect(body).toEqual({ externalId: expect.stringMatching(/^parley-[\w-]{43}$/), subject: 'standup room' });
  expect(headers).toMatchObject({ 'accept-language': null });
  await world.ask(ADA, 'our standup room tomorrow 9am for 15 minutes');
  expect(Object.keys(created()[1]?.body as object).sort()).toEqual([
    'endDateTime',
    'externalId',
    'startDateTime',
    'subject',
  ]);
});

dialogues(
  world,
  `
# “our standup room” and “%1” are one
> our standup room
> %1
= standup room
| Stand-up Room
| link for the standup room
| what’s the link of our standup room?
| same link as last time for the standup

# “our standup room” and “the design room” are two
> our standup room
> the design room
= standup room; design room

# all threads of a channel share their rooms
channel> our standup room
channel> our standup room
= standup room

# a room is closed after asking once, and the next who asks gets a new one
> our standup room
* meeting.cancelRoom
< confirm.titleRoom
* confirm.yesRoom
< ended.closed
= none
> our standup room
< room.ready
= standup room

# a room is renamed, listed and found by its new name, and stays the same room
> our standup room
> rename the standup room to Daily
= Daily
> my meetings
< "Daily" & room.anyTime
> our standup room
< note.roomRenamed
> our daily room
< room.found & !note.roomRenamed
= Daily

# the card of a room that was changed says what happened
> our standup room
> rename the standup room to Daily room
< room.changed
> our daily room tomorrow 10am
* Change to tomorrow, 10:00
< room.moved
> close the daily room
* confirm.yesRoom
< ended.closed & "10:00"

# of a room that is open at any time, nothing is left to say of its time once it is closed
> our standup room
> close the standup room
< room.anyTime
* confirm.yesRoom
< ended.closed & !room.anyTime

# what a room was refused is said once, and not again whenever it is opened
> our standup room, template Board
< "A room can’t have that"
> our standup room
< !"A room can’t have that"
> rename the standup room to Daily
< !"A room can’t have that"
* meeting.newLink
* confirm.renewYes
< room.renewed & !"A room can’t have that"
`,
);

test('without a time no hour is shown, whatever hour Graph keeps for it', async () => {
  const made = await world.ask(ADA, 'the design room');
  const [room] = world.alive();
  const minutes = DateTime.fromISO(room?.endDateTime ?? '').diff(
    DateTime.fromISO(room?.startDateTime ?? ''),
    'minutes',
  ).minutes;
  expect(minutes).toBe(60);
  expect(textOf(made)).toContain(en['room.anyTime']);
  expect(textOf(made)).not.toMatch(/\d\d:\d\d/);
  expect(textOf(made)).not.toContain(en['meeting.calendarFile']);
});

test('a room with a time shows it; with another time, what is stored and a way to update it', async () => {
  const made = await world.ask(ADA, 'our standup room tomorrow 9am');
  expect(textOf(made)).toContain('09:00–09:30');
  const found = await world.ask(ADA, 'our standup room tomorrow 10am for 15 minutes');
  expect(textOf(found)).toContain('09:00–09:30');
  expect(textOf(found)).toContain('This room was set up for tomorrow, 09:00, not 10:00.');
  expect(patches()).toEqual([]);
  const { body } = await world.press(ADA, found, 'Change to 10:00');
  expect(textOf(shownIn(body))).toContain('10:00–10:15');
  const start = DateTime.now()
    .setZone(ADA.zone)
    .plus({ days: 1 })
    .set({ hour: 10, minute: 0 })
    .startOf('minute');
  expect(DateTime.fromISO(world.alive()[0]?.startDateTime ?? '').toMillis()).toBe(start.toMillis());
});

test('an end without a start, or before it, is never sent', async () => {
  const asked = await world.ask(ADA, 'our standup room tomorrow from 3pm to 2pm');
  expect(created()).toEqual([]);
  expect(textOf(asked)).toContain(en['ask.range']);
});

test('options are changed in afterwards; what a room cannot have is said', async () => {
  const made = await world.ask(ADA, 'our standup room, no lobby, only me presenting, encrypted, passcode');
  expect(created()).toHaveLength(1);
  expect(patches().map(({ body }) => body)).toEqual([
    expect.objectContaining({ lobbyBypassSettings: { scope: 'everyone' }, allowedPresenters: 'organizer' }),
  ]);
  expect(world.alive()[0]?.options).toMatchObject({ allowedPresenters: 'organizer' });
  expect(world.alive()[0]?.passcode).toBeNull();
  expect(world.alive()[0]?.options).toMatchObject({ isEndToEndEncryptionEnabled: true });
  expect(textOf(made).match(/A room can’t have that/g)).toHaveLength(1);
});

test('people are in it without a role, and are told; later ones join those who were there', async () => {
  await world.mention(ADA, 'groupChat', 'our standup room with @Ben', BEN);
  expect(world.cards('groupChat')).toHaveLength(1);
  expect(created()[0]?.body).toMatchObject({
    participants: { attendees: [{ identity: { user: { id: BEN.oid } }, upn: BEN.upn }] },
  });
  expect(JSON.stringify(created()[0]?.body)).not.toContain('role');
  expect(JSON.stringify(world.said('groupChat')[0]?.activity)).toContain('"type":"mention"');
  await world.mention(ADA, 'groupChat', 'our standup room with @Chandra', CHANDRA);
  expect(world.said('groupChat')).toHaveLength(2);
  expect(world.alive()[0]?.attendees.map(({ id }) => id)).toEqual([BEN.oid, CHANDRA.oid]);
});

test.each(['groupChat', 'channel'] as const)(
  'in a %s a colleague’s room of the same name is another one, and both are told',
  async (type) => {
    await world.signIn(BEN);
    const adas = await askIn(type, ADA, 'our standup room');
    expect(textOf(adas)).toContain(en['note.roomOwn']);
    const bens = await askIn(type, BEN, 'our standup room');
    expect(textOf(bens)).toContain(en['note.roomOthers']);
    const [one, two] = world.alive();
    expect([one?.organizer, two?.organizer]).toEqual([ADA.oid, BEN.oid]);
    expect(one?.externalId).toBe(two?.externalId);
    expect(one?.joinWebUrl).not.toBe(two?.joinWebUrl);
    const again = await askIn(type, BEN, 'standup room');
    expect(textOf(again)).toContain(en['note.roomFound']);
    expect(world.alive()).toHaveLength(2);
  },
);

test('a room of the chat with the bot is another than that of a group', async () => {
  await world.ask(ADA, 'our standup room');
  await askIn('groupChat', ADA, 'our standup room');
  expect(new Set(world.alive().map(({ externalId }) => externalId)).size).toBe(2);
});

test('who is not signed in gets a draft in a group, and the room with their click', async () => {
  world.entra.consent(CHANDRA.oid);
  world.channel.state.groupSignIn = 'nothing';
  await askIn('groupChat', CHANDRA, 'the design room');
  await world.idle();
  const draft = world.newest('groupChat');
  expect(textOf(draft)).toContain(en['draft.title']);
  expect(world.graph.requests).toEqual([]);
  await world.press(CHANDRA, draft, en['draft.createRoom']);
  expect(world.cards('groupChat')).toHaveLength(1);
  expect(world.alive()).toMatchObject([{ organizer: CHANDRA.oid, subject: 'design room' }]);
});

test('New link closes the room first: only then Graph gives another', async () => {
  const made = await world.ask(ADA, 'our standup room');
  const [before] = world.alive();
  const { body } = await world.clickAndConfirm(ADA, made, 'regenerate');
  expect(textOf(shownIn(body))).toContain(en['room.renewed']);
  expect(textOf(shownIn(body))).toContain(en['note.oldLinkLockedRoom']);
  const [after, ...others] = world.alive();
  expect(others).toEqual([]);
  expect(after?.externalId).toBe(before?.externalId);
  expect(after?.joinWebUrl).not.toBe(before?.joinWebUrl);
  const asked = await world.ask(ADA, 'our standup room');
  expect(JSON.stringify(cardOf(asked))).toContain(after?.joinWebUrl);
});

test('what a policy refused a room is no option of it, and what it had before stays', async () => {
  const ada = world.people.find(({ oid }) => oid === ADA.oid);
  if (!ada) throw new Error('nobody is Ada');
  ada.policy.recording = false;
  try {
    const made = await world.ask(ADA, 'our standup room, no lobby, record it');
    expect(textOf(made)).toContain('You asked for “Records automatically”');
    const found = await world.ask(ADA, 'our standup room');
    expect(textOf(found)).not.toMatch(/[Rr]ecording/);
    expect(textOf(found)).toContain('Nobody waits in the lobby');
  } finally {
    ada.policy.recording = true;
  }
});

test('Make a copy opens the same name for whoever clicks', async () => {
  await world.signIn(BEN);
  const adas = await askIn('groupChat', ADA, 'our standup room');
  await world.press(BEN, adas, en['meeting.copyYes']);
  expect(world.alive()).toHaveLength(2);
  expect(created().map(({ oid }) => oid)).toEqual([ADA.oid, BEN.oid]);
  expect(new Set(world.alive().map(({ externalId }) => externalId)).size).toBe(1);
});

test('after signing out the room is found again, by Graph alone', async () => {
  await world.ask(ADA, 'our standup room');
  await world.signOut(ADA);
  await world.signIn(ADA);
  const found = await world.ask(ADA, 'our standup room');
  expect(textOf(found)).toContain(en['room.found']);
  expect(world.alive()).toHaveLength(1);
});

test('the form renames a room and leaves alone what Graph keeps for its time', async () => {
  const made = await world.ask(ADA, 'our standup room');
  await world.press(ADA, made, en['meeting.change']);
  await world.press(ADA, made, en['edit.save'], { ...world.form(ADA, made), subject: 'Daily room' });
  expect(patches().map(({ body }) => body)).toEqual([{ subject: 'Daily room' }]);
  expect(await world.answer(ADA, 'our standup room')).toContain('Daily room');
});

test('Graph closed the old room and opened no new one: the card says so, and the name opens it again', async () => {
  const made = await world.ask(ADA, 'our standup room, no lobby');
  const match = { service: 'graph', method: 'POST' };
  const takeBack = world.faults.add(match, 403);
  const { body } = await world.clickAndConfirm(ADA, made, 'regenerate');
  expect(textOf(shownIn(body))).toContain(en['ended.closed']);
  expect(textOf(shownIn(body))).toContain(en['ended.reopen']);
  expect(world.alive()).toEqual([]);
  takeBack();
  expect(await world.answer(ADA, 'our standup room')).toContain(en['room.ready']);
  expect(world.alive()).toMatchObject([{ options: { lobbyBypassSettings: { scope: 'everyone' } } }]);
});
