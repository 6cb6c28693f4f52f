import type { DateTime } from 'luxon';
import type { AppTokens, GraphTokens } from '../auth/access-tokens.ts';
import type { ConsentWish } from '../auth/consent-pages.ts';
import type { Caller } from '../graph/client.ts';
import type { Calendar } from '../graph/events.ts';
import type { OnlineMeetings } from '../graph/online-meetings.ts';
import { type Due, nextDues } from '../meeting/due.ts';
import type { Meeting } from '../meeting/meeting.ts';
import type { Offer } from '../meeting/options.ts';
import { isOver, type MeetingRecord, type Owner } from '../meeting/record.ts';
import type { CalendarAddresses } from '../say/cards/meeting.ts';
import type { StoreKey } from '../store/keys.ts';
import type { Pending, Person, Store } from '../store/store.ts';
import type { Channel, TurnBase } from '../teams/turn.ts';

/** In whose name the bot calls Graph. */
export type Access =
  /** As the person who asks, who has signed in. */
  | { mode: 'delegated'; tokens: GraphTokens }
  /** As itself, for people whom the channel vouches for; nobody signs in. */
  | { mode: 'application'; tokens: AppTokens };

/** A count that was refused until that instant (epoch milliseconds), or one that was taken and can be given back. */
export type Taken = { until: number } | { giveBack(): Promise<void> };

/** How many of something there may be in a tenant in an hour: meetings that its people make, or reminders. */
export type TenantLimit = {
  /** Counts one more if the limit allows it. Rejects when the store fails. */
  take(tenant: string): Promise<Taken>;
};

/** The services that handlers use; app.ts makes them. */
export type Services = {
  now(): DateTime;
  newId(): string;
  store: Store<StoreKey>;
  access: Access;
  /** The bot's own id in Entra. */
  appId: string;
  meetings: OnlineMeetings;
  /** People's calendars; null if this deployment does not use them. */
  calendar: Calendar | null;
  /** The options that this cloud and this configuration offer. */
  offer: Offer;
  /** Whether a token that Teams handed over belongs to this person and is meant for this bot. */
  isTokenOf(token: string, owner: Owner): Promise<boolean>;
  signIn: {
    startUrl(tenant: string, wish: ConsentWish): string;
    adminUrl(tenant: string): string;
    /** The page that gets a token in a dialog, and submits the dialog of this id with it. */
    dialogUrl(id: string): string;
    resource: string;
  };
  /** Addresses that add a meeting to a calendar; they expire. */
  calendarOf(meeting: Meeting, record: MeetingRecord, locale: string): CalendarAddresses | null;
  /** What the address of a calendar file leads to; null for every other address. */
  entryAt(url: string): { id: string; revision: number; joinUrl: string; details: readonly string[] } | null;
  /** The host of Teams' own addresses. */
  teamsHost: string;
  allowedTenants: readonly string[];
  /** Meetings one person may create in an hour; 0 for no limit. */
  createLimit: number;
  /** Counts what all of a tenant create together. */
  tenantLimit: TenantLimit;
  /** Counts the reminders of a tenant: as many in an hour as meetings may be created. */
  reminderLimit: TenantLimit;
};

/** The calendars of a deployment that uses them. Throws if it does not: the caller has checked that before. */
export function calendarIn({ calendar }: Pick<Services, 'calendar'>): Calendar {
  if (calendar === null) throw new Error('calendars are not used here');
  return calendar;
}

/** A turn's surroundings, and in whose name Graph is called. */
export type GraphScope = TurnScope & { caller: Caller };

/** One turn's surroundings, passed along instead of being remembered. */
export type TurnScope = {
  turn: TurnBase;
  owner: Owner;
  services: Services;
  channel: Channel;
  /** Correlation id of this turn: in the log, at Graph, and its beginning on error cards. */
  reference: string;
  /** What is kept of the person, as it was when this was first called in this turn. */
  person(): Promise<Person>;
};

/** How long after its end a meeting is still known: the message that made it may be brought again, and another may be like it. */
const KNOWN_AFTER_MS = 3_600_000;

/** The surroundings of a turn. What is kept of its person is read when it is first asked for, and once. */
export function openScope(parts: Omit<TurnScope, 'person'>): TurnScope {
  const { services, owner } = parts;
  let person: Promise<Person> | undefined;
  const read = () => services.store.person(owner, services.now().toMillis() - KNOWN_AFTER_MS);
  return { ...parts, person: () => (person ??= read()) };
}

/** The same surroundings, in which the person is read anew, because others may have written since. */
export const reopenScope = (scope: TurnScope): TurnScope => openScope(scope);

/** The zone in which the person speaks: that of their settings, or else of their client. Null if neither is known. */
export async function zoneOf({ person, turn }: TurnScope): Promise<string | null> {
  return (await person()).settings.zone ?? turn.zone;
}

/** The person's meetings that are still to come, ordered by start. */
export async function comingMeetings({ person, services }: TurnScope): Promise<MeetingRecord[]> {
  const now = services.now().toMillis();
  return (await person()).meetings.filter((record) => !isOver(record, now));
}

/** The person's requests in the conversation of the turn that wait for `waitsFor`, oldest first. */
export async function waitingFor(
  waitsFor: Pending['waitsFor'],
  { person, turn }: TurnScope,
): Promise<Pending[]> {
  const { requests } = await person();
  return requests.filter((one) => one.waitsFor === waitsFor && one.conversation === turn.conversation);
}

/**
 * What is to be done next about a meeting. It is stored with the meeting; what follows it is noted when it is due. What
 * no longer fits the stored meeting is dropped then.
 */
export async function dueNext(
  record: MeetingRecord,
  { person, services }: Pick<TurnScope, 'services' | 'person'>,
): Promise<Due[]> {
  const { remind = null } = (await person()).settings;
  return nextDues(record, remind, services.now().toMillis());
}

/** Drops what was to be done about meetings that no longer exist. */
export async function dropDues(
  records: readonly MeetingRecord[],
  scope: Pick<TurnScope, 'services' | 'person'>,
): Promise<void> {
  const all = await Promise.all(records.map((record) => dueNext(record, scope)));
  await scope.services.store.removeDue(all.flat());
}
