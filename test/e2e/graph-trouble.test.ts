import { expect, test } from 'vitest';
import de from '../../bot/say/messages/de.json' with { type: 'json' };
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { oauthCard } from '../../deploy/sandbox/channel/cards.ts';
import type { CardAction, Json, Message } from '../../deploy/sandbox/channel/model.ts';
import type { Fault } from '../../deploy/sandbox/faults.ts';
import { DOCUMENTED_ERRORS } from '../../deploy/sandbox/graph/documented-errors.ts';
import { ADA, DMITRI } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const SENTENCE = 'meeting tomorrow 3pm about the budget';

const world = await ownWorld({ before: signedIn(ADA) });

const posts = () => world.sent('POST');
const status = (code: number, more: object = {}): Fault => ({ kind: 'status', status: code, ...more });
const TECHNICAL = /\b[1-5]\d\d\b|Graph|HTTP|Error|token|stack|undefined|null|\{|AADSTS|sandbox/;

async function expectClear(message: Message, title: string): Promise<void> {
  const text = textOf(message);
  expect(text).toContain(title);
  const said = /Referen(?:ce|z): ([\da-f]{8})/.exec(text)?.[1] ?? 'none';
  await until(() => world.turns().some(({ reference }) => reference.startsWith(said)));
  expect(text.replace(/Referen(ce|z): .*/, '').replace(/^[\da-f-]{36}$/gm, '')).not.toMatch(TECHNICAL);
}

/** The action with which Teams asks for the organiser's own view. */
function view(message: Message): CardAction {
  const { id } = world.dataOf(ADA, message, 'regenerate');
  return { type: 'Action.Execute', verb: 'view', data: { id } };
}

const canRetry = (message: Message) => JSON.stringify(message.activity).includes('"verb":"create"');
const meeting = { joinMeetingIdSettings: { joinMeetingId: '1', passcode: 'p' }, subject: 'x' };
const times = { startDateTime: '2027-01-01T10:00:00Z', endDateTime: '2027-01-01T11:00:00Z' };
const elsewhere = {
  id: 'm',
  joinWebUrl: 'https://teams.microsoft.com.evil.example/l/x',
  ...times,
  ...meeting,
};

test.each<[string, Fault, keyof typeof en, 'again' | 'never', number?]>([
  ['refuses', status(403), 'problem.forbidden.title', 'never'],
  ['refuses the request', status(400), 'problem.badRequest.title', 'never'],
  ['wants us to wait an hour', status(429, { retryAfter: 3_600 }), 'problem.throttled.title', 'again'],
  ['breaks', status(500), 'problem.unavailable.title', 'again'],
  ['says something new', status(418, { body: {} }), 'problem.unexpected.title', 'again'],
  ['hangs up before', { kind: 'drop', when: 'before' }, 'problem.lost.title', 'again', 2],
  ['answers garbage', status(201, { body: 'garbage' }), 'problem.lost.title', 'again'],
  ['gives a link to elsewhere', status(201, { body: elsewhere }), 'problem.lost.title', 'again'],
  [
    'gives a link that is a script',
    status(201, { body: { ...elsewhere, joinWebUrl: 'javascript:alert(1)' } }),
    'problem.lost.title',
    'again',
  ],
])(
  'Graph %s: one card says so, and trying again works where it can',
  async (_name, fault, title, retry, tries = 1) => {
    const off = world.faults.add({ service: 'graph', method: 'POST' }, fault);
    await world.write(ADA, SENTENCE);
    expect(world.said(ADA)).toHaveLength(1);
    await expectClear(world.newest(ADA), en[title]);
    // How long it takes may stand behind these words.
    const [next] = /^(?:\S+ ){3}/.exec(en[title.replace('.title', '.next') as keyof typeof en]) ?? [];
    expect(world.lastText(ADA)).toContain(next);
    expect(posts()).toHaveLength(tries);
    expect(canRetry(world.newest(ADA))).toBe(retry === 'again');
    expect(world.alive()).toEqual([]);
    if (retry === 'never') return;

    off();
    const [card] = world.said(ADA);
    expect(await world.click(ADA, card, 'create')).toMatchObject({ shown: 'card' });
    expect(world.cards(ADA)).toHaveLength(1);
    expect(world.said(ADA)).toHaveLength(1);
    expect(world.alive()).toMatchObject([{ subject: 'budget' }]);
  },
);

test.each<[string, Fault, keyof typeof en]>([
  ['refuses it', status(400), 'problem.badRequest.unchanged'],
  ['is busy', status(429, { retryAfter: 3_600 }), 'problem.throttled.unchanged'],
])('Graph %s: of a change it is said that nothing was changed, not made', async (_name, fault, what) => {
  await world.write(ADA, SENTENCE);
  const made = structuredClone(world.graph.meetings);
  world.faults.add({ service: 'graph', method: 'PATCH' }, fault);
  const answer = await world.ask(ADA, 'rename it to Q3');
  expect(textOf(answer)).toContain(en[what]);
  expect(textOf(answer)).not.toContain('didn’t create anything');
  if (what.includes('throttled')) expect(textOf(answer)).toContain('Try again in 60 minutes.');
  expect(world.graph.meetings).toEqual(made);
});

// A claims challenge leads to a sign-in: step-up.test.ts.
const TOLD = DOCUMENTED_ERRORS.filter(
  ({ id, fault }) => fault.kind === 'status' && id !== 'claims-challenge',
);

test.each(TOLD)('$title: somebody is told in plain words, once', async ({ fault }) => {
  world.faults.add({ service: 'graph' }, fault);
  await world.write(ADA, SENTENCE);
  expect(world.said(ADA).some((message) => oauthCard(message.activity) === null)).toBe(true);
  // A token that is refused is first asked for once more, by a card that is no answer.
  const answers = world.said(ADA).filter((message) => oauthCard(message.activity) === null);
  expect(answers).toHaveLength(1);
  expect(textOf(answers[0]).replace(/Referen(ce|z): .*/, '')).not.toMatch(TECHNICAL);
  expect(world.alive()).toEqual([]);
});

test('Graph does not know yet what it has just made: it is asked again, and the card stays', async () => {
  world.graph.hideNewMeetings(1);
  await world.write(ADA, SENTENCE);
  world.graph.hideNewMeetings(0);
  const card = world.newest(ADA);
  expect(await world.click(ADA, card, view(card))).toMatchObject({ shown: 'card' });
  expect(JSON.stringify(world.channel.cardsFor(ADA, card.id))).toContain(world.alive()[0]?.joinWebUrl);
});

test('Graph hangs up after it made a meeting: it is asked again, and there is one card', async () => {
  world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'drop', when: 'after' }, 1);
  await world.write(ADA, SENTENCE);
  const [orphan, meeting] = world.alive();
  expect(JSON.stringify(world.newest(ADA).activity)).toContain(meeting?.joinWebUrl);
  // Nobody has its link, so nobody will ever meet there.
  expect(JSON.stringify(world.newest(ADA).activity)).not.toContain(orphan?.joinWebUrl);
});

test('Try again twice at once makes one meeting', async () => {
  world.faults.add({ service: 'graph' }, 500, 1);
  await world.write(ADA, SENTENCE);
  const card = world.newest(ADA);
  await Promise.all([1, 2, 3].map(() => world.click(ADA, card, 'create')));
  expect(world.alive()).toHaveLength(1);
});

test('Try again while it still goes wrong keeps the button', async () => {
  const off = world.faults.add({ service: 'graph' }, 500);
  await world.write(ADA, SENTENCE);
  await world.click(ADA, world.newest(ADA), 'create');
  expect(world.newest(ADA).editedAt).not.toBeNull();
  expect(canRetry(world.newest(ADA))).toBe(true);
  off();
  await world.click(ADA, world.newest(ADA), 'create');
  expect(world.alive()).toHaveLength(1);
});

test('Graph is throttled for a second: nobody notices', async () => {
  world.faults.add({ service: 'graph', method: 'POST' }, status(429, { retryAfter: 1 }), 1);
  await world.write(ADA, SENTENCE);
  expect(world.said(ADA)).toHaveLength(1);
  expect(posts()).toHaveLength(2);
  expect(world.alive()).toHaveLength(1);
});

test('Graph does not take the token any more: the person is signed in again without a word', async () => {
  world.entra.revoke(ADA.oid);
  await world.write(ADA, SENTENCE);
  expect(world.said(ADA)).toHaveLength(2);
  expect(posts().map((post) => post.status)).toEqual([401, 201]);
  expect(world.alive()).toHaveLength(1);
});

test('Graph takes no token at all: the person is not sent round in circles', async () => {
  world.faults.add({ service: 'graph' }, 401);
  await world.write(ADA, SENTENCE);
  await expectClear(world.newest(ADA), en['problem.signInFailed.title']);
  await world.write(ADA, 'hello');
  expect(world.said(ADA)).toHaveLength(3);
  expect(posts()).toHaveLength(2);
});

test('Graph does not know the person’s meetings: the administrator gets a text, and a new link costs nothing', async () => {
  await world.write(ADA, SENTENCE);
  const body = { error: { code: 'UnknownError', message: '' } };
  world.faults.add({ service: 'graph', method: 'POST' }, status(404, { body }));
  const before = structuredClone(world.graph.meetings);
  const [card] = world.cards(ADA);
  await world.click(ADA, card, 'regenerate');
  const refused = await world.confirm(ADA, card, 'regenerate');
  expect(textOf(refused.body as Json)).toContain(en['problem.notSetUp.title']);
  expect(world.graph.meetings).toEqual(before);
  await world.write(ADA, 'meeting friday 10am about Q3');
  expect(world.lastText(ADA)).toContain('Does my account have a Teams licen');
});

test('Graph refuses somebody without a licence', async () => {
  await world.signIn(DMITRI);
  await world.write(DMITRI, SENTENCE);
  await expectClear(world.newest(DMITRI), de['problem.forbidden.title']);
});

test('Graph is slow: somebody is seen typing, and the card comes', async () => {
  world.faults.add({ service: 'graph' }, { kind: 'slow', ms: 1_200 }, 1);
  await world.write(ADA, SENTENCE);
  expect(world.cards(ADA)).toHaveLength(1);
  expect(world.chat(ADA).typing).toBe(1);
});

test('Graph hangs: the turn ends in time, and trying again works', async () => {
  world.faults.add({ service: 'graph' }, { kind: 'hang' }, 1);
  await world.channel.say(ADA, world.chat(ADA).id, SENTENCE);
  await until(() => world.said(ADA).length === 1);
  await expectClear(world.newest(ADA), en['problem.timeout.title']);
  expect(await world.click(ADA, world.newest(ADA), 'create')).toMatchObject({ shown: 'card' });
}, 20_000);

test.each([429, 503])('who cannot make a meeting for five minutes is told so (%i)', async (code) => {
  world.faults.add({ service: 'graph' }, status(code, { retryAfter: 290 }));
  await world.write(ADA, SENTENCE);
  await until(() => world.lastText(ADA).includes('Try again in 5 minutes.'));
  expect(world.lastText(ADA)).not.toMatch(/in a minute/);
});
