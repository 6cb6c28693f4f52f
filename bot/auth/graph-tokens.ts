import type { TokenCredential } from '@azure/identity';

/** Why Entra gave no Graph token for a person. */
export type TokenFailure =
  /** The person must agree first, or show a second factor: the sign-in button helps. */
  | 'interaction'
  /** Only an administrator can agree. */
  | 'adminConsent'
  /** What Teams handed over is too old: asking Teams again helps. */
  | 'expired'
  /** Entra does not know or believe the bot: the administrator's configuration. */
  | 'misconfigured'
  | 'unavailable';

export class TokenError extends Error {
  readonly failure: TokenFailure;
  /** Entra's AADSTS number, for the log. */
  readonly code: number | null;
  constructor(failure: TokenFailure, code: number | null, cause: unknown) {
    super(`no Graph token: ${failure}`, { cause });
    this.name = 'TokenError';
    this.failure = failure;
    this.code = code;
  }
}

type Owner = { tenant: string; user: string };

/** Graph tokens of people, in memory only, by tenant and user. */
export type GraphTokens = {
  /** The token at hand, if it is good for a few more minutes. */
  cached(owner: Owner): string | null;
  /**
   * Exchanges the verified token of this person; once for all who ask at the same time. Throws TokenError, at the
   * latest after eight seconds.
   */
  exchange(owner: Owner, assertion: string): Promise<string>;
  /** Forgets the person's token, and the one that may be on its way. */
  drop(owner: Owner): void;
};

export type GraphTokenOptions = {
  asPerson(tenant: string, assertion: string): TokenCredential;
  scope: string;
  /** Epoch milliseconds. */
  now(): number;
};

const MARGIN_MS = 5 * 60_000;
const MOST = 20_000;
/** Whoever waits for an answer in Teams waits little longer. */
const PATIENCE_MS = 8_000;

/** A cache for the tokens of many people. OnBehalfOfCredential itself shares nothing between instances. */
export function createGraphTokens(options: GraphTokenOptions): GraphTokens {
  const held = new Map<string, { token: string; until: number }>();
  const underway = new Map<string, Promise<string>>();
  const keyOf = (owner: Owner) => `${owner.tenant}/${owner.user}`;

  async function ask(owner: Owner, assertion: string, isWanted: () => boolean): Promise<string> {
    try {
      const answer = await within(PATIENCE_MS, (abortSignal) =>
        options.asPerson(owner.tenant, assertion).getToken(options.scope, { abortSignal }),
      );
      if (answer === null) throw new TokenError('unavailable', null, null);
      const entry = { token: answer.token, until: answer.expiresOnTimestamp - MARGIN_MS };
      if (isWanted()) hold(keyOf(owner), entry);
      return answer.token;
    } catch (error) {
      throw error instanceof TokenError ? error : toTokenError(error);
    }
  }

  function hold(key: string, entry: { token: string; until: number }): void {
    held.delete(key);
    held.set(key, entry);
    for (const [oldest, { until }] of held) {
      if (held.size <= MOST && until > options.now()) break;
      held.delete(oldest);
    }
  }

  return {
    cached: (owner) => {
      const entry = held.get(keyOf(owner));
      return entry !== undefined && entry.until > options.now() ? entry.token : null;
    },
    exchange: (owner, assertion) => {
      const key = keyOf(owner);
      const found = underway.get(key);
      if (found) return found;
      const isMine = () => underway.get(key) === asked;
      const asked: Promise<string> = ask(owner, assertion, isMine).finally(
        () => void (isMine() && underway.delete(key)),
      );
      underway.set(key, asked);
      return asked;
    },
    drop: (owner) => {
      held.delete(keyOf(owner));
      underway.delete(keyOf(owner));
    },
  };
}

/** The credential need not heed the signal; nobody waits for it any longer. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    controller.abort();
    reject(new TokenError('unavailable', null, null));
  }, ms);
  try {
    return await Promise.race([work(controller.signal), promise]);
  } finally {
    clearTimeout(timer);
  }
}

// Entra's numbers: 65001 no consent, 65004 declined, 50076/50079/50158 second factor or conditional access,
// 90094/90008 only an administrator may agree, 500133/50013 assertion expired or not good, 70002x/7000222 the bot's own credential.
const INTERACTION = new Set([65001, 65004, 50076, 50079, 50158, 50074, 53003, 16000]);
const ADMIN = new Set([90094, 90093, 90008]);
const EXPIRED = new Set([500133, 50013, 700082]);
const MISCONFIGURED = new Set([7000215, 7000222, 700016, 700027, 70021, 700213, 650057, 500011]);

/** @azure/identity calls nearly everything AuthenticationRequiredError, so the number inside decides, never the text. */
export function toTokenError(error: unknown): TokenError {
  const cause = read(error, 'cause') ?? error;
  const code = Number(read(cause, 'errorNo') ?? Number.NaN);
  const has = (set: ReadonlySet<number>) => set.has(code);
  const failure: TokenFailure = has(ADMIN)
    ? 'adminConsent'
    : has(INTERACTION) || read(cause, 'claims') || read(cause, 'subError') === 'consent_required'
      ? 'interaction'
      : has(EXPIRED)
        ? 'expired'
        : has(MISCONFIGURED)
          ? 'misconfigured'
          : 'unavailable';
  return new TokenError(failure, Number.isNaN(code) ? null : code, error);
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
