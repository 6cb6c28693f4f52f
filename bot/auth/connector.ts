import type { TokenCredential } from '@azure/identity';
import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';

// Stock clients wait a minute; Teams asks again after 15 s.
const TIMEOUT_MS = 10_000;
const MOST_CLIENTS = 32;
const MARGIN_MS = 5 * 60_000;

/**
 * The way out to the channel, for callers that the guard has let in. One client per service address, so that
 * connections and tokens are kept; the address was held against the cloud's allow-list before it got here.
 */
export class Connector extends BotFrameworkAuthentication {
  readonly #clients = new Map<string, ConnectorClient>();
  readonly #credential: TokenCredential;
  readonly #scope: string;
  readonly #appId: string;
  readonly #now: () => number;
  /** Kept here because asking the credential for it costs more than everything else about a request. */
  #token = { value: '', until: 0 };

  /** `now` answers epoch milliseconds. */
  constructor(options: { credential: TokenCredential; scope: string; appId: string; now(): number }) {
    super();
    this.#credential = options.credential;
    this.#scope = options.scope;
    this.#appId = options.appId;
    this.#now = options.now;
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
    return this.#scope.replace(/\/\.default$/, '');
  }

  override createConnectorFactory(): ConnectorFactory {
    const clientFor = (serviceUrl: string) => this.#clientFor(serviceUrl);
    return new (class extends ConnectorFactory {
      override create = async (serviceUrl: string) => clientFor(serviceUrl);
    })();
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

  #clientFor(serviceUrl: string): ConnectorClient {
    const known = this.#clients.get(serviceUrl);
    if (known) return known;
    if (this.#clients.size >= MOST_CLIENTS) this.#clients.clear();
    const client = new ConnectorClient({ signRequest: async (request) => this.#sign(request) }, {
      baseUri: serviceUrl,
      requestTimeout: TIMEOUT_MS,
      userAgent: 'parley',
    } as object);
    this.#clients.set(serviceUrl, client);
    return client;
  }

  async #sign<T extends { headers: { set(name: string, value: string): void } }>(request: T): Promise<T> {
    if (this.#token.until < this.#now()) {
      const token = await this.#credential.getToken(this.#scope);
      this.#token = { value: token?.token ?? '', until: (token?.expiresOnTimestamp ?? 0) - MARGIN_MS };
    }
    request.headers.set('authorization', `Bearer ${this.#token.value}`);
    return request;
  }
}

/** Sign-in is Teams' single sign-on, so the Bot Framework token service is never asked. */
const NO_TOKEN_SERVICE = new Proxy({} as UserTokenClient, {
  get: (_target, name) => {
    if (name === 'then') return undefined;
    throw new Error('Parley does not use the Bot Framework token service.');
  },
});
