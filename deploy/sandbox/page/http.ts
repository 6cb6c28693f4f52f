import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { isRecord } from '../channel/cards.ts';
import { readBody } from '../serve.ts';

const MOST_BYTES = 256 * 1024;
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; connect-src 'self'; frame-src 'self'; form-action 'none'; frame-ancestors 'none'";

/** Hands a request on to the bot, as the tunnel in front of a developer's bot would. */
export function relay(request: IncomingMessage, response: ServerResponse, botUrl: string | null): void {
  if (!botUrl) {
    json(response, 502, { error: 'The bot is not running.' });
    return;
  }
  const onward = forward(new URL(request.url ?? '/', botUrl), {
    method: request.method,
    headers: request.headers,
  });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => {
    if (!response.headersSent) json(response, 502, { error: 'The bot does not answer.' });
  });
  request.pipe(onward);
}

/** Only the page itself may send deeds: another site cannot set this content type without asking first. */
export async function readJson(request: IncomingMessage, origin: string): Promise<Record<string, unknown>> {
  if (request.headers['content-type'] !== 'application/json') throw new Error('JSON is expected here.');
  if ((request.headers.origin ?? origin) !== origin) throw new Error('Only the page itself may ask this.');
  const body: unknown = JSON.parse(await readBody(request, MOST_BYTES));
  if (!isRecord(body)) throw new Error('A JSON object is expected here.');
  return body;
}

/** Sends the browser elsewhere. */
export function redirect(response: ServerResponse, to: string): void {
  response.writeHead(302, { Location: to }).end();
}

/** One of the page's own files. */
export function send(response: ServerResponse, type: string, content: string): void {
  response.writeHead(200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  response.end(content);
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: object | string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(JSON.stringify(body));
}
