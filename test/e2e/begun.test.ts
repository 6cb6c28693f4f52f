import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import enUS from '../../bot/say/messages/en-US.json' with { type: 'json' };
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, CHANDRA, type Person } from '../../deploy/sandbox/people.ts';
import { confirm, pressAndConfirm } from './confirm.ts';
import { meetingCards, textOf } from './messages.ts';
import { ownFolder, ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

/** A process that was killed holds what it worked on no longer than this. */
const LEASE_MS = 15_000;
const FORM = { date: '2030-03-04', time: '16:00', minutes: '30', subject: 'Q4' };
const hanging = { kind: 'slow', ms: 60_000, when: 'after' } as const;

const world = await ownWorld({
  env: { STORE: `sqlite:${join(await ownFolder(), 'parley.db')}` },
  before: signedIn(ADA, BEN, CHANDRA),
});

const make = (person: Person) => world.ask(person, 'meeting on 4 March 2030 at 15:00 about Q3');
const aliveOf = ({ oid }: Person) => world.alive().filter(({ organizer }) => organizer === oid);
const json = (card: Message) => JSON.stringify(card.activity);

test('who wants something else with a meeting that is worked on hears so, and nothing of it is lost', async () => {
  const card = await make(ADA);
  const before = aliveOf(ADA)[0]?.joinWebUrl ?? '';
  await world.channel.execute(ADA, card.id, 'cancel');
  const [question] = world.channel.cardsFor(ADA, card.id);
  const yes = /"data":(\{[^}]*"confirmed":true\})/.exec(JSON.stringify(question))?.[1] ?? '{}';
  await world.channel.execute(ADA, card.id, 'view');
  world.faults.add({
    match: { service: 'graph', method: 'POST' },
    times: 1,
    fault: { kind: 'slow', ms: 2_500 },
  });
  const renewed = pressAndConfirm(world, ADA, card.id, 'regenerate');
  await until(() => world.faults.list().length === 0);
  const data = { ...JSON.parse(yes), asked: null };
  await world.channel.execute(ADA, card.id, { type: 'Action.Execute', verb: 'cancel', data });
  expect(card.notices.get(ADA.oid)).toBe(en['notice.otherWork']);
  await renewed;
  await until(() => textOf(card).includes(en['note.oldLinkLocked']));
  expect(aliveOf(ADA)).toHaveLength(1);
  expect(json(card)).not.toContain(before);
  await pressAndConfirm(world, ADA, card.id, 'cancel');
  expect(aliveOf(ADA)).toEqual([]);
}, 30_000);

test('the same button pressed twice is answered twice with what came of it', async () => {
  const card = await make(ADA);
  await world.channel.execute(ADA, card.id, 'regenerate');
  world.faults.add({
    match: { service: 'graph', method: 'POST' },
    times: 1,
    fault: { kind: 'slow', ms: 1_000 },
  });
  const both = await Promise.all([1, 2].map(() => confirm(world, ADA, card.id, 'regenerate')));
  expect(both).toMatchObject([{ shown: 'card' }, { shown: 'card' }]);
  for (const { body } of both) expect(JSON.stringify(body)).toContain(aliveOf(ADA)[0]?.joinWebUrl);
  expect(aliveOf(ADA)).toHaveLength(1);
});

test('killed in the middle of a click: it is finished at the person’s next message, click or look', async () => {
  const [adas, bens, chandras] = [await make(ADA), await make(BEN), await make(CHANDRA)];
  const before = aliveOf(ADA)[0]?.joinWebUrl ?? '';
  await world.channel.execute(ADA, adas.id, 'regenerate');
  await world.channel.execute(BEN, bens.id, 'cancel');
  await world.channel.execute(CHANDRA, chandras.id, 'change');
  // Graph has done it, and the bot never hears of it.
  world.faults.add({ match: { service: 'graph', method: 'DELETE' }, fault: hanging });
  const lost = [confirm(world, ADA, adas.id, 'regenerate'), confirm(world, BEN, bens.id, 'cancel')];
  await until(() => aliveOf(BEN).length === 0 && aliveOf(ADA)[0]?.joinWebUrl !== before);
  world.faults.add({ match: { service: 'graph', method: 'PATCH' }, fault: hanging });
  lost.push(world.channel.execute(CHANDRA, chandras.id, 'change', FORM));
  await until(() => aliveOf(CHANDRA)[0]?.subject === 'Q4');
  await world.bot.kill();
  await Promise.allSettled(lost);
  world.faults.clear();
  for (const card of [adas, bens, chandras]) expect(textOf(card)).toContain(en['meeting.ready']);

  await world.restart();
  await wait(LEASE_MS);
  await world.write(ADA, 'my meetings');
  // What Teams asks for when the person looks at the card again.
  const data = { id: /"id":"([^"]+)"/.exec(json(bens))?.[1] };
  await world.channel.execute(BEN, bens.id, { type: 'Action.Execute', verb: 'view', data });
  await world.channel.execute(CHANDRA, chandras.id, 'change');
  await world.idle();
  await until(() => json(adas).includes(aliveOf(ADA)[0]?.joinWebUrl ?? '?'));
  expect(aliveOf(ADA)).toHaveLength(1);
  expect(json(adas)).not.toContain(before);
  await until(() => textOf(bens).includes(enUS['ended.cancelled']));
  await until(() => textOf(chandras).includes('Q4'));
  expect(textOf(await world.ask(CHANDRA, 'my meetings'))).toContain('Q4');
  expect(meetingCards(world.said(ADA))).toHaveLength(1);
}, 90_000);

test('killed before Graph had heard of it: what the person said yes to is done all the same', async () => {
  const card = await make(ADA);
  world.faults.add({ match: { service: 'graph', method: 'PATCH' }, fault: { kind: 'hang' } });
  const lost = pressAndConfirm(world, ADA, card.id, 'cancel');
  await until(() => world.graph.requests.some(({ method, status }) => method === 'PATCH' && status === null));
  await world.bot.kill();
  await Promise.allSettled([lost]);
  world.faults.clear();
  expect(aliveOf(ADA)).toHaveLength(1);
  await world.restart();
  await wait(LEASE_MS);
  await world.write(ADA, 'my meetings');
  await until(() => textOf(card).includes(en['ended.cancelled']));
  expect(aliveOf(ADA)).toEqual([]);
}, 60_000);
