import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:tls';
import { type Finding, type Found, well, wrong } from './finding.ts';
import { get, PATIENCE_MS, post, why } from './request.ts';
import { readSignIn } from './sign-in.ts';

/** The bot that is looked at. */
export type SmokeOptions = {
  /** Origin, without a trailing slash. */
  url: string;
  /** The version that should run there; null where any will do. */
  version: string | null;
  /** The bot's Entra application, where it should be checked. */
  appId: string | null;
};

type Check = (options: SmokeOptions) => Promise<Found>;

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
    const found = await look(options).catch((error: unknown) => wrong(`no answer: ${why(error)}`));
    const finding = { check, ...found };
    findings.push(finding);
    tell(finding);
  }
  return findings;
}

const LOOK_EVERY_MS = 3_000;

/** Waits until the bot is ready in the version that should run, or until the time is over: then the checks say why. */
export async function waitUntilReady(options: SmokeOptions, milliseconds: number): Promise<void> {
  const isWell = async (look: Check) =>
    (await look(options).catch((): Found => wrong('no answer'))).kind === 'well';
  const until = performance.now() + milliseconds;
  while (performance.now() < until && !((await isWell(checkHealth)) && (await isWell(checkReadiness))))
    await wait(LOOK_EVERY_MS);
}

async function checkTls({ url }: SmokeOptions): Promise<Found> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol === 'http:') return well('not checked: plain http, on this machine only');
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
  if (days < FEW_DAYS) return wrong(`the certificate runs out in ${days} days; renew it.`);
  return well(`the certificate is trusted and good for ${days} days; TLS 1.2 is spoken`);
}

async function checkHealth({ url, version }: SmokeOptions): Promise<Found> {
  const response = await get(`${url}/healthz`);
  const body = await readJson(response);
  if (response.status !== 200 || body.status !== 'alive')
    return wrong(`/healthz answers ${response.status}: this is not Parley, or something stands before it.`);
  const running = String(body.version ?? 'unknown');
  if (version !== null && running !== version)
    return wrong(`version ${running} runs there, not ${version}: the new image is not in use yet.`);
  return well(`alive, version ${running}`);
}

async function checkReadiness({ url }: SmokeOptions): Promise<Found> {
  const { status } = await get(`${url}/readyz`);
  if (status === 200) return well('ready');
  return wrong(
    `/readyz answers ${status}: the bot runs but cannot serve. It cannot open its store, or not fetch the channel's signing keys; the log says which (event "fault").`,
  );
}

const ACTIVITY = JSON.stringify({ type: 'message', id: '1', text: 'hi', channelId: 'msteams' });

async function checkUnsigned({ url }: SmokeOptions): Promise<Found> {
  return refusal(await post(`${url}/api/messages`, {}, ACTIVITY), 'without a signature');
}

async function checkForged({ url }: SmokeOptions): Promise<Found> {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: 'https://api.botframework.com', aud: 'anybody', exp: 4_102_444_800 };
  const Authorization = `Bearer ${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
  return refusal(await post(`${url}/api/messages`, { Authorization }, ACTIVITY), 'with a forged signature');
}

function refusal({ status }: Response, how: string): Found {
  if (status === 401) return well(`an activity ${how} is refused (401)`);
  if (status === 404) return wrong('/api/messages is not there (404): something stands before the bot.');
  if (status >= 200 && status < 300)
    return wrong(
      `an activity ${how} was taken (${status}). Stop this deployment: anybody can act through it.`,
    );
  return wrong(`an activity ${how} should be refused with 401, but the answer is ${status}.`);
}

async function checkSignIn({ url, appId }: SmokeOptions): Promise<Found> {
  const found = await readSignIn(url);
  if ('status' in found)
    return wrong(
      `/auth/start answers ${found.status} instead of leading to Entra: the bot cannot reach the login host, or BOT_TENANT_ID is not among ALLOWED_TENANTS.`,
    );
  const { loginHost, comesBackTo, appId: client } = found;
  // On one's own machine the sandbox's page stands between.
  if (comesBackTo !== url && new URL(url).protocol === 'https:')
    return wrong(`sign-in would come back to ${comesBackTo}: PUBLIC_URL should be ${url}.`);
  if (appId !== null && client !== appId)
    return wrong(`sign-in names the application ${client}: BOT_APP_ID should be ${appId}.`);
  return well(`leads to ${new URL(loginHost).host} and back to ${comesBackTo}`);
}

async function checkPages({ url }: SmokeOptions): Promise<Found> {
  for (const path of [
    '/auth/end',
    '/auth/dialog',
    '/auth/teams.js',
    '/auth/end.js',
    '/auth/dialog.js',
    '/auth/page.css',
  ]) {
    const { status } = await get(url + path);
    if (status !== 200)
      return wrong(
        `${path} answers ${status}: people cannot finish signing in. Deploy all files of the build.`,
      );
  }
  for (const path of ['/privacy', '/terms']) {
    const { status } = await get(url + path);
    if (status !== 200) return wrong(`${path} answers ${status}: the Teams app may point people there.`);
  }
  return well('the pages on which people agree are there, and those on privacy and terms');
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
