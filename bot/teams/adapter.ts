import { type Activity, CloudAdapter, type TeamsChannelAccount, TeamsInfo, TurnContext } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { toName } from '../base/safe-text.ts';
import { ChannelError, type Conversations, createConversations } from './connector-client.ts';
import type { Channel, Member } from './turn-handler.ts';

type ConnectorOptions = {
  appId: string;
  /** Whom the bot's tokens are for: the channel of its cloud. */
  audience: string;
  /** The bot's token; asked for before each request. */
  token(): Promise<string>;
};

/**
 * The SDK's connection to the channel, for activities that the guard has accepted. The guard has checked the service address
 * against the cloud's allow-list.
 */
export class Connector extends BotFrameworkAuthentication {
  readonly #options: ConnectorOptions;
  // botbuilder calls no more of a client than these conversations.
  readonly #factory: ConnectorFactory = {
    create: async (serviceUrl) =>
      ({ conversations: this.conversations(serviceUrl) }) as unknown as ConnectorClient,
  };

  constructor(options: ConnectorOptions) {
    super();
    this.#options = options;
  }

  /** The conversations at this service address, for what botbuilder has no method for. */
  conversations(serviceUrl: string): Conversations {
    const authorization = async () => `Bearer ${await this.#options.token()}`;
    return createConversations({ serviceUrl, authorization });
  }

  /** The identity of the channel, for the adapter; the guard has verified it. */
  admitted(serviceUrl: string): AuthenticateRequestResult {
    const claimsIdentity = new ClaimsIdentity(
      [
        { type: 'aud', value: this.#options.appId },
        { type: 'serviceurl', value: serviceUrl },
      ],
      true,
    );
    return {
      audience: this.getOriginatingAudience(),
      claimsIdentity,
      connectorFactory: this.createConnectorFactory(),
    };
  }

  override getOriginatingAudience(): string {
    return this.#options.audience;
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#factory;
  }

  override createUserTokenClient(): Promise<UserTokenClient> {
    return Promise.resolve(NO_TOKEN_SERVICE);
  }

  override authenticateRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Error('Activities come through the guard.'));
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Error('Parley takes no streaming connections.'));
  }
}

/** Sign-in is Teams' single sign-on, so the Bot Framework token service is never asked. */
const NO_TOKEN_SERVICE = new Proxy({} as UserTokenClient, {
  get: (_target, name) => {
    if (name === 'then') return undefined;
    throw new Error('Parley does not use the Bot Framework token service.');
  },
});

/** The SDK's adapter for activities whose sender the guard has verified: it verifies nothing itself. */
export class AdmittingAdapter extends CloudAdapter {
  readonly #connector: Connector;
  constructor(connector: Connector) {
    super(connector);
    this.#connector = connector;
  }
  async admit(activity: Activity, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.processActivity(this.#connector.admitted(activity.serviceUrl), activity, logic);
  }
}

/** How many members are searched for a name; asking for more would take too long. */
const MOST_MEMBERS = 200;

/** The members of this turn's conversation, each of this tenant or a foreign one. */
export function channelOf(context: TurnContext, tenant: string): Channel {
  return {
    of: (conversation) => channelOf(inConversation(context, conversation), tenant),
    member: async (teamsId) => {
      try {
        return toMember(await TeamsInfo.getMember(context, teamsId), tenant);
      } catch (error) {
        if (isRefused(error)) return null;
        throw error;
      }
    },
    roster: async () => {
      try {
        const { members } = await TeamsInfo.getPagedMembers(context, MOST_MEMBERS);
        return members.map((member) => toMember(member, tenant)).filter((member) => member !== null);
      } catch (error) {
        if (isRefused(error)) return [];
        throw error;
      }
    },
  };
}

/** The turn as if it were in another conversation, for who asks for its members. */
function inConversation(context: TurnContext, id: string): TurnContext {
  const { channelData: _, ...activity } = context.activity;
  const conversation = { ...activity.conversation, id: id.split(';', 1)[0] ?? id };
  const other = new TurnContext(context.adapter, { ...activity, conversation } as Activity);
  for (const [key, value] of context.turnState) other.turnState.set(key, value);
  return other;
}

function toMember(account: TeamsChannelAccount, tenant: string): Member | null {
  const { id, aadObjectId, userPrincipalName, name, tenantId } = account;
  if (!aadObjectId || !userPrincipalName) return null;
  const isForeign = Boolean(tenantId) && tenantId?.toLowerCase() !== tenant;
  return {
    ...{ kind: 'member', id: aadObjectId, upn: userPrincipalName, name: toName(name ?? ''), teamsId: id },
    ...(isForeign && { isForeign }),
  };
}

/** Whether the channel does not know a person, or does not answer now. They are named on the card and not invited. */
const isRefused = (error: unknown) => error instanceof ChannelError;
