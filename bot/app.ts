import { type KeyObject, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { TokenCredential } from '@azure/identity';
import {
  createChannelToken,
  createDueScheduler,
  createServices,
  createTurnHandler,
} from './app/create-services.ts';
import { createReadiness, warmUp } from './app/readiness.ts';
import { createConsentPages } from './auth/consent-pages.ts';
import { createIdentity, loadCredentials } from './auth/credential.ts';
import { scopesOf } from './auth/scopes.ts';
import { utcClock } from './base/date-time.ts';
import { createTenants } from './base/openid.ts';
import { addressKey, createCalendarLinks } from './calendar/links.ts';
import type { Config } from './config.ts';
import { languageOf } from './language/languages.ts';
import type { MessageAnswer } from './server/routes.ts';
import { createServer } from './server.ts';
import { openStore, startSweeping } from './store/open.ts';
import { ActivityShape } from './teams/activity.ts';
import { createBot } from './teams/bot.ts';
import { ConnectorAdapter } from './teams/connector.ts';
import { type ChannelClaims, createGuard, isServiceUrl } from './teams/guard.ts';
import { createPace, NO_PACE } from './teams/pace.ts';
import { createWriter } from './teams/proactive-messages.ts';
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
  const bot = createBot({
    adapter: new ConnectorAdapter({ token }),
    handler: createTurnHandler(services),
    ...{ telemetry, pace, teamsHost: cloud.teamsHost, now, newId: services.newId },
  });
  const scheduler = createDueScheduler(services, {
    writer: createWriter({
      ...{ token, pace, now },
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
  async function receive(claims: ChannelClaims, body: object): Promise<MessageAnswer> {
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

  const server = createServer<ChannelClaims>({
    authenticate: (authorization) => guard.verify(authorization),
    receive,
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
