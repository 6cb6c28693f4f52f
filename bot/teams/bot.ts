import type { Activity, TurnContext } from 'botbuilder';
import type { DateTime } from 'luxon';
import { type Cache, createCache } from '../base/cache.ts';
import { pauses, retry } from '../base/retry.ts';
import { type Reply, render, renderInWords } from '../say/render.ts';
import type { Telemetry } from '../telemetry.ts';
import { type IncomingActivity, isEntraId } from './activity.ts';
import { ChannelError, type ConnectorAdapter, channelOf, rosterOf } from './connector.ts';
import { createDispatcher, type Delivered, type Delivery, isChannelError } from './dispatcher.ts';
import {
  type Answer,
  audienceOf,
  type Done,
  type Message,
  type Outcome,
  type Outdated,
  type TurnHandler,
} from './outcome.ts';
import type { Pace } from './pace.ts';
import { createReactions, type Mood, moodOf } from './reactions.ts';
import { readTurn } from './read-turn.ts';
import {
  type ActivityResponse,
  answererOf,
  BAD_REQUEST,
  createResponse,
  type HttpAnswer,
  isExtension,
  isSeen,
  type Renderer,
} from './response.ts';
import type { Ignored, Surroundings, Turn } from './turn.ts';

/** What the server needs of the bot. */
type Bot = {
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

/** An activity while it is handled, and what has come of it so far. */
type RunningTurn = Delivery &
  Surroundings & {
    response: ActivityResponse;
    /** Cards that show an older revision of their meeting. */
    outdated: Outdated[];
    /** Cards whose places are being noted; null where a card shows its meeting as it is. */
    noting: Promise<Outdated | null>[];
    /** What is done when everything has reached the person. */
    done: Done[];
    finish: NonNullable<Outcome['finish']>;
    /** What the newest outcome says to everybody who sees the person's message. */
    mood: Mood | null;
  };

/** How many activities are remembered in memory, beside the store. */
const MOST_RECENT = 5_000;
/** Pauses between tries to write to the store what was done; together shorter than the lease. */
const SETTLE_MS = [1_000, 3_000, 5_000];
/** How often an outdated card is drawn again while its meeting keeps changing, and the pauses while Graph does not answer. */
const MOST_REDRAWS = 5;
const REDRAW_MS = [1_000, 3_000, 9_000];

/** The bot: it turns an activity into a turn, and the outcome into messages, card updates and a response. */
export function createBot(options: BotOptions): Bot {
  const { adapter, handler, telemetry, pace, now, newId } = options;
  const dispatcher = createDispatcher(options);
  const reactions = createReactions(dispatcher, pace);
  const underway = new Set<Promise<void>>();
  const stumbles = createCache<true>(MOST_RECENT);
  const done = createCache<true>(MOST_RECENT);
  const apologies = createCache<true>(MOST_RECENT);

  function track(work: Promise<void>): void {
    underway.add(work);
    void work.finally(() => underway.delete(work));
  }

  function ignore({ reason, isInvoke }: Ignored): HttpAnswer {
    const nowhere = { place: '', tenant: '', milliseconds: 0 };
    telemetry.turn({ reference: newId(), turn: 'ignored', outcome: reason, ...nowhere });
    return isInvoke ? BAD_REQUEST : { status: 200 };
  }

  function open(context: TurnContext, turn: Turn, resolve: (answer: HttpAnswer) => void): RunningTurn {
    const reference = newId();
    const { locale, zone } = turn;
    const conversations = adapter.conversations(turn.serviceUrl);
    const renderer: Renderer = (reply) => render(reply, { locale, zone, now: now() });
    const inWords: Renderer = (reply) => renderInWords(reply, { locale, zone, now: now() }, reference);
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
        const outcome: Outcome = await work(next, running);
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
      await apologize(error, running);
      addNew(done, turn);
    } catch (unsaid) {
      apologies.delete(idOf(turn) ?? '');
      await running.finish(false);
      throw unsaid;
    }
  }

  /**
   * Tells the person once that something went wrong, with a reference for their administrator. Rethrows the error where the
   * person cannot be told.
   */
  async function apologize(error: unknown, running: RunningTurn): Promise<void> {
    const { turn, response, reference, renderer } = running;
    if (isChannelError(error)) throw error;
    const reply = unexpected(reference);
    running.mood = 'failed';
    const isMessage =
      (!isSeen(turn) || !response.isAwaited()) && turn.kind !== 'joined' && !isExtension(turn.kind);
    if (isMessage && addNew(apologies, turn)) await dispatcher.send(toMessage(reply, turn), running);
    response.send(isSeen(turn) ? answererOf(turn)({ kind: 'sentence', reply }, renderer) : { status: 200 });
  }

  /** Does the work and delivers its outcome. */
  async function work(next: () => Promise<Outcome>, running: RunningTurn): Promise<Outcome> {
    const { turn, response } = running;
    const started = performance.now();
    const outcome = await next();
    const { afterwards } = outcome;
    running.finish = outcome.finish ?? running.finish;
    const answer = outcome.answer?.kind === 'insert' ? await insert(outcome.answer, running) : outcome.answer;
    if (answer !== null) response.prepare(answer);
    if (afterwards !== null) response.hold();
    else if (answer !== null) response.send();
    const late = response.isLate() ? lateMessages(turn, outcome) : [];
    const messages = await reactions.insteadOf([...outcome.messages, ...late], running);
    await deliver({ ...outcome, messages }, running);
    running.mood = moodOf(outcome) ?? running.mood;
    running.done.push(...outcome.done);
    // What goes on may be about these cards.
    if (afterwards !== null) await haveNoted(running);
    // A message is answered when its reply has arrived, so that the channel delivers again if it has not.
    if (afterwards === null) response.send();
    telemetry.turn(toEvent(running, outcome.name, started));
    return outcome;
  }

  /** Sends the card of a dialog where the bot is a member; elsewhere the person sends it. */
  async function insert(answer: Extract<Answer, { kind: 'insert' }>, running: RunningTurn): Promise<Answer> {
    if (answer.post === null) return answer;
    try {
      const sent = await dispatcher.send({ reply: answer.post, audience: 'everybody' }, running);
      if (sent !== null) running.noting.push(remember(sent, running));
      return { kind: 'ok' };
    } catch (error) {
      if (!isChannelError(error)) throw error;
      // Not remembered, because the bot may be added at any time.
      const status = error instanceof ChannelError ? error.status : 0;
      telemetry.refused({ capability: 'post', status, place: running.turn.place });
      return answer;
    }
  }

  async function deliver(outcome: Outcome, running: RunningTurn): Promise<void> {
    for await (const delivered of dispatcher.deliver(outcome, running))
      running.noting.push(remember(delivered, running));
  }

  /** Waits until it is noted where the cards stand. */
  async function haveNoted(running: RunningTurn): Promise<void> {
    const noted = await Promise.all(running.noting.splice(0));
    running.outdated.push(...noted.filter((card) => card !== null));
  }

  /** Notes where a card stands. A failing store is only logged, because the person has the card. */
  async function remember(delivered: Delivered, { turn }: RunningTurn): Promise<Outdated | null> {
    if (delivered.kind === 'unchanged') return delivered.card;
    const { reply, ...place } = delivered.card;
    return quietly('remember card', null, () => handler.remember(turn, reply, place));
  }

  /** After everything has reached the person: updates the store, and draws outdated cards again. */
  async function complete(running: RunningTurn): Promise<void> {
    const { turn, reference, finish, outdated, done, mood } = running;
    const { request = [], work: begun = [] } = Object.groupBy(done, ({ kind }) => kind);
    const settle = () => Promise.all([finish(true), handler.finish(turn, request)]);
    // With the places of the cards this is one request to the store.
    const settled = quietly('finish', reference, () => retry(settle, pauses(SETTLE_MS)));
    await haveNoted(running);
    await settled;
    if (outdated.length > 0) await quietly('catch up', reference, () => catchUp(running));
    if (begun.length > 0) await quietly('finish', reference, () => handler.finish(turn, begun));
    await quietly('reaction', reference, () => reactions.settle(mood, running));
  }

  /** Draws outdated cards again until they show the current revision. The response has been sent by then. */
  async function catchUp(running: RunningTurn): Promise<void> {
    const { turn } = running;
    for (let round = 0; running.outdated.length > 0 && round < MOST_REDRAWS; round += 1) {
      const started = performance.now();
      const cards = running.outdated;
      const redraw = () => handler.redraw(cards, turn, running);
      const outcome = await retry(redraw, pauses(REDRAW_MS, handler.isPassing));
      running.outdated = [];
      await deliver(outcome, running);
      await haveNoted(running);
      telemetry.turn(toEvent(running, outcome.name, started));
    }
  }

  /** Does the work; null where it fails, which is only logged. */
  function quietly<T>(where: string, reference: string | null, attempt: () => Promise<T>): Promise<T | null> {
    return attempt().catch((error: unknown) => {
      telemetry.fault(where, reference, error);
      return null;
    });
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

/**
 * The answer as a message, for a person who was told "working on it". A card that Teams only refreshes needs none, and
 * a dialog stands over a conversation that its answer is not for.
 */
function lateMessages(turn: Turn, { answer, messages }: Outcome): Message[] {
  const isRefresh = turn.kind === 'action' && turn.action.verb === 'view';
  const isUnasked = isRefresh || isExtension(turn.kind);
  const isUnsaid = answer?.kind === 'sentence' && messages.length === 0 && !isUnasked;
  return isUnsaid ? [toMessage(answer.reply, turn)] : [];
}

const toMessage = (reply: Reply, turn: Turn): Message => ({ reply, audience: audienceOf(reply, turn) });

const unexpected = (reference: string): Reply => ({
  kind: 'problem',
  problem: 'unexpected',
  reference: reference.slice(0, 8),
  retryId: null,
  admin: null,
});

function toEvent({ turn, reference }: RunningTurn, outcome: string, started: number) {
  const milliseconds = Math.round(performance.now() - started);
  const tenant = isEntraId(turn.tenant) ? turn.tenant : 'unknown';
  return { reference, turn: turn.kind, outcome, place: turn.place, tenant, milliseconds };
}
