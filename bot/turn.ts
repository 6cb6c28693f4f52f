import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { type Mentioned, PERSON_MARK, type Utterance } from './command/command.ts';
import { isLanguageTag } from './command/language-tag.ts';
import { memo } from './memo.ts';

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

/** A click on a card, by whichever way it came. */
export type CardAction = {
  verb: string;
  /** Nothing in here is trusted: an id to look up, and what was typed. */
  data: Readonly<Record<string, unknown>>;
  /** The activity whose card was clicked. */
  cardId: string | null;
  /** An invoke wants its answer in the response, a message (the fallback of older clients) as a new message. */
  via: 'invoke' | 'message';
  /** Single sign-on token, on Teams' second try. */
  token: string | null;
};

/** What a turn can be. Everything else the channel sends is `ignored`, with the reason. */
export type Turn =
  | (Base & { kind: 'message'; utterance: Utterance })
  | (Base & { kind: 'action'; action: CardAction })
  | (Base & { kind: 'tokenExchange'; exchangeId: string; connectionName: string; token: string })
  /** The sign-in popup is closed; `isCancelled`: by the person, before they agreed. */
  | (Base & { kind: 'verifyState'; isCancelled: boolean })
  | (Base & { kind: 'signInFailure'; code: string })
  | (Base & { kind: 'joined' })
  | { kind: 'ignored'; reason: string; isInvoke: boolean };

const id = z.string().min(1).max(1_024);
const text = z.string().nullish();
const Account = z.looseObject({ id, aadObjectId: text, name: text, role: text });
const record = z.record(z.string(), z.unknown());

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
  channelData: record.nullish(),
  entities: z.array(z.unknown()).nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: z.string().nullish(),
  membersAdded: z.array(z.unknown()).nullish(),
  action: z.string().nullish(),
});

/** An activity that has at least that shape. */
export type IncomingActivity = z.infer<typeof ActivityShape>;

/** One activity as a turn. `now` stands in where the channel's own instant is missing or hours away. */
export function readTurn(activity: IncomingActivity, now: DateTime): Turn {
  const base = readBase(activity, now);
  if (base === null) return ignored(activity, 'no tenant');
  switch (activity.type) {
    case 'message':
      return readMessage(activity, base);
    case 'invoke':
      return readInvoke(activity, base);
    case 'conversationUpdate':
    case 'installationUpdate':
      return isWelcomeDue(activity) ? { ...base, kind: 'joined' } : ignored(activity, activity.type);
    default:
      return ignored(activity, `activity type ${activity.type.slice(0, 40)}`);
  }
}

function ignored(activity: IncomingActivity, reason: string): Turn {
  return { kind: 'ignored', reason, isInvoke: activity.type === 'invoke' };
}

function readBase(activity: IncomingActivity, now: DateTime): Base | null {
  const tenant = read(read(activity.channelData, 'tenant'), 'id') ?? activity.conversation.tenantId;
  if (typeof tenant !== 'string' || tenant === '') return null;
  const client = entities(activity, 'clientInfo')[0];
  return {
    activityId: activity.id ?? '',
    tenant: tenant.toLowerCase(),
    user: readObjectId(activity.from.aadObjectId),
    teamsId: activity.from.id,
    name: activity.from.name ?? '',
    conversation: activity.conversation.id,
    place: readPlace(activity.conversation.conversationType),
    at: readInstant(activity.timestamp, now),
    zone: readZone(activity, client),
    locale: readLocale(read(client, 'locale'), activity.locale),
  };
}

/** It becomes part of an address at Graph, so nothing else will do. */
function readObjectId(id: string | null | undefined): string | null {
  return id && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) ? id.toLowerCase() : null;
}

function readPlace(type: string | null | undefined): Base['place'] {
  return type === 'channel' || type === 'groupChat' ? type : 'personal';
}

const OLDEST_MS = 3_600_000;

function readInstant(timestamp: string | null | undefined, now: DateTime): DateTime {
  const said = DateTime.fromISO(timestamp ?? '', { zone: 'utc' });
  return said.isValid && Math.abs(said.toMillis() - now.toMillis()) <= OLDEST_MS ? said : now.toUTC();
}

// Asking Intl builds a formatter each time; a memo costs nothing, and is bounded.
const isZone = memo(1_000, (name) => IANAZone.isValidZone(name));

// Teams' order of trust: the client's own zone, the activity's, and only then a bare offset.
function readZone(activity: IncomingActivity, client: unknown): string | null {
  for (const name of [read(client, 'timezone'), activity.localTimezone]) {
    if (typeof name === 'string' && name.length <= 64 && isZone(name)) return name;
  }
  const local = DateTime.fromISO(activity.localTimestamp ?? '', { setZone: true });
  const hasOffset = /(?:Z|[+-]\d\d:?\d\d)$/.test(activity.localTimestamp ?? '');
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

function readMessage(activity: IncomingActivity, base: Base): Turn {
  const data = activity.value == null ? undefined : record.safeParse(activity.value).data;
  if (typeof data?.verb === 'string' && !activity.text?.trim()) {
    const action: CardAction = {
      verb: data.verb,
      data,
      cardId: activity.replyToId ?? null,
      via: 'message',
      token: null,
    };
    return { ...base, kind: 'action', action };
  }
  return { ...base, kind: 'message', utterance: readUtterance(activity) };
}

const MOST_MENTIONS = 100;
const MOST_TEXT = 40_000;

/** The text with the bot's mentions gone and everybody else's as marks: by entity, because text can pretend. */
export function readUtterance(
  activity: Pick<IncomingActivity, 'text' | 'entities' | 'recipient'>,
): Utterance {
  const mentioned = readMentions(activity);
  const people: Mentioned[] = [];
  const text = (activity.text ?? '').slice(0, MOST_TEXT).replaceAll(PERSON_MARK, ' ');
  if (mentioned.size === 0) return { text, people };
  // Longest first, so that a name that begins another's is not cut out of it.
  const texts = [...mentioned.keys()].sort((a, b) => b.length - a.length).map(RegExp.escape);
  const marked = text.replaceAll(new RegExp(texts.join('|'), 'g'), (found) => {
    const same = mentioned.get(found) ?? [];
    // Two people of one name come in the order of their entities.
    const person = same.length > 1 ? same.shift() : same[0];
    if (person === undefined || person.id === activity.recipient.id) return ' ';
    people.push(person);
    return PERSON_MARK;
  });
  return { text: marked, people };
}

function readMentions(activity: Pick<IncomingActivity, 'entities'>): Map<string, Mentioned[]> {
  const byText = new Map<string, Mentioned[]>();
  for (const entity of entities(activity, 'mention').slice(0, MOST_MENTIONS)) {
    const text = read(entity, 'text');
    const id = read(read(entity, 'mentioned'), 'id');
    const name = read(read(entity, 'mentioned'), 'name');
    if (typeof text !== 'string' || text === '' || typeof id !== 'string') continue;
    const person = { id, name: typeof name === 'string' ? name : '' };
    byText.set(text, [...(byText.get(text) ?? []), person]);
  }
  return byText;
}

// Teams has used both words.
const CANCELLED: ReadonlySet<string> = new Set(['CancelledByUser', 'UserCancelledSignIn']);

function readInvoke(activity: IncomingActivity, base: Base): Turn {
  const value = record.safeParse(activity.value).data ?? {};
  switch (activity.name) {
    case 'signin/tokenExchange': {
      const { token, id: exchangeId, connectionName } = value;
      return {
        ...base,
        kind: 'tokenExchange',
        token: typeof token === 'string' ? token : '',
        exchangeId: typeof exchangeId === 'string' ? exchangeId : '',
        connectionName: typeof connectionName === 'string' ? connectionName : '',
      };
    }
    case 'signin/verifyState':
      return { ...base, kind: 'verifyState', isCancelled: CANCELLED.has(String(value.state)) };
    case 'signin/failure':
      return { ...base, kind: 'signInFailure', code: word(value.code) };
    case 'adaptiveCard/action':
      return readAction(activity, base, value);
    default:
      return ignored(activity, `invoke ${word(activity.name)}`);
  }
}

function readAction(activity: IncomingActivity, base: Base, value: Record<string, unknown>): Turn {
  const action = record.safeParse(value.action).data;
  if (typeof action?.verb !== 'string') return ignored(activity, 'action without a verb');
  const token = read(value.authentication, 'token');
  return {
    ...base,
    kind: 'action',
    action: {
      verb: action.verb,
      data: record.safeParse(action.data).data ?? {},
      cardId: activity.replyToId ?? null,
      via: 'invoke',
      token: typeof token === 'string' && token !== '' ? token : null,
    },
  };
}

/** When the bot itself comes into a chat, group or team: not for other members, not when it is updated or leaves. */
function isWelcomeDue(activity: IncomingActivity): boolean {
  if (activity.type === 'installationUpdate') return activity.action === 'add';
  return (activity.membersAdded ?? []).some((member) => read(member, 'id') === activity.recipient.id);
}

function entities(activity: { entities?: unknown[] | null | undefined }, type: string): unknown[] {
  return (activity.entities ?? []).filter((entity) => read(entity, 'type') === type);
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

const word = (value: unknown) =>
  typeof value === 'string' && /^[\w/.-]{1,60}$/.test(value) ? value : 'unknown';
