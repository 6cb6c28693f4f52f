import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN, CONTOSO, FELIX } from '../../deploy/sandbox/people.ts';
import { signInCards } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';
import type { World } from './world.ts';

const SENTENCE = 'meeting tomorrow 3pm about Q3';

function allow({ entra, graph }: World): void {
  entra.grantAppRole('OnlineMeetings.ReadWrite.All');
  graph.policy.add('global');
}

const world = await ownWorld({
  env: { GRAPH_MODE: 'application' },
  before: async (world) => {
    await world.reset();
    allow(world);
  },
});

/** A bot that holds no token yet. */
async function anew(): Promise<void> {
  await world.begin();
  allow(world);
}

const tokensForGraph = () => world.entra.state.requests.filter(({ scope }) => scope.includes('graph'));
const paths = () => world.graph.requests.map(({ method, path }) => `${method} ${path}`);
const home = (oid: string) => `/v1.0/users/${oid}/onlineMeetings`;

test('a sentence becomes a meeting of whoever wrote it; nobody signs in', async () => {
  await anew();
  await world.write(ADA, SENTENCE);
  expect(world.cards(ADA)).toHaveLength(1);
  expect(signInCards(world.said(ADA))).toEqual([]);
  expect(world.alive()).toMatchObject([{ organizer: ADA.oid, subject: 'Q3' }]);
  expect(paths()).toEqual([`POST ${home(ADA.oid)}`]);
  expect(tokensForGraph()).toMatchObject([
    { grant: 'client_credentials', tenant: CONTOSO.id, scope: 'https://graph.microsoft.com/.default' },
  ]);
});

test('one token does for everybody, asked for once', async () => {
  await anew();
  await Promise.all([world.write(ADA, SENTENCE), world.write(BEN, SENTENCE)]);
  await world.write(ADA, 'meeting friday 10am about budget');
  expect(world.organizers().sort()).toEqual([ADA.oid, ADA.oid, BEN.oid].sort());
  expect(tokensForGraph()).toHaveLength(1);
});

test('everything that is done with a meeting is done below its organiser', async () => {
  await world.write(ADA, SENTENCE);
  await world.write(ADA, 'move Q3 to 4pm');
  await world.write(ADA, 'my meetings');
  await world.write(ADA, 'new link for Q3');
  await world.confirm(ADA, world.newest(ADA), 'answer');
  await world.write(ADA, 'the standup room');
  expect(world.alive()).toHaveLength(2);
  const methods = ['POST', 'PATCH', 'GET', 'POST', 'PATCH', 'DELETE', 'POST'];
  expect(paths().map((line) => line.split(' ')[0])).toEqual(methods);
  expect(paths().at(-1)).toBe(`POST ${home(ADA.oid)}/createOrGet`);
  expect(paths().filter((line) => !line.includes(home(ADA.oid)))).toEqual([]);
});

test('in a channel it acts at once, without a draft', async () => {
  await world.mention(ADA, 'channel', 'meeting tomorrow 3pm about Q3');
  expect(world.cards('channel')).toHaveLength(1);
  expect(world.alive()).toMatchObject([{ organizer: ADA.oid }]);
});

test('the welcome speaks of no consent', async () => {
  await world.channel.install(ADA);
  await world.idle();
  expect(world.lastText(ADA)).toContain(en['welcome.granted']);
  expect(world.lastText(ADA)).not.toContain(en['welcome.consent']);
});

test('sign in and sign out are answered', async () => {
  await world.write(ADA, 'sign in');
  expect(world.lastText(ADA)).toBe(en['notice.noSignIn']);
  await world.write(ADA, SENTENCE);
  await world.signOut(ADA);
  expect(world.lastText(ADA)).toBe(en['notice.forgotten']);
  await world.write(ADA, 'my meetings');
  expect(world.lastText(ADA)).toBe(en['notice.forgotMeetings']);
});

test('without an access policy the person is told simply, and has a text for the administrator', async () => {
  world.graph.policy.clear();
  await world.write(ADA, SENTENCE);
  const text = world.lastText(ADA);
  expect(text).toContain(en['problem.accessPolicy.title']);
  expect(text).toContain(`New-CsApplicationAccessPolicy -Identity Parley -AppIds ${world.app.id}`);
  expect(text).toContain(`Grant-CsApplicationAccessPolicy -PolicyName Parley -Identity ${ADA.oid}`);
  expect(text).toMatch(/30 minutes/);
  await until(() => world.turns().some(({ outcome }) => outcome === 'accessPolicy'));
  expect(world.alive()).toEqual([]);

  world.graph.policy.add(ADA.oid);
  await world.write(ADA, SENTENCE);
  expect(world.cards(ADA)).toHaveLength(1);
});

test('a policy for somebody else is none', async () => {
  world.graph.policy.clear();
  world.graph.policy.add(BEN.oid);
  await world.write(ADA, SENTENCE);
  expect(world.lastText(ADA)).toContain(en['problem.accessPolicy.title']);
});

test('without the permission nothing is made either', async () => {
  await anew();
  world.entra.state.appRoles.clear();
  await world.write(ADA, SENTENCE);
  expect(world.lastText(ADA)).toContain('OnlineMeetings.ReadWrite.All');
});

test('Entra does not know the bot any more: the person is told that it is not their doing', async () => {
  await anew();
  // From here on the bot has its token for the channel, and can say so.
  await world.write(ADA, 'help');
  const body = { error: 'invalid_client', error_codes: [7000222] };
  world.faults.add({ service: 'entra', method: 'POST' }, { kind: 'status', status: 401, body });
  await world.write(ADA, SENTENCE);
  expect(world.lastText(ADA)).toContain(en['problem.misconfigured.title']);
});

test('a token that is refused even when it is new leads to one clear sentence', async () => {
  world.faults.add({ service: 'graph' }, 401);
  await world.write(ADA, SENTENCE);
  expect(world.lastText(ADA)).toContain(en['problem.misconfigured.title']);
  expect(paths()).toHaveLength(2);
});

test('people of other tenants, and people without an object id, are not acted for', async () => {
  await world.write(FELIX, SENTENCE);
  await world.write(ADA, SENTENCE, { overrides: { from: { id: ADA.teamsId, name: ADA.name } } });
  expect(world.graph.requests).toEqual([]);
  expect(tokensForGraph()).toEqual([]);
});

test('somebody whom Graph does not have is told that their account may not', async () => {
  const from = { id: ADA.teamsId, name: ADA.name, aadObjectId: CONTOSO.id };
  await world.write(ADA, SENTENCE, { overrides: { from } });
  expect(world.lastText(ADA)).toContain(en['problem.forbidden.title']);
  expect(world.lastText(ADA)).toMatch(/Teams licence.*application access policy/);
  expect(world.graph.requests).toMatchObject([{ status: 404 }]);
});

test('what is left of a sign-in from before is answered, and starts none', async () => {
  const exchange = { id: 'x', connectionName: '', token: 'x' };
  const said = async (name: string, value: unknown) => (await world.invoke(ADA, name, value)).status;
  expect(await said('signin/tokenExchange', exchange)).toBe(200);
  expect(await said('signin/verifyState', { state: 'agreed' })).toBe(200);
  expect(await said('signin/failure', { code: 'resourcematchfailed' })).toBe(200);
  await world.idle();
  expect(world.said(ADA)).toEqual([]);
});

test('the organiser’s buttons are the organiser’s, as in the other mode', async () => {
  await world.mention(ADA, 'channel', 'meeting tomorrow 3pm about Q3');
  const card = world.newest('channel');
  await world.channel.refresh(ADA, card.id);
  const data = { ...world.dataOf(ADA, card, 'cancel'), confirmed: true };
  const action = { type: 'Action.Execute', verb: 'cancel', data };
  expect(await world.click(BEN, card, action)).toMatchObject({
    body: { statusCode: 200, value: en['notice.notYours'] },
  });
  expect(world.alive()).toMatchObject([{ organizer: ADA.oid }]);
});

test('a token that Graph takes no more is replaced once, and nobody notices', async () => {
  await world.write(ADA, SENTENCE);
  const before = tokensForGraph().length;
  world.faults.add({ service: 'graph' }, 401, 1);
  await world.write(ADA, 'meeting friday 10am about budget');
  expect(world.alive()).toHaveLength(2);
  expect(tokensForGraph()).toHaveLength(before + 1);
});

test('a meeting about a message is made from its form at once', async () => {
  const group = world.place('groupChat');
  const { message } = await world.channel.say(BEN, group.id, 'Could we talk about Q3 tomorrow at 15:00?');
  await world.channel.openDialog(ADA, { on: 'message', message: message.id });
  await world.channel.submitDialog(ADA, { subject: 'Q3', date: '2030-03-01', time: '15:00', minutes: 30 });
  expect(world.channel.state.dialogs.size).toBe(0);
  expect(world.alive()).toMatchObject([{ organizer: ADA.oid, subject: 'Q3' }]);
  expect(world.channel.sendComposed(ADA).activity.attachments).toHaveLength(1);
  // The bot is no member there, which Teams tells when it tries.
  expect(world.channel.state.refusals.splice(0).map(({ status }) => status)).toContain(403);
});
