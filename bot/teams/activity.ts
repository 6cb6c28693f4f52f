import { DateTime, IANAZone } from 'luxon';
import * as z from 'zod';
import { memo } from '../base/cache.ts';
import { LONGEST_ISO, readIso } from '../base/date-time.ts';
import { toName } from '../base/safe-text.ts';
import { isLanguageTag } from '../language/text/language-names.ts';
import type { TurnBase } from './turn.ts';

const MOST_ID = 1_024;
const id = z.string().min(1).max(MOST_ID);
const text = z.string().nullish();
const Account = z.looseObject({ id, aadObjectId: text, name: text, role: text });
/** An object whose members are unknown. */
export const AnyObject = z.record(z.string(), z.unknown());
/** A text, and an id; empty where it is none. */
export const AnyText = z.string().catch('');
export const AnyId = z.string().max(MOST_ID).catch('');

/** The least an activity must be; everything beyond is read where it is used, and may be wrong. */
export const ActivityShape = z.looseObject({
  type: z.string().min(1).max(100),
  id: id.nullish(),
  name: z.string().nullish(),
  channelId: z.literal('msteams'),
  serviceUrl: z.url(),
  timestamp: z.string().nullish(),
  localTimestamp: z.string().nullish(),
  localTimezone: z.string().nullish(),
  locale: z.string().nullish(),
  from: Account,
  recipient: Account,
  conversation: z.looseObject({
    ...{ id, conversationType: text, tenantId: text, name: text, role: text, aadObjectId: text },
    isGroup: z.boolean().nullish(),
  }),
  channelData: AnyObject.nullish(),
  entities: z.array(z.unknown()).nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: z.string().max(MOST_ID).nullish(),
  membersAdded: z.array(z.unknown()).nullish(),
  action: z.string().nullish(),
});

/** An activity that has at least that shape. */
export type IncomingActivity = z.infer<typeof ActivityShape>;

/** The activity's entities of this type, as they came. */
export function readEntities(activity: { entities?: unknown[] | null | undefined }, type: string): unknown[] {
  return (activity.entities ?? []).filter((entity) => readMember(entity, 'type') === type);
}

/** A member of an unknown value; undefined where it has no such member. */
export function readMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Whether an id is one of Entra's. */
export const isEntraId = (id: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);

/** What every turn has; null where the activity names no tenant. `now` replaces an instant that is missing or hours away. */
export function readBase(activity: IncomingActivity, now: DateTime): TurnBase | null {
  const tenant =
    readMember(readMember(activity.channelData, 'tenant'), 'id') ?? activity.conversation.tenantId;
  if (typeof tenant !== 'string' || tenant === '') return null;
  const client = readEntities(activity, 'clientInfo')[0];
  const { conversationType: type } = activity.conversation;
  return {
    activityId: activity.id ?? '',
    tenant: tenant.toLowerCase(),
    user: readObjectId(activity.from.aadObjectId),
    teamsId: activity.from.id,
    name: toName(activity.from.name ?? ''),
    serviceUrl: activity.serviceUrl,
    bot: activity.recipient.id,
    conversation: activity.conversation.id,
    place: type === 'channel' || type === 'groupChat' ? type : 'personal',
    ...(activity.recipient.isTargeted === true && { isPrivate: true as const }),
    ...readPlaceName(activity),
    at: readInstant(activity.timestamp, now),
    zone: readZone(activity, client),
    locale: [readMember(client, 'locale'), activity.locale].find(isLanguageTag) ?? 'en',
  };
}

/** It becomes part of an address at Graph, so nothing else will do. */
function readObjectId(id: string | null | undefined): string | null {
  return id && isEntraId(id) ? id.toLowerCase() : null;
}

function readPlaceName({ conversation, channelData }: IncomingActivity): { placeName?: string } {
  const said = conversation.name ?? readMember(readMember(channelData, 'channel'), 'name');
  const name = typeof said === 'string' ? toName(said) : '';
  return name === '' ? {} : { placeName: name };
}

const OLDEST_MS = 3_600_000;

function readInstant(timestamp: string | null | undefined, now: DateTime): DateTime {
  const said = readIso(timestamp ?? '');
  return said.isValid && Math.abs(said.toMillis() - now.toMillis()) <= OLDEST_MS ? said : now.toUTC();
}

// Asking Intl builds a formatter each time; a memo costs nothing, and is bounded.
const canonicalZone = memo(1_000, (name) => {
  if (!IANAZone.isValidZone(name)) return null;
  // Intl takes any case and answers the name as it is written; older names it may answer with others.
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
  return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
});

// Teams' order of trust: the client's own zone, the activity's, and only then a bare offset.
function readZone(activity: IncomingActivity, client: unknown): string | null {
  for (const name of [readMember(client, 'timezone'), activity.localTimezone]) {
    const zone = typeof name === 'string' && name.length <= 64 ? canonicalZone(name) : null;
    if (zone !== null) return zone;
  }
  const written = (activity.localTimestamp ?? '').slice(0, LONGEST_ISO);
  const local = DateTime.fromISO(written, { setZone: true });
  const hasOffset = /(?:Z|[+-]\d\d:?\d\d)$/.test(written);
  return local.isValid && hasOffset ? offsetZone(local.offset) : null;
}

/** A bare offset as an IANA name: whole hours only, as `Etc/GMT` has no others; its sign is the other way round. */
function offsetZone(minutes: number): string | null {
  const hours = minutes / 60;
  if (!Number.isInteger(hours) || Math.abs(hours) > 14) return null;
  const name = hours === 0 ? 'Etc/UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
  return IANAZone.isValidZone(name) ? name : null;
}
