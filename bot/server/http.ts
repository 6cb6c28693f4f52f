import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Response } from 'restify';

/** Why a body was refused, as an HTTP status. */
export class BodyError extends Error {
  readonly status: 400 | 413 | 415;
  constructor(status: 400 | 413 | 415) {
    super(`body refused with ${status}`);
    this.name = 'BodyError';
    this.status = status;
  }
}

type BodyLimits = { bytes: number; depth: number };

/**
 * Reads a JSON object from a request. Takes no compressed bodies (19 KB inflate past any limit), stops reading at the
 * limit, and refuses nesting that would make everything after it slow. Throws BodyError.
 */
export async function readJson(request: IncomingMessage, limits: BodyLimits): Promise<object> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new BodyError(415);
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw new BodyError(413);
  const text = await readText(request, limits.bytes);
  if (isDeep(text, limits.depth)) throw new BodyError(400);
  return parseObject(text);
}

/** Listens instead of iterating, which takes twice as long. Nothing more is read after the limit, nor after an error. */
function readText(request: IncomingMessage, most: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= most) return;
      request.pause();
      reject(new BodyError(413));
    });
    request.on('error', reject);
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('close', () => reject(new BodyError(400)));
  });
}

function parseObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BodyError(400);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BodyError(400);
  return value;
}

/** Counts brackets outside strings, before anything is built from them. */
function isDeep(text: string, most: number): boolean {
  let depth = 0;
  let isString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (isString) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) isString = false;
    } else if (code === 0x22) isString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}

/** What every answer says to browsers; `isSecure`: it goes out by https, and for a year browsers ask by nothing else. */
export function secure(response: ServerResponse, isSecure: boolean): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (isSecure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}

/** An answer without a body. */
export function end(response: Response, status: number): void {
  response.writeHead(status);
  response.end();
}

/** An answer without a reason, after which nothing more of the request is read. */
export function refuse(response: Response, status: number): void {
  response.setHeader('Connection', 'close');
  end(response, status);
}

/**
 * Text of this media type, in UTF-8. What is the same for everyone comes as bytes: however many do not read their
 * answer, it is held once.
 */
export function write(response: Response, status: number, type: string, content: string | Buffer): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Content-Length', Buffer.byteLength(content));
  response.writeHead(status);
  response.end(content);
}

/** What programs read. */
export function json(response: Response, status: number, body: object): void {
  write(response, status, 'application/json', JSON.stringify(body));
}

const CONTENT_POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'",
  // These do not follow the default.
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
].join('; ');

/** A page of ours: it loads nothing from elsewhere, and is not kept. */
export function html(response: Response, status: number, content: string | Buffer): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Content-Security-Policy', CONTENT_POLICY);
  write(response, status, 'text/html', content);
}

/** What our pages load; browsers keep it for an hour. */
export function asset(response: Response, type: string, content: Buffer): void {
  response.setHeader('Cache-Control', 'public, max-age=3600');
  write(response, 200, type, content);
}
