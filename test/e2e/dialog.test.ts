import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import type { Dialog, Json } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, CHANDRA, type Person } from '../../deploy/sandbox/people.ts';
import { cardOf, inputsIn, signInCards, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { throughPopup } from './popup.ts';

const world = await ownWorld({ before: signedIn(ADA) });
const { channel } = world;

const group = () => world.place('groupChat');
const shown = (person: Person = ADA): Dialog['shown'] | null =>
  channel.state.dialogs.get(person.oid)?.shown ?? null;

function form(person: Person = ADA): Json {
  const dialog = shown(person);
  if (dialog?.kind !== 'card') throw new Error(`the dialog shows ${JSON.stringify(dialog)}`);
  return dialog.card;
}

const people = (card: Json): unknown[] =>
  (card.body as Json[]).filter(({ id }) => id === 'who').flatMap(({ choices }) => choices as Json[]);

/** Tomorrow where Ada is. */
const TOMORROW = DateTime.now().setZone(ADA.zone).plus({ days: 1 }).toISODate();
const ENTRY = { subject: 'Budget', date: TOMORROW, time: '15:00', minutes: 45 };

/** Somebody writes to the others in the group chat; the bot hears nothing of it. */
async function written(person: Person, text: string, mentions: Person[] = []): Promise<string> {
  const { message } = await channel.say(person, group().id, text, { mentions });
  return message.id;
}

async function openOn(message: string, person: Person = ADA) {
  await channel.openDialog(person, { on: 'message', message });
}

async function openIn(conversation: string, person: Person = ADA) {
  await channel.openDialog(person, { on: 'compose', conversation });
}

/** Somebody enters a meeting in the group chat. */
async function enter(person: Person) {
  await openIn(group().id, person);
  await channel.submitDialog(person, ENTRY);
}

/** The bot becomes a member of the group chat. Answers how much it has written there. */
async function join(): Promise<number> {
  await channel.install(ADA, group().id);
  await world.idle();
  return world.said('groupChat').length;
}

/** The bot was never added to the group chat: Teams refuses its message, as it must. */
function expectRefused() {
  const refused = channel.state.refusals.splice(0);
  expect([...new Set(refused.map(({ status }) => status))]).toEqual([403]);
}

describe('the form', () => {
  test('has what a message says for sure, and the people in it but for the organizer', async () => {
    const text = 'Can we talk about the Q3 numbers tomorrow 15:00-16:00, @Chandra and @Ada?';
    await openOn(await written(BEN, text, [CHANDRA, ADA]));
    expect(inputsIn(form())).toEqual({
      subject: 'Q3 numbers',
      date: TOMORROW,
      time: '15:00',
      minutes: 60,
      who: '0,1',
    });
    expect(people(form())).toEqual([
      { title: BEN.name, value: '0' },
      { title: CHANDRA.name, value: '1' },
    ]);
  });

  test('leaves empty what a message leaves open', async () => {
    await openOn(await written(BEN, "The invoices don't add up. Let's talk tomorrow at 7."));
    expect(inputsIn(form())).toMatchObject({ subject: '', date: TOMORROW, time: '', minutes: 30 });
  });

  test('is empty where no message was chosen', async () => {
    await openIn(group().id);
    expect(inputsIn(form())).toEqual({ subject: '', date: '', time: '', minutes: 30 });
    expect(textOf(form())).toContain(en['edit.newHeading']);
    expect(shown()).toMatchObject({ title: en['edit.newTitle'] });
  });

  test('is in the zone that the person has set, and says so', async () => {
    await world.write(ADA, 'set my time zone to Tokyo');
    await openIn(group().id);
    expect(textOf(form())).toContain('Tokyo');
    await channel.submitDialog(ADA, { ...ENTRY, date: '2030-03-01', time: '09:00' });
    expect(world.alive()).toMatchObject([{ startDateTime: '2030-03-01T00:00:00Z' }]);
    expectRefused();
  });

  test('keeps what was entered, and says what is wrong with it', async () => {
    await openIn(group().id);
    const yesterday = DateTime.now().setZone(ADA.zone).minus({ days: 1 }).toISODate();
    await channel.submitDialog(ADA, { ...ENTRY, date: yesterday });
    expect(textOf(form())).toContain(en['edit.past']);
    expect(inputsIn(form())).toMatchObject({
      subject: 'Budget',
      date: yesterday,
      time: '15:00',
      minutes: 45,
    });
    await channel.submitDialog(ADA, { ...ENTRY, time: 'noonish' });
    expect(textOf(form())).toContain(en['edit.unread']);
    await channel.submitDialog(ADA, { ...ENTRY, date: '2027-03-28', time: '01:30' });
    expect(textOf(form())).toContain(en['edit.dst']);
    expect(world.alive()).toEqual([]);
    await channel.submitDialog(ADA, ENTRY);
    expect(shown()).toBeNull();
    expect(world.alive()).toMatchObject([{ subject: 'Budget', organizer: ADA.oid }]);
    expectRefused();
  });

  test('stays where Graph is busy, and makes one meeting when it is pressed again', async () => {
    await openIn(group().id);
    world.faults.add({ service: 'graph' }, 503);
    await channel.submitDialog(ADA, ENTRY);
    expect(textOf(form())).toContain(en['problem.unavailable.title']);
    expect(inputsIn(form())).toMatchObject({ subject: 'Budget', date: TOMORROW });
    world.faults.clear();
    await channel.submitDialog(ADA, ENTRY);
    expect(world.alive()).toHaveLength(1);
    expectRefused();
  });
});

describe('the card', () => {
  test('is posted where the bot is a member, and is the meeting’s from then on', async () => {
    const before = await join();
    await openOn(await written(BEN, 'Can we talk about Q3 tomorrow at 15:00?'));
    await channel.submitDialog(ADA, inputsIn(form()));
    await world.idle();
    expect(shown()).toBeNull();
    expect(channel.state.composed.get(ADA.oid)).toBeUndefined();
    expect(world.said('groupChat')).toHaveLength(before + 1);
    const card = world.newest('groupChat');
    expect(textOf(card)).toContain('Q3');
    expect(world.alive()).toMatchObject([{ subject: 'Q3' }]);
    expect(JSON.stringify(world.alive()[0]?.attendees)).toContain(BEN.oid);
    await world.write(ADA, 'move Q3 to tomorrow 5pm');
    expect(textOf(card)).toContain('17:00');
  });

  test('goes into the compose box where the bot is no member, and works by links alone', async () => {
    await openOn(await written(BEN, 'Can we talk about Q3 tomorrow at 15:00?'));
    await channel.submitDialog(ADA, inputsIn(form()));
    expectRefused();
    await world.idle();
    expect(world.log()).toContain('"capability":"post","status":403');
    expect(shown()).toBeNull();
    const sent = channel.sendComposed(ADA);
    const card = cardOf(sent);
    expect(textOf(sent)).toContain(BEN.name);
    expect(actionsIn(card).map(({ type }) => type)).not.toContain('Action.Execute');
    expect(card.refresh).toBeUndefined();
    expect(actionsIn(card).find(({ title }) => title === en['meeting.join'])?.url).toBe(
      world.alive()[0]?.joinWebUrl,
    );
  });

  test('has the buttons of its organizer in their own chat with the bot', async () => {
    await openIn(world.chat(ADA).id);
    await channel.submitDialog(ADA, ENTRY);
    await world.idle();
    const verbs = actionsIn(cardOf(world.newest(ADA))).map(({ verb }) => verb);
    expect(verbs).toEqual(expect.arrayContaining(['change', 'regenerate', 'cancel']));
  });

  test('stays in the thread of the message', async () => {
    const { message } = await channel.say(BEN, world.place('channel').id, 'Q3 tomorrow at 15:00?');
    await channel.install(ADA, world.place('channel').id);
    await openOn(message.id);
    await channel.submitDialog(ADA, inputsIn(form()));
    await world.idle();
    expect(world.newest('channel').thread).toBe(message.thread);
  });

  test('of the command box belongs to no conversation', async () => {
    const before = await join();
    await channel.openDialog(ADA, { on: 'commandBox', conversation: group().id });
    await channel.submitDialog(ADA, ENTRY);
    await world.idle();
    expect(world.said('groupChat')).toHaveLength(before);
    expect(textOf(channel.sendComposed(ADA))).toContain('Budget');
  });

  test('is of a meeting like any other: in “my meetings”, and to be changed in words', async () => {
    await enter(ADA);
    expectRefused();
    await world.write(ADA, 'my meetings');
    expect(world.lastText(ADA)).toContain('Budget');
    await world.write(ADA, 'move Budget to tomorrow 5pm');
    expect(world.alive()).toHaveLength(1);
    expect(world.cards(ADA)).toHaveLength(1);
  });

  test('has only those who were left chosen', async () => {
    await join();
    await openOn(await written(BEN, 'Q3 tomorrow at 15:00 with @Chandra?', [CHANDRA]));
    await channel.submitDialog(ADA, { ...inputsIn(form()), who: '1' });
    await world.idle();
    const attendees = JSON.stringify(world.alive()[0]?.attendees);
    expect(attendees).toContain(CHANDRA.oid);
    expect(attendees).not.toContain(BEN.oid);
  });
});

describe('a slow Graph', () => {
  test('keeps nobody waiting: the dialog says where to look, and the card comes where the bot is a member', async () => {
    const before = await join();
    await openIn(group().id);
    const slow = { kind: 'slow', ms: 4_500 } as const;
    world.faults.add({ service: 'graph', method: 'POST' }, slow, 1);
    await channel.submitDialog(ADA, ENTRY);
    expect(shown()).toEqual({ kind: 'message', text: en['notice.workingOnDialog'] });
    await world.idle();
    expect(world.said('groupChat')).toHaveLength(before + 1);
    expect(world.lastText('groupChat')).toContain('Budget');
    expect(world.alive()).toHaveLength(1);
  });
});

describe('once', () => {
  /** What the dialog that Ada has open would send, sent by this person. */
  function submitAs(person: Person) {
    const { value } = channel.state.dialogs.get(ADA.oid)?.invoke ?? { value: {} };
    const data = { ...(actionsIn(form())[0]?.data as Json), ...ENTRY };
    const conversation = { conversation: { id: group().id, conversationType: 'groupChat' } };
    return () => world.invoke(person, 'composeExtension/submitAction', { ...value, data }, conversation);
  }

  test('a dialog that is submitted twice at once makes one meeting and one card', async () => {
    const before = await join();
    await openIn(group().id);
    const submit = submitAs(ADA);
    const answers = await Promise.all([submit(), submit()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await submit();
    await world.idle();
    expect(world.alive()).toHaveLength(1);
    expect(world.said('groupChat')).toHaveLength(before + 1);
  });

  test('what another person submits by the same id is theirs', async () => {
    await world.signIn(BEN);
    await openIn(group().id);
    const submit = submitAs(BEN);
    await channel.submitDialog(ADA, ENTRY);
    const { body } = await submit();
    expect(JSON.stringify(body)).not.toContain(world.alive()[0]?.joinWebUrl);
    expect(world.organizers()).toEqual([ADA.oid, BEN.oid]);
    expectRefused();
  });
});

describe('signing in', () => {
  test('happens silently, by a page in the dialog, and nobody is asked anything', async () => {
    world.entra.consent(BEN.oid);
    await enter(BEN);
    expect(shown(BEN)).toMatchObject({ kind: 'page', title: en['signin.button'] });
    expect(world.alive()).toEqual([]);
    await channel.runPage(BEN, world.bot.url);
    expect(shown(BEN)).toBeNull();
    expect(world.alive()).toMatchObject([{ subject: 'Budget', organizer: BEN.oid }]);
    expect(textOf(channel.sendComposed(BEN))).toContain('Budget');
    expect(signInCards(world.said('groupChat'))).toEqual([]);
    expectRefused();
  });

  test('asks for consent in a popup, and what was entered survives it', async () => {
    await enter(BEN);
    await channel.runPage(BEN, world.bot.url);
    const asked = shown(BEN);
    expect(asked).toMatchObject({ kind: 'signIn', url: expect.stringContaining('/auth/start?') });
    world.entra.consent(BEN.oid);
    await channel.finishDialogSignIn(BEN, 'agreed');
    expect(shown(BEN)).toBeNull();
    expect(world.alive()).toMatchObject([{ subject: 'Budget', organizer: BEN.oid }]);
    expectRefused();
  });

  test('shows a second factor where Graph demands it, and goes on', async () => {
    world.entra.consent(BEN.oid);
    await enter(BEN);
    world.entra.state.secondFactor.add(BEN.oid);
    await channel.runPage(BEN, world.bot.url);
    const asked = shown(BEN);
    if (asked?.kind !== 'signIn') throw new Error(`the dialog shows ${JSON.stringify(asked)}`);
    expect(new URL(asked.url).searchParams.get('claims')).toContain('c1');
    await throughPopup(world, asked.url, BEN);
    await channel.finishDialogSignIn(BEN, 'agreed');
    expect(shown(BEN)).toBeNull();
    expect(world.alive()).toMatchObject([{ subject: 'Budget', organizer: BEN.oid }]);
    expectRefused();
  });

  test('that is given up makes nothing, and says so', async () => {
    // How often a person was sent to sign in is counted for ten minutes: with a new bot nobody was.
    await world.begin();
    await enter(BEN);
    await channel.runPage(BEN, world.bot.url);
    await channel.finishDialogSignIn(BEN, 'CancelledByUser');
    expect(shown(BEN)).toEqual({ kind: 'message', text: en['notice.leftAsIs'] });
    expect(world.alive()).toEqual([]);
  });

  test('that never helps ends, and says whom to ask', async () => {
    await world.begin();
    await enter(BEN);
    await channel.runPage(BEN, world.bot.url);
    for (let round = 0; round < 5 && shown(BEN)?.kind === 'signIn'; round += 1)
      await channel.finishDialogSignIn(BEN, 'agreed');
    expect(textOf(form(BEN))).toContain(en['problem.signInFailed.title']);
    expect(world.alive()).toEqual([]);
  });

  test('takes nobody else’s token', async () => {
    world.entra.consent(BEN.oid);
    await enter(BEN);
    const dialog = shown(BEN);
    const id = dialog?.kind === 'page' ? new URL(dialog.url).searchParams.get('id') : null;
    await channel.submitPage(BEN, { verb: 'meet', id, token: await channel.tokenOf(ADA) });
    expect(textOf(form(BEN))).toContain(en['problem.signInFailed.title']);
    expect(world.alive()).toEqual([]);
  });
});
