import { isRecord } from '../channel/cards.ts';
import type { Change, Conversation, Json, Message } from '../channel/model.ts';
import { isSeenBy } from '../channel/teams-client.ts';
import type { Channel } from '../channel.ts';
import { LOCALES, type Person } from '../people.ts';

// What the page's server tells the page: plain JSON. The page takes its types from here.

type World = { channel: Channel; people: readonly Person[]; tenantId: string };

export type PersonView = ReturnType<typeof personView>;
export type ConversationView = ReturnType<typeof conversationView>;
export type MessageView = ReturnType<typeof messageView>;
export type Boot = ReturnType<typeof bootView>;
/** A server-sent event. */
export type PageEvent = NonNullable<ReturnType<typeof pageEvent>>;

/** Everything that the page needs to begin; the conversations once it is known whose they are. */
export function bootView(world: World, viewer: Person | null) {
  const { people, tenantId, channel } = world;
  const isIn = ({ members }: Conversation) => viewer !== null && members.includes(viewer.oid);
  return {
    people: people.map((person) => personView(person, channel.state.locales, tenantId)),
    locales: LOCALES,
    conversations: channel.state.conversations
      .filter(isIn)
      .map((conversation) => conversationView(world, conversation, viewer as Person)),
    ...(viewer ? dialogView(world, viewer) : NO_DIALOG),
  };
}

/** A change of the channel as this person sees it; null where they see none. */
export function pageEvent(world: World, change: Change, viewer: Person) {
  if (change.kind === 'cleared') return change;
  if (change.kind === 'dialog')
    return change.oid === viewer.oid ? { kind: change.kind, ...dialogView(world, viewer) } : null;
  const id = change.kind === 'typing' ? change.conversationId : change.message.conversationId;
  if (!world.channel.state.conversation(id)?.members.includes(viewer.oid)) return null;
  if (change.kind === 'message' && !isSeenBy(change.message, viewer)) return null;
  return change.kind === 'typing'
    ? { kind: 'typing' as const, conversation: id, thread: change.thread }
    : { kind: 'message' as const, message: messageView(world, change.message, viewer) };
}

const NO_DIALOG: ReturnType<typeof dialogView> = { dialog: null, composed: null };

/** The dialog that this person has open, and the card that waits in their compose box. */
function dialogView({ channel }: World, { oid }: Person) {
  const composed = channel.state.composed.get(oid);
  return {
    dialog: channel.state.dialogs.get(oid)?.shown ?? null,
    composed: composed
      ? { conversation: composed.conversationId, card: composed.attachment.content as Json }
      : null,
  };
}

function conversationView(world: World, conversation: Conversation, viewer: Person) {
  const { id, type, name, team, installed, members, messages } = conversation;
  const nameOf = (oid: string) => world.people.find((person) => person.oid === oid)?.name ?? '';
  return {
    id,
    type,
    name,
    team: team?.name ?? null,
    installed,
    members: members.map((oid) => ({ oid, name: nameOf(oid) })),
    messages: messages
      .filter((message) => isSeenBy(message, viewer))
      .map((message) => messageView(world, message, viewer)),
  };
}

function messageView({ channel, people }: World, message: Message, viewer: Person) {
  const { author, activity, deleted } = message;
  const oid = author.kind === 'person' ? author.oid : null;
  const name = people.find((person) => person.oid === oid)?.name ?? '';
  return {
    id: message.id,
    conversation: message.conversationId,
    thread: message.thread,
    /** Null: the bot. */
    author: oid === null ? null : { oid, name },
    sentAt: message.sentAt,
    edited: message.editedAt !== null,
    deleted,
    /** Nobody else there sees it. */
    isPrivate: message.onlyFor !== null,
    /** What the bot has reacted with. */
    reactions: [...message.reactions],
    likes: people.filter((person) => message.likes.has(person.oid)).map((person) => person.name),
    text: deleted ? '' : (activity.text ?? ''),
    /** Names that stand in the text as mentions. */
    mentions: mentionsIn(message),
    cards: deleted ? [] : channel.cardsFor(viewer, message.id),
    signIn: signInView(message, viewer),
    /** The answer to this person's click. */
    notice: message.notices.get(viewer.oid) ?? null,
    /** Changes with each edit by the bot; a card that wants refreshing is refreshed once for each. */
    revision: message.editedAt ?? message.sentAt,
  };
}

/** Somebody to be, with what is special about them in a few words. */
function personView(person: Person, locales: ReadonlyMap<string, string>, home: string) {
  const { oid, name, upn, zone, guest, licence, tenantId } = person;
  const locale = locales.get(oid) ?? person.locale;
  const place = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
  const special =
    tenantId !== home ? 'another company' : guest ? 'a guest' : !licence.teams ? 'no Teams licence' : '';
  const dialIn = licence.audioConferencing ? 'dial-in' : 'no dial-in';
  return { oid, name, upn, zone, locale, note: `${place}, ${special || dialIn}` };
}

/** A card that asks to sign in, and how far that is; `url` opens in a popup. */
function signInView({ signIns, deleted }: Message, { oid }: Person) {
  const signIn = signIns.get(oid);
  if (!signIn || deleted) return null;
  const [button] = Array.isArray(signIn.card.buttons) ? signIn.card.buttons : [];
  const { title, value } = isRecord(button) ? button : {};
  const text = String(signIn.card.text ?? '');
  return { state: signIn.state, text, title: String(title ?? 'Sign in'), url: String(value) };
}

function mentionsIn({ activity }: Message): string[] {
  return (activity.entities ?? []).flatMap(({ type, mentioned }) =>
    type === 'mention' && isRecord(mentioned) && typeof mentioned.name === 'string' ? [mentioned.name] : [],
  );
}
