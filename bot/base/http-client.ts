import { type IncomingHttpHeaders, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { memo } from './cache.ts';

type Outgoing = {
  method: string;
  /** http or https, without a fragment. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
  /** Milliseconds within which the whole answer must be here. */
  patience: number;
};

/** Ten times the largest answer that is expected. */
export const MOST_BYTES = 4 * 1024 * 1024;

/** An answer, whatever its status. The text of one that is longer than `MOST_BYTES` is not read, and empty. */
export type Incoming = { status: number; headers: IncomingHttpHeaders; text: string };

/**
 * One request, on a connection that Node keeps for the next: a fetch takes several times the processor time. Follows no
 * redirection and tries nothing twice. Rejects with Node's error where no whole answer came, and with an error named
 * TimeoutError where it did not come in time; `isUnheard` says that the server cannot have read it to its end.
 */
export function send({ method, url, headers, body, patience }: Outgoing): Promise<Incoming> {
  return new Promise((resolve, reject) => {
    const { origin, over, hostname, port } = serverOf(url);
    // Encoded once: a text would be measured, and encoded again into what is sent.
    const content = body === undefined ? undefined : Buffer.from(body);
    const length = content && { 'Content-Length': content.length };
    const path = url.slice(origin.length);
    const outgoing = over(
      { hostname, port, path, method, headers: { ...headers, ...length } },
      (incoming) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const answer = (text: string) => {
          clearTimeout(timer);
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        };
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= MOST_BYTES) return void chunks.push(chunk);
          answer('');
          incoming.destroy();
        });
        incoming.on('error', fail);
        incoming.on('end', () => answer(Buffer.concat(chunks).toString('utf8')));
      },
    );
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(Object.assign(error, { isUnheard: !outgoing.writableFinished }));
    };
    const timer = setTimeout(() => {
      fail(Object.assign(new Error('no answer in time'), { name: 'TimeoutError' }));
      outgoing.destroy();
    }, patience);
    outgoing.on('error', fail);
    outgoing.end(content);
  });
}

/** The JSON of an answer; undefined where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in milliseconds, from seconds or an HTTP date. Null for anything else, also where JavaScript reads a date. */
export function readRetryAfter(header: string | undefined): number | null {
  if (header === undefined) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1_000;
  const wait = header.endsWith(' GMT') ? Date.parse(header) - Date.now() : Number.NaN;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

/** Parsing a URL takes time, and there are few servers. */
const servers = memo(100, (origin) => {
  const { protocol, hostname, port } = new URL(origin);
  // A literal address of version 6 has brackets in a URL and nowhere else.
  return {
    origin,
    over: protocol === 'https:' ? overHttps : overHttp,
    hostname: hostname.replace(/[[\]]/g, ''),
    port,
  };
});

function serverOf(url: string) {
  const path = url.indexOf('/', 'https://'.length);
  return servers(path < 0 ? url : url.slice(0, path));
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True for a URL that never leaves this machine. */
export const isLoopbackUrl = (url: string): boolean =>
  URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
