import { randomBytes, randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { createAppTokens } from './auth/app-tokens.ts';
import { Connector } from './auth/connector.ts';
import { type BotIdentity, createIdentity } from './auth/credential.ts';
import { createGraphTokens } from './auth/graph-tokens.ts';
import { type ChannelClaims, createGuard } from './auth/guard.ts';
import { createTenants } from './auth/openid.ts';
import { adminConsentUrl, createConsentPages } from './auth/pages.ts';
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
import { createPace, NO_PACE } from './pace/pace.ts';
import { createServer, type MessageAnswer } from './server.ts';
import { openSqlite } from './store/sqlite.ts';
import type { Telemetry } from './telemetry.ts';
import { ActivityShape } from './turn.ts';

export type AppDependencies = { telemetry: Telemetry; teamsJs: string; version: string };

export type App = {
  /** Resolves with the port, once requests are taken. `/readyz` follows when the channel's keys are there. */
  listen(): Promise<number>;
  /** Takes nothing new, finishes what runs, and lets go of the store. */
  close(): Promise<void>;
};

/** Less than the 15 s after which Teams delivers again, with room for two messages. */
const GRAPH_BUDGET_MS = 9_000;
const SWEEP_MS = 10 * 60_000;
const RETRY_KEYS_MS = 2_000;

/** Puts the parts together; the only place where they meet. Nothing is listening yet. */
export function createApp(config: Config, { telemetry, teamsJs, version }: AppDependencies): App {
  const { appId, cloud, publicUrl, isLoopback } = config;
  const now = () => DateTime.utc();
  const milliseconds = () => now().toMillis();

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
  const store = openSqlite(config.store.kind === 'memory' ? ':memory:' : config.store.path, milliseconds);
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
  let calendarKey: Buffer | null = null;
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
      startUrl: (tenant) => `${publicUrl}/auth/start?tenant=${tenant}`,
      adminUrl: (tenant) => adminConsentUrl({ ...consent, tenant }),
      resource: config.ssoResource,
    },
    calendarOf: calendar.of,
    allowedTenants: config.allowedTenants,
    createLimit: config.createLimit,
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

  let isOpen = false;
  let isClosing = false;

  async function receive(claims: ChannelClaims, body: object): Promise<MessageAnswer> {
    if (isClosing) return { status: 503 };
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
    isReady: async () => isOpen && !isClosing && (await isStoreReady()),
    onFault: (error) => telemetry.fault('request', null, error),
  });
  const isStoreReady = () =>
    store.check().then(
      () => true,
      () => false,
    );

  async function fetchKeys(): Promise<void> {
    while (!isOpen && !isClosing) {
      try {
        await guard.open();
        isOpen = true;
      } catch (error) {
        telemetry.fault('channel keys', null, error);
        await new Promise((resolve) => setTimeout(resolve, RETRY_KEYS_MS).unref());
      }
    }
  }

  const sweeping = setInterval(
    () => void store.sweep().catch((error) => telemetry.fault('sweep', null, error)),
    SWEEP_MS,
  );
  sweeping.unref();

  return {
    listen: async () => {
      const kept = await store.keep('calendar key', randomBytes(32).toString('base64'));
      calendarKey = addressKey(Buffer.from(kept, 'base64'));
      const port = await server.listen(config.port, config.host);
      void fetchKeys();
      return port;
    },
    close: async () => {
      isClosing = true;
      clearInterval(sweeping);
      // Listening still, so that /readyz can say that others must be asked.
      await bot.settled();
      await server.close();
      await store.close();
    },
  };
}

function createAccess({ graphMode: mode, cloud }: Config, identity: BotIdentity, now: () => number): Access {
  return mode === 'application'
    ? { mode, tokens: createAppTokens({ ...identity, scope: cloud.graphAppScope, now }) }
    : { mode, tokens: createGraphTokens({ ...identity, scope: cloud.graphScope, now }) };
}
