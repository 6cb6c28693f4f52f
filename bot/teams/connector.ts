import { type Activity, CloudAdapter, type TurnContext } from 'botbuilder';
import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { createConversations } from './conversations.ts';

type ConnectorOptions = {
  appId: string;
  /** Whom the bot's tokens are for: the channel of its cloud. */
  audience: string;
  /** The bot's token; asked for before each request. */
  token(): Promise<string>;
};

/**
 * The way out to the channel, for callers that the guard has let in. The service address was held against the cloud's
 * allow-list before it got here.
 */
export class Connector extends BotFrameworkAuthentication {
  readonly #options: ConnectorOptions;
  // botbuilder calls no more of a client than these conversations.
  readonly #factory: ConnectorFactory = {
    create: async (serviceUrl) => {
      const authorization = async () => `Bearer ${await this.#options.token()}`;
      return {
        conversations: createConversations({ serviceUrl, authorization }),
      } as unknown as ConnectorClient;
    },
  };

  constructor(options: ConnectorOptions) {
    super();
    this.#options = options;
  }

  /** Who is speaking, for the adapter: the guard has verified it. */
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
