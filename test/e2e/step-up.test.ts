import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { oauthCard } from '../../deploy/sandbox/channel/cards.ts';
import { demandFor } from '../../deploy/sandbox/entra/contexts.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { signInCards } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { throughPopup } from './popup.ts';
import { until } from './waiting.ts';

const SENTENCE = 'meeting tomorrow 3pm about Q3';

// How often a person was sent to sign in is counted: with a bot of this file's own nobody was.
const world = await ownWorld({
  env: {},
  before: async (world) => {
    await signedIn(ADA)(world);
    world.entra.state.requests.length = 0;
  },
});

const exchanges = () =>
  world.entra.state.requests.filter(({ grant }) => grant === 'on_behalf_of').map(({ status }) => status);
const answers = () => world.graph.requests.map(({ method, status }) => `${method} ${status}`);

/** Presses the button of the newest card and does what Entra wants. */
async function stepUp(): Promise<string> {
  const card = world.newest(ADA);
  const address = world.channel.openSignIn(ADA, card.id);
  expect(await throughPopup(world, address, ADA)).toMatchObject({ status: 200, result: 'ok' });
  await world.finishSignIn(ADA, card);
  return address;
}

test('Graph demands a second factor: one button leads there, and what was asked is done', async () => {
  world.graph.requireContext('c1');
  await world.write(ADA, SENTENCE);
  expect(world.hasButton(ADA)).toBe(true);
  expect(oauthCard(world.newest(ADA).activity)).toMatchObject({ text: en['signin.stepUp'] });
  expect(world.alive()).toEqual([]);
  const address = await stepUp();
  expect(new URL(address).searchParams.get('claims')).toBe(demandFor('c1'));
  await until(() => world.cards(ADA).length === 1);
  expect(world.alive()).toMatchObject([{ subject: 'Q3' }]);
  expect(exchanges()).toEqual([400, 200]);
  expect(answers()).toEqual(['POST 403', 'POST 201']);
  expect(
    signInCards(world.said(ADA)).filter((card) => card.signIns.get(ADA.oid)?.state === 'button'),
  ).toEqual([]);
});

test('nobody has to be signed in before: the demand comes after the first sign-in, and is met', async () => {
  await world.signOut(ADA);
  world.graph.requireContext('c1');
  await world.write(ADA, SENTENCE);
  expect(world.hasButton(ADA)).toBe(true);
  expect(world.lastText(ADA)).not.toContain(en['problem.signInFailed.title']);
  await stepUp();
  expect(world.cards(ADA)).toHaveLength(1);
  expect(exchanges()).toEqual([200, 400, 200]);
  expect(answers()).toEqual(['POST 403', 'POST 201']);
});

test('another replica goes on: the demand is kept with what was asked', async () => {
  world.graph.requireContext('c1');
  await world.write(ADA, SENTENCE);
  expect(world.hasButton(ADA)).toBe(true);
  await world.restart();
  await stepUp();
  expect(world.cards(ADA)).toHaveLength(1);
  expect(exchanges()).toEqual([400, 200]);
});

test('a click by somebody who is not signed in meets the demand, too', async () => {
  await world.write(ADA, SENTENCE);
  const card = world.newest(ADA);
  await world.restart();
  world.graph.requireContext('c1');
  expect(await world.click(ADA, card, 'regenerate')).toMatchObject({ shown: 'card' });
  expect(await world.confirm(ADA, card, 'regenerate')).toMatchObject({ shown: 'signIn' });
  await throughPopup(world, world.channel.openSignIn(ADA, card.id), ADA);
  await world.finishSignIn(ADA, card);
  expect(world.graph.meetings.map(({ isDeleted }) => isDeleted)).toEqual([true, false]);
});

test('whoever has shown it already signs in again without a word', async () => {
  world.entra.state.contexts.set(ADA.oid, new Set(['c1']));
  world.graph.requireContext('c1');
  await world.write(ADA, SENTENCE);
  expect(world.cards(ADA)).toHaveLength(1);
  expect(exchanges()).toEqual([200]);
  expect(answers()).toEqual(['POST 403', 'POST 201']);
});

test('a click that needs a second factor is done after it', async () => {
  await world.write(ADA, SENTENCE);
  world.graph.requireContext('c1');
  const card = world.newest(ADA);
  await world.click(ADA, card, 'regenerate');
  expect(await world.confirm(ADA, card, 'regenerate')).toMatchObject({ shown: 'signIn' });
  const address = world.channel.openSignIn(ADA, card.id);
  expect(new URL(address).searchParams.get('claims')).toBe(demandFor('c1'));
  await throughPopup(world, address, ADA);
  await world.finishSignIn(ADA, card);
  expect(world.graph.meetings.map(({ isDeleted }) => isDeleted)).toEqual([true, false]);
});

test('a demand that no sign-in meets ends in one sentence', async () => {
  const claims = Buffer.from(demandFor('c9')).toString('base64');
  const headers = { 'WWW-Authenticate': `Bearer error="insufficient_claims", claims="${claims}"` };
  world.entra.state.contexts.set(ADA.oid, new Set(['c9']));
  world.faults.add({ service: 'graph' }, { kind: 'status', status: 403, headers });
  await world.write(ADA, SENTENCE);
  expect(world.lastText(ADA)).toContain(en['problem.signInFailed.title']);
  expect(answers()).toEqual(['POST 403', 'POST 403']);
});

test('somebody who comes back without it twice is told so, and it is not made later', async () => {
  world.graph.requireContext('c1');
  await world.write(ADA, SENTENCE);
  expect(world.hasButton(ADA)).toBe(true);
  for (const _ of [1, 2]) {
    const card = world.newest(ADA);
    await world.finishSignIn(ADA, card);
    await until(
      () =>
        world.newest(ADA).id !== card.id &&
        (world.hasButton(ADA) || signInCards([world.newest(ADA)]).length === 0),
    );
  }
  expect(world.lastText(ADA)).toContain(en['problem.signInFailed.title']);
  world.entra.state.contexts.set(ADA.oid, new Set(['c1']));
  await world.write(ADA, 'sign in');
  expect(world.lastText(ADA)).toBe(en['notice.signedIn']);
  expect(world.graph.meetings).toEqual([]);
});

test('a demand that says nothing is a reason for one more sign-in', async () => {
  const body = { error: { code: 'insufficient_claims', message: '' } };
  world.faults.add({ service: 'graph' }, { kind: 'status', status: 403, body }, 1);
  await world.write(ADA, SENTENCE);
  expect(world.cards(ADA)).toHaveLength(1);
  expect(answers()).toEqual(['POST 403', 'POST 201']);
});

test('a demand that is none is not passed on', async () => {
  const claims = Buffer.from('{"id_token":{"email":null}}').toString('base64');
  const headers = { 'WWW-Authenticate': `Bearer error="insufficient_claims", claims="${claims}"` };
  const fault = { kind: 'status', status: 403, headers } as const;
  world.faults.add({ service: 'graph' }, fault, 1);
  await world.write(ADA, SENTENCE);
  expect(world.lastText(ADA)).toContain(en['problem.forbidden.title']);
});
