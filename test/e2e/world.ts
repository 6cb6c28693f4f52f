import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { inject } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { watchSecrets } from '../../deploy/faults/secrets.ts';
import { type BotProcess, freePort, startBot } from '../../deploy/sandbox/bot-process.ts';
import { envelope, invokeActivity, messageActivity } from '../../deploy/sandbox/channel/activities.ts';
import { actionsIn, oauthCard } from '../../deploy/sandbox/channel/cards.ts';
import type { Delivered } from '../../deploy/sandbox/channel/delivery.ts';
import type {
  Activity,
  CardAction,
  Conversation,
  Json,
  Message,
} from '../../deploy/sandbox/channel/model.ts';
import { isSeenBy } from '../../deploy/sandbox/channel/teams-client.ts';
import { untilIdle, within } from '../../deploy/sandbox/idle.ts';
import { ADA, CONTOSO, type Person } from '../../deploy/sandbox/people.ts';
import { type StandIns, type StandInsOptions, startStandIns } from '../../deploy/sandbox/standins.ts';
import { botMessages, cardOf, inputsIn, isDoubted, meetingCards, READ, textOf } from './messages.ts';
import { until } from './waiting.ts';

/** One line that the bot has logged about a turn. */
type TurnLine = { turn: string; outcome: string; reference: string; place: string };

type Say = StandIns['channel']['say'];
type SayOptions = Parameters<Say>[3];
type SharedPlace = 'groupChat' | 'channel';
type Where = Person | SharedPlace;
type Clicked = ReturnType<StandIns['channel']['execute']>;

/** The bot as its own process, and everything around it that is Microsoft's in real life. */
export type World = StandIns & {
  bot: BotProcess;
  /** Nothing said, nothing made, nobody signed in: a new bot among empty stand-ins. */
  begin(env?: Record<string, string>): Promise<void>;
  /** The same among the same bot, if it can be: it forgets everybody by *sign out*, ten times as fast as a new one starts. */
  reset(): Promise<void>;
  /** Resolves when nothing is on its way to the bot any more, and the bot has nothing under way. */
  idle(): Promise<void>;
  /** The bot stops (or is killed) and starts again; its store and everything around it stay as they are. */
  restart(env?: Record<string, string>, signal?: NodeJS.Signals): Promise<void>;
  /** The file of the bot's store: another for each new bot. */
  storeFile(): string;
  chat(person: Person): Conversation;
  place(type: SharedPlace): Conversation;
  /** What the bot wrote into a person's chat, or among several, oldest first. */
  said(where: Where): Message[];
  /** Those of them that are a meeting. */
  cards(where: Where): Message[];
  /** The newest of what it wrote there; throws where there is none. */
  newest(where: Where): Message;
  /** The newest of them, as text: card or not. */
  lastText(where: Where): string;
  /** What it wrote among several that this person sees. */
  seenIn(place: SharedPlace, person: Person): Message[];
  /** The inputs of a message's cards as a person sees them, each with what it is filled with. */
  form(person: Person, message: Message): Json;
  /** What the button of that verb sends, on a message's cards as a person sees them. */
  dataOf(person: Person, message: Message, verb: string): Json;
  /** What a person sees in place of a message's cards, as text. */
  seen(person: Person, message: Message): string;
  /** A person writes in their chat with the bot, and everything that follows has happened; nothing is agreed to. */
  type(person: Person, text: string, options?: SayOptions): Promise<void>;
  /**
   * The same, by somebody who says yes where the bot shows first what it read: which words it is sure of is a matter of
   * test/language.
   */
  write(person: Person, text: string, options?: SayOptions): Promise<void>;
  /** The same, and what the bot answers; as text. */
  answer(person: Person, text: string, options?: SayOptions): Promise<string>;
  /** The same, as a message. */
  ask(person: Person, text: string, options?: SayOptions): Promise<Message>;
  /**
   * A person presses a button of a message's card as they see it, named by its title, and everything that follows has
   * happened. Throws where there is no such button.
   */
  press(person: Person, message: Message, button: string | RegExp | CardAction, inputs?: Json): Clicked;
  /** The same by the verb of the button, or an action of one's own. */
  click(person: Person, message: Message | undefined, action: CardAction | string, inputs?: Json): Clicked;
  /** Says yes to what the button of that verb has asked first. */
  confirm(person: Person, message: Message | undefined, verb: string): Clicked;
  /** Presses a button that asks first, and then says yes. */
  clickAndConfirm(person: Person, message: Message | undefined, action: CardAction | string): Clicked;
  /** A person writes in the group chat or the channel, and everything that follows has happened. */
  say(person: Person, place: SharedPlace, text: string, options: SayOptions): ReturnType<Say>;
  /** The same, where they mention the bot, and perhaps others. */
  mention(person: Person, place: SharedPlace, text: string, ...others: Person[]): ReturnType<Say>;
  alive(): StandIns['graph']['meetings'];
  /** Their names, and whose they are. */
  subjects(): (string | null)[];
  organizers(): string[];
  /** What Graph was asked by this method, oldest first. */
  sent(method: string): StandIns['graph']['requests'];
  /** The meetings that are there, by name and by the time of their start and end in London. */
  times(): [subject: string | null, start: string, end: string][];
  /** The person has agreed once, and the bot holds their token; their chat is empty. */
  signIn(...people: Person[]): Promise<void>;
  /** Whether the newest message of a person's chat has a button for them to sign in. */
  hasButton(person: Person): boolean;
  /** The person comes back from the popup of a card that asks to sign in, and everything that follows has happened. */
  finishSignIn(person: Person, message: Message | undefined): ReturnType<StandIns['channel']['finishSignIn']>;
  /** The person signs out, and says yes to what that loses. */
  signOut(person: Person): Promise<void>;
  /** A message as Teams would send it, not sent yet. */
  message(person: Person, text: string, change?: Partial<Activity>): Activity;
  /** An invoke as Teams would send it, sent. */
  invoke(person: Person, name: string, value: unknown, change?: Partial<Activity>): Promise<Delivered>;
  /** What the bot has logged since it started, or was reset. */
  log(): string;
  /** What it has logged there about its turns. */
  turns(): TurnLine[];
  /** Everything that every bot of this world has written. */
  output(): string;
  /** Throws if the bots have logged, since the last time, what nobody may read there: whatever a test is about. */
  checkLog(): void;
};

/** How a world differs from the sandbox that people try. */
export type WorldOptions = StandInsOptions & {
  /** Added to the bot's environment. */
  env?: Record<string, string>;
};

const RESET_MS = 3_000;

/** Starts the stand-ins and the bot. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const standIns = await startStandIns({ withPage: false, ...options });
  const { channel, entra, graph, faults, people } = standIns;
  const folder = await mkdtemp(join(tmpdir(), 'parley-'));
  const past: BotProcess[] = [];
  let stores = 0;
  let loggedBefore = 0;
  let given: Record<string, string> | undefined;
  const start = async (env?: Record<string, string>) => {
    given = env;
    // A test's person writes faster than anybody types.
    const own = { MESSAGE_PACE: 'off', STORE: `sqlite:${world.storeFile()}`, ...options.env, ...env };
    const bot = await startBot(standIns.botEnv(await freePort(), own), { entry: inject('bundle') });
    standIns.connect(bot.url);
    past.push(bot);
    loggedBefore = 0;
    return bot;
  };
  const startAnew = (env?: Record<string, string>) => {
    stores += 1;
    return start(env);
  };
  const { serviceUrl, state } = channel;
  const envelopeOf = { appId: standIns.app.id, botName: 'Parley', serviceUrl, locales: state.locales };

  const forget = () => {
    secrets.note();
    faults.clear();
    channel.state.clear();
    graph.reset();
    entra.reset();
  };
  const world: World = {
    ...standIns,
    bot: undefined as never,
    storeFile: () => join(folder, `${stores}.db`),
    begin: async (env) => {
      await world.idle();
      await world.bot.stop();
      forget();
      world.bot = await startAnew(env);
    },
    reset: async () => {
      faults.clear();
      channel.state.refusesCards = null;
      // A bot that has another environment, has ended, or tries something again for so long is no use to the next test.
      if (given || !(await world.bot.isReady()) || !(await within(world.idle(), RESET_MS))) {
        await world.bot.kill();
        world.bot = await startAnew();
      }
      const known = people.filter(({ oid, tenantId }) => {
        const hasSpoken = channel.state.conversations.some(({ messages }) =>
          messages.some(({ author }) => author.kind === 'person' && author.oid === oid),
        );
        return tenantId === CONTOSO.id && (hasSpoken || entra.state.consents.has(oid));
      });
      await Promise.all(known.map((person) => world.signOut(person)));
      forget();
      loggedBefore = world.bot.output().length;
    },
    idle: () => untilIdle(channel, () => [world.bot]),
    restart: async (env, signal) => {
      await channel.idle();
      await world.bot.stop(signal);
      world.bot = await start(env);
    },
    chat: (person) => {
      const chat = channel.state.personal(person.oid);
      if (!chat) throw new Error(`${person.name} has no chat with the bot`);
      return chat;
    },
    place: (type) => {
      const found = channel.state.conversations.find((conversation) => conversation.type === type);
      if (!found) throw new Error(`there is no ${type}`);
      return found;
    },
    said: (where) => botMessages(typeof where === 'string' ? world.place(where) : world.chat(where)),
    cards: (where) => meetingCards(world.said(where)),
    newest: (where) => {
      const newest = world.said(where).at(-1);
      if (!newest) throw new Error('the bot has written nothing there');
      return newest;
    },
    lastText: (where) => textOf(world.said(where).at(-1)),
    seenIn: (place, person) => world.said(place).filter((message) => isSeenBy(message, person)),
    form: (person, { id }) => inputsIn(channel.cardsFor(person, id)),
    dataOf: (person, { id }, verb) => {
      const button = actionsIn(channel.cardsFor(person, id)).find((action) => action.verb === verb);
      return (button?.data ?? {}) as Json;
    },
    seen: (person, { id }) => channel.cardsFor(person, id).map(textOf).join('\n'),
    type: async (person, text, sayOptions) => {
      await channel.say(person, world.chat(person).id, text, sayOptions);
      await world.idle();
    },
    write: async (person, text, sayOptions) => {
      await world.type(person, text, sayOptions);
      const shown = world.said(person).at(-1);
      const [yes] = shown && isDoubted(shown) ? actionsIn(cardOf(shown)) : [];
      if (yes !== undefined) await world.click(person, shown, yes);
    },
    ask: async (person, text, sayOptions) => {
      const before = world.said(person).length;
      await world.write(person, text, sayOptions);
      await until(() => world.said(person).length > before);
      return world.newest(person);
    },
    answer: async (...said) => textOf(await world.ask(...said)),
    press: (person, message, button, inputs) => {
      const [card = {}] = channel.cardsFor(person, message.id);
      return world.click(person, message, buttonOf(card, button), inputs);
    },
    click: async (person, message, action, inputs) => {
      const answered = await channel.execute(person, idOf(message), action, inputs);
      await world.idle();
      return answered;
    },
    confirm: (person, message, verb) => world.click(person, message, verb, READ),
    clickAndConfirm: async (person, message, action) => {
      await world.click(person, message, action);
      return world.confirm(person, message, typeof action === 'string' ? action : String(action.verb));
    },
    say: async (person, place, text, sayOptions) => {
      const said = await channel.say(person, world.place(place).id, text, sayOptions);
      await world.idle();
      return said;
    },
    mention: (person, place, text, ...others) =>
      world.say(person, place, `@Parley ${text}`, { mentions: ['bot', ...others] }),
    alive: () => graph.meetings.filter(({ isDeleted }) => !isDeleted),
    subjects: () => world.alive().map(({ subject }) => subject),
    organizers: () => world.alive().map(({ organizer }) => organizer),
    sent: (method) => graph.requests.filter((request) => request.method === method),
    times: () => {
      const clock = (instant: string) => DateTime.fromISO(instant, { zone: ADA.zone }).toFormat('HH:mm');
      return world
        .alive()
        .map(({ subject, startDateTime, endDateTime }) => [
          subject,
          clock(startDateTime),
          clock(endDateTime),
        ]);
    },
    hasButton: (person) => world.said(person).at(-1)?.signIns.get(person.oid)?.state === 'button',
    finishSignIn: async (person, message) => {
      const answered = await channel.finishSignIn(person, idOf(message), 'agreed');
      await world.idle();
      return answered;
    },
    signOut: async (person) => {
      await world.write(person, 'sign out');
      if (world.lastText(person).includes(en['choice.signoutYes'])) await world.write(person, 'yes');
    },
    signIn: async (...newcomers) => {
      for (const person of newcomers) {
        entra.consent(person.oid);
        await world.write(person, 'sign in');
        await until(() => world.said(person).some((message) => !oauthCard(message.activity)));
        world.chat(person).messages.length = 0;
      }
    },
    message: (person, text, change = {}) => {
      const conversation = world.chat(person);
      conversation.installed = true;
      const base = envelope(envelopeOf, person, { conversation, thread: null, at: Date.now() });
      return { ...messageActivity(base, text, []), id: channel.state.nextId(), ...change };
    },
    invoke: (person, name, value, change = {}) => {
      const conversation = world.chat(person);
      conversation.installed = true;
      const base = envelope(envelopeOf, person, { conversation, thread: null, at: Date.now() });
      return channel.deliver({ ...invokeActivity(base, name, value as Json), ...change });
    },
    log: () => world.bot.output().slice(loggedBefore),
    turns: () => turnLines(world.log()),
    output: () => past.map((bot) => bot.output()).join('\n'),
    checkLog: () => {
      secrets.note();
      const leaked = secrets.leaked();
      checked = world.output().length;
      secrets = watch();
      if (leaked.length > 0) throw new Error(`the bot has logged ${JSON.stringify(leaked)}`);
    },
    close: async () => {
      await world.bot.stop();
      world.checkLog();
      await standIns.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  world.bot = await start();
  let checked = 0;
  const watch = () => watchSecrets({ ...world, output: () => world.output().slice(checked) });
  let secrets = watch();
  return world;
}

function idOf(message: Message | undefined): string {
  if (message === undefined) throw new Error('there is no such card');
  return message.id;
}

function buttonOf(card: Json, button: string | RegExp | CardAction): CardAction {
  if (typeof button === 'object' && !(button instanceof RegExp)) return button;
  const isMeant = ({ title }: CardAction) =>
    typeof button === 'string' ? title === button : button.test(String(title));
  const found = actionsIn(card).find(isMeant);
  if (found === undefined) throw new Error(`no button ${button} on ${textOf(card)}`);
  return found;
}

function turnLines(output: string): TurnLine[] {
  return output
    .split('\n')
    .filter((line) => line.includes('"event":"turn"'))
    .map((line) => JSON.parse(line) as TurnLine);
}
