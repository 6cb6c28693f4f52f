import { decodeHTML } from 'entities';
import type { DateTime } from 'luxon';
import * as z from 'zod';
import { readIso } from '../base/date-time.ts';
import { toName } from '../base/safe-text.ts';
import { type Mentioned, PERSON_MARK, type Utterance } from '../language/command.ts';
import {
  AnyId,
  AnyObject,
  AnyText,
  type IncomingActivity,
  isEntraId,
  readBase,
  readEntities,
  readMember,
} from './activity.ts';
import type {
  CardAction,
  Ignored,
  OpenDialogTurn,
  QuotedMessage,
  SubmitDialogTurn,
  Turn,
  TurnBase,
} from './turn.ts';

/** Reads an activity. `now` replaces the channel's own instant where that is missing or hours away. */
export function readTurn(activity: IncomingActivity, now: DateTime): Turn | Ignored {
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
      return ignored(activity, `activity type ${toLogWord(activity.type)}`);
  }
}

function ignored(activity: IncomingActivity, reason: string): Ignored {
  return { kind: 'ignored', reason, isInvoke: activity.type === 'invoke' };
}

/** A name as the log may hold it: a plain word as it is, anything else as `unknown`. */
const toLogWord = (value: unknown) =>
  typeof value === 'string' && /^[\w/.-]{1,60}$/.test(value) ? value : 'unknown';

// Teams has used both words.
const CANCELLED: ReadonlySet<unknown> = new Set(['CancelledByUser', 'UserCancelledSignIn']);

/** Whether the `state` of an invoke says that the person has closed the sign-in popup. */
const isCancelled = (state: unknown): boolean => CANCELLED.has(state);

function readMessage(activity: IncomingActivity, base: TurnBase): Turn {
  const action = readSubmit(activity);
  return action
    ? { ...base, kind: 'action', action }
    : { ...base, kind: 'message', utterance: withoutSlash(readUtterance(activity), base) };
}

/** A slash command may arrive as it was typed. */
const withoutSlash = ({ text, people }: Utterance, { isPrivate }: TurnBase): Utterance => ({
  text: isPrivate ? text.replace(/^\s*\//, '') : text,
  people,
});

const TokenExchange = z.object({ token: AnyText, id: AnyId, connectionName: AnyText });

function readInvoke(activity: IncomingActivity, base: TurnBase): Turn | Ignored {
  const value = AnyObject.safeParse(activity.value).data ?? {};
  const cardId = activity.replyToId ?? null;
  switch (activity.name) {
    case 'signin/tokenExchange': {
      const { id: exchangeId, ...exchange } = TokenExchange.parse(value);
      return { ...base, kind: 'tokenExchange', cardId, exchangeId, ...exchange };
    }
    case 'signin/verifyState':
      return { ...base, kind: 'verifyState', isCancelled: isCancelled(value.state) };
    case 'signin/failure':
      return { ...base, kind: 'signInFailure', cardId, code: toLogWord(value.code) };
    case 'adaptiveCard/action': {
      const action = readExecute(activity, value);
      return action ? { ...base, kind: 'action', action } : ignored(activity, 'action without a verb');
    }
    case 'composeExtension/fetchTask':
      return readOpenDialog(value, base) ?? ignored(activity, 'unknown command');
    case 'composeExtension/submitAction':
      return readSubmitDialog(value, base) ?? ignored(activity, 'unknown command');
    case 'composeExtension/queryLink':
      return { ...base, kind: 'link', url: AnyText.parse(value.url) };
    default:
      return ignored(activity, `invoke ${toLogWord(activity.name)}`);
  }
}

/** When the bot itself comes into a chat, group or team: not for other members, not when it is updated or leaves. */
function isWelcomeDue(activity: IncomingActivity): boolean {
  if (activity.type === 'installationUpdate') return activity.action === 'add';
  return (activity.membersAdded ?? []).some((member) => readMember(member, 'id') === activity.recipient.id);
}

/** A click that comes as a message: the card's data without a text. Null where the message is none. */
function readSubmit(activity: IncomingActivity): CardAction | null {
  const data = activity.value == null ? undefined : AnyObject.safeParse(activity.value).data;
  if (typeof data?.verb !== 'string' || activity.text?.trim()) return null;
  return { verb: data.verb, data, cardId: activity.replyToId ?? null, via: 'message', token: null };
}

/** A click that comes as an invoke; null where it has no verb. */
function readExecute(activity: IncomingActivity, value: Record<string, unknown>): CardAction | null {
  const action = AnyObject.safeParse(value.action).data;
  if (typeof action?.verb !== 'string') return null;
  const token = AnyText.parse(readMember(value.authentication, 'token'));
  return {
    verb: action.verb,
    data: AnyObject.safeParse(action.data).data ?? {},
    cardId: activity.replyToId ?? null,
    via: 'invoke',
    token: token || null,
  };
}

const MOST_MENTIONS = 100;
const MOST_TEXT = 40_000;
// As Teams writes a mention; nothing in it reaches beyond the next "<", so the whole is linear.
const AT_TAG = /<at(?:\s[^<>]*)?>([^<]*)<\/at>/gi;
const TAG = /<\/?at(?:\s[^<>]*)?>/gi;

const MentionEntity = z.object({ mentioned: z.object({ id: z.string(), name: AnyText }), text: AnyText });

/** Somebody whom an entity names. `called`: how the text may call them; empty where the entity has only an id. */
type Mention = { person: Mentioned; called: readonly string[] };

/**
 * The text without mentions of the bot, and with a mark in place of everybody else's. Only what an entity confirms counts
 * as a mention, because anybody can type the tag.
 */
export function readUtterance(
  activity: Pick<IncomingActivity, 'text' | 'entities' | 'recipient'>,
): Utterance {
  const mentions = readMentions(activity);
  const people: Mentioned[] = [];
  const used = new Set<Mention>();
  const text = (activity.text ?? '').slice(0, MOST_TEXT).replaceAll(PERSON_MARK, ' ');
  const marked = text.replaceAll(AT_TAG, (found, written: string) => {
    const name = toPlain(written);
    const mention = findMention(name, mentions, used);
    if (mention === undefined) return found;
    used.add(mention);
    const { person } = mention;
    if (person.id === activity.recipient.id) return ' ';
    people.push({ ...person, name: person.name || toName(name) });
    return PERSON_MARK;
  });
  return { text: marked, people };
}

/** Two people of one name come in the order of their entities; one entity may stand for several places in the text. */
function findMention(
  name: string,
  mentions: readonly Mention[],
  used: ReadonlySet<Mention>,
): Mention | undefined {
  const same = mentions.filter(({ called }) => called.includes(name));
  const isNew = (mention: Mention) => !used.has(mention);
  return same.find(isNew) ?? same.at(-1) ?? mentions.find((one) => one.called.length === 0 && isNew(one));
}

function readMentions(activity: Pick<IncomingActivity, 'entities'>): Mention[] {
  return readEntities(activity, 'mention')
    .slice(0, MOST_MENTIONS)
    .flatMap((entity) => {
      const read = MentionEntity.safeParse(entity);
      if (!read.success) return [];
      const { mentioned, text } = read.data;
      const called = [mentioned.name, text].map(toPlain).filter((words) => words !== '');
      return [{ person: { id: mentioned.id, name: toName(mentioned.name) }, called }];
    });
}

/** Clients escape a name in the text, in the entity, in both or in neither. */
const toPlain = (written: string): string =>
  decodeHTML(written.replaceAll(TAG, '')).replaceAll(/\s+/g, ' ').trim();

/** The message extension's only command, as the manifest names it. */
const COMMAND = 'meet';

/** Null for a command that there is not. */
function readOpenDialog(value: Record<string, unknown>, base: TurnBase): OpenDialogTurn | null {
  if (value.commandId !== COMMAND) return null;
  return { ...base, kind: 'openDialog', message: readQuoted(value.messagePayload, base) };
}

/** Null for a command that there is not. */
function readSubmitDialog(value: Record<string, unknown>, base: TurnBase): SubmitDialogTurn | null {
  if (value.commandId !== COMMAND) return null;
  const { token, ...data } = AnyObject.safeParse(value.data).data ?? {};
  return {
    ...base,
    kind: 'submitDialog',
    data,
    token: AnyText.parse(token) || null,
    isInChat: value.commandContext !== 'commandBox',
    popup: isCancelled(value.state) ? 'cancelled' : value.state ? 'agreed' : null,
  };
}

const User = z.object({ id: AnyId, displayName: AnyText });
const Payload = z.object({
  body: z.object({ content: AnyText }),
  createdDateTime: AnyText,
  deleted: z.boolean().catch(false),
  from: z.object({ user: User.nullish() }).nullish().catch(null),
  mentions: z.array(z.unknown()).catch([]),
});
const QuotedMention = z.object({ id: z.coerce.number(), mentioned: z.object({ user: User.nullish() }) });

// As Teams writes a mention in HTML; nothing in it reaches beyond the next "<", so the whole is linear.
const HTML_AT_TAG = /<at(?:\s+id="?(\d+)"?)?[^<>]*>[^<]*<\/at>/gi;

/** The message that the command was called on; null where there is none. */
function readQuoted(payload: unknown, { at: now }: TurnBase): QuotedMessage | null {
  const read = Payload.safeParse(payload);
  if (!read.success || read.data.deleted) return null;
  const { body, createdDateTime, from, mentions } = read.data;
  const people: Mentioned[] = [];
  const mentioned = readHtmlMentions(mentions);
  const text = body.content.slice(0, MOST_TEXT).replaceAll(PERSON_MARK, ' ');
  // An app that is mentioned is nobody to be invited.
  const marked = text.replaceAll(HTML_AT_TAG, (_found, id: string | undefined) => {
    const person = id === undefined ? undefined : mentioned.get(Number(id));
    if (person === undefined) return ' ';
    people.push(person);
    return PERSON_MARK;
  });
  const written = readIso(createdDateTime);
  const at = written.isValid && written <= now ? written : now;
  return { utterance: { text: marked, people }, at, author: toPerson(from?.user) };
}

function readHtmlMentions(mentions: readonly unknown[]): ReadonlyMap<number, Mentioned> {
  const read = mentions.slice(0, MOST_MENTIONS).flatMap((mention): [number, Mentioned][] => {
    const { data } = QuotedMention.safeParse(mention);
    const person = toPerson(data?.mentioned.user);
    return data === undefined || person === null ? [] : [[data.id, person]];
  });
  return new Map(read);
}

function toPerson(user: z.infer<typeof User> | null | undefined): Mentioned | null {
  if (!user || !isEntraId(user.id)) return null;
  return { id: user.id.toLowerCase(), name: toName(user.displayName) };
}
