import type { Response } from 'restify';

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

/** Text of this media type, in UTF-8. */
export function write(response: Response, status: number, type: string, content: string): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.writeHead(status);
  response.end(content);
}

/** What programs read. */
export function json(response: Response, status: number, body: object): void {
  write(response, status, 'application/json', JSON.stringify(body));
}

/** A page of ours: it loads nothing from elsewhere, and is not kept. */
export function html(response: Response, status: number, content: string): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Content-Security-Policy', "default-src 'none'; script-src 'self'; style-src 'self'");
  write(response, status, 'text/html', content);
}

/** What our pages load; browsers keep it for an hour. */
export function asset(response: Response, type: string, content: string): void {
  response.setHeader('Cache-Control', 'public, max-age=3600');
  write(response, 200, type, content);
}
