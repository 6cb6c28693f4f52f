import { readClaims } from '../base/claims-challenge.ts';

/** Why Entra gave no Graph token. */
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

/** Entra gave no token, and `failure` says what would help. */
export class TokenError extends Error {
  readonly failure: TokenFailure;
  /** Entra's AADSTS number, for the log. */
  readonly code: number | null;
  /** With `interaction`: what Entra wants to see on its sign-in page, as JSON; null where consent alone is missing. */
  readonly claims: string | null;
  constructor(failure: TokenFailure, code: number | null, cause: unknown, claims: string | null = null) {
    super(`no Graph token: ${failure}`, { cause });
    this.name = 'TokenError';
    this.failure = failure;
    this.code = code;
    this.claims = claims;
  }
}

// Entra's numbers: 65001 no consent, 65004 declined, 50076/50079/50158 second factor or conditional access,
// 90094/90008 only an administrator may agree, 500133/50013 assertion expired or not good, 70021/70021x no federated
// credential that fits, 7000215/7000222/700027 the bot's secret or certificate, 7000112/7000229 switched off or not there,
// 90002 no such tenant.
const INTERACTION = new Set([65001, 65004, 50076, 50079, 50158, 50074, 53003, 16000]);
const ADMIN = new Set([90094, 90093, 90008]);
const EXPIRED = new Set([500133, 50013, 700082]);
const MISCONFIGURED = new Set([
  7000215, 7000222, 700016, 700027, 70021, 700211, 700212, 700213, 7000112, 7000229, 7000218, 90002, 650057,
  500011,
]);

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
  return new TokenError(failure, Number.isNaN(code) ? null : code, error, readClaims(read(cause, 'claims')));
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
