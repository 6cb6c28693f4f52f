import about from '../../package.json' with { type: 'json' };
import { stop } from '../command-line.ts';
import type { SmokeOptions } from './checks.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The bot's origin as it was given, without a trailing slash; or what is wrong with it, in a sentence. */
function readOrigin(text: string): { url: string } | { problem: string } {
  const url = text.trim().replace(/\/+$/, '');
  if (url === '') return { problem: 'Which bot? Give --url or set PUBLIC_URL.' };
  if (!URL.canParse(url) || new URL(url).origin !== url)
    return { problem: '--url must be an origin such as https://parley.contoso.com, without a path.' };
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !LOOPBACK.includes(hostname))
    return { problem: '--url must begin with https://; plain http is for a bot on this machine.' };
  return { url };
}

const MOST_SECONDS = 3_600;

/** `--wait` in milliseconds, or null where it is no number of seconds up to an hour. */
function readWait(text: string): number | null {
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return seconds <= MOST_SECONDS ? seconds * 1000 : null;
}

const text = { type: 'string' } as const;

/** The options that say which bot is looked at. */
export const BOT_OPTIONS = {
  url: text,
  'app-id': text,
  version: { ...text, default: about.version },
  wait: { ...text, default: '0' },
} as const;

type BotValues = { url?: string; 'app-id'?: string; version: string; wait: string };

/** Which bot is looked at, and for how many milliseconds it is waited for. Ends the program where that is not clear. */
export function readBot(help: string, values: BotValues): SmokeOptions & { patience: number } {
  const origin = readOrigin(values.url ?? process.env.PUBLIC_URL ?? '');
  if ('problem' in origin) return stop(`${origin.problem}\n\n${help}`, 2);
  const patience = readWait(values.wait);
  if (patience === null) return stop(`--wait must be a number of seconds, 3600 at most.\n\n${help}`, 2);
  const appId = (values['app-id'] ?? process.env.BOT_APP_ID ?? '').toLowerCase() || null;
  return { url: origin.url, appId, version: values.version === 'any' ? null : values.version, patience };
}
