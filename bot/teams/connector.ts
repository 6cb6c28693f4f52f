import type { TokenCredential } from '@azure/identity';
import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { type Ask, createTokenCache } from '../auth/token-cache.ts';
import type { TokenError } from '../auth/token-error.ts';
import { ChannelError, createConversations } from './conversations.ts';

/**
 * The way out to the channel, for callers that the guard has let in. The service address was held against the cloud's
 * allow-list before it got here.
 */
export class Connector extends BotFrameworkAuthentication {
  readonly #credential: TokenCredential;
  readonly #scope: string;
  readonly #audience: string;
  readonly #appId: string;
  /** Asking the credential for it costs more than everything else about a request, and may never end. */
  readonly #tokens: ReturnType<typeof createTokenCache>;
  // botbuilder calls no more of a client than these conversations.
  readonly #factory: ConnectorFactory = {
    create: async (serviceUrl) => {
      const conversations = createConversations({ serviceUrl, authorization: () => this.#authorization() });
      return { conversations } as unknown as ConnectorClient;
    },
  };

  /** `now` answers epoch milliseconds. */
  constructor(options: { credential: TokenCredential; scope: string; appId: string; now(): number }) {
    super();
    this.#credential = options.credential;
    this.#scope = options.scope;
    this.#audience = options.scope.replace(/\/\.default$/, '');
    this.#appId = options.appId;
    this.#tokens = createTokenCache(options);
  }

  /** Who is speaking, for the adapter: the guard has verified it. */
  admitted(serviceUrl: string): AuthenticateRequestResult {
    const claimsIdentity = new ClaimsIdentity(
      [
        { type: 'aud', value: this.#appId },
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
    return this.#audience;
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

  async #authorization(): Promise<string> {
    const ask: Ask = (options) => this.#credential.getToken(this.#scope, options);
    const token =
      this.#tokens.at(this.#scope)?.token ?? (await this.#tokens.fetch(this.#scope, ask).catch(refuse));
    return `Bearer ${token}`;
  }
}

/** Where Entra said no, the channel would, too; where Entra is away or busy, it may be there a little later. */
function refuse(error: TokenError): never {
  throw new ChannelError(error.failure === 'unavailable' ? 0 : 401, null, error);
}

/** Sign-in is Teams' single sign-on, so the Bot Framework token service is never asked. */
const NO_TOKEN_SERVICE = new Proxy({} as UserTokenClient, {
  get: (_target, name) => {
    if (name === 'then') return undefined;
    throw new Error('Parley does not use the Bot Framework token service.');
  },
});
