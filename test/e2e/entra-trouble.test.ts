import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Fault } from '../../deploy/sandbox/faults.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';

const SENTENCE = 'meeting tomorrow 3pm about Q3';

const world = await ownWorld();

const brokenSecret = {
  error: 'invalid_client',
  error_description: 'AADSTS7000215: Invalid client secret provided.',
  error_codes: [7000215],
};
const onlyAdmin = {
  error: 'invalid_grant',
  error_description: 'AADSTS90094: The grant requires administrator permission.',
  error_codes: [90094],
};
const TOKEN_PATH = /oauth2\/v2\.0\/token$/;

test.each<[string, Fault, keyof typeof en]>([
  [
    'does not believe the bot',
    { kind: 'status', status: 401, body: brokenSecret },
    'problem.misconfigured.title',
  ],
  ['wants an administrator', { kind: 'status', status: 400, body: onlyAdmin }, 'problem.adminConsent.title'],
  ['is down', { kind: 'status', status: 503 }, 'problem.unavailable.title'],
  ['hangs up', { kind: 'drop', when: 'before' }, 'problem.unavailable.title'],
])(
  'when Entra %s, one card says so, and asking again later makes one meeting',
  async (_name, fault, title) => {
    world.channel.state.devices = 2;
    world.entra.consent(ADA.oid);
    // The bot has its own token by now; only the exchange meets the fault.
    await world.write(ADA, 'hi');
    world.faults.add({ service: 'entra', path: TOKEN_PATH }, fault);
    await world.write(ADA, SENTENCE);
    expect(world.lastText(ADA)).toContain(en[title]);
    expect(world.lastText(ADA)).toMatch(/Reference: [\da-f]{8}/);
    expect(world.lastText(ADA)).not.toMatch(/AADSTS|invalid_|\b[45]0\d\b|secret/);

    world.faults.clear();
    await world.write(ADA, SENTENCE);
    expect(world.cards(ADA)).not.toEqual([]);
    await world.write(ADA, 'hello');
    expect(world.lastText(ADA)).toContain(en['help.title']);
    expect(world.cards(ADA)).toHaveLength(1);
    expect(world.alive()).toHaveLength(1);
  },
);

test('when Entra’s keys cannot be had, one card says so, and Try again makes the meeting', async () => {
  await world.begin();
  world.entra.consent(ADA.oid);
  await world.write(ADA, 'hi');
  world.faults.add({ service: 'entra', method: 'GET' }, 503);
  await world.write(ADA, SENTENCE);
  expect(world.lastText(ADA)).toContain(en['problem.unavailable.title']);
  world.faults.clear();
  await world.click(ADA, world.newest(ADA), 'create');
  expect(world.alive()).toMatchObject([{ subject: 'Q3' }]);
});

test('after Entra was down, Try again signs in and makes the meeting that was asked for', async () => {
  world.entra.consent(ADA.oid);
  await world.write(ADA, 'hi');
  world.faults.add({ service: 'entra', path: TOKEN_PATH }, 503);
  await world.write(ADA, SENTENCE);
  expect(world.lastText(ADA)).toContain(en['problem.retry']);
  world.faults.clear();
  const card = world.newest(ADA);
  const { body } = await world.click(ADA, card, 'create');
  expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
  expect(world.alive()).toMatchObject([{ subject: 'Q3' }]);
});

test('after Entra was down, each of several requests can be tried again, and is made once', async () => {
  world.entra.consent(ADA.oid);
  await world.write(ADA, 'hi');
  world.faults.add({ service: 'entra', path: TOKEN_PATH }, { kind: 'slow', ms: 1_500 });
  const before = world.said(ADA).length;
  await world.channel.say(ADA, world.chat(ADA).id, SENTENCE);
  await world.channel.say(ADA, world.chat(ADA).id, 'meeting friday 10am about budget');
  world.faults.clear();
  world.faults.add({ service: 'entra', path: TOKEN_PATH }, 503);
  await world.channel.say(ADA, world.chat(ADA).id, 'meeting monday 10am about hiring');
  await world.idle();
  world.faults.clear();
  const retries = () =>
    world
      .said(ADA)
      .slice(before)
      .filter((message) => textOf(message).includes(en['problem.retry']));
  for (const retry of retries()) await world.click(ADA, retry, 'create');
  expect(world.cards(ADA)).toHaveLength(3);
  expect(world.subjects().sort()).toEqual(['Q3', 'budget', 'hiring']);
});
