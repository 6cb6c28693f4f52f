import { randomUUID } from 'node:crypto';
import type { Person } from '../people.ts';
import { type Envelope, envelope, invokeActivity } from './activities.ts';
import { isRecord, oauthCard } from './cards.ts';
import type { Delivered, Delivery } from './delivery.ts';
import type { Conversation, Json, Message } from './model.ts';
import type { State } from './state.ts';
import { isSeenBy } from './teams-client.ts';

type SignInOptions = {
  state: State;
  people: readonly Person[];
  delivery: Delivery;
  envelope: Envelope;
  /** The only resource for which Teams gives this app a token. */
  ssoResource: string;
  /** The person's single-sign-on token, as Teams' client gets it from Entra. */
  tokenFor(person: Person): Promise<string>;
  now(): number;
};

/** What Teams' client does about sign-in cards. */
export type SignIns = {
  /** Called for each message of the bot: a sign-in card in a chat is exchanged silently, if it names a resource. */
  onMessage(message: Message): void;
  /** A token for an OAuthCard, or the code with which Teams reports that there is none. */
  token(
    person: Person,
    card: Json,
    conversation: Conversation,
  ): Promise<{ token: string } | { code: string }>;
  invoke(person: Person, message: Message, name: string, value: Json): Promise<Delivered>;
};

/** Single sign-on as Teams' client does it. */
export function createSignIns(options: SignInOptions): SignIns {
  const { state, delivery } = options;

  const invoke = (person: Person, message: Message, name: string, value: Json) => {
    const conversation = state.conversation(message.conversationId);
    if (!conversation) throw new Error(`No conversation ${message.conversationId}`);
    const place = { conversation, thread: message.thread, at: options.now() };
    return delivery.deliver(
      invokeActivity(envelope(options.envelope, person, place), name, value, message.id),
    );
  };

  const token: SignIns['token'] = async (person, card, conversation) => {
    const resource = card.tokenExchangeResource;
    if (!isRecord(resource)) return { code: 'oauthcardnotvalid' };
    if (resource.uri !== options.ssoResource) return { code: 'resourcematchfailed' };
    if (person.tenantId !== conversation.tenantId) return { code: 'authrequestfailed' };
    return { token: await options.tokenFor(person) };
  };

  const exchange = async (person: Person, message: Message, card: Json) => {
    const conversation = state.conversation(message.conversationId);
    if (!conversation) return;
    const settle = (next: 'done' | 'button') => {
      const current = message.signIns.get(person.oid);
      if (current?.card !== card || current.state === 'done') return;
      message.signIns.set(person.oid, { ...current, state: next });
      state.changed(message);
    };
    const isRefused = conversation.type === 'groupChat' && state.groupSignIn === 'failure';
    const attempt = async () => {
      const got = isRefused ? { code: 'invokeerror' } : await token(person, card, conversation);
      if ('code' in got) {
        await invoke(person, message, 'signin/failure', failure(got.code));
        return false;
      }
      const resource = card.tokenExchangeResource as Json;
      const value = { id: resource.id, connectionName: card.connectionName, token: got.token };
      const { status } = await invoke(person, message, 'signin/tokenExchange', value);
      return status === 200;
    };
    const devices = Array.from({ length: state.devices }, attempt);
    const results = await Promise.all(devices);
    settle(results.some((worked) => worked) ? 'done' : 'button');
  };

  return {
    invoke,
    token,
    onMessage(message) {
      const card = oauthCard(message.activity);
      const conversation = state.conversation(message.conversationId);
      if (!card || !conversation) return;
      const isForOne =
        conversation.type === 'personal' || (conversation.type === 'groupChat' && message.onlyFor !== null);
      const isSilent = isForOne && card.tokenExchangeResource !== undefined;
      const isDone = conversation.type === 'personal' || state.groupSignIn !== 'nothing';
      for (const person of options.people.filter(({ oid }) => conversation.members.includes(oid))) {
        if (!isSeenBy(message, person)) continue;
        message.signIns.set(person.oid, {
          state: isSilent && isDone ? 'silent' : 'button',
          card,
          waiting: null,
        });
        if (isSilent && isDone) delivery.aside(() => exchange(person, message, card));
      }
    },
  };
}

/** What Teams sends when it could not get a token. */
export const failure = (code: string): Json => ({ code, message: `Single sign-on failed: ${code}` });

/** The `authentication` member of a card action that is repeated after a sign-in. */
export function authenticationOf(card: Json, token: string): Json {
  const resource = isRecord(card.tokenExchangeResource) ? card.tokenExchangeResource : {};
  return { id: resource.id ?? randomUUID(), connectionName: card.connectionName, token };
}
