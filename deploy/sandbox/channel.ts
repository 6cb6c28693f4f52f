import { type CardActions, createCardActions } from './channel/card-actions.ts';
import { createConnector } from './channel/connector.ts';
import { createDelivery, type Delivery } from './channel/delivery.ts';
import { createDialogs, type Dialogs } from './channel/dialogs.ts';
import type { Json } from './channel/model.ts';
import { createSignIns } from './channel/sign-in.ts';
import { createState, type State } from './channel/state.ts';
import { createTeamsClient, type TeamsClient } from './channel/teams-client.ts';
import { RESOURCES } from './clouds.ts';
import type { Faults } from './faults.ts';
import { createSigner } from './keys.ts';
import type { Person } from './people.ts';
import { type Answer, type Incoming, serve } from './serve.ts';

type ChannelOptions = {
  appId: string;
  tenantId: string;
  people: readonly Person[];
  /** The claims of a token that is good now; null for any other. */
  introspect(token: string): Promise<Json | null> | Json | null;
  /** A person's single-sign-on token for the app, as Teams' client gets it from Entra. */
  tokenFor(person: Person): Promise<string>;
  /** Default `api://botid-<appId>`. */
  ssoResource?: string;
  /** The bot's `/api/messages`; may be told later with `connect`. */
  botEndpoint?: string;
  /** Who signs its tokens, and to whom the bot's are made out; default the global cloud's Bot Framework. */
  botFramework?: string;
  /** True: refuses a bot that sends more into one conversation than Teams takes. */
  isCounting?: boolean;
  /** Shared switchboard; this server is `channel` in it. */
  faults?: Faults;
  /** Milliseconds since 1970. */
  now?(): number;
};

/** The channel as the bot, a test or the page has to do with it. */
export type Channel = TeamsClient &
  CardActions &
  Dialogs &
  Delivery & {
    state: State;
    /** Ends with a slash; every activity and every token names it. */
    serviceUrl: string;
    /** Address of the OpenID configuration: CHANNEL_OPENID_METADATA. */
    metadataUrl: string;
    url: string;
    close(): Promise<void>;
  };

const METADATA_PATH = '/v1/.well-known/openidconfiguration';

/**
 * The Teams channel on loopback: keys and metadata for its tokens, the connector for the bot, and Teams' client for
 * whoever plays a person. Remembers everything; refuses what Teams would refuse and records it in `state.refusals`.
 */
export async function createChannel(options: ChannelOptions): Promise<Channel> {
  const { appId, tenantId, tokenFor, people, now = Date.now, botFramework = RESOURCES.global.bot } = options;
  const signer = await createSigner();
  const state = createState(people, tenantId, now);
  let handle: (request: Incoming) => Promise<Answer> | Answer = () => ({ status: 503 });
  const server = await serve({
    service: 'channel',
    handle: (request) => handle(request),
    faultBody: (status) => ({ error: { code: `Fault${status}`, message: 'The sandbox was told to fail.' } }),
    ...(options.faults ? { faults: options.faults } : {}),
  });

  const serviceUrl = `${server.url}/teams/`;
  const delivery = createDelivery({
    signer,
    appId,
    serviceUrl,
    now,
    issuer: botFramework,
    endpoint: options.botEndpoint,
  });
  const envelope = { appId, botName: 'Parley', serviceUrl, locales: state.locales };
  const signIns = createSignIns({
    state,
    people,
    delivery,
    envelope,
    now,
    ssoResource: options.ssoResource ?? `api://botid-${appId}`,
    tokenFor,
  });
  const { introspect } = options;
  const connector = createConnector({
    state,
    people,
    appId,
    introspect,
    now,
    onMessage: signIns.onMessage,
    audience: botFramework,
    ...(options.isCounting
      ? { slowDown: createLimits(now), slowReactions: createLimits(now, REACTIONS) }
      : {}),
  });
  const metadata = metadataOf(server.url, botFramework);
  const keys = signer.publicKeys.keys.map((key) => ({ ...key, endorsements: ['msteams', 'webchat'] }));

  handle = (request) => {
    if (request.method === 'GET' && request.path === METADATA_PATH) return { status: 200, body: metadata };
    if (request.method === 'GET' && request.path === '/v1/.well-known/keys')
      return { status: 200, body: { keys } };
    return connector(request);
  };
  return {
    ...createTeamsClient({ state, delivery, envelope, now }),
    ...createCardActions({ state, signIns }),
    ...createDialogs({ state, people, delivery, envelope, tenantId, tokenFor, now }),
    ...delivery,
    state,
    serviceUrl,
    metadataUrl: `${server.url}${METADATA_PATH}`,
    url: server.url,
    close: server.close,
  };
}

const metadataOf = (url: string, issuer: string): Json => ({
  issuer,
  authorization_endpoint: `${url}/no-authorization-here`,
  jwks_uri: `${url}/v1/.well-known/keys`,
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
});

/** So many in so many milliseconds. */
type Limit = readonly [count: number, ms: number];

/** What Teams takes from one bot in one chat or channel. */
const MESSAGES: readonly Limit[] = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
];
/** How many reactions it takes. */
const REACTIONS: readonly Limit[] = [[2, 1_000]];

/**
 * Counts what arrives. Answers how many seconds a bot should wait that has sent too much there, null where it is within
 * the limits; what is refused counts too. `now` in milliseconds.
 */
function createLimits(now: () => number, limits = MESSAGES): (conversationId: string) => number | null {
  const arrivals = new Map<string, number[]>();
  return (conversationId) => {
    const id = conversationId.split(';')[0] ?? '';
    const at = now();
    const all = [...(arrivals.get(id) ?? []), at].filter((other) => at - other < 3_600_000);
    arrivals.set(id, all);
    const broken = limits.find(([count, ms]) => all.filter((other) => at - other < ms).length > count);
    return broken ? Math.ceil(broken[1] / 1_000) : null;
  };
}
