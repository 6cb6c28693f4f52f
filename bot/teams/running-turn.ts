import { pauses, retry } from '../base/retry.ts';
import type { Reply } from '../say/render.ts';
import type { Telemetry } from '../telemetry.ts';
import { isEntraId } from './activity.ts';
import { audienceOf } from './audience.ts';
import { ChannelError } from './connector-client.ts';
import { type Delivered, type Delivery, type Dispatcher, isChannelError } from './delivery.ts';
import type { Answer, Done, Message, Outcome } from './outcome.ts';
import { type Mood, moodOf, type Reactions } from './reactions.ts';
import { answererOf } from './reply-activity.ts';
import type { ActivityResponse } from './response.ts';
import { isExtension, isSeen, type Turn } from './turn.ts';
import type { Outdated, Surroundings, TurnHandler } from './turn-handler.ts';

/** An activity while it is handled, and what has come of it so far. */
export type RunningTurn = Delivery &
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

/** Pauses between tries to write to the store what was done; together shorter than the lease. */
const SETTLE_MS = [1_000, 3_000, 5_000];
/** How often an outdated card is drawn again while its meeting keeps changing, and the pauses while Graph does not answer. */
const MOST_REDRAWS = 5;
const REDRAW_MS = [1_000, 3_000, 9_000];

type TurnStepsOptions = {
  handler: TurnHandler;
  dispatcher: Dispatcher;
  reactions: Reactions;
  telemetry: Telemetry;
};

/** The steps that deliver the outcome of a turn and bring the store and the cards up to date. */
export function createTurnSteps({ handler, dispatcher, reactions, telemetry }: TurnStepsOptions) {
  /** Does the work and delivers its outcome. */
  async function run(work: () => Promise<Outcome>, running: RunningTurn): Promise<Outcome> {
    const { turn, response } = running;
    const started = performance.now();
    const outcome = await work();
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

  /**
   * Tells the person once that something went wrong, with a reference for their administrator. Rethrows the error where the
   * person cannot be told. `isFirst`: whether they have not been told before.
   */
  async function apologize(error: unknown, running: RunningTurn, isFirst: () => boolean): Promise<void> {
    const { turn, response, reference, renderer } = running;
    if (isChannelError(error)) throw error;
    const reply = unexpected(reference);
    running.mood = 'failed';
    const isMessage =
      (!isSeen(turn) || !response.isAwaited()) && turn.kind !== 'joined' && !isExtension(turn.kind);
    if (isMessage && isFirst()) await dispatcher.send(toMessage(reply, turn), running);
    response.send(isSeen(turn) ? answererOf(turn)({ kind: 'sentence', reply }, renderer) : { status: 200 });
  }

  /** After everything has reached the person: updates the store, and draws outdated cards again. */
  async function complete(running: RunningTurn): Promise<void> {
    const { turn, reference, finish, outdated, done, mood } = running;
    const [requests, work] = [
      done.filter(({ kind }) => kind === 'request'),
      done.filter(({ kind }) => kind === 'work'),
    ];
    const settle = () => Promise.all([finish(true), handler.finish(turn, requests)]);
    // With the places of the cards this is one request to the store.
    const settled = quietly('finish', reference, () => retry(settle, pauses(SETTLE_MS)));
    await haveNoted(running);
    await settled;
    if (outdated.length > 0) await quietly('catch up', reference, () => catchUp(running));
    if (work.length > 0) await quietly('finish', reference, () => handler.finish(turn, work));
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
  async function quietly<T>(
    where: string,
    reference: string | null,
    work: () => Promise<T>,
  ): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      telemetry.fault(where, reference, error);
      return null;
    }
  }

  return { run, apologize, complete };
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
