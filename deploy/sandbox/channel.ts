import { type CardActions, createCardActions } from './channel/card-actions.ts';
import { createConnector } from './channel/connector.ts';
import { createDelivery, type Delivery } from './channel/delivery.ts';
import { createDialogs, type Dialogs } from './channel/dialogs.ts';
import { createLimits, REACTIONS } from './channel/limits.ts';
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
