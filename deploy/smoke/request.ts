/** How long any answer may take. */
export const PATIENCE_MS = 10_000;

const request = (url: string, init: RequestInit) =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS), ...init });

/** GET; redirects are answers like any other. */
export const get = (url: string): Promise<Response> => request(url, {});

/** POST of JSON. */
export const post = (url: string, headers: Record<string, string>, body: string): Promise<Response> =>
  request(url, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body });

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host; check the address and its DNS entry.',
  EAI_AGAIN: 'the name of the host cannot be looked up from here.',
  ECONNREFUSED: 'nothing listens there.',
  ECONNRESET: 'the connection was cut.',
  TimeoutError: 'nothing came within 10 seconds.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate signed itself; Teams accepts only a trusted one.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'nobody trusts the authority of the certificate; Teams accepts only a trusted one.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate does not come with its chain, or nobody trusts it.',
  CERT_HAS_EXPIRED: 'the certificate has run out.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host.',
};

/** Why no answer came, in words: from the innermost cause that has a name. */
export function why(error: unknown): string {
  if (!(error instanceof Error)) return 'the reason is unknown.';
  if (error.cause instanceof Error) return why(error.cause);
  const code = 'code' in error ? String(error.code) : error.name;
  return REASONS[code] ?? `${code === 'Error' ? error.message : code}.`;
}
