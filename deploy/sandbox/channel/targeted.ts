import type { Person } from '../people.ts';
import { isRecord } from './cards.ts';
import type { Activity, Conversation, Message, Targeted } from './model.ts';
import { Refused } from './rules.ts';
import type { State } from './state.ts';

const LIFETIME_MS = 24 * 3_600_000;
const REACTIONS = [
  'like',
  'heart',
  'laugh',
  'surprised',
  'sad',
  'angry',
  '1f440_eyes',
  '2705_whiteheavycheckmark',
];

/** Throws Refused where no private messages are taken at all. */
export function checkTargeted(targeted: Targeted): void {
  if (targeted === 'refused')
    throw new Refused(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
  if (targeted === 'old') throw new Refused(400, 'BadArgument', 'Targeted messages are not supported here.');
}

/** The Entra id of the one who is to see a private message. Throws Refused where it cannot be sent. */
export function readerOf(
  { recipient }: Activity,
  { type, members }: Conversation,
  findPerson: (id: string) => Person | undefined,
): string {
  if (type === 'personal')
    throw new Refused(400, 'BadArgument', 'Targeted messages are for group chats and channels.');
  if (!isRecord(recipient) || typeof recipient.id !== 'string')
    throw new Refused(400, 'BadArgument', 'A targeted message needs a recipient.');
  const person = findPerson(recipient.id);
  if (!person || !members.includes(person.oid))
    throw new Refused(403, 'Forbidden', 'The recipient is not a member of this conversation.');
  return person.oid;
}

/** Throws Refused where a message of the bot cannot be changed, or not in this way. */
export function checkChange({ onlyFor, sentAt }: Message, isTargeted: boolean, now: number): void {
  if (isTargeted !== (onlyFor !== null))
    throw new Refused(400, 'BadArgument', 'isTargetedActivity does not fit this message.');
  if (isTargeted && now - Date.parse(sentAt) > LIFETIME_MS)
    throw new Refused(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
}

/** Throws Refused where the bot cannot react to a message, or not with this. */
export function checkReaction(
  message: Message | undefined,
  name: string,
  { takesReactions }: State,
): asserts message is Message {
  if (!takesReactions) throw new Refused(403, 'Forbidden', 'Reactions are not allowed here.');
  if (!message) throw new Refused(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
  if (!REACTIONS.includes(name)) throw new Refused(400, 'BadArgument', `Unknown reaction ${name}.`);
  if (message.onlyFor !== null)
    throw new Refused(400, 'BadArgument', 'There are no reactions to a targeted message.');
}
