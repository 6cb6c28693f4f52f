import { setTimeout as wait } from 'node:timers/promises';
import { inject } from 'vitest';
import type { TablePlace } from '../../bot/store/tables.ts';
import { startAzurite } from '../../deploy/faults/azurite.ts';
import { startRoundRobin } from '../../deploy/faults/round-robin.ts';
import { type StoreProxy, startProxy } from '../../deploy/faults/store-proxy.ts';
import { type BotProcess, freePort, startBot } from '../../deploy/sandbox/bot-process.ts';
import type { Conversation, Message } from '../../deploy/sandbox/channel/model.ts';
import { untilIdle } from '../../deploy/sandbox/idle.ts';
import { CONTOSO, PEOPLE, type Person } from '../../deploy/sandbox/people.ts';
import { type StandIns, type StandInsOptions, startStandIns } from '../../deploy/sandbox/standins.ts';
import { botMessages } from './messages.ts';

/** Several replicas with one store behind a round-robin, and everything around them. */
export type Fleet = StandIns & {
  /** Between the replicas and their store. */
  store: StoreProxy;
  /** Where that store is, for a look into it past the proxy. */
  tables: TablePlace;
  replicas: BotProcess[];
  /** The next request goes to this replica, those after it to the next ones. Resolves when it is known to be ready. */
  turnTo(replica: number): Promise<void>;
  /** Every request goes to this replica while the work is done. */
  only(replica: number, work: () => Promise<unknown>): Promise<void>;
  chat(person: Person): Conversation;
  /** What the bot wrote into a person's chat, oldest first. */
  said(person: Person): Message[];
  /** Resolves when nothing is on its way to a replica any more, and none of them has anything under way. */
  idle(): Promise<void>;
  /** A person writes. Delivered again, up to four times, where no replica answers with 200; resolves with the statuses. */
  ask(person: Person, text: string): Promise<(number | null)[]>;
  alive(): StandIns['graph']['meetings'];
  /** Ends a replica and starts another in its place. */
  replace(replica: number, signal: NodeJS.Signals): Promise<void>;
  /** Everything that every replica has written. */
  output(): string;
};

type FleetOptions = StandInsOptions & { replicas: number; env?: Record<string, string> };

const REDELIVERIES = 4;
/** Teams waits longer; who is faster finds the first attempt's lease still there. */
const REDELIVER_MS = 200;

/** Starts everything; resolves when all replicas are ready. */
export async function startFleet({ replicas: size, env = {}, ...options }: FleetOptions): Promise<Fleet> {
  const [standIns, azurite] = await Promise.all([
    startStandIns({ withPage: false, ...options }),
    startAzurite(),
  ]);
  const { channel } = standIns;
  const store = await startProxy(azurite.port);
  const tables = { kind: 'azurite' as const, connectionString: azurite.connectionString() };
  const STORE = `tables:${azurite.connectionString(store.port)}`;
  const past: BotProcess[] = [];
  const start = async (port: number) => {
    const bot = await startBot(standIns.botEnv(port, { STORE, ...env }), { entry: inject('bundle') });
    past.push(bot);
    return bot;
  };
  const chat = (person: Person) => {
    const found = channel.state.personal(person.oid);
    if (!found) throw new Error(`${person.name} has no chat with the bot`);
    return found;
  };
  const ports: number[] = [];
  while (ports.length < size) ports.push(await freePort());
  const replicas = await Promise.all(ports.map(start));
  const balancer = await startRoundRobin(ports);
  standIns.connect(balancer.url);
  return {
    ...standIns,
    store,
    tables,
    replicas,
    turnTo: balancer.turnTo,
    only: async (replica, work) => {
      balancer.pin(replica);
      await work();
      await untilIdle(channel, () => replicas);
      balancer.pin(null);
    },
    chat,
    said: (person) => botMessages(chat(person)),
    idle: () => untilIdle(channel, () => replicas),
    ask: async (person, text) => {
      const { status, activity } = await channel.say(person, chat(person).id, text);
      const statuses = [status];
      while (statuses.at(-1) !== 200 && statuses.length <= REDELIVERIES) {
        await wait(REDELIVER_MS);
        statuses.push((await channel.deliver(activity)).status);
      }
      return statuses;
    },
    alive: () => standIns.graph.meetings.filter(({ isDeleted }) => !isDeleted),
    replace: async (replica, signal) => {
      await replicas[replica]?.stop(signal);
      replicas[replica] = await start(ports[replica] ?? 0);
    },
    output: () => past.map((bot) => bot.output()).join('\n'),
    close: async () => {
      await Promise.all(replicas.map((replica) => replica.stop('SIGKILL')));
      await balancer.close();
      await Promise.all([standIns.close(), store.close()]);
      await azurite.close();
    },
  };
}

/** So many people of the sandbox's company, numbered from `from`, who have consented to nothing yet. */
export function crowd(size: number, from = 0): Person[] {
  const [model] = PEOPLE;
  if (model === undefined) throw new Error('the sandbox is empty');
  return Array.from({ length: size }, (_, i) => from + i).map((i) => ({
    ...model,
    oid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    upn: `person${i}@${CONTOSO.domain}`,
    name: `Person ${i}`,
    teamsId: `29:person-${i}`,
  }));
}
