import type { AccessToken, GetTokenOptions, TokenCredential, TokenCredentialOptions } from '@azure/identity';
import { MOST_BYTES } from '../base/http-client.ts';
import type { BotCredential } from '../config/values.ts';

type CredentialOptions = {
  appId: string;
  tenantId: string;
  credential: BotCredential;
  loginHost: string;
  exchangeScope: string;
  isLoopback: boolean;
};

/** The credentials with which the bot authenticates to Entra. */
export type BotIdentity = {
  /** As itself: to the connector. */
  asBot: TokenCredential;
  /** As itself in one tenant, for Graph. Each call makes a new credential, which caches no token. */
  asApplication(tenant: string): TokenCredential;
  /** For Azure's own services: the managed identity where there is one, else the bot. */
  asMachine: TokenCredential;
  /** On behalf of a person, from the token that Teams handed over. */
  asPerson(tenant: string, assertion: string): TokenCredential;
};

/** Ends an answer of Entra's that is too large: an error in `onDownloadProgress` aborts the request. */
const BOUNDED: NonNullable<TokenCredentialOptions['additionalPolicies']>[number] = {
  position: 'perRetry',
  policy: {
    name: 'bounded',
    sendRequest: (request, next) => {
      request.onDownloadProgress = ({ loadedBytes }) => {
        if (loadedBytes > MOST_BYTES) throw new Error('an answer that is too large');
      };
      return next(request);
    },
  },
};

type Library = typeof import('@azure/identity');

/** The library of Entra's credentials. It is large, and a bot is ready without it. */
export const loadCredentials = (): Promise<Library> => import('@azure/identity');

type Credential = { getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> };

/** What every credential of a person is made of, beside the bot's proof of itself. */
type PersonOptions = { tenantId: string; clientId: string; userAssertionToken: string };

/** A credential that is made when its first token is asked for. */
function whenAsked(make: (library: Library) => Credential): Credential {
  let made: Promise<Credential> | undefined;
  return {
    getToken: async (...asked) => {
      made ??= loadCredentials().then(make);
      return (await made).getToken(...asked);
    },
  };
}

/** The bot's credentials, made from a secret, a certificate or a managed identity. */
export function createIdentity(options: CredentialOptions): BotIdentity {
  const { appId, tenantId, credential } = options;
  const common = {
    authorityHost: options.loginHost,
    disableInstanceDiscovery: options.isLoopback,
    additionalPolicies: [BOUNDED],
    // The default waits 3 s on 429, longer than an invoke may take.
    retryOptions: { maxRetries: 1, retryDelayInMs: 300, maxRetryDelayInMs: 1_000 },
  };
  const identity = (
    application: (library: Library, tenant: string) => Credential,
    person: (library: Library, common: PersonOptions) => Credential,
    machine?: TokenCredential,
  ): BotIdentity => {
    const asApplication = (tenant: string) => whenAsked((library) => application(library, tenant));
    const asBot = asApplication(tenantId);
    const clientId = appId;
    return {
      ...{ asBot, asMachine: machine ?? asBot, asApplication },
      asPerson: (tenant, userAssertionToken) =>
        whenAsked((library) =>
          person(library, { ...common, tenantId: tenant, clientId, userAssertionToken }),
        ),
    };
  };
  switch (credential.kind) {
    case 'secret': {
      const clientSecret = credential.secret;
      return identity(
        (library, tenant) => new library.ClientSecretCredential(tenant, appId, clientSecret, common),
        (library, asked) => new library.OnBehalfOfCredential({ ...asked, clientSecret }),
      );
    }
    case 'certificate': {
      const certificatePath = credential.path;
      return identity(
        (library, tenant) => new library.ClientCertificateCredential(tenant, appId, certificatePath, common),
        (library, asked) => new library.OnBehalfOfCredential({ ...asked, certificatePath }),
      );
    }
    case 'managedIdentity': {
      const { clientId } = credential;
      const machine = whenAsked(
        (library) => new library.ManagedIdentityCredential({ clientId, additionalPolicies: [BOUNDED] }),
      );
      const getAssertion = async () => (await machine.getToken(options.exchangeScope)).token;
      return identity(
        (library, tenant) => new library.ClientAssertionCredential(tenant, appId, getAssertion, common),
        (library, asked) => new library.OnBehalfOfCredential({ ...asked, getAssertion }),
        machine,
      );
    }
    default:
      return credential satisfies never;
  }
}
