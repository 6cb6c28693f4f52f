import { type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { TokenCredential } from '@azure/identity';
import { createReadiness, warmUp } from './app/readiness.ts';
import { createScheduler, type Scheduler } from './app/scheduler.ts';
import { createAppTokens, createGraphTokens } from './auth/access-tokens.ts';
import { adminConsentUrl, createConsentPages, startUrl } from './auth/consent-pages.ts';
import { type BotIdentity, createIdentity, loadCredentials } from './auth/credential.ts';
import { scopesOf } from './auth/scopes.ts';
import { createSsoCheck } from './auth/sso.ts';
import { TokenError } from './auth/token-error.ts';
import { utcClock } from './base/date-time.ts';
import { createTenants, type OpenId } from './base/openid.ts';
import { addressKey, createCalendarLinks } from './calendar/links.ts';
import type { Config } from './config.ts';
import { createGraphClient } from './graph/client.ts';
import { createCalendar } from './graph/events.ts';
import { createOnlineMeetings } from './graph/online-meetings.ts';
import { rememberShown } from './handle/cards/present.ts';
import { doDue } from './handle/existing/do-due.ts';
import { NotNow } from './handle/existing/view-card.ts';
import { handle, redraw } from './handle/handle.ts';
import { createTenantLimit } from './handle/once/create-limit.ts';
import { finishAll, giveBack, StoreFailed } from './handle/once/once.ts';
import { isRefused, noteRefusal } from './handle/refused-capabilities.ts';
import { moveRequests } from './handle/request.ts';
import type { Services } from './handle/services.ts';
import { languageOf } from './language/languages.ts';
import { optionsIn } from './meeting/options.ts';
import { createServer } from './server.ts';
import { openStore, startSweeping } from './store/open.ts';
import type { Store } from './store/store.ts';
import { ActivityShape } from './teams/activity.ts';
import { createBot } from './teams/bot.ts';
import { ChannelError, ConnectorAdapter } from './teams/connector.ts';
import { type ChannelClaims, createGuard, isServiceUrl } from './teams/guard.ts';
import type { TurnHandler } from './teams/outcome.ts';
import { createPace, NO_PACE } from './teams/pace.ts';
import { createWriter, type Writer } from './teams/proactive-messages.ts';
import type { HttpAnswer } from './teams/response.ts';
import type { Telemetry } from './telemetry.ts';

type AppDependencies = { telemetry: Telemetry; teamsJs: string; version: string };

/** The bot as one process runs it. */
export type App = {
  /** Accepts requests from now on, and resolves with the port. `/readyz` answers 200 once the channel's keys are fetched. */
  listen(): Promise<number>;
  /** Reports that it is not ready, serves requests for some more seconds, waits for running turns and closes the store. */
  close(): Promise<void>;
  /** The credential of the machine it runs on, for Azure's own services. */
  machine: TokenCredential;
};

/** A load balancer needs some seconds to notice that a replica is shutting down. */
const STILL_SERVING_MS = 5_000;

/** Puts the parts together; they meet nowhere else. The app listens only after `listen`. */
export async function createApp(
  config: Config,
  { telemetry, teamsJs, version }: AppDependencies,
): Promise<App> {
  const { appId, cloud, publicUrl, isLoopback } = config;
  const { loginHost } = cloud;
  const identity = createIdentity({ ...config, loginHost, exchangeScope: cloud.exchangeScope });
  const tenants = createTenants(loginHost);
  const store = await openStore(config.store, identity.asMachine, Date.now);

  const now = utcClock(Date.now);
  let calendarKey: KeyObject | null = null;
  const calendar = createCalendarLinks({
    publicUrl,
    outlookHost: cloud.outlookHost,
    key: () => calendarKey,
    now,
  });
  const services = createServices(config, {
    ...{ now, identity, tenants, store, telemetry },
    calendarOf: calendar.of,
    entryAt: calendar.entryAt,
  });
  const token = createChannelToken(identity.asBot, cloud.connectorScope, Date.now);
  const pace = config.isPaced ? createPace(() => performance.now()) : NO_PACE;
  const adapter = new ConnectorAdapter({ token });
  const bot = createBot({
    adapter,
    handler: createTurnHandler(services),
    ...{ telemetry, pace, teamsHost: cloud.teamsHost, now, newId: services.newId },
  });
  const scheduler = createDueScheduler(services, {
    writer: createWriter({
      ...{ adapter, pace, now },
      isServiceUrl: (url) => isServiceUrl(url, { isLoopback, serviceHosts: cloud.serviceHosts }),
    }),
    telemetry,
  });

  const guard = createGuard({
    appId,
    isLoopback,
    metadataUrl: cloud.channelMetadataUrl,
    issuer: cloud.channelIssuer,
    serviceHosts: cloud.serviceHosts,
    now: Date.now,
  });
  async function receive(claims: ChannelClaims, body: object): Promise<HttpAnswer> {
    const activity = ActivityShape.safeParse(body);
    if (!guard.matches(claims, body)) return { status: 401 };
    return activity.success ? bot.run(activity.data) : { status: 400 };
  }

  const readiness = createReadiness(
    {
      'channel keys': () => guard.open(),
      store: async () => {
        const kept = await store.keep('calendar key', randomBytes(32).toString('base64'));
        calendarKey = addressKey(Buffer.from(kept, 'base64'));
      },
    },
    { store, telemetry },
  );
  const stopSweeping = startSweeping(store, (error) => telemetry.fault('sweep', null, error));

  const server = createServer({
    authenticate: async (authorization) => {
      const claims = await guard.verify(authorization);
      return claims && ((body) => receive(claims, body));
    },
    pages: createConsentPages({
      ...{ appId, publicUrl, loginHost, tenants },
      homeTenant: config.tenantId,
      allowedTenants: config.allowedTenants,
      scopes: scopesOf(cloud, config.isCalendarUsed),
    }),
    openCalendar: calendar.open,
    teamsJs,
    // Meetings are joined where Teams' clients are.
    frameHosts: isLoopback
      ? ["'self'"]
      : cloud.joinHosts.flatMap((host) => [`https://${host}`, `https://*.${host}`]),
    version,
    isSecure: publicUrl.startsWith('https:'),
    underway: bot.underway,
    isReady: readiness.isReady,
    onOverload: () =>
      telemetry.turn({
        ...{ reference: services.newId(), turn: 'ignored', outcome: 'overload' },
        ...{ place: '', tenant: '', milliseconds: 0 },
      }),
    onFault: (error) => telemetry.fault('request', null, error),
  });

  // In the sandbox there is one replica, unless it shares its store.
  const hasOthers = !isLoopback || config.store.kind === 'azurite';

  return {
    machine: identity.asMachine,
    listen: async () => {
      const port = await server.listen(config.port, config.host);
      void readiness.open().then(() => {
        scheduler.start();
        // English is asked of everybody's messages; another language takes eight megabytes, and may never be written here.
        return warmUp([loadCredentials, () => languageOf('en')]);
      });
      return port;
    },
    close: async () => {
      readiness.close();
      stopSweeping();
      server.drain();
      // Listening still, so that /readyz can say that others must be asked.
      await Promise.all([bot.settled(), scheduler.stop(), wait(hasOthers ? STILL_SERVING_MS : 0)]);
      await server.close();
      await bot.settled();
      await store.close();
    },
  };
}

/** Less than the 15 s after which Teams delivers again, with room for two messages. */
const GRAPH_BUDGET_MS = 9_000;

type Parts = Pick<Services, 'now' | 'calendarOf' | 'entryAt'> & {
  identity: BotIdentity;
  tenants(tenant: string): Promise<OpenId>;
  store: Store;
  telemetry: Telemetry;
};

/** The services that handlers of a turn use, in this configuration. */
function createServices(config: Config, parts: Parts): Services {
  const { appId, cloud, publicUrl, ssoResource, templates, labels, graphMode: mode } = config;
  const { now, identity, tenants, store, calendarOf, entryAt, telemetry } = parts;
  const lacks = optionsIn(cloud.lacks);
  const scopes = scopesOf(cloud, config.isCalendarUsed);
  const limit = { store, limit: config.tenantCreateLimit, now: Date.now };
  const client = createGraphClient({
    baseUrl: cloud.graphUrl,
    budgetMs: GRAPH_BUDGET_MS,
    onCall: telemetry.graph,
  });
  return {
    now,
    newId: randomUUID,
    store,
    access:
      mode === 'application'
        ? { mode, tokens: createAppTokens({ ...identity, scope: cloud.graphAppScope, now: Date.now }) }
        : { mode, tokens: createGraphTokens({ ...identity, scopes, now: Date.now }) },
    appId,
    meetings: createOnlineMeetings({ client, lacks, joinHosts: cloud.joinHosts, templates, labels }),
    calendar: config.isCalendarUsed ? createCalendar({ client, joinHosts: cloud.joinHosts }) : null,
    offer: { lacks, templates: [...templates.keys()], labels: [...labels.keys()] },
    isTokenOf: createSsoCheck({ appId, ssoResource, tenants }),
    signIn: {
      startUrl: (tenant, wish) => startUrl(publicUrl, tenant, wish),
      adminUrl: (tenant) => adminConsentUrl({ appId, publicUrl, loginHost: cloud.loginHost, tenant }),
      dialogUrl: (id) => `${publicUrl}/auth/dialog?id=${encodeURIComponent(id)}`,
      resource: ssoResource,
    },
    calendarOf,
    entryAt,
    teamsHost: cloud.teamsHost,
    allowedTenants: config.allowedTenants,
    createLimit: config.createLimit,
    tenantLimit: createTenantLimit({ key: 'made', ...limit }),
    reminderLimit: createTenantLimit({ key: 'reminded', ...limit }),
  };
}

/** The scheduler that does what is due with these services. */
function createDueScheduler(
  services: Services,
  { writer, telemetry }: { writer: Writer; telemetry: Telemetry },
): Scheduler {
  const { store, newId } = services;
  return createScheduler({
    store,
    now: Date.now,
    onFault: (error) => telemetry.fault('due', null, error),
    work: async (due) => {
      const reference = newId();
      const started = performance.now();
      const outcome = await doDue(due, { services, writer, reference });
      const milliseconds = Math.round(performance.now() - started);
      telemetry.turn({ reference, turn: 'due', outcome, place: '', tenant: due.tenant, milliseconds });
      return outcome !== 'later';
    },
  });
}

/** The turn handler that works with these services. */
function createTurnHandler(services: Services): TurnHandler {
  return {
    handle: (turn, { channel, reference }) => handle(turn, services, channel, reference),
    redraw: (outdated, turn, { channel, reference }) =>
      redraw(outdated, turn, { services, channel, reference }),
    remember: (turn, reply, place) => rememberShown(turn, reply, place, services),
    finish: (turn, done) => finishAll(done, turn, services),
    giveBack: (turn) => giveBack(turn, services),
    isRefused: (turn, capability) => isRefused(turn, capability, services),
    noteRefusal: (turn, capability) => noteRefusal(turn, capability, services),
    moveRequests: (turn, conversation) => moveRequests(turn, conversation, services),
    isPassing: (error) => error instanceof StoreFailed || error instanceof NotNow,
  };
}

/**
 * The bot's own token for the channel. Where Entra refuses it, the channel would refuse the bot, too; where Entra is
 * away or busy, it may answer a little later. Rejects with ChannelError.
 */
export function createChannelToken(
  credential: TokenCredential,
  scope: string,
  now: () => number,
): () => Promise<string> {
  const tokens = createAppTokens({ asApplication: () => credential, scope, now });
  return () =>
    tokens.token('').catch((error: unknown) => {
      const isUnavailable = error instanceof TokenError && error.failure === 'unavailable';
      throw new ChannelError(isUnavailable ? 0 : 401, null, error);
    });
}
