import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import enUS from '../../bot/say/messages/en-US.json' with { type: 'json' };
import { oauthCard } from '../../deploy/sandbox/channel/cards.ts';
import type { Json, Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { signInCards, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const SENTENCE = 'meeting tomorrow 3pm about Q3';

// How often a person was sent to sign in is counted: with a bot of this file's own nobody was.
const world = await ownWorld({
  env: {},
  before: async ({ reset, entra }) => {
    await reset();
    entra.consent(ADA.oid);
  },
});

const agreed = (card: Message) => world.finishSignIn(ADA, card);

/** Comes back from the popup, until the bot has answered with another card. */
async function comeBack(): Promise<void> {
  const card = world.newest(ADA);
  await agreed(card);
  await world.idle();
  expect(world.newest(ADA).id).not.toBe(card.id);
}

/** Signs in when nothing is refused any more, and finds that nothing was waiting. */
async function expectNothingWaits(): Promise<void> {
  world.entra.state.refused.clear();
  await world.write(ADA, 'sign in');
  expect(world.lastText(ADA)).toBe(en['notice.signedIn']);
  await world.idle();
  expect(world.graph.meetings).toEqual([]);
}

test.each([50105, 50057, 50053, 50034])(
  'AADSTS%i: the administrator gets a text, and what was reported as not made is never made',
  async (code) => {
    world.entra.refuse(ADA.oid, code);
    await world.write(ADA, SENTENCE);
    expect(world.lastText(ADA)).toContain(en['problem.notAllowed.title']);
    expect(world.lastText(ADA)).toContain('am I assigned to the enterprise application');
    expect(world.lastText(ADA)).toContain(world.app.id);
    expect(world.lastText(ADA)).not.toContain(en['problem.retry']);
    await expectNothingWaits();
  },
);

test.each([50173, 50133, 70043])('AADSTS%i: the person signs in again, and it is made', async (code) => {
  world.entra.refuse(ADA.oid, code);
  await world.write(ADA, SENTENCE);
  expect(world.hasButton(ADA)).toBe(true);
  world.entra.state.refused.clear();
  await agreed(world.newest(ADA));
  expect(world.cards(ADA)).toHaveLength(1);
  expect(world.alive()).toMatchObject([{ subject: 'Q3' }]);
});

test('a rule of the organization that no sign-in meets is told after two rounds, and an older button makes nothing then', async () => {
  world.entra.refuse(ADA.oid, 53003);
  await world.write(ADA, SENTENCE);
  expect(world.hasButton(ADA)).toBe(true);
  const older = world.newest(ADA);
  await comeBack();
  expect(world.hasButton(ADA)).toBe(true);
  await comeBack();
  await until(() => world.lastText(ADA).includes(en['problem.conditionalAccess.title']));
  expect(world.lastText(ADA)).toContain('Conditional Access');
  expect(
    signInCards(world.said(ADA)).filter((card) => card.signIns.get(ADA.oid)?.state === 'button'),
  ).toEqual([]);
  world.entra.state.refused.clear();
  await agreed(older);
  expect(world.lastText(ADA)).toBe(en['notice.signedIn']);
  expect(world.graph.meetings).toEqual([]);
});

test('a person who keeps typing has the button each time', async () => {
  world.entra.refuse(ADA.oid, 53003);
  for (const hour of [1, 2, 3, 4, 5]) {
    await world.write(ADA, `meeting tomorrow ${hour}pm about Q${hour}`);
    expect(world.hasButton(ADA)).toBe(true);
    expect(oauthCard(world.newest(ADA).activity)).not.toBeNull();
  }
  expect(world.said(ADA).map(textOf).join()).not.toContain('Reference:');
});

test('clicks of somebody whom a rule keeps out come to an end', async () => {
  await world.mention(BEN, 'groupChat', 'meeting tomorrow 3pm about Q3');
  const draft = world.newest('groupChat');
  world.entra.refuse(BEN.oid, 53003);
  const click = () => world.click(BEN, draft, 'create');
  expect(await click()).toMatchObject({ shown: 'signIn' });
  expect(await world.finishSignIn(BEN, draft)).toMatchObject({ shown: 'signIn' });
  const { body } = await world.finishSignIn(BEN, draft);
  expect((body as Json).value).toContain(enUS['problem.conditionalAccess.title']);
  expect(world.graph.meetings).toEqual([]);
});
