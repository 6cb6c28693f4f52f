import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Change } from '../channel/model.ts';
import type { Channel } from '../channel.ts';
import type { Person } from '../people.ts';
import { bundlePage } from './bundle.ts';
import { perform } from './deeds.ts';
import { json, readJson, redirect, relay, send } from './http.ts';
import type { Boot, Controls, Holdings, PageEvent } from './shapes.ts';
import { conversationsOf, messageView, personView } from './view.ts';

type PageOptions = {
  channel: Channel;
  people: readonly Person[];
  tenantId: string;
  holdings(): Holdings;
  /** Change what `holdings` shows. */
  controls: Controls;
  port?: number;
};

/** The page as a server on loopback. */
export type Page = {
  /** The origin that Teams' clients would reach: the page itself, and what the bot serves to browsers behind it. PUBLIC_URL. */
  url: string;
  port: number;
  /** Where the bot listens: its origin. */
  connect(botUrl: string): void;
  close(): Promise<void>;
};

/** What the bot serves to browsers. */
const RELAYED = ['/auth/', '/calendar/'];

/** The page that looks like Teams, with its live updates. Listens on loopback and answers only under its own name. */
export async function createPage(options: PageOptions): Promise<Page> {
  const assets = await bundlePage();
  const streams = new Set<ServerResponse>();
  let botUrl: string | null = null;

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else json(response, 400, { error: error instanceof Error ? error.message : String(error) });
    });
  });
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host = '' } = request.headers;
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    if (host === `localhost:${port}`) return redirect(response, `${url}${request.url}`);
    if (host !== `127.0.0.1:${port}`) return json(response, 421, { error: 'Not a name of this page.' });
    if (RELAYED.some((path) => pathname.startsWith(path))) return relay(request, response, botUrl);
    const asset = request.method === 'GET' ? assets.get(pathname) : undefined;
    if (asset) return send(response, asset.type, asset.content);
    switch (`${request.method} ${pathname}`) {
      case 'GET /api/boot':
        return json(response, 200, boot(searchParams.get('as')));
      case 'GET /api/events':
        return stream(response, personBy(searchParams.get('as')));
      case 'GET /api/holdings':
        return json(response, 200, options.holdings());
    }
    if (request.method === 'POST' && pathname.startsWith('/api/')) {
      const deed = await readJson(request, url);
      const name = pathname.slice('/api/'.length);
      const control = options.controls.get(name);
      if (control) {
        control(deed);
        return json(response, 200, {});
      }
      const done = await perform(options, personBy(deed.as), name, deed);
      return json(response, done ? 200 : 404, done ?? {});
    }
    return json(response, 404, { error: `Nothing at ${pathname}` });
  }

  const personBy = (oid: unknown): Person => {
    const person = options.people.find((candidate) => candidate.oid === oid);
    if (!person) throw new Error('Nobody of that id lives in the sandbox.');
    return person;
  };

  const boot = (oid: string | null): Boot => ({
    people: options.people.map((person) => personView(person, options.tenantId)),
    conversations: oid ? conversationsOf(options.channel, options.people, personBy(oid)) : [],
  });

  function stream(response: ServerResponse, viewer: Person): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': hello\n\n');
    streams.add(response);
    const unwatch = options.channel.state.watch((change) => {
      const event = toEvent(options, change, viewer);
      if (event) response.write(`data: ${JSON.stringify(event)}\n\n`);
    });
    response.on('close', () => {
      unwatch();
      streams.delete(response);
    });
  }

  return {
    url,
    port,
    connect: (next) => {
      botUrl = next;
    },
    close: () =>
      new Promise((resolve) => {
        for (const response of streams) response.end();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function toEvent({ channel, people }: PageOptions, change: Change, viewer: Person): PageEvent | null {
  if (change.kind === 'cleared') return change;
  const id = change.kind === 'typing' ? change.conversationId : change.message.conversationId;
  if (!channel.state.conversation(id)?.members.includes(viewer.oid)) return null;
  return change.kind === 'typing'
    ? { kind: 'typing', conversation: id, thread: change.thread }
    : { kind: 'message', message: messageView(channel, people, change.message, viewer) };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
