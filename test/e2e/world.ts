import { type BotProcess, freePort, startBot } from '../../deploy/sandbox/bot-process.ts';
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import type { Person } from '../../deploy/sandbox/people.ts';
import { type StandIns, type StandInsOptions, startStandIns } from '../../deploy/sandbox/standins.ts';

/** The bot as its own process, and everything around it that is Microsoft's in real life. */
export type World = StandIns & {
  bot: BotProcess;
  /** Nothing said, nothing made, nobody signed in: a new bot among empty stand-ins. */
  begin(env?: Record<string, string>): Promise<void>;
  /** What the bot wrote into a person's chat, oldest first. */
  said(person: Person): Message[];
  /** The newest of them, as text: card or not. */
  lastText(person: Person): string;
  /** A person writes in their chat with the bot, and everything that follows has happened. */
  write(person: Person, text: string, options?: Parameters<StandIns['channel']['say']>[3]): Promise<void>;
  alive(): StandIns['graph']['meetings'];
};

/** Starts the stand-ins and the bot. `env` adds to the bot's environment. */
export async function startWorld(
  options: StandInsOptions & { env?: Record<string, string> } = {},
): Promise<World> {
  const standIns = await startStandIns({ withPage: false, ...options });
  const start = async (env: Record<string, string> = {}) => {
    const bot = await startBot(standIns.botEnv(await freePort(), { ...options.env, ...env }));
    standIns.connect(bot.url);
    return bot;
  };
  const world: World = {
    ...standIns,
    bot: await start(),
    begin: async (env) => {
      await standIns.channel.idle();
      await world.bot.stop();
      standIns.faults.clear();
      standIns.channel.state.clear();
      standIns.graph.reset();
      for (const { oid } of standIns.people) standIns.entra.withdrawConsent(oid);
      world.bot = await start(env);
    },
    said: (person) => {
      const chat = standIns.channel.state.personal(person.oid);
      return (chat?.messages ?? []).filter(({ author, deleted }) => author.kind === 'bot' && !deleted);
    },
    lastText: (person) => textOf(world.said(person).at(-1)),
    write: async (person, text, sayOptions) => {
      const chat = standIns.channel.state.personal(person.oid);
      await standIns.channel.say(person, chat?.id ?? '', text, sayOptions);
      await standIns.channel.idle();
    },
    alive: () => standIns.graph.meetings.filter(({ isDeleted }) => !isDeleted),
    close: async () => {
      await world.bot.stop();
      await standIns.close();
    },
  };
  return world;
}

/** Every string of a message that a person can read, one a line. */
export function textOf(message: Message | undefined): string {
  const lines: string[] = [];
  const collect = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (['text', 'title', 'label', 'value', 'altText'].includes(key)) lines.push(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) collect(inner, Array.isArray(value) ? key : name);
    }
  };
  collect(message?.activity, '');
  return lines.join('\n');
}
