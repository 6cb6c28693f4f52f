import type { Activity, TurnContext } from 'botbuilder';
import type { DateTime } from 'luxon';
import { type Cache, createCache } from '../base/cache.ts';
import { render, renderInWords } from '../say/render.ts';
import type { Telemetry } from '../telemetry.ts';
import type { IncomingActivity } from './activity.ts';
import type { ConnectorAdapter } from './adapter.ts';
import { createCapabilities } from './capabilities.ts';
import { createDispatcher } from './dispatcher.ts';
import { channelOf, rosterOf } from './members.ts';
import type { Outcome } from './outcome.ts';
import type { Pace } from './pace.ts';
import { createReactions } from './reactions.ts';
import { readTurn } from './read-turn.ts';
import { BAD_REQUEST, type HttpAnswer, type Renderer } from './reply-activity.ts';
import { createResponse } from './response.ts';
import { createTurnSteps, type RunningTurn } from './running-turn.ts';
import type { Ignored, Turn } from './turn.ts';
import type { TurnHandler } from './turn-handler.ts';

/** What the server needs of the bot. */
export type Bot = {
  /**
   * Handles an activity that the guard has accepted, and resolves with the HTTP answer as soon as there is one; work may go
   * on afterwards. Rejects for bugs, and when the channel accepted nothing: the channel should deliver the activity again.
   */
  run(activity: IncomingActivity): Promise<HttpAnswer>;
  /** Resolves when all running turns have ended, including what goes on after a response. */
  settled(): Promise<void>;
  /** How many turns are running. */
  underway(): number;
};

type BotOptions = {
  adapter: ConnectorAdapter;
  handler: TurnHandler;
  telemetry: Telemetry;
  pace: Pace;
  /** The host of Teams' own addresses. */
  teamsHost: string;
  now(): DateTime;
  newId(): string;
};

/** How many activities are remembered in memory, beside the store. */
const MOST_RECENT = 5_000;

/** The bot: it turns an activity into a turn, and the outcome into messages, card updates and a response. */
export function createBot(options: BotOptions): Bot {
  const { adapter, handler, telemetry, pace, teamsHost, now, newId } = options;
  const capabilities = createCapabilities({ telemetry, handler });
  const dispatcher = createDispatcher({ telemetry, pace, capabilities, handler, teamsHost });
  const reactions = createReactions({ capabilities, pace });
  const { run, apologize, complete } = createTurnSteps({ handler, dispatcher, reactions, telemetry });
  const underway = new Set<Promise<void>>();
  const stumbles = createCache<true>(MOST_RECENT);
  const done = createCache<true>(MOST_RECENT);
  const apologies = createCache<true>(MOST_RECENT);

  function track(work: Promise<void>): void {
    underway.add(work);
    void work.finally(() => underway.delete(work));
  }

  function ignore({ reason, isInvoke }: Ignored): HttpAnswer {
    telemetry.turn({
      reference: newId(),
      turn: 'ignored',
      outcome: reason,
      place: '',
      tenant: '',
      milliseconds: 0,
    });
    return isInvoke ? BAD_REQUEST : { status: 200 };
  }

  function open(context: TurnContext, turn: Turn, resolve: (answer: HttpAnswer) => void): RunningTurn {
    const reference = newId();
    const { locale, zone } = turn;
    const conversations = adapter.conversations(turn.serviceUrl);
    const renderer: Renderer = (reply) => render(reply, { locale, zone, now: now() });
    const inWords: Renderer = (reply) =>
      renderInWords(reply, { locale, zone, now: now() }, reference.slice(0, 8));
    const onSlow = () => {
      track(dispatcher.type(running));
      track(reactions.begin(running).catch((error) => telemetry.fault('reaction', reference, error)));
    };
    const response = createResponse({ turn, renderer, resolve, onSlow });
    const running: RunningTurn = {
      ...{ context, turn, renderer, inWords, response, isAwaited: response.isAwaited },
      conversations,
      channel: channelOf(conversations, rosterOf(context.activity), turn.tenant),
      reference,
      ...{ outdated: [], noting: [], done: [], mood: null },
      finish: async (isDelivered) => {
        if (!isDelivered) await handler.giveBack(turn);
      },
    };
    return running;
  }

  async function converse(running: RunningTurn): Promise<void> {
    const { turn, response } = running;
    try {
      // This process has answered it or apologized, even if the store has failed to note it.
      if (done.has(idOf(turn) ?? '')) return response.send({ status: 200 });
      let next: Outcome['afterwards'] = () => handler.handle(turn, running);
      while (next !== null) {
        const outcome: Outcome = await run(next, running);
        if (outcome.finish !== null) addNew(done, turn);
        next = outcome.afterwards;
      }
    } catch (error) {
      await recover(error, running);
    } finally {
      response.stop();
    }
    await complete(running);
  }

  async function recover(error: unknown, running: RunningTurn): Promise<void> {
    const { turn, reference } = running;
    telemetry.fault(turn.kind, reference, error);
    // A store that is busy now may work when the channel delivers again.
    if (handler.isPassing(error) && addNew(stumbles, turn)) throw error;
    try {
      // Noted as done only after the person has the apology, because the process may end before.
      await apologize(error, running, () => addNew(apologies, turn));
      addNew(done, turn);
    } catch (unsaid) {
      apologies.delete(idOf(turn) ?? '');
      await running.finish(false);
      throw unsaid;
    }
  }

  return {
    run: (incoming) => {
      const turn = readTurn(incoming, now());
      if (turn.kind === 'ignored') return Promise.resolve(ignore(turn));
      // botbuilder writes into the activity it is given, so it gets a copy of its own.
      const activity = { ...incoming } as unknown as Activity;
      const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
      track(adapter.admit(activity, (context) => converse(open(context, turn, resolve))).catch(reject));
      return promise;
    },
    settled: async () => void (await Promise.all(underway)),
    underway: () => underway.size,
  };
}

/** A key for an activity; null where it has no id by which a second delivery could be recognized. */
const idOf = (turn: Turn) => (turn.activityId === '' ? null : `${turn.conversation} ${turn.activityId}`);

/** Adds an activity, and returns whether it was not there before; an activity without an id is always new. */
function addNew(activities: Cache<true>, turn: Turn): boolean {
  const id = idOf(turn);
  if (id === null) return true;
  const isNew = !activities.has(id);
  activities.set(id, true);
  return isNew;
}
