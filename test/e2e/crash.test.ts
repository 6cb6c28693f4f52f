import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import enUS from '../../bot/say/messages/en-US.json' with { type: 'json' };
import type { Activity, Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, CHANDRA, type Person } from '../../deploy/sandbox/people.ts';
import { CALENDAR_PERMISSIONS } from './calendar-user.ts';
import { meetingCards, READ, textOf } from './messages.ts';
import { inOwnWorld } from './own-world.ts';
import { until } from './waiting.ts';
import type { World } from './world.ts';

// These wait and start bots, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

/** What a process that was killed held is free then. */
const FREE_AFTER_MS = 15_000;
const FORM = { date: '2030-03-04', time: '16:00', minutes: '30', subject: 'Q4' };
const hanging = { kind: 'slow', ms: 60_000, when: 'after' } as const;

const make = (world: World, person: Person) => world.ask(person, 'meeting on 4 March 2030 at 15:00 about Q3');
const aliveOf = (world: World, { oid }: Person) => world.alive().filter(({ organizer }) => organizer === oid);
/** As Teams does where an activity was not answered: what a process that was killed held is free after a while. */
async function deliverUntilTaken(world: World, activity: Activity): Promise<void> {
  for (let status = 0; status !== 200; ) ({ status } = await world.channel.deliver(activity));
}
const json = (card: Message) => JSON.stringify(card.activity);

test.concurrent('killed between Graph’s answer and the store: after the restart the person sees one meeting', () =>
  inOwnWorld(async (world) => {
    await world.signIn(ADA);
    world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'slow', ms: 20_000, when: 'after' }, 1);
    const activity = world.message(ADA, 'meeting tomorrow 3pm about the budget');
    const lost = world.channel.deliver(activity);
    await until(() => world.alive().length === 1);
    await world.bot.kill();
    await lost;
    const [orphan] = world.alive();
    expect(world.said(ADA).filter((message) => meetingCards([message]).length > 0)).toEqual([]);

    await world.restart();
    await deliverUntilTaken(world, activity);
    await world.idle();
    expect(world.cards(ADA)).toHaveLength(1);
    expect(JSON.stringify(world.said(ADA))).not.toContain(orphan?.joinWebUrl);

    expect((await world.answer(ADA, 'my meetings')).match(/budget/g)).toHaveLength(1);
  }));

test.concurrent('killed while the card was on its way: whoever gets the message again brings it, however soon that is', () =>
  inOwnWorld(async (world) => {
    await world.signIn(ADA);
    // The card, and the sign of typing: which of them is first depends on how busy the machine is.
    world.faults.add({ service: 'channel', method: 'POST' }, { kind: 'hang' }, 2);
    const activity = world.message(ADA, 'meeting tomorrow 3pm about the budget');
    const lost = world.channel.deliver(activity);
    await until(() => world.faults.list().length === 0);
    await world.bot.kill();
    await lost;
    await world.restart();
    await deliverUntilTaken(world, activity);
    await world.idle();
    expect(world.cards(ADA)).toHaveLength(1);
    expect(world.alive()).toHaveLength(1);
  }));

test.concurrent('killed when its card had come, and the link changed while the message was brought again: both cards have the new one', () =>
  inOwnWorld(async (world) => {
    await world.signIn(ADA);
    world.faults.add({ service: 'channel', method: 'POST' }, { kind: 'slow', ms: 20_000, when: 'after' });
    const activity = world.message(ADA, 'meeting tomorrow 3pm about the budget');
    const lost = world.channel.deliver(activity);
    await until(() => world.cards(ADA).length === 1);
    await world.bot.kill();
    world.faults.clear();
    await lost;
    await world.restart();
    const [card] = world.said(ADA);
    const before = world.alive()[0]?.joinWebUrl;

    world.faults.add({ service: 'graph', method: 'GET' }, { kind: 'slow', ms: 3_000, when: 'after' }, 1);
    // Nobody is signed in any more: Teams does that, and then how the meeting was is on its way.
    await deliverUntilTaken(world, activity);
    await until(() => world.faults.list().length === 0);
    for (const inputs of [{}, READ]) await world.channel.execute(ADA, card?.id ?? '', 'regenerate', inputs);
    await world.idle();
    const shown = world.cards(ADA).map((message) => JSON.stringify(message.activity));
    expect(shown).toHaveLength(2);
    for (const json of shown) expect(json).toContain(world.alive()[0]?.joinWebUrl);
    expect(shown.join()).not.toContain(before);
  }));

test.concurrent('killed in the middle of a click: it is finished at the person’s next message, click or look', () =>
  inOwnWorld(async (world) => {
    await world.signIn(ADA, BEN, CHANDRA);
    const [adas, bens, chandras] = [
      await make(world, ADA),
      await make(world, BEN),
      await make(world, CHANDRA),
    ];
    const before = aliveOf(world, ADA)[0]?.joinWebUrl ?? '';
    const { id: bensMeeting } = world.dataOf(BEN, bens, 'cancel');
    await world.click(ADA, adas, 'regenerate');
    await world.click(BEN, bens, 'cancel');
    await world.click(CHANDRA, chandras, 'change');
    // Graph has done it, and the bot never hears of it.
    world.faults.add({ service: 'graph', method: 'DELETE' }, hanging);
    const lost = [world.confirm(ADA, adas, 'regenerate'), world.confirm(BEN, bens, 'cancel')];
    await until(() => aliveOf(world, BEN).length === 0 && aliveOf(world, ADA)[0]?.joinWebUrl !== before);
    world.faults.add({ service: 'graph', method: 'PATCH' }, hanging);
    lost.push(world.click(CHANDRA, chandras, 'change', FORM));
    await until(() => aliveOf(world, CHANDRA)[0]?.subject === 'Q4');
    await world.bot.kill();
    await Promise.allSettled(lost);
    world.faults.clear();
    for (const card of [adas, bens, chandras]) expect(textOf(card)).toContain(en['meeting.ready']);

    await world.restart();
    await wait(FREE_AFTER_MS);
    await world.write(ADA, 'my meetings');
    // What Teams asks for when the person looks at the card again.
    await world.click(BEN, bens, { type: 'Action.Execute', verb: 'view', data: { id: bensMeeting } });
    await world.click(CHANDRA, chandras, 'change');
    // Another card of a meeting is brought up to date after the answer.
    await until(() => json(adas).includes(aliveOf(world, ADA)[0]?.joinWebUrl ?? '?'));
    expect(aliveOf(world, ADA)).toHaveLength(1);
    expect(json(adas)).not.toContain(before);
    await until(() => textOf(bens).includes(enUS['ended.cancelled']));
    await until(() => textOf(chandras).includes('Q4'));
    expect(await world.answer(CHANDRA, 'my meetings')).toContain('Q4');
    expect(world.cards(ADA)).toHaveLength(1);
  }));

test.concurrent('killed before Graph had heard of it: what the person said yes to is done all the same', () =>
  inOwnWorld(async (world) => {
    await world.signIn(ADA);
    const card = await make(world, ADA);
    world.faults.add({ service: 'graph', method: 'PATCH' }, { kind: 'hang' });
    const lost = world.clickAndConfirm(ADA, card, 'cancel');
    await until(() =>
      world.graph.requests.some(({ method, status }) => method === 'PATCH' && status === null),
    );
    await world.bot.kill();
    await Promise.allSettled([lost]);
    world.faults.clear();
    expect(aliveOf(world, ADA)).toHaveLength(1);
    await world.restart();
    await wait(FREE_AFTER_MS);
    await world.write(ADA, 'my meetings');
    expect(textOf(card)).toContain(en['ended.cancelled']);
    expect(aliveOf(world, ADA)).toEqual([]);
  }));

test.concurrent('killed between Graph’s event and its note: no guest is mailed twice', () =>
  inOwnWorld(
    async (world) => {
      const LEE = 'lee@fabrikam.example';
      world.entra.consent(ADA.oid, CALENDAR_PERMISSIONS);
      await world.signIn(ADA);
      await world.write(ADA, `meeting on 4 March 2030 at 15:00 about Q3 with ${LEE} and ${BEN.upn}`);
      await world.press(ADA, world.newest(ADA), en['meeting.inviteGuests']);
      const card = world.newest(ADA);
      const { events, mails } = world.graph.calendar;
      const making = { service: 'graph', method: 'POST', path: /events$/ };
      world.faults.add(making, { kind: 'slow', ms: 20_000, when: 'after' }, 1);
      const lost = world.confirm(ADA, card, 'enter');
      await until(() => events.length === 1);
      await world.bot.kill();
      await lost;

      await world.restart();
      await wait(FREE_AFTER_MS);
      await world.confirm(ADA, card, 'enter');
      await world.idle();
      expect(mails.map(({ to }) => to).toSorted()).toEqual([BEN.upn, LEE].toSorted());
      expect(world.seen(ADA, world.newest(ADA))).toContain(`${LEE} (invited)`);
    },
    { env: { CALENDAR: 'on' } },
  ));
