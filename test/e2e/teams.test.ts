import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn, adaptiveCards } from '../../deploy/sandbox/channel/cards.ts';
import type { CardAction, Json, Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, CHANDRA } from '../../deploy/sandbox/people.ts';
import { botMessages, signInCards, textOf } from './messages.ts';
import { callBothRobin, ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const SENTENCE = '@Parley tomorrow 3-4:30pm design review with @Ben';

const world = await ownWorld();

const say = (type: 'groupChat' | 'channel', text = SENTENCE, thread?: string) =>
  world.say(ADA, type, text, {
    mentions: text.includes('@Ben') ? ['bot', BEN] : ['bot'],
    ...(thread === undefined ? {} : { thread }),
  });

/** The one meeting's card, which everybody sees. */
function cardIn(type: 'groupChat' | 'channel'): Message {
  const [card, ...more] = world.cards(type);
  expect(more).toEqual([]);
  if (card === undefined || card.onlyFor !== null) throw new Error('nobody else sees the card');
  return card;
}

describe.each(['groupChat', 'channel'] as const)('in a %s', (type) => {
  test('nobody is asked to sign in; the asker’s click releases the draft that they alone see, and the card is everybody’s', async () => {
    world.entra.consent(ADA.oid);
    world.channel.state.groupSignIn = 'nothing';
    await say(type);
    const draft = world.newest(type);
    expect(textOf(draft)).toContain('design review');
    expect(textOf(draft)).toContain(BEN.name);
    expect(signInCards(world.said(type))).toEqual([]);
    expect(world.graph.requests).toEqual([]);

    const clicked = await world.click(ADA, draft, 'create');
    expect(clicked).toMatchObject({ status: 200, shown: 'message' });
    const card = cardIn(type);
    await world.idle();
    expect(world.alive()).toMatchObject([{ subject: 'design review', organizer: ADA.oid }]);
    expect(draft.onlyFor).toBe(ADA.oid);
    expect(world.said(type)).toEqual([card]);
    expect(textOf(card)).toContain(ADA.name);
  });

  test('a bystander cannot release it, and is told how to get their own', async () => {
    world.entra.consent(BEN.oid);
    await say(type);
    const { activity, id } = world.newest(type);
    const [create] = actionsIn(adaptiveCards(activity));
    const { conversation } = activity;
    const forged = { replyToId: id, conversation };
    const { body } = await world.invoke(BEN, 'adaptiveCard/action', { action: create }, forged);
    expect(body).toMatchObject({ statusCode: 200, value: en['notice.notYourRequest'] });
    expect(world.alive()).toEqual([]);
  });

  test('an older client’s click asks the one who clicked to sign in', async () => {
    world.chat(ADA).installed = true;
    await say(type);
    const draft = world.newest(type);
    const button = actionsIn(adaptiveCards(draft.activity)).find(({ verb }) => verb === 'create');
    const fallback = button?.fallback as { type: string; data: Json };
    await world.channel.submit(ADA, draft.id, fallback);
    await world.idle();
    // Teams signs nobody in silently in a channel.
    const chat = type === 'channel' ? world.chat(ADA) : world.place(type);
    const [card] = signInCards(botMessages(chat));
    expect(card?.onlyFor).toBe(type === 'channel' ? null : ADA.oid);
    expect(signInCards(world.said('channel'))).toEqual([]);
  });

  test('two clicks at once make one meeting', async () => {
    world.entra.consent(ADA.oid);
    world.channel.state.groupSignIn = 'nothing';
    await say(type);
    const draft = world.newest(type);
    await Promise.all([1, 2, 3].map(() => world.click(ADA, draft, 'create')));
    cardIn(type);
    await world.idle();
    expect(world.graph.meetings).toHaveLength(1);
  });

  test('without consent Teams shows its button; afterwards the meeting appears', async () => {
    // How often a person was sent to sign in is counted for ten minutes: with a new bot nobody was.
    await world.begin();
    await say(type);
    const draft = world.newest(type);
    const { shown, body } = await world.click(ADA, draft, 'create');
    expect(shown, JSON.stringify({ body, draft })).toBe('signIn');
    world.entra.consent(ADA.oid);
    await world.finishSignIn(ADA, draft);
    expect(world.said(type)).toEqual([cardIn(type)]);
    expect(world.alive()).toHaveLength(1);
  });

  test('everybody’s card has its time once more for each reader’s clock; who refreshes it sees it on theirs', async () => {
    await world.signIn(ADA);
    await say(type);
    const card = world.newest(type);
    const start = world.alive()[0]?.startDateTime.replace(/\.\d+Z$/, 'Z');
    expect(textOf(card)).toContain(`{{DATE(${start},SHORT)}} {{TIME(${start})}}`);
    const [{ refresh }] = adaptiveCards(card.activity) as [{ refresh: { action: CardAction } }];
    expect(await world.click(CHANDRA, card, refresh.action)).toMatchObject({ shown: 'card' });
    const seen = world.seen(CHANDRA, card);
    expect(seen).toContain('Kolkata');
    expect(seen).not.toContain('{{');
    expect(seen).toContain(en['meeting.join']);
    expect(seen).not.toContain(en['meeting.newLink']);
    expect(world.seen(BEN, card)).not.toContain('Kolkata');
  });

  test('who refreshes it while the bot has no token of its organizer reads the hours, and is not asked to sign in', async () => {
    await world.signIn(ADA);
    await say(type);
    const card = world.newest(type);
    const before = textOf(card);
    await world.restart();
    const [{ refresh }] = adaptiveCards(card.activity) as [{ refresh: { action: CardAction } }];
    const { body, shown } = await world.click(CHANDRA, card, refresh.action);
    expect(shown).toBe('message');
    expect(body).toMatchObject({ value: expect.stringMatching(/design review: .*Kolkata/) });
    expect(textOf(card)).toBe(before);
    expect(world.seen(CHANDRA, card)).toContain(en['meeting.join']);
  });

  test('the organiser sees their buttons, everybody else a way to a copy; looking changes nothing', async () => {
    await world.signIn(ADA);
    await say(type);
    const card = world.newest(type);
    expect(await world.channel.refresh(BEN, card.id)).toBeNull();
    expect(world.seen(BEN, card)).toContain(en['meeting.makeCopy']);
    expect(world.seen(BEN, card)).not.toContain(en['meeting.newLink']);
    const before = structuredClone(world.graph.meetings);
    expect(await world.channel.refresh(ADA, card.id)).toMatchObject({ shown: 'card' });
    // Guests who enter it into their calendars do not invite each other.
    const invites = `&to=${encodeURIComponent(BEN.upn)}`;
    expect(JSON.stringify(world.channel.cardsFor(ADA, card.id))).toContain(invites);
    expect(JSON.stringify(adaptiveCards(card.activity))).not.toContain(invites);
    for (const button of ['newLink', 'change', 'cancel'] as const) {
      expect(world.seen(ADA, card)).toContain(en[`meeting.${button}`]);
    }
    expect(world.seen(BEN, card)).not.toContain(en['meeting.newLink']);
    expect(world.graph.meetings).toEqual(before);
  });

  test('nobody but the organiser can use the organiser’s buttons, whatever they send', async () => {
    await world.signIn(ADA, BEN);
    await say(type);
    const card = world.newest(type);
    await world.channel.refresh(ADA, card.id);
    const { id, revision } = world.dataOf(ADA, card, 'regenerate');
    for (const [verb, more] of [
      ['regenerate', {}],
      ['regenerate', { confirmed: true }],
      ['change', { date: '2027-01-04', time: '10:00', minutes: '30', subject: 'mine now' }],
      ['cancel', { confirmed: true }],
    ] as const) {
      const action = { type: 'Action.Execute', verb, data: { id, revision, ...more } };
      const clicked = await world.click(BEN, card, action);
      expect(clicked.body).toMatchObject({ statusCode: 200, value: en['notice.notYours'] });
    }
    const look = { type: 'Action.Execute', verb: 'view', data: { id } };
    await world.click(BEN, card, look);
    expect(world.seen(BEN, card)).toContain(en['meeting.makeCopy']);
    expect(world.seen(BEN, card)).not.toContain(en['meeting.newLink']);
    // What is shown in one chat is shown to nobody in another.
    const elsewhere = await world.ask(BEN, 'help');
    const looked = await world.click(BEN, elsewhere, look);
    expect(looked.body).toMatchObject({ statusCode: 200, value: en['notice.notYours'] });
    expect(world.graph.meetings).toMatchObject([{ subject: 'design review', isDeleted: false }]);
  });

  test('“Make a copy” makes one for whoever clicks, once, under a link of their own', async () => {
    await world.signIn(ADA, BEN);
    await say(type);
    const card = world.newest(type);
    await Promise.all([1, 2].map(() => world.click(BEN, card, 'create')));
    const own = world.newest(type);
    expect(world.organizers()).toEqual([ADA.oid, BEN.oid]);
    expect(textOf(own)).toContain(BEN.name);
    expect(textOf(card)).toContain(ADA.name);
  });

  test('a second click on “Make a copy” says that it is being made, and later that it is there', async () => {
    await world.signIn(ADA, BEN);
    await say(type);
    const card = world.newest(type);
    const press = async () => (await world.click(BEN, card, 'create')).body;
    world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'slow', ms: 1_500 }, 1);
    const first = press();
    await until(() => world.faults.list().length === 0);
    expect(await press()).toMatchObject({ value: en['notice.working'] });
    await first;
    await world.idle();
    expect(await press()).toMatchObject({ value: en['notice.alreadyDone'] });
    expect(world.organizers()).toEqual([ADA.oid, BEN.oid]);
  });

  test('a welcome is given once, however often Teams says that the bot has come', async () => {
    const place = world.place(type);
    await world.channel.install(ADA, place.id);
    await world.channel.install(BEN, place.id);
    await world.idle();
    await say(type, '@Parley help');
    expect(world.said(type).some((message) => textOf(message).includes(en['help.title']))).toBe(true);
    const welcomes = world
      .said(type)
      .filter((message) => textOf(message).includes('Parley') && !textOf(message).includes(en['help.title']));
    expect(welcomes).toHaveLength(1);
  });
});

test('a click that names somebody else’s card leaves that card alone', async () => {
  await world.signIn(ADA, BEN);
  await say('groupChat');
  const adas = world.newest('groupChat');
  await world.mention(BEN, 'groupChat', 'meeting tomorrow 5pm about bens own');
  const bens = world.newest('groupChat');
  await world.channel.refresh(BEN, bens.id);
  const data = { ...world.dataOf(BEN, bens, 'regenerate'), confirmed: true };
  const crafted = { type: 'Action.Execute', verb: 'regenerate', data };
  await world.click(BEN, adas, crafted);
  expect(textOf(bens)).toContain(en['note.oldLinkLocked']);
  expect(textOf(adas)).toContain('design review');
  expect(textOf(adas)).not.toContain('bens own');
});

test('a token that Graph refuses leads to the draft, and the click on it to the meeting', async () => {
  await world.signIn(ADA);
  world.entra.revoke(ADA.oid);
  await say('groupChat');
  const draft = world.newest('groupChat');
  expect(textOf(draft)).toContain(en['draft.create']);
  await world.click(ADA, draft, 'create');
  cardIn('groupChat');
  expect(world.alive()).toHaveLength(1);
});

test('in a channel everything stays in the thread it began in', async () => {
  await world.signIn(ADA);
  const { message } = await say('channel', '@Parley help');
  await say('channel', SENTENCE, message.id);
  const card = world.newest('channel');
  expect(card.thread).toBe(message.thread);
});

test('a person of the group who was not mentioned by @ but by name is invited too', async () => {
  await world.signIn(ADA);
  const first = CHANDRA.name.split(' ')[0] ?? '';
  await say('groupChat', `@Parley tomorrow 3pm design review with ${first}`);
  expect(world.graph.requests.at(-1)?.body).toMatchObject({
    participants: { attendees: [{ identity: { user: { id: CHANDRA.oid } }, upn: CHANDRA.upn }] },
  });
});

test('a name that fits two people of the group is asked, and the answer decides', async () => {
  await world.signIn(ADA);
  callBothRobin(world);
  await say('groupChat', '@Parley 4 March 2030 at 3pm EST design review with Robin');
  const question = world.newest('groupChat');
  expect(textOf(question)).toContain('Robin');
  expect(world.graph.requests).toEqual([]);
  await world.click(ADA, question, 'answer', { who0: CHANDRA.oid });
  expect(world.alive()).toMatchObject([{ startDateTime: '2030-03-04T20:00:00Z' }]);
  expect(world.graph.requests.at(-1)?.body).toMatchObject({
    participants: { attendees: [{ identity: { user: { id: CHANDRA.oid } }, upn: CHANDRA.upn }] },
  });
});
