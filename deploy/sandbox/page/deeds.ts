import type { Mention } from '../channel/activities.ts';
import { isRecord } from '../channel/cards.ts';
import type { CardAction, Json } from '../channel/model.ts';
import type { Channel } from '../channel.ts';
import type { Person } from '../people.ts';

type World = { channel: Channel; people: readonly Person[] };
type Done = { status: number | null };

/** Does in Teams what the person at the page did; null for a deed that nobody knows. */
export async function perform(world: World, person: Person, name: string, deed: Json): Promise<Done | null> {
  const { channel } = world;
  const message = String(deed.message);
  switch (name) {
    case 'say':
      return say(world, person, deed);
    case 'install':
      return statusOf(channel.install(person, String(deed.conversation)));
    case 'uninstall':
      return statusOf(channel.uninstall(person, String(deed.conversation)));
    case 'edit':
      return edit(channel, person, message, String(deed.text));
    case 'remove':
      return statusOf(channel.remove(person, own(channel, person, message)));
    case 'react':
      return statusOf(channel.react(person, message));
    case 'submit':
      return statusOf(channel.submit(person, message, actionOf(deed)));
    case 'execute':
      return statusOf(channel.execute(person, message, actionOf(deed)));
    case 'refresh':
      return statusOf(channel.refresh(person, message));
    case 'signin':
      return signIn(channel, person, deed);
    default:
      return null;
  }
}

async function say({ channel, people }: World, person: Person, deed: Json): Promise<Done> {
  const conversation = channel.state.conversation(String(deed.conversation));
  if (!conversation?.members.includes(person.oid))
    throw new Error('That person is not in this conversation.');
  const text = String(deed.text);
  const isChat = conversation.type === 'personal';
  const mentions = isChat
    ? []
    : mentionsIn(
        text,
        people.filter(({ oid }) => conversation.members.includes(oid)),
      );
  if (mentions.includes('bot') && !conversation.installed) await channel.install(person, conversation.id);
  const thread = typeof deed.thread === 'string' ? { thread: deed.thread } : {};
  return statusOf(channel.say(person, conversation.id, text, { mentions, ...thread }));
}

/** Who is mentioned stays mentioned. */
function edit(channel: Channel, person: Person, id: string, text: string): Promise<Done> {
  const message = channel.state.message(own(channel, person, id));
  const marked = (message?.activity.entities ?? [])
    .flatMap(({ mentioned }) => (isRecord(mentioned) ? [String(mentioned.name)] : []))
    .reduce((words, name) => words.replace(`@${name}`, `<at>${name}</at>`), text);
  return statusOf(channel.edit(person, id, marked));
}

/** Nobody can touch what somebody else has written. */
function own(channel: Channel, person: Person, id: string): string {
  const author = channel.state.message(id)?.author;
  if (author?.kind !== 'person' || author.oid !== person.oid) throw new Error('That is not your message.');
  return id;
}

/** Whom the text addresses with `@`: by first or full name, in the order of the text. */
function mentionsIn(text: string, members: readonly Person[]): Mention[] {
  const candidates: { mention: Mention; name: string }[] = [
    { mention: 'bot', name: 'Parley' },
    ...members.map((person) => ({ mention: person, name: person.name })),
  ];
  return candidates
    .map(({ mention, name }) => ({ mention, at: text.indexOf(`@${name.split(' ')[0]}`) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ mention }) => mention);
}

async function signIn(channel: Channel, person: Person, deed: Json): Promise<Done> {
  const message = String(deed.message);
  switch (deed.outcome) {
    case 'opened':
      channel.openSignIn(person, message);
      return { status: null };
    case 'succeeded':
      return statusOf(channel.finishSignIn(person, message, String(deed.value)));
    default:
      return statusOf(channel.failSignIn(person, message, String(deed.value)));
  }
}

async function statusOf(delivered: Promise<{ status: number | null } | null>): Promise<Done> {
  return { status: (await delivered)?.status ?? null };
}

function actionOf({ action }: Json): CardAction {
  if (!isRecord(action) || typeof action.type !== 'string') throw new Error('An action is expected here.');
  return action as CardAction;
}
