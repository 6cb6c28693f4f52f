import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Channel, createChannel } from './channel.ts';
import { RESOURCES } from './clouds.ts';
import { createEntra, type Entra } from './entra.ts';
import { createFaults, type Faults } from './faults.ts';
import { BOARD_TEMPLATE, createGraph, type Graph } from './graph.ts';
import { createPage, type Page } from './page/server.ts';
import { CONTOSO, PEOPLE, type Person } from './people.ts';
import { createSwitches } from './switches.ts';
import { createTls } from './tls.ts';

/** What differs from a sandbox in which everything is in order. */
export type StandInsOptions = {
  /** Who lives in the sandbox; copies are used, so that licences and policies can be changed. */
  people?: readonly Person[];
  /** Which of Microsoft's clouds all of this is; default the global one. */
  cloud?: 'global' | 'gcch' | 'dod';
  /** 0 or absent: a free port is chosen. */
  pagePort?: number;
  /** True: the channel refuses a bot that sends more into one conversation than Teams takes. */
  isCounting?: boolean;
  /** False: no page; PUBLIC_URL is then an address where nothing listens. */
  withPage?: boolean;
};

/** Everything of Microsoft's that the bot meets, on loopback. */
export type StandIns = {
  entra: Entra;
  channel: Channel;
  graph: Graph;
  faults: Faults;
  people: readonly Person[];
  page: Page | null;
  app: { id: string; secret: string };
  /** The whole environment of a bot that listens on this port; `more` replaces or adds. */
  botEnv(port: number, more?: Record<string, string>): Record<string, string>;
  /** Tells the channel and the page where the bot listens. */
  connect(botUrl: string): void;
  close(): Promise<void>;
};

/** Where nothing listens: for runs without a page. */
const NOWHERE = 'http://127.0.0.1:9';

/** Starts Entra, the Teams channel, Graph and the page on loopback, knowing of each other. */
export async function startStandIns(options: StandInsOptions = {}): Promise<StandIns> {
  const people = (options.people ?? PEOPLE).map((person) => ({
    ...person,
    licence: { ...person.licence },
    policy: { ...person.policy },
  }));
  const app = { id: randomUUID(), secret: `sandbox-${randomUUID()}` };
  const ssoResource = `api://botid-${app.id}`;
  const { cloud = 'global' } = options;
  const faults = createFaults();
  const [tls, folder] = await Promise.all([createTls(), mkdtemp(join(tmpdir(), 'parley-sandbox-'))]);
  const authority = join(folder, 'authority.pem');
  await writeFile(authority, tls.caPem);

  const entra = await createEntra({
    tls,
    people,
    faults,
    tenantId: CONTOSO.id,
    app: {
      ...app,
      ssoResource,
      name: 'Parley',
      permissions: ['OnlineMeetings.ReadWrite', 'Calendars.ReadWrite'],
    },
    resources: RESOURCES[cloud],
  });
  const channel = await createChannel({
    people,
    faults,
    ssoResource,
    tenantId: CONTOSO.id,
    appId: app.id,
    botFramework: RESOURCES[cloud].bot,
    introspect: async (token) => {
      const found = await entra.introspect(token);
      return found.ok ? found.claims : null;
    },
    tokenFor: (person) => entra.ssoToken(person),
    ...(options.isCounting ? { isCounting: true } : {}),
  });
  const graph = await createGraph({ entra, people, faults, cloud });
  const closeBehind = async () => {
    await Promise.all([channel.close(), graph.close(), entra.close()]);
    await rm(folder, { recursive: true, force: true });
  };
  const page = await openPage().catch(async (error: unknown) => {
    await closeBehind();
    throw error;
  });
  const publicUrl = page?.url ?? NOWHERE;
  entra.registerRedirectUri(`${publicUrl}/auth/end`);

  function openPage(): Promise<Page | null> {
    if (options.withPage === false) return Promise.resolve(null);
    const switches = createSwitches({ entra, graph, channel, faults, people });
    return createPage({
      channel,
      people,
      tenantId: CONTOSO.id,
      graph,
      port: options.pagePort ?? 0,
      switches,
    });
  }

  return {
    entra,
    channel,
    graph,
    faults,
    people,
    page,
    app,
    botEnv: (botPort, more = {}) => ({
      HOST: '127.0.0.1',
      PORT: String(botPort),
      PUBLIC_URL: publicUrl,
      BOT_APP_ID: app.id,
      BOT_TENANT_ID: CONTOSO.id,
      BOT_CLIENT_SECRET: app.secret,
      AUTHORITY_HOST: entra.authorityHost,
      CHANNEL_OPENID_METADATA: channel.metadataUrl,
      GRAPH_BASE_URL: graph.url,
      CLOUD: cloud,
      MEETING_TEMPLATES: `Board=${BOARD_TEMPLATE}`,
      STORE: 'memory:',
      LOG_LEVEL: 'info',
      NODE_EXTRA_CA_CERTS: authority,
      ...more,
    }),
    connect: (botUrl) => {
      channel.connect(`${botUrl}/api/messages`);
      page?.connect(botUrl);
    },
    close: async () => {
      await page?.close();
      await closeBehind();
    },
  };
}
