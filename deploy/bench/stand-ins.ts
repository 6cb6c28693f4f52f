import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { envelope, invokeActivity, messageActivity } from '../sandbox/channel/activities.ts';
import type { Activity, Conversation, Json } from '../sandbox/channel/model.ts';
import { createEntra, type Entra } from '../sandbox/entra.ts';
import { createGraph } from '../sandbox/graph.ts';
import { createSigner } from '../sandbox/keys.ts';
import { ADA, CONTOSO, type Person } from '../sandbox/people.ts';
import { type Answer, type Incoming, serve } from '../sandbox/serve.ts';
import { createTls } from '../sandbox/tls.ts';
import { PHRASES } from './phrases.ts';

/** Everything a bot and the load need to know of the stand-ins. */
export type World = {
  env: Record<string, string>;
  authorization: string;
  /** One a person: hands their single-sign-on token to the bot. */
  signIns: string[];
  /** What they write. */
  messages: string[];
};

/** What arrived since the last question. */
export type Tally = { meetings: number; messages: number; refused: number };

const PEOPLE = 240;
const CHANNEL = 'https://api.botframework.com';
const LIFETIME_SECONDS = 3_600;

// Entra is the sandbox's own. Connector and Graph are lighter here: what they answer is the sandbox's too, but they
// check a token once and keep nothing, because they must cost less than the bots that they serve.
const tally: Tally = { meetings: 0, messages: 0, refused: 0 };
const people = Array.from({ length: PEOPLE }, (_, index): Person => {
  const name = `person${index}`;
  return { ...ADA, oid: randomUUID(), upn: `${name}@contoso.example`, name, teamsId: `29:1${name}` };
});
const app = { id: randomUUID(), secret: randomUUID() };
const ssoResource = `api://botid-${app.id}`;
const tls = await createTls();
const authority = join(mkdtempSync(join(tmpdir(), 'parley-bench-')), 'authority.pem');
writeFileSync(authority, tls.caPem);
const signer = await createSigner();
const entra = await createEntra({
  tls,
  people,
  tenantId: CONTOSO.id,
  app: { ...app, ssoResource, name: 'Parley' },
});
for (const { oid } of people) entra.consent(oid);

const isGood = once(async (token) => (await entra.introspect(token)).ok);
const sample = await sampleMeeting();
const graph = await serve({ service: 'graph', handle: answerGraph });
const channel = await serve({ service: 'channel', handle: answerChannel });
const world = await createWorld();

process.on('message', () => {
  process.send?.({ ...tally });
  Object.assign(tally, { meetings: 0, messages: 0, refused: 0 });
});
process.on('disconnect', () => process.exit());
process.send?.(world);

async function createWorld(): Promise<World> {
  const serviceUrl = `${channel.url}/teams/`;
  const seconds = Math.floor(Date.now() / 1_000);
  const times = { iat: seconds, nbf: seconds - 60, exp: seconds + LIFETIME_SECONDS };
  const token = await signer.sign({ iss: CHANNEL, aud: app.id, serviceurl: serviceUrl, ...times });
  const activityOf = (person: Person): Activity => {
    const id = `a:${person.oid}`;
    const conversation = { id, type: 'personal', tenantId: CONTOSO.id } as Conversation;
    const place = { conversation, thread: null, at: Date.now() };
    return {
      ...envelope({ appId: app.id, botName: 'Parley', serviceUrl, locales: new Map() }, person, place),
      id: '@id@',
    };
  };
  const signIns = people.map(async (person) => {
    const value = { id: randomUUID(), connectionName: '', token: await entra.ssoToken(person) };
    return JSON.stringify(invokeActivity(activityOf(person), 'signin/tokenExchange', value));
  });
  const phrase = (index: number) => PHRASES[index % PHRASES.length] ?? '';
  return {
    env: {
      HOST: '127.0.0.1',
      PUBLIC_URL: 'http://127.0.0.1:9',
      BOT_APP_ID: app.id,
      BOT_TENANT_ID: CONTOSO.id,
      BOT_CLIENT_SECRET: app.secret,
      AUTHORITY_HOST: entra.authorityHost,
      CHANNEL_OPENID_METADATA: `${channel.url}/metadata`,
      GRAPH_BASE_URL: graph.url,
      NODE_EXTRA_CA_CERTS: authority,
      // All of it is one tenant, of which Teams would take 50 a second.
      MESSAGE_PACE: 'off',
    },
    authorization: `Bearer ${token}`,
    signIns: await Promise.all(signIns),
    messages: people.map((person, index) =>
      JSON.stringify(messageActivity(activityOf(person), phrase(index), [])),
    ),
  };
}

const MEETINGS = '/v1.0/me/onlineMeetings';

async function answerGraph(request: Incoming): Promise<Answer> {
  const { method, path } = request;
  if (!(await isAllowed(request))) return refuse();
  if (method === 'GET' && path.startsWith(`${MEETINGS}/`)) {
    return { status: 200, body: { ...sample, id: decodeURIComponent(path.slice(MEETINGS.length + 1)) } };
  }
  if (method !== 'POST' || path !== MEETINGS) return refuse();
  const { subject, startDateTime, endDateTime } = JSON.parse(request.body) as Json;
  if (typeof startDateTime !== 'string' || typeof endDateTime !== 'string') return refuse();
  tally.meetings += 1;
  const made = { id: `${sample.id}${tally.meetings}`, subject: subject ?? null, startDateTime, endDateTime };
  return { status: 201, body: { ...sample, ...made } };
}

async function answerChannel(request: Incoming): Promise<Answer> {
  switch (request.path) {
    case '/metadata':
      return {
        status: 200,
        body: {
          issuer: CHANNEL,
          authorization_endpoint: `${channel.url}/none`,
          jwks_uri: `${channel.url}/keys`,
          id_token_signing_alg_values_supported: ['RS256'],
        },
      };
    case '/keys': {
      const keys = signer.publicKeys.keys.map((key) => ({ ...key, endorsements: ['msteams'] }));
      return { status: 200, body: { keys } };
    }
    default:
      return answerConnector(request);
  }
}

async function answerConnector(request: Incoming): Promise<Answer> {
  const isAddress = /^\/teams\/v3\/conversations\/[^/]+\/activities(\/[^/]+)?$/.test(request.path);
  if (!isAddress || request.method !== 'POST' || !(await isAllowed(request))) return refuse();
  const { type, text, attachments } = JSON.parse(request.body) as Activity;
  // A turn that was kept waiting shows that somebody is typing.
  if (type === 'typing') return { status: 201, body: { id: '1-typing' } };
  if (type !== 'message' || !(text || attachments?.length)) return refuse();
  tally.messages += 1;
  return { status: 201, body: { id: `1-${tally.messages}` } };
}

function isAllowed({ headers }: Incoming): Promise<boolean> {
  return isGood(headers.authorization?.replace(/^Bearer /, '') ?? '');
}

function refuse(): Answer {
  tally.refused += 1;
  return { status: 400, body: { error: { code: 'BadRequest', message: '' } } };
}

/** A meeting as the sandbox's Graph writes it. */
async function sampleMeeting(): Promise<Json> {
  const strict = await createGraph({ entra, people });
  const [person] = people;
  if (person === undefined) throw new Error('nobody there');
  const response = await fetch(`${strict.url}/v1.0/me/onlineMeetings`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await graphToken(entra, person)}`,
      'Content-Type': 'application/json',
      Prefer: 'include-unknown-enum-members',
    },
    body: JSON.stringify({
      startDateTime: '2030-01-01T10:00:00Z',
      endDateTime: '2030-01-01T10:30:00Z',
      joinMeetingIdSettings: { isPasscodeRequired: true },
    }),
  });
  if (response.status !== 201) throw new Error(`no sample meeting: ${await response.text()}`);
  const meeting = (await response.json()) as Json;
  await strict.close();
  return meeting;
}

function graphToken({ sign, state }: Entra, { oid, tenantId }: Person): Promise<string> {
  const exp = Math.floor(Date.now() / 1_000) + LIFETIME_SECONDS;
  const scp = 'OnlineMeetings.ReadWrite';
  return sign({ aud: state.resources.graph, tid: tenantId, oid, scp, idtyp: 'user', exp });
}

function once(check: (token: string) => Promise<boolean>): (token: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return (token) => {
    const found = known.get(token) ?? check(token);
    known.set(token, found);
    return found;
  };
}
