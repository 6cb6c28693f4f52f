import { type IncomingHttpHeaders, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';

export type Outgoing = {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
  /** Milliseconds within which the whole answer must be here. */
  patience: number;
};

/** An answer, whatever its status. */
export type Incoming = { status: number; headers: IncomingHttpHeaders; text: string };

/**
 * One request, on a connection that Node keeps for the next: a fetch takes several times the processor time. Follows no
 * redirection and tries nothing twice. Rejects with Node's error where no whole answer came, and with an error named
 * TimeoutError where it did not come in time.
 */
export function send({ method, url, headers, body, patience }: Outgoing): Promise<Incoming> {
  const { promise, resolve, reject } = Promise.withResolvers<Incoming>();
  const over = url.startsWith('https:') ? overHttps : overHttp;
  const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
  const outgoing = over(url, { method, headers: { ...headers, ...length } }, (incoming) => {
    let text = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (chunk: string) => {
      text += chunk;
    });
    incoming.on('error', reject);
    incoming.once('end', () =>
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }),
    );
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  const timer = setTimeout(() => {
    reject(tooLate());
    outgoing.destroy();
  }, patience);
  return promise.finally(() => clearTimeout(timer));
}

function tooLate(): Error {
  return Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
}
