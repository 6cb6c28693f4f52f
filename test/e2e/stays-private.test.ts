import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { meetingCards, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';

const world = await ownWorld();
afterEach(() => void world.channel.state.refusals.splice(0));

const SECRET = 'layoffs';
const group = () => world.place('groupChat');
const seenBy = (person: Person) => world.seenIn('groupChat', person);
const readBy = (person: Person) => seenBy(person).map(textOf).join('\n');

/** A meeting that was asked for by a slash command: only who asked sees its card. */
async function ask() {
  await world.signIn(ADA, BEN);
  const said = await world.say(ADA, 'groupChat', `/meeting tomorrow 3pm about ${SECRET}`, { slash: true });
  return { said, card: meetingCards(seenBy(ADA))[0] };
}

/** A click that no client of Teams would send. */
const forge = (verb: string, data: object, replyToId: string | undefined, conversation: unknown) =>
  world.invoke(
    BEN,
    'adaptiveCard/action',
    { action: { type: 'Action.Execute', verb, data } },
    { ...(replyToId !== undefined && { replyToId }), conversation: conversation as never },
  );

test('the invitation of a private meeting comes privately', async () => {
  const { card } = await ask();
  await world.click(ADA, card, 'invite');
  expect(seenBy(ADA).length).toBeGreaterThan(1);
  expect(seenBy(BEN)).toEqual([]);
});

test('a private meeting that is created again is private again', async () => {
  const { card } = await ask();
  await world.clickAndConfirm(ADA, card, 'cancel');
  await world.click(ADA, card, 'create');
  expect(world.alive()).toHaveLength(1);
  expect(seenBy(BEN)).toEqual([]);
});

test('a private meeting is neither shown to nor copied for somebody who works out its id', async () => {
  const { said } = await ask();
  const { conversation, id: activityId } = said.activity as never as {
    id: string;
    conversation: { id: string; tenantId: string };
  };
  const parts = [conversation.tenantId, ADA.oid, conversation.id, activityId];
  const id = createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  const view = await forge('view', { id }, undefined, conversation);
  await forge('create', { copyOf: id }, undefined, conversation);
  await world.idle();
  expect(JSON.stringify(view.body)).not.toContain(SECRET);
  expect(readBy(BEN)).not.toContain(SECRET);
  expect(world.alive()).toHaveLength(1);
});

test('where nothing private can be said, a private meeting is not said to all', async () => {
  await world.signIn(ADA);
  world.channel.state.targeted = 'refused';
  world.chat(ADA).installed = false;
  await world.say(ADA, 'groupChat', `/meeting tomorrow 3pm about ${SECRET}`, { slash: true });
  expect(readBy(BEN)).not.toContain(SECRET);
});

test('a list that Graph refuses replaces nobody’s card', async () => {
  await world.signIn(ADA, BEN);
  await world.mention(ADA, 'groupChat', 'meeting tomorrow 3pm about budget');
  const [card] = meetingCards(seenBy(ADA));
  const before = textOf(card);
  const [, id] = /"id":"([\w-]{43})"/.exec(JSON.stringify(card?.activity)) ?? [];
  await world.write(BEN, 'meeting tomorrow 5pm about other things');
  world.faults.add({ service: 'graph', method: 'GET' }, 403);
  await forge('list', { id, page: 0 }, card?.id, card?.activity.conversation);
  await world.idle();
  expect(textOf(card)).toBe(before);
});

test('what is left in dialogs is not made by a later sign-in', async () => {
  const conversation = { id: group().id, conversationType: 'groupChat' } as never;
  world.entra.consent(ADA.oid);
  await world.channel.install(ADA, group().id);
  const form = { verb: 'meet', subject: 'given up', date: '2030-03-04', time: '15:00', minutes: 30 };
  for (const id of ['one', 'two'])
    await world.invoke(
      ADA,
      'composeExtension/submitAction',
      { commandId: 'meet', commandContext: 'compose', data: { ...form, id } },
      { conversation },
    );
  const token = await world.entra.ssoToken(ADA);
  await world.invoke(
    ADA,
    'signin/tokenExchange',
    { id: 'exchange', connectionName: '', token },
    { conversation },
  );
  await world.idle();
  expect(world.alive()).toEqual([]);
});
