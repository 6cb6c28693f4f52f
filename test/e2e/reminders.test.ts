import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Due } from '../../bot/meeting/due.ts';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { openSqlite } from '../../bot/store/sqlite.ts';
import type { Store } from '../../bot/store/store.ts';
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

// These wait and start bots, which takes long on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const APPLICATION = { GRAPH_MODE: 'application' };
const [STARTS = ''] = en['reminder.heading'].split('{');

const world = await ownWorld({ before: async () => undefined });
const stores: Store[] = [];
afterAll(() => Promise.all(stores.map((store) => store.close())));

/** A new bot, and a look into its store. */
async function open(env?: Record<string, string>) {
  await world.begin(env);
  if (env === undefined) await world.signIn(ADA);
  else {
    world.entra.grantAppRole('OnlineMeetings.ReadWrite.All');
    world.graph.policy.add('global');
  }
  const store = openSqlite(world.storeFile(), Date.now);
  stores.push(store);
  return { store, env };
}
type Place = Awaited<ReturnType<typeof open>>;

const ownerOf = ({ tenantId, oid }: Person) => ({ tenant: tenantId, user: oid });
const reminders = (messages: readonly Message[]) => messages.filter((one) => textOf(one).includes(STARTS));
const outcomes = () =>
  world
    .turns()
    .filter(({ turn }) => turn === 'due')
    .map(({ outcome }) => outcome);

async function choose(remind: string): Promise<Message> {
  const card = await world.ask(ADA, 'settings');
  await world.click(ADA, card, 'settings', { remind });
  return card;
}

/** The one meeting that Ada has, as if it had been made for so many minutes from now. */
async function bringForward({ store }: Place, minutes: number, length = 30) {
  const [record] = (await store.person(ownerOf(ADA), 0)).meetings;
  const [meeting] = world.alive();
  if (!record || !meeting) throw new Error('there is no meeting');
  const start = Math.round(Date.now() / 1_000) * 1_000 + minutes * MINUTE_MS;
  const end = start + length * MINUTE_MS;
  await store.replaceMeeting({ ...record, start, end }, record.revision);
  Object.assign(meeting, { startDateTime: iso(start), endDateTime: iso(end) });
  return { record, start, end };
}
const iso = (at: number) => new Date(at).toISOString();

async function startWith({ store, env }: Place, dues: readonly Due[]): Promise<void> {
  await world.bot.stop();
  await store.addDue(dues);
  await world.restart(env);
  await until(() => outcomes().length >= dues.filter(({ at }) => at <= Date.now()).length);
  await world.idle();
}

describe('a person who wants to be reminded', () => {
  test('chooses on the card how long before, for the meetings that are there and those to come', async () => {
    const place = await open();
    const { store } = place;
    await world.write(ADA, 'meeting tomorrow 3pm about Q3');
    const card = await choose('10');
    expect(textOf(world.channel.cardsFor(ADA, card.id)[0])).toContain('10 minutes before');
    expect(await store.settings(ownerOf(ADA))).toMatchObject({ remind: 10 });
    const [first] = (await store.person(ownerOf(ADA), 0)).meetings;
    expect(await store.nextDue(Date.now() + 3 * DAY_MS)).toBe((first?.start ?? 0) - 10 * MINUTE_MS);
    await choose('never');
    expect(await store.settings(ownerOf(ADA))).toMatchObject({ remind: null });
    await choose('<script>');
    expect(await store.settings(ownerOf(ADA))).toMatchObject({ remind: null });
  });

  test('is reminded once where the card is, and their own Teams shows them the link', async () => {
    const place = await open();
    await choose('10');
    await world.write(ADA, 'meeting tomorrow 3pm about Q3');
    const { record, start } = await bringForward(place, 9);
    await startWith(place, [
      { tenant: record.owner.tenant, meeting: record.id, step: 'remind', at: start - 10 * MINUTE_MS },
    ]);
    const [reminder, ...more] = reminders(world.said(ADA));
    expect(more).toEqual([]);
    expect(textOf(reminder)).toContain('Q3');
    expect(textOf(reminder)).not.toContain(en['meeting.join']);
    await world.channel.refresh(ADA, reminder?.id ?? '');
    expect(world.seen(ADA, reminder as Message)).toContain(en['meeting.join']);
    await startWith(place, []);
    expect(reminders(world.said(ADA))).toHaveLength(1);
  });

  test('hears nothing that comes too late, and nothing of a meeting that was cancelled or moved', async () => {
    const place = await open();
    const { store } = place;
    await choose('10');
    const card = await world.ask(ADA, 'meeting tomorrow 3pm about Q3');
    const { record, start } = await bringForward(place, 4);
    const due = { tenant: record.owner.tenant, meeting: record.id, step: 'remind' as const };
    await startWith(place, [
      { ...due, at: start - 10 * MINUTE_MS },
      { ...due, at: start - 5 * MINUTE_MS },
    ]);
    expect(outcomes()).toEqual(['dropped', 'dropped']);
    await bringForward(place, 9);
    await world.clickAndConfirm(ADA, card, 'cancel');
    expect(textOf(card)).toContain(en['ended.cancelled']);
    expect(await store.nextDue(Date.now() + 3 * DAY_MS)).not.toBe(start - 10 * MINUTE_MS);
    expect(reminders(world.said(ADA))).toEqual([]);
  });
});

test('what is due about a meeting goes with it: when it is cancelled, and when its organiser signs out', async () => {
  const place = await open();
  const { store } = place;
  const card = await world.ask(ADA, 'meeting tomorrow 3pm about Q3');
  const far = Date.now() + 3 * DAY_MS;
  expect(await store.nextDue(far)).not.toBeNull();
  await world.clickAndConfirm(ADA, card, 'cancel');
  expect(textOf(card)).toContain(en['ended.cancelled']);
  expect(await store.nextDue(far)).toBeNull();
  await world.write(ADA, 'meeting tomorrow 3pm about Q4');
  expect(await store.nextDue(far)).not.toBeNull();
  await world.signOut(ADA);
  expect(await store.nextDue(far)).toBeNull();
});

test('a meeting that was moved is due at its new time', async () => {
  const place = await open();
  const { store } = place;
  await world.write(ADA, 'meeting tomorrow 3pm about Q3');
  await world.write(ADA, 'move Q3 to 1pm');
  const [record] = (await store.person(ownerOf(ADA), 0)).meetings;
  const at1pm = new Date(record?.start ?? 0).toLocaleTimeString('en-GB', { timeZone: ADA.zone });
  expect(at1pm).toBe('13:00:00');
  expect(await store.nextDue(Date.now() + 3 * DAY_MS)).toBe(record?.start);
});

describe('in a group', () => {
  const make = async () => {
    await world.mention(ADA, 'groupChat', 'tomorrow 3pm about Q3');
    const draft = world.newest('groupChat');
    if (!textOf(draft).includes(en['meeting.join'])) await world.click(ADA, draft, 'create');
    expect(textOf(draft)).toContain(en['meeting.join']);
    return draft;
  };

  test('all are reminded with the link where the bot has a token, and the card says that it has started and ended', async () => {
    const place = await open(APPLICATION);
    await choose('10');
    const card = await make();
    expect(textOf(card)).toContain(en['meeting.seenReady']);
    const { record, start } = await bringForward(place, 9);
    const due = { tenant: record.owner.tenant, meeting: record.id };
    await startWith(place, [{ ...due, step: 'remind', at: start - 10 * MINUTE_MS }]);
    const [reminder] = reminders(world.said('groupChat'));
    expect(textOf(reminder)).toContain(en['meeting.join']);
    expect(JSON.stringify(reminder?.activity)).toContain(world.alive()[0]?.joinWebUrl);

    const { start: begun } = await bringForward(place, -1);
    await startWith(place, [{ ...due, step: 'started', at: begun }]);
    expect(textOf(card)).toContain(en['meeting.seenOn']);
    expect(textOf(card)).toContain(en['meeting.join']);

    const { end } = await bringForward(place, -31);
    await startWith(place, [{ ...due, step: 'ended', at: end }]);
    expect(textOf(card)).toContain(en['ended.over']);
    expect(outcomes()).toEqual(['ended']);
  });

  test('without a token all are shown the way to the card, which is never without its link before the end', async () => {
    const place = await open();
    await choose('10');
    const card = await make();
    const { record, start } = await bringForward(place, 9);
    const due = { tenant: record.owner.tenant, meeting: record.id };
    await startWith(place, [{ ...due, step: 'remind', at: start - 10 * MINUTE_MS }]);
    const [reminder] = reminders(world.said('groupChat'));
    expect(textOf(reminder)).toContain(en['reminder.onCard']);
    expect(JSON.stringify(reminder?.activity)).toContain(
      `/l/message/${encodeURIComponent(record.conversation)}/${card.id}?`,
    );

    const { start: begun } = await bringForward(place, -1);
    await startWith(place, [{ ...due, step: 'started', at: begun }]);
    expect(outcomes()).toEqual(['unseen']);
    expect(textOf(card)).toContain(en['meeting.join']);
    const { end } = await bringForward(place, -31);
    await startWith(place, [{ ...due, step: 'ended', at: end }]);
    expect(textOf(card)).toContain(en['ended.over']);
    expect(await world.channel.refresh(BEN, card.id)).toBeNull();
  });

  // Channels that are older than a few years have such an id, as group chats had.
  test('the way to a card in a channel is one into its thread, whatever the channel’s id', async () => {
    const place = await open();
    const channel = world.place('channel');
    const id = '19:0123456789abcdef0123456789abcdef@thread.skype';
    Object.assign(channel, { id, team: channel.team && { ...channel.team, id } });
    await choose('10');
    await world.mention(ADA, 'channel', 'tomorrow 3pm about Q3');
    const draft = world.newest('channel');
    if (!textOf(draft).includes(en['meeting.join'])) await world.click(ADA, draft, 'create');
    const { record, start } = await bringForward(place, 9);
    expect(record.conversation).toContain(id);
    expect(record.conversationReference?.origin?.place).toBe('channel');
    const due = { tenant: record.owner.tenant, meeting: record.id };
    await startWith(place, [{ ...due, step: 'remind', at: start - 10 * MINUTE_MS }]);
    const [reminder] = reminders(world.said('channel'));
    expect(JSON.stringify(reminder?.activity)).toMatch(/\/l\/message\/[^"]*parentMessageId=\d+/);
  });

  test.each(['on', 'refused'] as const)(
    'of a meeting that came by a slash command nobody else is reminded (private messages: %s)',
    async (targeted) => {
      const place = await open(APPLICATION);
      await choose('10');
      await world.say(ADA, 'groupChat', '/tomorrow 3pm about Q3', { slash: true });
      const { record, start } = await bringForward(place, 9);
      world.channel.state.targeted = targeted;
      const due = { tenant: record.owner.tenant, meeting: record.id };
      await startWith(place, [{ ...due, step: 'remind', at: start - 10 * MINUTE_MS }]);
      const isOn = targeted === 'on';
      const there = reminders(world.said('groupChat')).map(({ onlyFor }) => onlyFor);
      expect(there).toEqual(isOn ? [ADA.oid] : []);
      expect(reminders(world.said(ADA))).toHaveLength(isOn ? 0 : 1);
      expect(world.channel.state.refusals.splice(0)).toHaveLength(isOn ? 0 : 1);
    },
  );

  test('that has removed the bot nothing is tried again', async () => {
    const place = await open();
    const { store } = place;
    await choose('10');
    await make();
    const { record, start } = await bringForward(place, 9);
    const due = { tenant: record.owner.tenant, meeting: record.id };
    world.place('groupChat').installed = false;
    await startWith(place, [
      { ...due, step: 'remind', at: start - 10 * MINUTE_MS },
      { ...due, step: 'started', at: start },
    ]);
    expect(outcomes()).toEqual(['removed']);
    expect(world.channel.state.refusals.splice(0)).toMatchObject([{ method: 'POST', status: 403 }]);
    expect(await store.nextDue(start + 1)).toBeNull();
    // For a day the conversation is not tried again, unless the bot comes back.
    await startWith(place, [{ ...due, step: 'remind', at: start - 10 * MINUTE_MS }]);
    expect(outcomes()).toEqual(['removed']);
    expect(world.channel.state.refusals).toEqual([]);
    await world.channel.install(ADA, world.place('groupChat').id);
    await startWith(place, [{ ...due, step: 'remind', at: start - 10 * MINUTE_MS }]);
    expect(outcomes()).toEqual(['remind']);
  });
});

test('a tenant is reminded as often in an hour as it may make meetings, and not more often', async () => {
  const place = await open({ ...APPLICATION, TENANT_CREATE_LIMIT: '3' });
  await choose('10');
  await world.write(ADA, 'meeting tomorrow 3pm about Q3');
  const { record, start } = await bringForward(place, 9);
  const due = { tenant: record.owner.tenant, meeting: record.id, step: 'remind' as const };
  for (let i = 0; i < 4; i += 1) {
    await startWith(place, [{ ...due, at: start - 10 * MINUTE_MS }]);
  }
  expect(outcomes()).toEqual(['tenantLimit']);
  expect(reminders(world.said(ADA))).toHaveLength(3);
});
