import { generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { oauthCard } from '../../deploy/sandbox/channel/cards.ts';
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import type { Fault } from '../../deploy/sandbox/faults.ts';
import { ADA, BEN, CONTOSO, FELIX, type Person } from '../../deploy/sandbox/people.ts';
import { meetingCards, signInCards, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { throughPopup } from './popup.ts';
import { until } from './waiting.ts';

const SENTENCE = 'meeting tomorrow 3pm about Q3';

const world = await ownWorld();

const exchanges = () => world.entra.state.requests.filter(({ grant }) => grant === 'on_behalf_of');
const outcomes = (turn: string) => world.turns().filter((line) => line.turn === turn);
const standing = (person: Person, message: Message | undefined) => message?.signIns.get(person.oid)?.state;
const hasMeeting = (person: Person) => until(() => meetingCards(world.said(person)).length > 0);
const startUrl = (message: Message) => world.channel.openSignIn(ADA, message.id);

/** Ada asks, is not known yet, and sees the button. */
async function askedToSignIn(): Promise<Message> {
  await world.write(ADA, SENTENCE);
  expect(standing(ADA, world.said(ADA).at(-1))).toBe('button');
  return world.newest(ADA);
}

const agreed = (message: Message) => world.channel.finishSignIn(ADA, message.id, 'agreed');

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
  await hasMeeting(ADA);

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
  await until(() => standing(ADA, world.newest(ADA)) === 'button');
  world.entra.consent(ADA.oid);
  await agreed(world.newest(ADA));
  await until(() => meetingCards(world.said(ADA)).length === 5);
  await world.idle();
  expect(
    world
      .alive()
      .map(({ subject }) => subject)
      .sort(),
  ).toEqual([3, 4, 5, 6, 7].map((i) => `subject ${i}`));
}, 60_000);

test('of many requests at once no more than five wait either', async () => {
  const all = Array.from({ length: 15 }, (_, i) => `meeting tomorrow 3pm about subject ${i}`);
  await Promise.all(all.map((text) => world.channel.say(ADA, world.chat(ADA).id, text)));
  await world.idle();
  expect(standing(ADA, signInCards(world.said(ADA)).at(-1))).toBe('button');
  world.entra.consent(ADA.oid);
  await world.channel.finishSignIn(ADA, signInCards(world.said(ADA)).at(-1)?.id ?? '', 'agreed');
  await until(() => meetingCards(world.said(ADA)).length === 5);
  await world.idle();
  expect(world.alive()).toHaveLength(5);
}, 60_000);

test('who has agreed before is asked nothing, and signs in once', async () => {
  world.entra.consent(ADA.oid);
  await world.write(ADA, SENTENCE);
  await hasMeeting(ADA);
  expect(world.said(ADA).map((message) => standing(ADA, message))).toEqual(['done', undefined]);
  await world.write(ADA, 'meeting friday 10am about budget');
  expect(meetingCards(world.said(ADA))).toHaveLength(2);
  expect(signInCards(world.said(ADA))).toHaveLength(1);
  expect(exchanges()).toHaveLength(1);
});

test('what was asked keeps its instant through the sign-in', async () => {
  const asked = new Date(Date.now() - 10 * 60_000);
  await world.write(ADA, 'meeting in 20 minutes about Q3', { overrides: { timestamp: asked.toISOString() } });
  expect(standing(ADA, world.said(ADA).at(-1))).toBe('button');
  world.entra.consent(ADA.oid);
  await agreed(world.newest(ADA));
  await hasMeeting(ADA);
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
  expect(meetingCards(world.said(ADA))).toHaveLength(1);
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

type Forgery = (claims: JWTPayload) => Promise<unknown>;
const sso = (person: Person, claims: JWTPayload = {}) => world.entra.ssoToken(person, claims);
const seconds = () => Math.floor(Date.now() / 1000);

async function selfSigned(claims: JWTPayload): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  const { keyId } = world.entra.state.signer;
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keyId }).sign(privateKey);
}

const unsigned = (claims: JWTPayload) =>
  [{ alg: 'none', typ: 'JWT' }, claims]
    .map((part) => btoa(JSON.stringify(part)))
    .join('.')
    .replaceAll('=', '');

const FORGERIES: [string, Forgery][] = [
  ['another person’s', () => sso(BEN)],
  ['another tenant’s person’s', () => sso(FELIX)],
  ['this person, but of another tenant', () => sso(ADA, { tid: FELIX.tenantId })],
  ['of another issuer', () => sso(ADA, { iss: 'https://login.microsoftonline.com/evil/v2.0' })],
  ['for another app', () => sso(ADA, { aud: '11111111-2222-3333-4444-555555555555' })],
  ['for Graph', () => sso(ADA, { aud: 'https://graph.microsoft.com' })],
  ['expired', () => sso(ADA, { exp: seconds() - 3_600 })],
  ['without an end', () => sso(ADA, { exp: undefined as unknown as number })],
  ['not valid yet', () => sso(ADA, { nbf: seconds() + 3_600 })],
  ['an ID token, which Teams gives to nobody', () => sso(ADA, { scp: undefined })],
  ['for another of our scopes', () => sso(ADA, { scp: 'access_as_admin User.Read' })],
  ['with scopes that are a list', () => sso(ADA, { scp: ['access_as_user'] })],
  ['without a person', () => sso(ADA, { oid: undefined as unknown as string })],
  ['self-signed', selfSigned],
  ['unsigned', async (claims) => `${unsigned(claims)}.`],
  ['garbage', async () => 'garbage'],
  ['empty', async () => ''],
  ['a number', async () => 7],
  ['missing', async () => undefined],
];

test.each(FORGERIES)('a token that is %s is refused without effect', async (_name, forge) => {
  world.entra.consent(ADA.oid);
  await world.write(ADA, 'hi');
  const claims = { oid: ADA.oid, tid: ADA.tenantId, aud: world.app.id, exp: seconds() + 600 };
  const iss = `${world.entra.authorityHost}/${ADA.tenantId}/v2.0`;
  const value = { id: 'e1', connectionName: '', token: await forge({ ...claims, iss }) };
  expect(await world.invoke(ADA, 'signin/tokenExchange', value)).toEqual({
    status: 412,
    body: { id: 'e1', connectionName: '', failureDetail: expect.any(String) },
  });
  await world.write(ADA, 'sign in');
  expect(world.lastText(ADA)).toBe(en['notice.signedIn']);
  expect(exchanges()).toMatchObject([{ oid: ADA.oid, status: 200 }]);
});

test('a refused token leaves what was parked, and the right one finishes it', async () => {
  const card = await askedToSignIn();
  const value = { id: 'e1', connectionName: '', token: await sso(BEN) };
  expect(await world.invoke(ADA, 'signin/tokenExchange', value)).toMatchObject({ status: 412 });
  expect(world.graph.requests).toEqual([]);
  world.entra.consent(ADA.oid);
  await agreed(card);
  await hasMeeting(ADA);
  expect(world.alive()).toMatchObject([{ organizer: ADA.oid }]);
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
  await hasMeeting(ADA);
  expect(world.alive()).toHaveLength(1);
});

test('a second factor is asked for in the popup', async () => {
  world.entra.consent(ADA.oid);
  world.entra.requireSecondFactor(ADA.oid);
  const card = await askedToSignIn();
  expect(exchanges()).toMatchObject([{ code: 50076 }]);
  expect(new URL(startUrl(card)).searchParams.has('claims')).toBe(true);
  expect(await throughPopup(world, startUrl(card), ADA)).toMatchObject({ result: 'ok' });
  await agreed(card);
  await hasMeeting(ADA);
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
  await hasMeeting(ADA);
});

test.each<[string, Record<string, string>, string]>([
  ['another browser’s answer', { code: 'c', state: 'somebody.else' }, 'failed'],
  ['no answer at all', {}, 'failed'],
  [
    'markup instead of a reason',
    { error: '<script>', error_description: '<script>alert(1)</script>' },
    'failed',
  ],
])('the end page is not fooled by %s', async (_name, query, result) => {
  const response = await fetch(`${world.bot.url}/auth/end?${new URLSearchParams(query)}`);
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toContain(`data-result="${result}"`);
  expect(html).not.toContain('alert(1)');
});

test('the popup cannot begin for a tenant that is not ours', async () => {
  const response = await fetch(`${world.bot.url}/auth/start?tenant=${FELIX.tenantId}`, {
    redirect: 'manual',
  });
  expect(response.status).toBe(400);
});

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
    await hasMeeting(ADA);
    await world.write(ADA, 'hello');
    expect(world.lastText(ADA)).toContain(en['help.title']);
    expect(meetingCards(world.said(ADA))).toHaveLength(1);
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
  await world.channel.execute(ADA, world.newest(ADA).id, 'create');
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
  const { body } = await world.channel.execute(ADA, card.id, 'create');
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
  for (const { id } of retries()) await world.channel.execute(ADA, id, 'create');
  await until(() => meetingCards(world.said(ADA)).length === 3);
  expect(
    world
      .alive()
      .map(({ subject }) => subject)
      .sort(),
  ).toEqual(['Q3', 'budget', 'hiring']);
});

test('the same words twice before the sign-in are one request', async () => {
  await askedToSignIn();
  await askedToSignIn();
  world.entra.consent(ADA.oid);
  await agreed(world.newest(ADA));
  await hasMeeting(ADA);
  await world.write(ADA, 'hello');
  expect(world.lastText(ADA)).toContain(en['help.title']);
  expect(meetingCards(world.said(ADA))).toHaveLength(1);
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
  await hasMeeting(ADA);
  expect(world.alive()).toHaveLength(1);
  expect(meetingCards(world.said(ADA))).toHaveLength(1);
}, 40_000);

test('sign in and sign out', async () => {
  world.entra.consent(ADA.oid);
  await world.write(ADA, 'sign in');
  expect(world.lastText(ADA)).toBe(en['notice.signedIn']);
  await world.write(ADA, 'sign in');
  expect(world.lastText(ADA)).toBe(en['notice.alreadySignedIn']);
  await world.write(ADA, SENTENCE);
  await hasMeeting(ADA);
  await world.signOut(ADA);
  expect(world.lastText(ADA)).toBe(en['notice.signedOut']);

  const [card] = meetingCards(world.said(ADA));
  await world.channel.execute(ADA, card?.id ?? '', 'regenerate');
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
  expect(textOf(world.newest(BEN))).toContain(en['problem.signInFailed.title']);
});

test('a bot with a wrong secret can say nothing: the channel is told to come again, the log knows why', async () => {
  await world.begin({ BOT_CLIENT_SECRET: 'wrong-secret' });
  const { status, body } = await world.channel.say(ADA, world.chat(ADA).id, SENTENCE);
  expect({ status, body }).toEqual({ status: 500, body: '' });
  expect(world.output()).not.toContain('wrong-secret');
  await until(() => /"event":"fault".*AuthenticationRequiredError/.test(world.log()));
});
