import type { ServerResponse } from 'node:http';
import type { Response } from 'restify';

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
