import { isIP } from 'node:net';
import { connect } from 'node:tls';

/** What one check found. A sentence that is not ok says what is wrong and where to look. */
type Finding = { check: string; isOk: boolean; sentence: string };

type SmokeOptions = {
  /** Origin, without a trailing slash. */
  url: string;
  /** The version that should run there; null where any will do. */
  version: string | null;
  /** The bot's Entra application, where it should be checked. */
  appId: string | null;
};

type Check = (options: SmokeOptions) => Promise<string | Problem>;
/** Something is wrong. */
class Problem {
  readonly sentence: string;
  constructor(sentence: string) {
    this.sentence = sentence;
  }
}

const PATIENCE_MS = 10_000;
const DAY_MS = 86_400_000;
const FEW_DAYS = 14;

const CHECKS: readonly [string, Check][] = [
  ['TLS', checkTls],
  ['health', checkHealth],
  ['readiness', checkReadiness],
  ['unsigned activity', checkUnsigned],
  ['forged activity', checkForged],
  ['sign-in page', checkSignIn],
  ['pages', checkPages],
];

/** Looks at a running bot from outside, as Teams would. Each finding is told as soon as it is there. */
export async function smoke(options: SmokeOptions, tell: (finding: Finding) => void): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [check, look] of CHECKS) {
    const found = await look(options).catch((error: unknown) => new Problem(`no answer: ${why(error)}`));
    const finding =
      found instanceof Problem
        ? { check, isOk: false, sentence: found.sentence }
        : { check, isOk: true, sentence: found };
    findings.push(finding);
    tell(finding);
  }
  return findings;
}

async function checkTls({ url }: SmokeOptions): Promise<string | Problem> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol === 'http:') return 'not checked: plain http, on this machine only';
  const certificate = await new Promise<{ valid_to: string }>((resolve, reject) => {
    // Teams' connector was seen to speak no more than 1.2.
    const socket = connect(
      // An IP address is no name of a server, and Node warns of one.
      {
        host: hostname,
        port: Number(port || 443),
        servername: isIP(hostname) ? '' : hostname,
        maxVersion: 'TLSv1.2',
      },
      () => {
        resolve(socket.getPeerCertificate());
        socket.end();
      },
    );
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('timeout')));
    socket.on('error', reject);
  });
  const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / DAY_MS);
  if (days < FEW_DAYS) return new Problem(`the certificate runs out in ${days} days; renew it.`);
  return `the certificate is trusted and good for ${days} days; TLS 1.2 is spoken`;
}

async function checkHealth({ url, version }: SmokeOptions): Promise<string | Problem> {
  const response = await get(`${url}/healthz`);
  const body = await readJson(response);
  if (response.status !== 200 || body.status !== 'alive')
    return new Problem(
      `/healthz answers ${response.status}: this is not Parley, or something stands before it.`,
    );
  const running = String(body.version ?? 'unknown');
  if (version !== null && running !== version)
    return new Problem(`version ${running} runs there, not ${version}: the new image is not in use yet.`);
  return `alive, version ${running}`;
}

async function checkReadiness({ url }: SmokeOptions): Promise<string | Problem> {
  const { status } = await get(`${url}/readyz`);
  if (status === 200) return 'ready';
  return new Problem(
    `/readyz answers ${status}: the bot runs but cannot serve. It cannot open its store, or not fetch the channel's signing keys; the log says which (event "fault").`,
  );
}

const ACTIVITY = JSON.stringify({ type: 'message', id: '1', text: 'hi', channelId: 'msteams' });

async function checkUnsigned({ url }: SmokeOptions): Promise<string | Problem> {
  return refusal(await post(`${url}/api/messages`, {}), 'without a signature');
}

async function checkForged({ url }: SmokeOptions): Promise<string | Problem> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: 'https://api.botframework.com', aud: 'anybody', exp: 4_102_444_800 };
  const Authorization = `Bearer ${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
  return refusal(await post(`${url}/api/messages`, { Authorization }), 'with a forged signature');
}

function refusal({ status }: Response, how: string): string | Problem {
  if (status === 401) return `an activity ${how} is refused (401)`;
  if (status === 404)
    return new Problem('/api/messages is not there (404): something stands before the bot.');
  if (status >= 200 && status < 300)
    return new Problem(
      `an activity ${how} was taken (${status}). Stop this deployment: anybody can act through it.`,
    );
  return new Problem(`an activity ${how} should be refused with 401, but the answer is ${status}.`);
}

async function checkSignIn({ url, appId }: SmokeOptions): Promise<string | Problem> {
  const response = await get(`${url}/auth/start`);
  const target = response.headers.get('location');
  if (response.status !== 302 || target === null)
    return new Problem(
      `/auth/start answers ${response.status} instead of leading to Entra: the bot cannot reach the login host, or BOT_TENANT_ID is not among ALLOWED_TENANTS.`,
    );
  const { host, searchParams } = new URL(target);
  const back = new URL(searchParams.get('redirect_uri') ?? 'about:blank').origin;
  // On one's own machine the sandbox's page stands between.
  if (back !== url && new URL(url).protocol === 'https:')
    return new Problem(`sign-in would come back to ${back}: PUBLIC_URL should be ${url}.`);
  const client = searchParams.get('client_id');
  if (appId !== null && client !== appId)
    return new Problem(`sign-in names the application ${client}: BOT_APP_ID should be ${appId}.`);
  return `leads to ${host} and back to ${back}`;
}

async function checkPages({ url }: SmokeOptions): Promise<string | Problem> {
  for (const path of ['/auth/end', '/auth/teams.js', '/auth/end.js', '/auth/page.css']) {
    const { status } = await get(url + path);
    if (status !== 200)
      return new Problem(
        `${path} answers ${status}: people cannot finish signing in. Deploy all files of the build.`,
      );
  }
  for (const path of ['/privacy', '/terms']) {
    const { status } = await get(url + path);
    if (status !== 200)
      return new Problem(`${path} answers ${status}: the Teams app may point people there.`);
  }
  return 'the pages on which people agree are there, and those on privacy and terms';
}

const request = (url: string, init: RequestInit) =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS), ...init });
const get = (url: string) => request(url, {});
const post = (url: string, headers: Record<string, string>) =>
  request(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: ACTIVITY,
  });

async function readJson(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

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

/** In words, from the innermost cause that has a name. */
function why(error: unknown): string {
  if (!(error instanceof Error)) return 'the reason is unknown.';
  if (error.cause instanceof Error) return why(error.cause);
  const code = 'code' in error ? String(error.code) : error.name;
  return REASONS[code] ?? `${code === 'Error' ? error.message : code}.`;
}
