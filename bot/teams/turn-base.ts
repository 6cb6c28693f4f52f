import { DateTime, IANAZone } from 'luxon';
import { memo } from '../base/cache.ts';
import { LONGEST_ISO, readIso } from '../base/iso-instant.ts';
import { toName } from '../base/safe-text.ts';
import { isLanguageTag } from '../language/text/language-tag.ts';
import { type IncomingActivity, isEntraId, readEntities, readMember } from './incoming-activity.ts';

/** Who is speaking, where, and when. Ids are the channel's (`29:…`, `19:…`) unless they say Entra. */
export type Base = {
  activityId: string;
  /** Entra ids. `user` is null for somebody without a directory account. */
  tenant: string;
  user: string | null;
  /** The speaker as the channel knows them. */
  teamsId: string;
  name: string;
  conversation: string;
  place: 'personal' | 'groupChat' | 'channel';
  /** The instant at which the person acted, in UTC. */
  at: DateTime;
  /** IANA name as Teams knows it, or null. */
  zone: string | null;
  /** BCP 47 tag. */
  locale: string;
};

/** Null where the activity names no tenant. `now` stands in for an instant that is missing or hours away. */
export function readBase(activity: IncomingActivity, now: DateTime): Base | null {
  const tenant =
    readMember(readMember(activity.channelData, 'tenant'), 'id') ?? activity.conversation.tenantId;
  if (typeof tenant !== 'string' || tenant === '') return null;
  const client = readEntities(activity, 'clientInfo')[0];
  return {
    activityId: activity.id ?? '',
    tenant: tenant.toLowerCase(),
    user: readObjectId(activity.from.aadObjectId),
    teamsId: activity.from.id,
    name: toName(activity.from.name ?? ''),
    conversation: activity.conversation.id,
    place: readPlace(activity.conversation.conversationType),
    at: readInstant(activity.timestamp, now),
    zone: readZone(activity, client),
    locale: readLocale(readMember(client, 'locale'), activity.locale),
  };
}

/** It becomes part of an address at Graph, so nothing else will do. */
function readObjectId(id: string | null | undefined): string | null {
  return id && isEntraId(id) ? id.toLowerCase() : null;
}

function readPlace(type: string | null | undefined): Base['place'] {
  return type === 'channel' || type === 'groupChat' ? type : 'personal';
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

function readLocale(...candidates: unknown[]): string {
  return candidates.find(isLanguageTag) ?? 'en';
}
