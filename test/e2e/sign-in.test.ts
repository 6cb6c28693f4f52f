import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { oauthCard } from '../../deploy/sandbox/channel/cards.ts';
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, CONTOSO, type Person } from '../../deploy/sandbox/people.ts';
import { signInCards, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { throughPopup } from './popup.ts';
import { until } from './waiting.ts';

const SENTENCE = 'meeting tomorrow 3pm about Q3';

const world = await ownWorld();

const exchanges = () => world.entra.state.requests.filter(({ grant }) => grant === 'on_behalf_of');
const outcomes = (turn: string) => world.turns().filter((line) => line.turn === turn);
const standing = (person: Person, message: Message | undefined) => message?.signIns.get(person.oid)?.state;
const startUrl = (message: Message) => world.channel.openSignIn(ADA, message.id);

/** Ada asks, is not known yet, and sees the button. */
async function askedToSignIn(): Promise<Message> {
  await world.write(ADA, SENTENCE);
  expect(world.hasButton(ADA)).toBe(true);
  return world.newest(ADA);
}

const agreed = (message: Message) => world.finishSignIn(ADA, message);

test('from a sentence over one consent to one card', async () => {
  const card = await askedToSignIn();
  expect(oauthCard(card.activity)).toEqual({
    text: expect.stringMatching(/^Sign in once and I’ll create your meeting: .*15:00–15:30\.$/),
    connectionName: '',
    buttons: [{ type: 'signin', title: 'Sign in', value: expect.stringContaining('/auth/start?tenant=') }],
    tokenExchangeResource: {
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      uri: `api://botid-${world.app.id}`,
    },
  });
  expect(exchanges()).toMatchObject([{ oid: ADA.oid, status: 400, code: 65001, tenant: CONTOSO.id }]);
  expect(world.graph.requests).toEqual([]);

  const popup = await throughPopup(world, startUrl(card), ADA);
  expect(popup).toMatchObject({ status: 200, result: 'ok' });
  expect(await agreed(card)).toEqual({ status: 200, body: {} });
  expect(world.cards(ADA)).not.toEqual([]);

  expect(world.said(ADA)).toHaveLength(3);
  await until(() => signInCards(world.said(ADA)).every((message) => standing(ADA, message) === 'done'));
  expect(signInCards(world.said(ADA))).toHaveLength(2);
  expect(world.alive()).toMatchObject([{ organizer: ADA.oid, subject: 'Q3' }]);
  expect(exchanges().map(({ status }) => status)).toEqual([400, 200]);
});

test('the pages of the popup ask for one permission, and bring no script of others', async () => {
  const card = await askedToSignIn();
  const popup = await throughPopup(world, startUrl(card), ADA);
  expect(popup.consentPage).toContain('Read and create your online meetings');
  expect(popup.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(popup.headers.get('cache-control')).toBe('no-store');
  const scripts = [...popup.html.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, src]) => src ?? '');
  expect(scripts).toEqual(['/auth/teams.js', '/auth/end.js']);
  for (const path of scripts) {
    const script = await fetch(`${world.bot.url}${path}`);
    expect(script.status).toBe(200);
    expect(script.headers.get('content-type')).toContain('javascript');
  }
});

test('at most five requests wait for a sign-in, and of each older one it is said that it does not', async () => {
  for (let i = 1; i <= 7; i += 1) await world.write(ADA, `meeting tomorrow ${i}pm about subject ${i}`);
  const gaveWay = () => world.said(ADA).filter((message) => textOf(message) === en['notice.gaveWay']);
  expect(gaveWay()).toHaveLength(2);
  expect(world.hasButton(ADA)).toBe(true);
  world.entra.consent(ADA.oid);
  await agreed(world.newest(ADA));
  expect(world.cards(ADA)).toHaveLength(5);
  await world.idle();
  expect(world.subjects().sort()).toEqual([3, 4, 5, 6, 7].map((i) => `subject ${i}`));
}, 60_000);

test('of many requests at once no more than five wait either', async () => {
  const all = Array.from({ length: 15 }, (_, i) => `meeting tomorrow 3pm about subject ${i}`);
  await Promise.all(all.map((text) => world.channel.say(ADA, world.chat(ADA).id, text)));
  await world.idle();
  expect(standing(ADA, signInCards(world.said(ADA)).at(-1))).toBe('button');
  world.entra.consent(ADA.oid);
  await world.finishSignIn(ADA, signInCards(world.said(ADA)).at(-1));
  expect(world.cards(ADA)).toHaveLength(5);
  await world.idle();
  expect(world.alive()).toHaveLength(5);
}, 60_000);

test('who has agreed before is asked nothing, and signs in once', async () => {
  world.entra.consent(ADA.oid);
  await world.write(ADA, SENTENCE);
  expect(world.cards(ADA)).not.toEqual([]);
  expect(world.said(ADA).map((message) => standing(ADA, message))).toEqual(['done', undefined]);
  await world.write(ADA, 'meeting friday 10am about budget');
  expect(world.cards(ADA)).toHaveLength(2);
  expect(signInCards(world.said(ADA))).toHaveLength(1);
  expect(exchanges()).toHaveLength(1);
});

test('what was asked keeps its instant through the sign-in', async () => {
  const asked = new Date(Date.now() - 10 * 60_000);
  await world.write(ADA, 'meeting in 20 minutes about Q3', { overrides: { timestamp: asked.toISOString() } });
  expect(world.hasButton(ADA)).toBe(true);
  world.entra.consent(ADA.oid);
  await agreed(world.newest(ADA));
  expect(world.cards(ADA)).not.toEqual([]);
  const start = Date.parse(world.alive()[0]?.startDateTime ?? '');
  expect(Math.abs(start - (asked.getTime() + 20 * 60_000))).toBeLessThan(60_000);
});

test('five devices answer one sign-in: one meeting, one card', async () => {
  world.channel.state.devices = 5;
  world.entra.consent(ADA.oid);
  const before = outcomes('tokenExchange').length;
  await world.write(ADA, SENTENCE);
  // Each device's turn is logged twice: when it is answered, and when what follows is done.
  await until(() => outcomes('tokenExchange').length === before + 10);
  expect(world.alive()).toHaveLength(1);
  expect(world.cards(ADA)).toHaveLength(1);
  expect(world.said(ADA)).toHaveLength(2);
});

test('five devices that may not: one button, nothing said', async () => {
  world.channel.state.devices = 5;
  const before = outcomes('tokenExchange').length;
  await askedToSignIn();
  await until(() => outcomes('tokenExchange').length === before + 5);
  expect(
    outcomes('tokenExchange')
      .slice(-5)
      .map(({ outcome }) => outcome),
  ).toEqual(Array(5).fill('exchangeFailed'));
  expect(world.said(ADA)).toHaveLength(1);
});

test('who declines keeps the button, and it works when they change their mind', async () => {
  const card = await askedToSignIn();
  const popup = await throughPopup(world, startUrl(card), ADA, 'decline');
  expect(popup).toMatchObject({ status: 200, result: 'declined' });
  await world.channel.failSignIn(ADA, card.id, popup.result);
  await until(() => signInCards(world.said(ADA)).length === 2);
  expect(world.graph.requests).toEqual([]);

  const again = world.newest(ADA);
  expect(await throughPopup(world, startUrl(again), ADA)).toMatchObject({ result: 'ok' });
  await agreed(again);
  expect(world.cards(ADA)).not.toEqual([]);
  expect(world.alive()).toHaveLength(1);
});

test('a second factor is asked for in the popup', async () => {
  world.entra.consent(ADA.oid);
  world.entra.requireSecondFactor(ADA.oid);
  const card = await askedToSignIn();
  expect(exchanges()).toMatchObject([{ code: 50076 }]);
  expect(oauthCard(card.activity)?.text).toBe(en['signin.stepUp']);
  expect(new URL(startUrl(card)).searchParams.has('claims')).toBe(true);
  expect(await throughPopup(world, startUrl(card), ADA)).toMatchObject({ result: 'ok' });
  await agreed(card);
  expect(world.cards(ADA)).not.toEqual([]);
});

test('where only an administrator may agree, the page has the address to forward', async () => {
  world.entra.requireAdminConsent();
  const card = await askedToSignIn();
  const popup = await throughPopup(world, startUrl(card), ADA, 'decline');
  expect(popup.result).toBe('admin');
  const address = /<p class="address">([^<]+)</.exec(popup.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(address).toContain(`/${CONTOSO.id}/adminconsent?client_id=${world.app.id}`);

  const { pathname, search } = new URL(address);
  const body = new URLSearchParams({ decision: 'accept' });
  const options = { method: 'POST', body, redirect: 'manual' } as const;
  const approved = await fetch(`${world.entra.webUrl}${pathname}${search}`, options);
  const end = new URL(approved.headers.get('location') ?? '');
  expect(await (await fetch(`${world.bot.url}${end.pathname}${end.search}`)).text()).toContain(
    'data-result="approved"',
  );
  await world.write(ADA, 'sign in');
  expect(world.cards(ADA)).not.toEqual([]);
});

test('the same words twice before the sign-in are one request', async () => {
  await askedToSignIn();
  await askedToSignIn();
  world.entra.consent(ADA.oid);
  await agreed(world.newest(ADA));
  expect(world.cards(ADA)).not.toEqual([]);
  await world.write(ADA, 'hello');
  expect(world.lastText(ADA)).toContain(en['help.title']);
  expect(world.cards(ADA)).toHaveLength(1);
  expect(world.graph.meetings).toHaveLength(1);
});

test('a card that the channel does not take after the sign-in comes when it does', async () => {
  const card = await askedToSignIn();
  world.entra.consent(ADA.oid);
  const slow = { kind: 'slow', ms: 1_000, when: 'after' } as const;
  world.faults.add({ service: 'graph', method: 'POST' }, slow, 1);
  const answer = agreed(card);
  await until(() => world.graph.meetings.length === 1);
  world.faults.add({ service: 'channel', method: 'POST' }, 500, 2);
  expect(await answer).toMatchObject({ status: 200 });
  expect(world.cards(ADA)).not.toEqual([]);
  expect(world.alive()).toHaveLength(1);
  expect(world.cards(ADA)).toHaveLength(1);
}, 40_000);

test('sign in and sign out', async () => {
  world.entra.consent(ADA.oid);
  await world.write(ADA, 'sign in');
  expect(world.lastText(ADA)).toBe(en['notice.signedIn']);
  await world.write(ADA, 'sign in');
  expect(world.lastText(ADA)).toBe(en['notice.alreadySignedIn']);
  await world.write(ADA, SENTENCE);
  expect(world.cards(ADA)).not.toEqual([]);
  await world.signOut(ADA);
  expect(world.lastText(ADA)).toBe(en['notice.signedOut']);

  const [card] = world.cards(ADA);
  await world.click(ADA, card, 'regenerate');
  expect(card?.notices.get(ADA.oid)).toBe(en['notice.forgotMeetings']);
  world.entra.withdrawConsent(ADA.oid);
  await world.write(ADA, SENTENCE);
  expect(oauthCard(world.newest(ADA).activity)).not.toBeNull();
  expect(world.graph.meetings).toHaveLength(1);
});

test('what was parked before signing out is forgotten', async () => {
  await askedToSignIn();
  await world.signOut(ADA);
  world.entra.consent(ADA.oid);
  await world.write(ADA, 'sign in');
  expect(world.lastText(ADA)).toBe(en['notice.signedIn']);
  expect(world.graph.requests).toEqual([]);
});

test('where silent sign-in fails, the button is offered once; then it says so', async () => {
  const fail = () => world.invoke(BEN, 'signin/failure', { code: 'resourcematchfailed', message: 'no' });
  await world.write(BEN, SENTENCE);
  const before = world.said(BEN).length;
  expect(await fail()).toEqual({ status: 200, body: {} });
  await until(() => world.said(BEN).length === before + 1);
  const offered = oauthCard(world.newest(BEN).activity);
  expect(offered).not.toHaveProperty('tokenExchangeResource');
  expect(offered).toMatchObject({ buttons: [{ type: 'signin' }] });
  expect(await fail()).toMatchObject({ status: 200 });
  await until(() => world.said(BEN).length === before + 2);
  expect(world.lastText(BEN)).toContain(en['problem.signInFailed.title']);
});
