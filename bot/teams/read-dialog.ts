import * as z from 'zod';
import { readIso } from '../base/date-time.ts';
import { toName } from '../base/safe-text.ts';
import { type Mentioned, PERSON_MARK } from '../language/command.ts';
import { AnyId, AnyObject, AnyText, isCancelled, isEntraId } from './activity.ts';
import type { OpenDialogTurn, QuotedMessage, SubmitDialogTurn, TurnBase } from './turn.ts';

/** The message extension's only command, as the manifest names it. */
const COMMAND = 'meet';

/** Reads `composeExtension/fetchTask`; null for a command that there is not. */
export function readOpenDialog(value: Record<string, unknown>, base: TurnBase): OpenDialogTurn | null {
  if (value.commandId !== COMMAND) return null;
  return { ...base, kind: 'openDialog', message: readQuoted(value.messagePayload, base) };
}

/** Reads `composeExtension/submitAction`; null for a command that there is not. */
export function readSubmitDialog(value: Record<string, unknown>, base: TurnBase): SubmitDialogTurn | null {
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
const Mention = z.object({ id: z.coerce.number(), mentioned: z.object({ user: User.nullish() }) });

const MOST_TEXT = 40_000;
const MOST_MENTIONS = 100;
// As Teams writes a mention in HTML; nothing in it reaches beyond the next "<", so the whole is linear.
const AT_TAG = /<at(?:\s+id="?(\d+)"?)?[^<>]*>[^<]*<\/at>/gi;

/** The message that the command was called on; null where there is none. */
function readQuoted(payload: unknown, { at: now }: TurnBase): QuotedMessage | null {
  const read = Payload.safeParse(payload);
  if (!read.success || read.data.deleted) return null;
  const { body, createdDateTime, from, mentions } = read.data;
  const people: Mentioned[] = [];
  const mentioned = readMentions(mentions);
  const text = body.content.slice(0, MOST_TEXT).replaceAll(PERSON_MARK, ' ');
  // An app that is mentioned is nobody to be invited.
  const marked = text.replaceAll(AT_TAG, (_found, id: string | undefined) => {
    const person = id === undefined ? undefined : mentioned.get(Number(id));
    if (person === undefined) return ' ';
    people.push(person);
    return PERSON_MARK;
  });
  const written = readIso(createdDateTime);
  const at = written.isValid && written <= now ? written : now;
  return { utterance: { text: marked, people }, at, author: toPerson(from?.user) };
}

function readMentions(mentions: readonly unknown[]): ReadonlyMap<number, Mentioned> {
  const read = mentions.slice(0, MOST_MENTIONS).flatMap((mention): [number, Mentioned][] => {
    const { data } = Mention.safeParse(mention);
    const person = toPerson(data?.mentioned.user);
    return data === undefined || person === null ? [] : [[data.id, person]];
  });
  return new Map(read);
}

function toPerson(user: z.infer<typeof User> | null | undefined): Mentioned | null {
  if (!user || !isEntraId(user.id)) return null;
  return { id: user.id.toLowerCase(), name: toName(user.displayName) };
}
