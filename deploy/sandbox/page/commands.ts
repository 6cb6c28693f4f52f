import { z } from 'zod';
import type { Mention } from '../channel/activities.ts';
import { isRecord } from '../channel/cards.ts';
import type { Channel } from '../channel.ts';
import type { Graph } from '../graph.ts';
import { answerInvitation } from '../outlook.ts';
import { LOCALES, type Person } from '../people.ts';
import type { createSwitches } from '../switches.ts';

const as = z.string();
const conversation = z.string();
const message = z.string();
const text = z.string();
const on = z.boolean();

/** Everything that the page can ask for. `as` is the Entra id of the person who does it in Teams. */
export const COMMAND = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('say'), as, conversation, text, thread: z.string().nullable() }),
  z.object({ kind: z.literal(['install', 'uninstall']), as, conversation }),
  z.object({ kind: z.literal('edit'), as, message, text }),
  z.object({ kind: z.literal(['remove', 'react', 'refresh']), as, message }),
  z.object({
    kind: z.literal(['submit', 'execute']),
    as,
    message,
    action: z.looseObject({ type: z.string() }),
  }),
  z.object({
    kind: z.literal('signin'),
    as,
    message,
    outcome: z.literal(['opened', 'succeeded', 'failed']),
    value: z.string(),
  }),
  z.object({ kind: z.literal('respond'), as, event: z.string(), accepts: z.boolean() }),
  z.object({
    kind: z.literal('openDialog'),
    as,
    conversation,
    message: z.string().nullable(),
    thread: z.string().nullable(),
  }),
  z.object({ kind: z.literal('pasteLink'), as, conversation, url: z.url() }),
  z.object({ kind: z.literal('submitDialog'), as, data: z.record(z.string(), z.unknown()) }),
  z.object({ kind: z.literal('dialogSignedIn'), as, value: z.string() }),
  z.object({ kind: z.literal(['closeDialog', 'sendComposed', 'discardComposed']), as }),
  z.object({ kind: z.literal('language'), as, locale: z.enum(LOCALES) }),
  z.object({ kind: z.literal('consent'), oid: z.string(), on }),
  z.object({ kind: z.literal('switch'), name: z.string(), on }),
  z.object({ kind: z.literal('fail'), error: z.string(), step: z.string(), once: z.boolean() }),
]);

export type Command = z.infer<typeof COMMAND>;

type World = {
  channel: Channel;
  graph: Graph;
  people: readonly Person[];
  switches: ReturnType<typeof createSwitches>;
};
/** The bot's HTTP status; null when the bot was not asked. */
type Done = { status: number | null };

/** Runs a command and answers the bot's HTTP status. Rejects with a sentence for the page. */
export async function perform(world: World, command: Command): Promise<Done> {
  const delivered = await run(world, command);
  return { status: delivered?.status ?? null };
}

/** The person of this Entra id. Throws where nobody has it. */
export function personOf({ people }: Pick<World, 'people'>, oid: string | null): Person {
  const person = people.find((candidate) => candidate.oid === oid);
  if (!person) throw new Error('Nobody of that id lives in the sandbox.');
  return person;
}

type Delivered = Promise<Done | null>;

/** What was delivered to the bot, if anything was. */
function run(world: World, command: Command): Delivered | undefined {
  const { channel, switches } = world;
  if (command.kind === 'consent') return void switches.consent(command.oid, command.on);
  if (command.kind === 'switch') return void switches.flip(command.name, command.on);
  if (command.kind === 'fail') return void switches.fail(command);
  const person = personOf(world, command.as);
  switch (command.kind) {
    case 'respond':
      return void answerInvitation(world, person, command);
    case 'language':
      return void channel.state.locales.set(person.oid, command.locale);
    case 'say':
      return say(world, person, command);
    case 'install':
      return channel.install(person, command.conversation);
    case 'uninstall':
      return channel.uninstall(person, command.conversation);
    case 'edit':
      return edit(channel, person, command.message, command.text);
    case 'remove':
      return channel.remove(person, own(channel, person, command.message));
    case 'react':
      return channel.react(person, command.message);
    case 'refresh':
      return channel.refresh(person, command.message);
    case 'submit':
      return channel.submit(person, command.message, command.action);
    case 'execute':
      return channel.execute(person, command.message, command.action);
    case 'signin':
      return signIn(channel, person, command);
    case 'openDialog':
      return openDialog(channel, person, command);
    case 'pasteLink':
      return channel.pasteLink(person, command.conversation, command.url);
    case 'submitDialog':
      return channel.submitPage(person, command.data);
    case 'dialogSignedIn':
      return channel.finishDialogSignIn(person, command.value);
    case 'closeDialog':
      return void channel.closeDialog(person);
    case 'sendComposed':
      return void channel.sendComposed(person);
    case 'discardComposed':
      return void channel.discardComposed(person);
    default:
      return command satisfies never;
  }
}

type OpenDialog = Extract<Command, { kind: 'openDialog' }>;

/** On a message, or where messages are written. */
function openDialog(channel: Channel, person: Person, { message, conversation, thread }: OpenDialog) {
  const place = { conversation, ...(thread !== null && { thread }) };
  return channel.openDialog(
    person,
    message === null ? { on: 'compose', ...place } : { on: 'message', message },
  );
}

type Say = Extract<Command, { kind: 'say' }>;

async function say({ channel, people }: World, person: Person, { text, thread, ...place }: Say) {
  const conversation = channel.state.conversation(place.conversation);
  if (!conversation?.members.includes(person.oid))
    throw new Error('That person is not in this conversation.');
  const members = people.filter(({ oid }) => conversation.members.includes(oid));
  const mentions = conversation.type === 'personal' ? [] : mentionsIn(text, members);
  if (mentions.includes('bot') && !conversation.installed) await channel.install(person, conversation.id);
  // As in Teams, what begins with a slash goes to the bot alone.
  const slash = conversation.type !== 'personal' && text.startsWith('/');
  if (slash && !conversation.installed) await channel.install(person, conversation.id);
  return channel.say(person, conversation.id, text, { mentions, slash, ...(thread !== null && { thread }) });
}

/** People who were mentioned stay mentioned. */
function edit(channel: Channel, person: Person, id: string, text: string): Delivered {
  const message = channel.state.message(own(channel, person, id));
  const marked = (message?.activity.entities ?? [])
    .flatMap(({ mentioned }) => (isRecord(mentioned) ? [String(mentioned.name)] : []))
    .reduce((words, name) => words.replace(`@${name}`, `<at>${name}</at>`), text);
  return channel.edit(person, id, marked);
}

/** The id of a message that this person has written. Throws for any other. */
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

type SignIn = Extract<Command, { kind: 'signin' }>;

async function signIn(channel: Channel, person: Person, { message, outcome, value }: SignIn) {
  if (outcome === 'succeeded') return channel.finishSignIn(person, message, value);
  if (outcome === 'failed') return channel.failSignIn(person, message, value);
  channel.openSignIn(person, message);
  return null;
}
