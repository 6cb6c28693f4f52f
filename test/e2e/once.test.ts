import { beforeAll, describe, expect, test } from 'vitest';
import de from '../../bot/say/messages/de.json' with { type: 'json' };
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Activity } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, DMITRI } from '../../deploy/sandbox/people.ts';
import { signInCards, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld();

const request = () => world.message(ADA, 'meeting tomorrow 3pm about the budget');
const deliver = (activity: Activity) => world.channel.deliver(activity);

/** Something that is answered after all that came before it. */
async function theNextTurn(): Promise<void> {
  await world.write(ADA, 'hello');
  expect(world.lastText(ADA)).toContain(en['help.title']);
}

async function expectOneMeeting(): Promise<void> {
  await theNextTurn();
  expect(world.sent('POST')).toHaveLength(1);
  expect(world.alive()).toHaveLength(1);
  expect(world.cards(ADA)).toHaveLength(1);
}

test('an activity delivered eight times at once makes one meeting and one card', async () => {
  await world.signIn(ADA);
  const activity = request();
  const answers = await Promise.all(Array.from({ length: 8 }, () => deliver(activity)));
  expect([...answers, await deliver(activity)].map(({ status }) => status)).toEqual(Array(9).fill(200));
  await expectOneMeeting();
});

test('an activity delivered eight times before the sign-in asks once, and makes one meeting', async () => {
  world.entra.consent(ADA.oid);
  const activity = request();
  await Promise.all(Array.from({ length: 8 }, () => deliver(activity)));
  await until(() => world.cards(ADA).length > 0);
  await deliver(activity);
  await expectOneMeeting();
  expect(signInCards(world.said(ADA))).toHaveLength(1);
});

test('a power cut loses nothing and repeats nothing', async () => {
  await world.signIn(ADA);
  const activity = request();
  await deliver(activity);
  await until(() => world.cards(ADA).length === 1);
  await world.write(BEN, 'meeting tomorrow 3pm about hiring');
  const card = world.said(BEN)[0]?.id ?? '';

  await world.restart(undefined, 'SIGKILL');
  expect(await deliver(activity)).toMatchObject({ status: 200 });
  await expectOneMeeting();
  world.entra.consent(BEN.oid);
  await world.channel.finishSignIn(BEN, card, 'agreed');
  await until(() => world.cards(BEN).length === 1);
  expect(world.alive()).toMatchObject([{ organizer: ADA.oid }, { organizer: BEN.oid, subject: 'hiring' }]);
});

test('the same words in two messages are two meetings, if the person says so', async () => {
  await world.signIn(ADA);
  await deliver(request());
  await deliver(request());
  await world.type(ADA, 'yes');
  expect(world.cards(ADA)).toHaveLength(2);
  expect(world.alive()).toHaveLength(2);
});

test('the same number in another chat is another message', async () => {
  await world.signIn(ADA, BEN);
  const text = 'meeting tomorrow 3pm about the budget';
  await deliver(world.message(ADA, text, { id: '1700000000001' }));
  await deliver(world.message(BEN, text, { id: '1700000000001' }));
  await until(() => world.alive().length === 2);
  expect(world.organizers()).toEqual([ADA.oid, BEN.oid]);
});

describe('what is no new message', () => {
  const first = () => world.channel.state.personal(ADA.oid)?.messages[0]?.id ?? '';
  const bare = (type: string, change: Partial<Activity> = {}) => deliver({ ...request(), type, ...change });

  test.each<[string, () => Promise<{ status: number }>]>([
    ['an edit', () => world.channel.edit(ADA, first(), 'meeting tomorrow 4pm about the budget')],
    ['a deleted message', () => world.channel.remove(ADA, first())],
    ['a reaction', () => world.channel.react(ADA, first())],
    ['an event', () => bare('event', { name: 'application/vnd.microsoft.meetingStart' })],
    ['a member who joins', () => bare('conversationUpdate', { membersAdded: [{ id: BEN.teamsId }] })],
    ['an update of the app', () => bare('installationUpdate', { action: 'add-upgrade' })],
  ])('%s is passed over', async (_name, happen) => {
    await world.signIn(ADA);
    await world.write(ADA, 'meeting tomorrow 3pm about the budget');
    expect(await happen()).toMatchObject({ status: 200 });
    await expectOneMeeting();
    expect(world.said(ADA)).toHaveLength(2);
  });

  test('an invoke that nobody knows is answered with an error of its own', async () => {
    const answer = await world.invoke(ADA, 'composeExtension/query', {});
    expect(answer).toMatchObject({
      status: 200,
      body: { statusCode: 400, type: 'application/vnd.microsoft.error' },
    });
  });
});

describe('the welcome', () => {
  // That a chat was welcomed is remembered for a month: with a new bot none was.
  beforeAll(() => world.begin());

  test('comes once, names the permission, and that an administrator may have to approve', async () => {
    await world.channel.install(ADA);
    await until(() => world.said(ADA).length > 0);
    await world.channel.uninstall(ADA);
    await world.channel.install(ADA);
    await theNextTurn();
    const [welcome, ...others] = world.said(ADA).map(textOf);
    expect(others).toHaveLength(1);
    expect(welcome).toContain(en['welcome.title']);
    expect(welcome).toContain('OnlineMeetings.ReadWrite');
    expect(welcome).toMatch(/administrator has to approve/);
  });

  test('comes where Teams says no more than that somebody has the bot', async () => {
    const activity = world.message(DMITRI, '', { type: 'installationUpdate', action: 'add' });
    await deliver(activity);
    await deliver(activity);
    await until(() => JSON.stringify(world.said(DMITRI).at(-1)?.activity).includes(de['welcome.title']));
    await world.idle();
    expect(world.said(DMITRI)).toHaveLength(1);
  });

  test('that did not get through comes when Teams says it again', async () => {
    // Teams says it in two ways at once.
    world.faults.add({ service: 'channel', method: 'POST' }, 403, 2);
    await world.channel.install(BEN);
    await world.idle();
    expect(world.said(BEN)).toHaveLength(0);
    await world.channel.install(BEN);
    await until(() => world.said(BEN).length > 0);
    expect(JSON.stringify(world.said(BEN)[0]?.activity)).toContain(en['welcome.title']);
  });
});
