import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { PALETTES, type Theme } from '../../../cards/teams-look.ts';
import type { Channel } from '../channel.ts';
import type { Graph } from '../graph.ts';
import { outlookView } from '../outlook.ts';
import type { Person } from '../people.ts';
import type { createSwitches } from '../switches.ts';
import { COMMAND, perform, personOf } from './commands.ts';
import { json, readJson, redirect, relay, send } from './http.ts';
import { bootView, pageEvent } from './view.ts';

type PageOptions = {
  channel: Channel;
  people: readonly Person[];
  tenantId: string;
  graph: Graph;
  /** What the stand-ins hold, and what can be changed there. */
  switches: ReturnType<typeof createSwitches>;
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
    const viewer = searchParams.get('as') || null;
    switch (`${request.method} ${pathname}`) {
      case 'GET /api/boot':
        return json(response, 200, bootView(options, viewer === null ? null : personOf(options, viewer)));
      case 'GET /api/events':
        return stream(response, personOf(options, viewer));
      case 'GET /api/token':
        return json(response, 200, await options.channel.tokenOf(personOf(options, viewer)));
      case 'GET /api/holdings':
        return json(response, 200, options.switches.holdings());
      case 'GET /api/outlook':
        return json(response, 200, outlookView(options, personOf(options, viewer)));
      case 'POST /api/command':
        return json(response, 200, await perform(options, COMMAND.parse(await readJson(request, url))));
    }
    return json(response, 404, { error: `Nothing at ${pathname}` });
  }

  function stream(response: ServerResponse, viewer: Person): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': hello\n\n');
    streams.add(response);
    const unwatch = options.channel.state.watch((change) => {
      const event = pageEvent(options, change, viewer);
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

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** The page's files by path, each with its content type. Bundled in memory; nothing is written. */
type Assets = ReadonlyMap<string, { type: string; content: string }>;

/** Reads and bundles the page. Rejects when its sources do not compile. */
async function bundlePage(): Promise<Assets> {
  const here = import.meta.dirname;
  const [html, css, script] = await Promise.all([
    readFile(join(here, 'index.html'), 'utf8'),
    readFile(join(here, 'page.css'), 'utf8'),
    bundleScript(join(here, 'client', 'main.ts')),
  ]);
  return new Map([
    ['/', { type: 'text/html', content: html }],
    ['/page.css', { type: 'text/css', content: `${colours('light')}${colours('dark')}${css}` }],
    ['/page.js', { type: 'text/javascript', content: script }],
  ]);
}

async function bundleScript(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** The palette of the cards, as custom properties for the page around them. */
function colours(theme: Theme): string {
  const lines = Object.entries(PALETTES[theme]).map(([name, value]) => `--${name}: ${value};`);
  return `:root[data-theme='${theme}'] { color-scheme: ${theme}; ${lines.join(' ')} }\n`;
}
