const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The bot's origin as it was given, without a trailing slash; or what is wrong with it, in a sentence. */
export function readOrigin(text: string): { url: string } | { problem: string } {
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
export function readWait(text: string): number | null {
  const seconds = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return seconds <= MOST_SECONDS ? seconds * 1000 : null;
}

/** Prints and ends: help to the standard output, anything else to the standard error. */
export function stop(text: string, code: number): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}
