import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { present, rememberShown, shownKey } from '../../../bot/handle/cards/present.ts';
import type { TurnScope } from '../../../bot/handle/services.ts';
import type { Reply } from '../../../bot/say/render.ts';
import { openSqlite } from '../../../bot/store/sqlite.ts';
import { answerNotice, answerWith, type Outcome, postAnswer } from '../../../bot/teams/outcome.ts';
import type { CardAction, Turn } from '../../../bot/teams/turn.ts';

const HELP: Reply = { kind: 'help', quoted: null };
const OLDER = { conversation: 'a:chat', cardId: 'older' };
const CARD = answerWith('shown', { kind: 'card', reply: HELP, cards: [OLDER] });

const BASE = {
  activityId: '1',
  tenant: 't',
  user: 'u',
  teamsId: '29:u',
  name: 'Ada',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  bot: '28:parley',
  locale: 'en',
  zone: null,
  at: DateTime.fromMillis(0, { zone: 'utc' }),
};
type Place = { conversation: string; place: 'personal' | 'groupChat' };
const CHAT: Place = { conversation: 'a:chat', place: 'personal' };
const GROUP: Place = { conversation: '19:group', place: 'groupChat' };

const message = (place: Place): Turn => ({
  ...BASE,
  ...place,
  kind: 'message',
  utterance: { text: '', people: [] },
});
const click = (place: Place, via: CardAction['via'] = 'invoke'): Turn => ({
  ...BASE,
  ...place,
  kind: 'action',
  action: { verb: 'view', data: { id: 'm' }, cardId: 'clicked', via, token: null },
});

/** What a turn shows of an outcome; `isShown`: the clicked card was shown for the id that the click names. */
async function show(outcome: Outcome, turn: Turn, isShown = false) {
  const store = openSqlite(':memory:', () => 0);
  const clicked = { conversation: turn.conversation, cardId: 'clicked' };
  if (isShown) await store.claim({ tenant: 't' }, shownKey(clicked, 'm'), 1);
  const scope = { turn, services: { store } } as unknown as TurnScope;
  const { messages, answer, update } = await present(outcome, turn, scope).finally(() => store.close());
  return {
    send: messages.map(({ reply }) => reply.kind),
    answer: answer?.kind,
    changed: update.map(({ cardId }) => cardId),
  };
}

describe('an answer that replaces a card', () => {
  test.each<[string, Turn, boolean, Awaited<ReturnType<typeof show>>]>([
    [
      'is a message to what was written',
      message(CHAT),
      false,
      { send: ['help'], answer: undefined, changed: ['older'] },
    ],
    [
      'is the response to a click',
      click(CHAT),
      false,
      { send: [], answer: 'card', changed: ['older', 'clicked'] },
    ],
    [
      'is a message to a click of older clients',
      click(CHAT, 'message'),
      false,
      { send: ['help'], answer: undefined, changed: ['older'] },
    ],
    [
      'changes no card in a group that only the click names',
      click(GROUP),
      false,
      { send: [], answer: 'card', changed: ['older'] },
    ],
    [
      'changes the card in a group that was shown for it',
      click(GROUP),
      true,
      { send: [], answer: 'card', changed: ['older', 'clicked'] },
    ],
  ])('%s', async (_name, turn, isShown, seen) => {
    expect(await show(CARD, turn, isShown)).toEqual(seen);
  });
});

test('a form and a sentence change no card, however they are asked for', async () => {
  const form = answerWith('edit', { kind: 'form', reply: HELP });
  expect(await show(form, click(CHAT))).toEqual({ send: [], answer: 'form', changed: [] });
  expect(await show(form, message(CHAT))).toEqual({ send: ['help'], answer: undefined, changed: [] });
  expect(await show(answerNotice('expired'), click(CHAT))).toEqual({
    send: [],
    answer: 'sentence',
    changed: [],
  });
});

test('what is posted is a new message, to which only a click has to be pointed', async () => {
  const posted = postAnswer(CARD, 'copied');
  expect(await show(posted, click(CHAT))).toEqual({ send: ['help'], answer: 'posted', changed: [] });
  expect(await show(posted, message(CHAT))).toEqual({ send: ['help'], answer: undefined, changed: [] });
});

test('a refusal is not posted as if it were what was asked for', async () => {
  expect(await show(postAnswer(answerNotice('alreadyDone'), 'copied'), click(CHAT))).toMatchObject({
    send: [],
    answer: 'sentence',
  });
});

describe('what has come of a question of one person in a group', () => {
  const ended: Reply = {
    ...{ kind: 'ended', why: 'cancelled', subject: 'budget', zone: 'utc', guests: [] },
    ...{ start: BASE.at, end: BASE.at },
  };
  const origin = { conversation: '19:group', place: 'groupChat' } as const;
  const outcome = { ...answerWith('cancelled', { kind: 'card', reply: ended }), origin };

  /** What a click leads to, on a card of which this is remembered. */
  async function pressIn(turn: Turn, remembered: { isPrivate?: true } | null, of = outcome as Outcome) {
    const store = openSqlite(':memory:', () => 0);
    const services = { store, now: () => BASE.at, teamsHost: 'teams.microsoft.com' };
    const scope = { turn, owner: { tenant: 't', user: 'u' }, services } as unknown as TurnScope;
    const place = { conversation: turn.conversation, cardId: 'clicked', ...remembered };
    if (remembered?.isPrivate) await rememberShown(turn, HELP, place, scope.services);
    else if (remembered !== null) await store.claim({ tenant: 't' }, shownKey(place, 'm'), 1);
    const { messages, answer, update, remove } = await present(of, turn, scope);
    await store.close();
    return {
      said: messages.map(({ reply, audience, conversation }) => [reply.kind, audience, conversation]),
      answer: answer?.kind,
      changed: update.map(({ reply }) => reply.kind),
      removed: remove.length,
    };
  }
  const message = ['ended', 'everybody', undefined];

  test('is a message for everybody, and its private card goes', async () => {
    const seen = await pressIn(click(GROUP), { isPrivate: true });
    expect(seen).toEqual({ said: [message], answer: 'posted', changed: [], removed: 1 });
  });

  test('is a message for everybody also where the card is not known', async () => {
    const seen = await pressIn(click(GROUP), null);
    expect(seen).toEqual({ said: [message], answer: 'posted', changed: [], removed: 0 });
  });

  test('takes the place of a card that everybody sees', async () => {
    const seen = await pressIn(click(GROUP), {});
    expect(seen).toEqual({ said: [], answer: 'card', changed: ['ended'], removed: 0 });
  });

  test('is sent to the group from the chat with the bot, where a way there takes its place', async () => {
    const seen = await pressIn(click(CHAT), {});
    const said = [['ended', 'everybody', '19:group']];
    expect(seen).toEqual({ said, answer: 'card', changed: ['elsewhere'], removed: 0 });
  });

  test('stays private where it was asked privately', async () => {
    const privately = { ...outcome, origin: { ...origin, isPrivate: true as const } };
    const seen = await pressIn(click(GROUP), { isPrivate: true }, privately);
    expect(seen).toEqual({ said: [], answer: 'card', changed: ['ended'], removed: 0 });
  });
});
