import { type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { createAppTokens } from './auth/app-tokens.ts';
import { Connector } from './auth/connector.ts';
import { type BotIdentity, createIdentity } from './auth/credential.ts';
import { createGraphTokens } from './auth/graph-tokens.ts';
import { type ChannelClaims, createGuard } from './auth/guard.ts';
import { createTenants } from './auth/openid.ts';
import { adminConsentUrl, createConsentPages, startUrl } from './auth/pages.ts';
import { addressKey } from './auth/signed-address.ts';
import { createSsoCheck } from './auth/sso.ts';
import { createBot } from './bot.ts';
import { createCalendarLinks } from './calendar-links.ts';
import type { Config } from './config.ts';
import { createGraphClient } from './graph/client.ts';
import { createOnlineMeetings } from './graph/online-meetings.ts';
import { optionsIn } from './graph/option-table.ts';
import type { Access } from './handle/caller.ts';
import type { Services } from './handle/services.ts';
import { createTenantLimit } from './handle/tenant-limit.ts';
import { createPace, NO_PACE } from './pace/pace.ts';
import { createServer, type MessageAnswer } from './server.ts';
import { openStore } from './store/open.ts';
import type { Telemetry } from './telemetry.ts';
import { ActivityShape } from './turn.ts';

type AppDependencies = { telemetry: Telemetry; teamsJs: string; version: string };

/** The bot as one process runs it, begun but not listening yet. */
export type App = {
  /** Resolves with the port, once requests are taken. `/readyz` follows when the channel's keys are there. */
  listen(): Promise<number>;
  /** Is not ready any more, serves what still comes for a moment, finishes what runs, and lets go of the store. */
  close(): Promise<void>;
};

/** Less than the 15 s after which Teams delivers again, with room for two messages. */
const GRAPH_BUDGET_MS = 9_000;
const SWEEP_MS = 10 * 60_000;
const RETRY_MS = 2_000;
/** Whoever spreads requests over replicas learns some seconds late that one of them is going. */
const STILL_SERVING_MS = 5_000;

/** Puts the parts together; the only place where they meet. Nothing is listening yet. */
export async function createApp(
  config: Config,
  { telemetry, teamsJs, version }: AppDependencies,
): Promise<App> {
  const { appId, cloud, publicUrl, isLoopback } = config;
  const now = () => DateTime.utc();
  const milliseconds = () => Date.now();

  const identity = createIdentity({
    ...config,
    loginHost: cloud.loginHost,
    exchangeScope: cloud.exchangeScope,
  });
  const tenants = createTenants(cloud.loginHost);
  const guard = createGuard({
    appId,
    isLoopback,
    metadataUrl: cloud.channelMetadataUrl,
    issuer: cloud.channelIssuer,
    serviceHosts: cloud.serviceHosts,
    now: milliseconds,
  });
  const access = createAccess(config, identity, milliseconds);
  const store = await openStore(config.store, identity.asMachine, milliseconds);
  const client = createGraphClient({
    baseUrl: cloud.graphUrl,
    budgetMs: GRAPH_BUDGET_MS,
    onCall: telemetry.graph,
  });
  const consent = {
    appId,
    publicUrl,
    tenants,
    homeTenant: config.tenantId,
    allowedTenants: config.allowedTenants,
    loginHost: cloud.loginHost,
    scope: cloud.graphScope,
  };
  let calendarKey: KeyObject | null = null;
  const calendar = createCalendarLinks({
    publicUrl,
    outlookHost: cloud.outlookHost,
    key: () => calendarKey,
    now,
  });
  const checkSso = createSsoCheck({ appId, ssoResource: config.ssoResource, tenants });
  const lacks = optionsIn(cloud.lacks);
  const services: Services = {
    now,
    newId: randomUUID,
    store,
    access,
    appId,
    meetings: createOnlineMeetings({
      client,
      lacks,
      joinHosts: cloud.joinHosts,
      templates: config.templates,
    }),
    offer: { lacks, templates: [...config.templates.keys()] },
    isTokenOf: checkSso,
    signIn: {
      startUrl: (tenant, claims) => startUrl(publicUrl, tenant, claims),
      adminUrl: (tenant) => adminConsentUrl({ ...consent, tenant }),
      resource: config.ssoResource,
    },
    calendarOf: calendar.of,
    allowedTenants: config.allowedTenants,
    createLimit: config.createLimit,
    tenantLimit: createTenantLimit({ store, limit: config.tenantCreateLimit, now: milliseconds }),
  };
  const connector = new Connector({
    credential: identity.asBot,
    scope: cloud.connectorScope,
    appId,
    now: milliseconds,
  });
  const bot = createBot({
    ...{ connector, services, telemetry },
    pace: config.isPaced ? createPace(() => performance.now()) : NO_PACE,
  });

  // In the sandbox there is one replica, unless it shares its store.
  const hasOthers = !isLoopback || config.store.kind === 'azurite';
  let isOpen = false;
  let isClosing = false;

  async function receive(claims: ChannelClaims, body: object): Promise<MessageAnswer> {
    const activity = ActivityShape.safeParse(body);
    if (!guard.matches(claims, body)) return { status: 401 };
    return activity.success ? bot.run(activity.data) : { status: 400 };
  }

  const server = createServer<ChannelClaims>({
    authenticate: (authorization) => guard.verify(authorization),
    receive,
    pages: createConsentPages(consent),
    openCalendar: calendar.open,
    teamsJs,
    version,
    isSecure: publicUrl.startsWith('https:'),
    underway: bot.underway,
    isReady: async () => isOpen && !isClosing && (await isStoreReady()),
    onFault: (error) => telemetry.fault('request', null, error),
  });
  const isStoreReady = () =>
    store.check().then(
      () => true,
      () => false,
    );

  /** What must be there before anything can be served; remotes that are not there yet are asked again. */
  async function open(): Promise<void> {
    await Promise.all([
      untilDone('channel keys', () => guard.open()),
      untilDone('store', async () => {
        const kept = await store.keep('calendar key', randomBytes(32).toString('base64'));
        calendarKey = addressKey(Buffer.from(kept, 'base64'));
      }),
    ]);
    isOpen = !isClosing;
  }

  async function untilDone(where: string, work: () => Promise<void>): Promise<void> {
    while (!isClosing) {
      try {
        return await work();
      } catch (error) {
        telemetry.fault(where, null, error);
        await wait(RETRY_MS, null, { ref: false });
      }
    }
  }

  /** One replica sweeps for all. */
  async function sweep(): Promise<void> {
    const isMine = await store.claim('', 'sweep', milliseconds() + SWEEP_MS / 2);
    if (isMine) await store.sweep();
  }
  const sweeping = setInterval(
    () => void sweep().catch((error) => telemetry.fault('sweep', null, error)),
    SWEEP_MS,
  );
  sweeping.unref();

  return {
    listen: async () => {
      const port = await server.listen(config.port, config.host);
      void open();
      return port;
    },
    close: async () => {
      isClosing = true;
      clearInterval(sweeping);
      server.drain();
      // Listening still, so that /readyz can say that others must be asked.
      await Promise.all([bot.settled(), wait(hasOthers ? STILL_SERVING_MS : 0)]);
      await server.close();
      await bot.settled();
      await store.close();
    },
  };
}

function createAccess({ graphMode: mode, cloud }: Config, identity: BotIdentity, now: () => number): Access {
  return mode === 'application'
    ? { mode, tokens: createAppTokens({ ...identity, scope: cloud.graphAppScope, now }) }
    : { mode, tokens: createGraphTokens({ ...identity, scope: cloud.graphScope, now }) };
}
