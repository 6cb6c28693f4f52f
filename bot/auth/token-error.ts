import { readClaims } from '../base/openid.ts';

/** Why Entra gave no Graph token. */
export type TokenFailure =
  /** The person must agree first, sign in anew or show a second factor: the sign-in button helps. */
  | 'interaction'
  /** A rule of the organisation stands against it: the sign-in button may help, and otherwise an administrator. */
  | 'conditionalAccess'
  /** The account is switched off, locked or not assigned to the app: only an administrator can change that. */
  | 'notAllowed'
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

/** Whether the person can do something about it on Entra's sign-in page. */
export const isInPersonsHands = ({ failure, claims }: TokenError): boolean =>
  claims !== null || failure === 'interaction' || failure === 'conditionalAccess';

// Entra's numbers: 65001 no consent, 65004 declined, 50076/50079/50158 second factor, 5005x/50132/50133/50144/50173/7004x
// password changed or session over, 5300x conditional access, 50034/50053/50057/50105/51004 no such account, locked,
// switched off, not assigned,
// 90094/90008 only an administrator may agree, 500133/50013 assertion expired or not good, 70021/70021x no federated
// credential that fits, 7000215/7000222/700027 the bot's secret or certificate, 7000112/7000229 switched off or not there,
// 90002 no such tenant.
const NUMBERS: Readonly<Record<Exclude<TokenFailure, 'unavailable'>, readonly number[]>> = {
  interaction: [
    65001, 65004, 50076, 50079, 50158, 50074, 16000, 50055, 50078, 50089, 50097, 50132, 50133, 50144, 50173,
    70008, 70043, 70044,
  ],
  conditionalAccess: [53000, 53001, 53002, 53003, 53004, 53009, 530032],
  notAllowed: [50020, 50034, 50053, 50057, 50105, 50177, 51004, 500571],
  adminConsent: [90094, 90093, 90008],
  expired: [500133, 50013, 700082],
  misconfigured: [
    7000215, 7000222, 700016, 700027, 70021, 700211, 700212, 700213, 7000112, 7000229, 7000218, 90002, 650057,
    500011,
  ],
};
const FAILURES = Object.keys(NUMBERS) as (keyof typeof NUMBERS)[];
/** Where one of these stands, it does not matter what else Entra says. */
const FINAL: readonly (TokenFailure | undefined)[] = ['adminConsent', 'notAllowed', 'conditionalAccess'];

/** @azure/identity calls nearly everything AuthenticationRequiredError, so the number inside decides, never the text. */
export function toTokenError(error: unknown): TokenError {
  const cause = read(error, 'cause') ?? error;
  const code = Number(read(cause, 'errorNo') ?? Number.NaN);
  const claims = read(cause, 'claims');
  const known = FAILURES.find((failure) => NUMBERS[failure].includes(code));
  const isAsked = claims || read(cause, 'subError') === 'consent_required';
  const failure = isAsked && !FINAL.includes(known) ? 'interaction' : (known ?? 'unavailable');
  return new TokenError(failure, Number.isNaN(code) ? null : code, error, readClaims(claims));
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
