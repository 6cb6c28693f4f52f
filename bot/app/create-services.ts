import { randomUUID } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import type { DateTime } from 'luxon';
import { createAppTokens, createGraphTokens } from '../auth/access-tokens.ts';
import { adminConsentUrl, startUrl } from '../auth/consent-pages.ts';
import type { BotIdentity } from '../auth/credential.ts';
import { scopesOf } from '../auth/scopes.ts';
import { createSsoCheck } from '../auth/sso.ts';
import { TokenError } from '../auth/token-error.ts';
import type { OpenId } from '../base/openid.ts';
import type { Config } from '../config.ts';
import { createGraphClient } from '../graph/client.ts';
import { createCalendar } from '../graph/events.ts';
import { createAttendanceReports, createOnlineMeetings } from '../graph/online-meetings.ts';
import { rememberShown } from '../handle/cards/shown-cards.ts';
import { doDue } from '../handle/existing/do-due.ts';
import { NotNow } from '../handle/existing/view-card.ts';
import { handle, redraw } from '../handle/handle.ts';
import { createTenantLimit } from '../handle/once/create-limit.ts';
import { finishAll, giveBack, StoreFailed } from '../handle/once/once.ts';
import { isRefused, noteRefusal } from '../handle/refused-capabilities.ts';
import { moveRequests } from '../handle/request.ts';
import type { Access, Services } from '../handle/services.ts';
import { optionsIn } from '../meeting/options.ts';
import type { Store } from '../store/store.ts';
import { ChannelError } from '../teams/connector.ts';
import type { Writer } from '../teams/proactive-messages.ts';
import type { TurnHandler } from '../teams/turn-handler.ts';
import type { Telemetry } from '../telemetry.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

/** Less than the 15 s after which Teams delivers again, with room for two messages. */
const GRAPH_BUDGET_MS = 9_000;

type Parts = {
  now(): DateTime;
  identity: BotIdentity;
  tenants(tenant: string): Promise<OpenId>;
  store: Store;
  calendarOf: Services['calendarOf'];
  entryAt: Services['entryAt'];
  telemetry: Telemetry;
};

/** The services that handlers of a turn use, in this configuration. */
export function createServices(config: Config, parts: Parts): Services {
  const { appId, cloud, publicUrl, ssoResource, templates, labels } = config;
  const { now, identity, tenants, store, calendarOf, entryAt, telemetry } = parts;
  const lacks = optionsIn(cloud.lacks);
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
    access: createAccess(config, identity),
    appId,
    meetings: createOnlineMeetings({ client, lacks, joinHosts: cloud.joinHosts, templates, labels }),
    calendar: config.isCalendarUsed ? createCalendar({ client, joinHosts: cloud.joinHosts }) : null,
    attendance: createAttendanceReports(client),
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

function createAccess(config: Config, identity: BotIdentity): Access {
  const { graphMode: mode, cloud } = config;
  return mode === 'application'
    ? { mode, tokens: createAppTokens({ ...identity, scope: cloud.graphAppScope, now: Date.now }) }
    : {
        mode,
        tokens: createGraphTokens({
          ...identity,
          scopes: scopesOf(config.cloud, config.isCalendarUsed),
          now: Date.now,
        }),
      };
}

/** The scheduler that does what is due with these services. */
export function createDueScheduler(
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
export function createTurnHandler(services: Services): TurnHandler {
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
