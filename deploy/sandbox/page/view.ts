import { isRecord } from '../channel/cards.ts';
import type { Message } from '../channel/model.ts';
import type { Channel } from '../channel.ts';
import type { Person } from '../people.ts';
import type { ConversationView, MessageView, PersonView, SignInView } from './shapes.ts';

/** The conversations that this person is in, as they see them. */
export function conversationsOf(
  channel: Channel,
  people: readonly Person[],
  viewer: Person,
): ConversationView[] {
  const names = new Map(people.map(({ oid, name }) => [oid, name]));
  return channel.state.conversations
    .filter(({ members }) => members.includes(viewer.oid))
    .map((conversation) => ({
      id: conversation.id,
      type: conversation.type,
      name: conversation.name,
      team: conversation.team?.name ?? null,
      installed: conversation.installed,
      members: conversation.members.map((oid) => ({ oid, name: names.get(oid) ?? '' })),
      messages: conversation.messages.map((message) => messageView(channel, people, message, viewer)),
    }));
}

/** A message as this person sees it. */
export function messageView(
  channel: Channel,
  people: readonly Person[],
  message: Message,
  viewer: Person,
): MessageView {
  const { author, activity, deleted } = message;
  const oid = author.kind === 'person' ? author.oid : null;
  const name = people.find((person) => person.oid === oid)?.name ?? '';
  return {
    id: message.id,
    conversation: message.conversationId,
    thread: message.thread,
    author: oid === null ? null : { oid, name },
    sentAt: message.sentAt,
    edited: message.editedAt !== null,
    deleted,
    likes: people.filter((person) => message.likes.has(person.oid)).map((person) => person.name),
    text: deleted ? '' : (activity.text ?? ''),
    mentions: mentionsIn(message),
    cards: deleted ? [] : channel.cardsFor(viewer, message.id),
    signIn: signInView(message, viewer),
    notice: message.notices.get(viewer.oid) ?? null,
    revision: message.editedAt ?? message.sentAt,
  };
}

/** Somebody to be, with what is special about them. */
export function personView(
  { oid, name, upn, zone, locale, guest, licence, tenantId }: Person,
  home: string,
): PersonView {
  const place = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
  const special =
    tenantId !== home ? 'another company' : guest ? 'a guest' : !licence.teams ? 'no Teams licence' : '';
  const dialIn = licence.audioConferencing ? 'dial-in' : 'no dial-in';
  return { oid, name, upn, zone, locale, note: `${place}, ${special || dialIn}` };
}

function signInView({ signIns, deleted }: Message, { oid }: Person): SignInView | null {
  const signIn = signIns.get(oid);
  if (!signIn || deleted) return null;
  const [button] = Array.isArray(signIn.card.buttons) ? signIn.card.buttons : [];
  const { title, value } = isRecord(button) ? button : {};
  return {
    state: signIn.state,
    text: String(signIn.card.text ?? ''),
    title: String(title ?? 'Sign in'),
    url: String(value),
  };
}

function mentionsIn({ activity }: Message): string[] {
  return (activity.entities ?? []).flatMap(({ type, mentioned }) =>
    type === 'mention' && isRecord(mentioned) && typeof mentioned.name === 'string' ? [mentioned.name] : [],
  );
}
