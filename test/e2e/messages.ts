import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn, adaptiveCards, oauthCard } from '../../deploy/sandbox/channel/cards.ts';
import type { CardAction, Conversation, Json, Message } from '../../deploy/sandbox/channel/model.ts';
import { nodes, texts } from '../cards/card.ts';

/** What is sent with a yes by somebody who has had the time to read the question. */
export const READ = { asked: null } as const satisfies Json;

/** What the bot wrote there and has not deleted. */
export const botMessages = ({ messages }: Conversation): Message[] =>
  messages.filter(({ author, deleted }) => author.kind === 'bot' && !deleted);

/** The messages that ask to sign in. */
export const signInCards = (messages: readonly Message[]): Message[] =>
  messages.filter(({ activity }) => oauthCard(activity) !== null);

/** The messages that are a meeting: they alone carry *New link*. */
export const meetingCards = (messages: readonly Message[]): Message[] =>
  messages.filter(
    ({ activity }) =>
      JSON.stringify(adaptiveCards(activity)).includes('"verb":"regenerate"') ||
      JSON.stringify(adaptiveCards(activity)).includes('"copyOf"'),
  );

/** Whether a message shows what was read, because it may be wrong. */
export function isDoubted(message: Message): boolean {
  const [before = ''] = en['draft.unsureOf'].split('{');
  const text = textOf(message);
  return [en['draft.unsure'], before, en['choice.change']].some((words) => text.includes(words));
}

/** A message's first card; empty where it has none. */
export const cardOf = ({ activity }: Pick<Message, 'activity'>): Json => adaptiveCards(activity)[0] ?? {};

/** The button of that name on a message's first card, or the name, which no card has as a verb. */
export const buttonOn = (message: Message, title: string): CardAction | string =>
  actionsIn(cardOf(message)).find((action) => action.title === title) ?? title;

/** The inputs of a card as it is drawn, before anybody types, each with what it is filled with. */
export const inputsIn = (card: unknown): Json =>
  Object.fromEntries(
    nodes(card).flatMap(({ type, id, value }) => (type.startsWith('Input.') ? [[id, value]] : [])),
  );

/** Every string of a message, or of a card, that a person can read, one a line. */
export function textOf(message: Message | Json | undefined): string {
  const shown = message && 'activity' in message ? message.activity : message;
  return texts(shown)
    .filter(({ name }) => ['text', 'title', 'label', 'value', 'altText'].includes(name))
    .map(({ text }) => text)
    .join('\n');
}
