import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, Faults } from './faults.ts';
import { pour } from './pour.ts';

/** One request, read to the end. */
export type Incoming = {
  method: string;
  /** Against the server's own address. */
  url: URL;
  /** Still percent-encoded. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
};

/** What goes back; a string body is sent as it is, anything else as JSON. */
export type Answer = { status: number; headers?: Record<string, string>; body?: unknown };

/** A certificate for the stand-ins and the authority that signed it; all PEM. */
export type Tls = { caPem: string; key: string; cert: string };

/** A server that listens on loopback. */
export type Serving = { url: string; port: number; close(): Promise<void> };

type ServeOptions = {
  /** Name by which faults find this server. */
  service: string;
  handle(request: Incoming): Promise<Answer> | Answer;
  faults?: Faults;
  /** The body of a `status` fault that brings none. */
  faultBody?(status: number, request: Incoming): unknown;
  /** Told of every request; `answer` is null where none is sent. */
  onAnswer?(request: Incoming, answer: Answer | null, fault: Fault | null): void;
  /** https with this certificate, under the name `localhost`. */
  tls?: Tls;
  /** 0 or absent: a free port is chosen. */
  port?: number;
};

const LIMIT = 4 * 1024 * 1024;

/** Listens on 127.0.0.1 until closed. A handler that throws is a bug of the stand-in: 500 with its message. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    converse(request, response, options).catch((error: unknown) => {
      if (!response.headersSent)
        send(response, { status: 500, body: `Stand-in ${options.service}: ${error}` });
    });
  };
  const server = options.tls
    ? createSecureServer({ key: options.tls.key, cert: options.tls.cert }, listener)
    : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: options.tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function converse(request: IncomingMessage, response: ServerResponse, options: ServeOptions) {
  const incoming = await read(request, options.tls ? 'https' : 'http');
  const { service } = options;
  const fault = options.faults?.take({ service, method: incoming.method, path: incoming.path }) ?? null;
  const isLost = fault?.kind === 'hang' || (fault?.kind === 'drop' && fault.when === 'before');
  if (isLost) options.onAnswer?.(incoming, null, fault);
  if (isLost && fault.kind === 'drop') request.socket.destroy();
  if (isLost) return;
  if (fault?.kind === 'flood' || fault?.kind === 'trickle') {
    options.onAnswer?.(incoming, null, fault);
    return pour(response, fault);
  }
  const slow = fault?.kind === 'slow' ? fault : null;
  if (slow && slow.when !== 'after') await wait(slow.ms, undefined, { ref: false });
  const answer =
    fault?.kind === 'status' ? faultAnswer(fault, incoming, options) : await options.handle(incoming);
  options.onAnswer?.(incoming, fault?.kind === 'drop' ? null : answer, fault);
  if (slow?.when === 'after') await wait(slow.ms, undefined, { ref: false });
  if (fault?.kind === 'drop') request.socket.destroy();
  else send(response, answer);
}

/** The body of a request, read to its end. Rejects where it has more bytes than that. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw new Error(`The body has more than ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function read(request: IncomingMessage, protocol: 'http' | 'https'): Promise<Incoming> {
  const body = await readBody(request, LIMIT);
  const url = new URL(request.url ?? '/', `${protocol}://${request.headers.host ?? '127.0.0.1'}`);
  return { method: request.method ?? 'GET', url, path: url.pathname, headers: request.headers, body };
}

function faultAnswer(
  fault: Extract<Fault, { kind: 'status' }>,
  request: Incoming,
  options: ServeOptions,
): Answer {
  const headers = { ...fault.headers };
  if (fault.retryAfter !== undefined) headers['Retry-After'] = String(fault.retryAfter);
  const body = fault.body === undefined ? options.faultBody?.(fault.status, request) : fault.body;
  return { status: fault.status, headers, body };
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer) {
  const isText = typeof body === 'string';
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  if (body === undefined) response.writeHead(status, headers).end();
  else
    response
      .writeHead(status, { 'Content-Type': type, ...headers })
      .end(isText ? body : JSON.stringify(body));
}
