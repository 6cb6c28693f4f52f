import { CLOUDS, type Cloud } from './cloud.ts';
import type { Environment, Variable } from './environment.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True for a URL or host that never leaves this machine. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}

const OVERRIDES = [
  'AUTHORITY_HOST',
  'CHANNEL_OPENID_METADATA',
  'TOKEN_SERVICE_URL',
  'GRAPH_BASE_URL',
] as const;

/** Whether there are stand-ins for Microsoft's hosts: the sandbox and the tests. */
export const hasOverrides = ({ read }: Environment): boolean => OVERRIDES.some((name) => read(name) !== '');

/** The cloud's hosts; the stand-ins', where they are named: all of them, and on this machine. */
export function readCloud(env: Environment): Cloud {
  const { read, fail } = env;
  const name = read('CLOUD').toLowerCase() || 'global';
  if (name === 'china') {
    fail(
      'CLOUD',
      'is china, but Microsoft Graph has no online meetings in the China cloud, so Parley cannot work there.',
    );
  } else if (!Object.hasOwn(CLOUDS, name)) {
    fail('CLOUD', 'must be one of global (which is for GCC, too), gcch, dod.');
  }
  const cloud = CLOUDS[name as Cloud['name']] ?? CLOUDS.global;
  return hasOverrides(env) ? { ...cloud, ...readOverrides(env) } : cloud;
}

function readOverrides({
  read,
  fail,
}: Environment): Pick<Cloud, 'loginHost' | 'channelMetadataUrl' | 'graphUrl'> {
  const given = OVERRIDES.find((name) => read(name) !== '');
  for (const name of OVERRIDES) {
    if (read(name) === '') fail(name, `is not set, but ${given} is; the four overrides belong together.`);
    else if (!isLoopbackUrl(read(name)))
      fail(name, 'must point to this machine (localhost); leave it out elsewhere.');
  }
  const url = (name: Variable) => read(name).replace(/\/+$/, '');
  return {
    loginHost: url('AUTHORITY_HOST'),
    channelMetadataUrl: url('CHANNEL_OPENID_METADATA'),
    graphUrl: url('GRAPH_BASE_URL').replace(/\/v1\.0$/, ''),
  };
}

/** The origin under which Teams' clients reach the bot, without a trailing slash. */
export function readPublicUrl(env: Environment): string {
  const { read, fail } = env;
  const value = read('PUBLIC_URL').replace(/\/+$/, '');
  if (value === '') {
    if (hasOverrides(env)) return `http://localhost:${read('PORT') || 3978}`;
    fail('PUBLIC_URL', 'is not set: it is the https address under which Teams reaches the bot.');
  } else if (!URL.canParse(value) || new URL(value).origin !== value) {
    fail('PUBLIC_URL', 'must be an origin such as https://parley.contoso.com, without a path.');
  } else if (new URL(value).protocol !== 'https:' && !isLoopbackUrl(value)) {
    fail('PUBLIC_URL', 'must begin with https://.');
  }
  return value;
}
