import type { Activity, TurnContext } from 'botbuilder';
import { type Cache, createCache } from '../base/cache.ts';
import { pauses, retry } from '../base/retry.ts';
import { NotNow } from '../handle/cards/catch-up.ts';
import type { Outdated } from '../handle/cards/shown.ts';
import { finishAll } from '../handle/existing/finish.ts';
import { handle, redraw } from '../handle/handle.ts';
import { giveBack, NotBegun } from '../handle/once/once.ts';
import type { Services } from '../handle/services.ts';
import { render } from '../render.ts';
import type { Reply } from '../reply.ts';
import type { Telemetry } from '../telemetry.ts';
import { AdmittingAdapter } from './adapter.ts';
import type { Connector } from './connector.ts';
import { createOut, type Delivery, isOfChannel } from './delivery.ts';
import { type IncomingActivity, isEntraId } from './incoming-activity.ts';
import type { Outcome } from './outcome.ts';
import type { Pace } from './pace.ts';
import { type HttpAnswer, type Renderer, toHttpAnswer } from './reply-activity.ts';
import { startPatience } from './response-time.ts';
import { channelOf } from './roster.ts';
import { readTurn, type Turn } from './turn.ts';

/** The bot as the server has to do with it. */
export type Bot = {
  /**
   * Runs one activity that the guard has let in, and resolves with the HTTP answer as soon as there is one; work may
   * go on after it. Rejects for bugs, and where the channel took nothing: then it should deliver again.
   */
  run(activity: IncomingActivity): Promise<HttpAnswer>;
  /** Resolves when everything that has begun is done, also what goes on after a response. */
  settled(): Promise<void>;
  /** How much of it there is now. */
  underway(): number;
};

type BotOptions = { connector: Connector; services: Services; telemetry: Telemetry; pace: Pace };

/** So long a sign-in is answered only when what waited for it is done: if we die, Teams shows its button again. */
const HOLD_MS = 3_000;
/** So many activities are remembered here as well as in the store. */
const MOST_RECENT = 5_000;
/** A store that cannot take what was done is asked again, as long as the lease lasts. */
const SETTLE_MS = [1_000, 3_000, 5_000];
/** A card that shows what was is drawn anew: so often while others go on changing its meeting, and with such pauses while Graph does not answer. */
const MOST_REDRAWS = 5;
const REDRAW_MS = [1_000, 3_000, 9_000];

/** Where an activity becomes a turn, and its outcome messages, card updates and a response. */
export function createBot({ connector, services, telemetry, pace }: BotOptions): Bot {
  const adapter = new AdmittingAdapter(connector);
  const out = createOut({ services, telemetry, pace });
  const underway = new Set<Promise<void>>();
  const stumbles = createCache<true>(MOST_RECENT);
  const done = createCache<true>(MOST_RECENT);

  function follow(work: Promise<void>): void {
    underway.add(work);
    void work.finally(() => underway.delete(work));
  }

  async function converse(
    context: TurnContext,
    turn: Turn,
    resolve: (answer: HttpAnswer) => void,
  ): Promise<void> {
    const reference = services.newId();
    const renderer = rendererFor(turn, services);
    let isLate = false;
    let isAwaited = true;
    const answer = (given: HttpAnswer) => {
      isAwaited = false;
      resolve(given);
    };
    let given: HttpAnswer = { status: 200 };
    let held: NodeJS.Timeout | undefined;
    const delivery: Delivery = { context, turn, renderer, isAwaited: () => isAwaited && held === undefined };
    const patience = startPatience(turn, {
      onSlow: () => follow(out.type(delivery)),
      onLate: () => {
        isLate = true;
        const reply: Reply = { kind: 'notice', notice: 'working' };
        answer(toHttpAnswer({ kind: 'sentence', reply }, renderer));
      },
    });
    const outdated: Outdated[] = [];
    const ended: Outcome['done'][number][] = [];
    let finish: NonNullable<Outcome['finish']> = async (isDelivered) => {
      if (!isDelivered) await giveBack(turn, services);
    };
    try {
      // Whatever the store says or cannot say: here it was answered, or apologised for.
      if (done.has(idOf(turn) ?? '')) return answer({ status: 200 });
      let next: Outcome['afterwards'] = () =>
        handle(turn, services, channelOf(context, turn.kind === 'ignored' ? '' : turn.tenant), reference);
      while (next !== null) {
        const started = performance.now();
        const outcome: Outcome = await next();
        finish = outcome.finish ?? finish;
        if (outcome.answer !== null) given = toHttpAnswer(outcome.answer, renderer);
        if (outcome.afterwards !== null) held = setTimeout(() => answer(given), HOLD_MS);
        else if (outcome.answer !== null) answer(given);
        const send = isLate ? [...outcome.send, ...belated(turn, outcome)] : outcome.send;
        outdated.push(...(await out.deliver({ ...outcome, send }, delivery)));
        ended.push(...outcome.done);
        // A message is answered when its reply has arrived, so that the channel delivers again if it has not.
        if (outcome.afterwards === null) answer(given);
        if (outcome.finish !== null) note(done, turn);
        telemetry.turn(toEvent(turn, reference, outcome.name, started));
        next = outcome.afterwards;
      }
    } catch (error) {
      telemetry.fault(turn.kind, reference, error);
      // A store that is busy now may well be there when the channel delivers again.
      if (error instanceof NotBegun && note(stumbles, turn)) throw error;
      try {
        answer(await apologise(error, delivery, { reference, isLate }));
      } catch (unsaid) {
        done.delete(idOf(turn) ?? '');
        await finish(false);
        throw unsaid;
      }
    } finally {
      patience.stop();
      clearTimeout(held);
    }
    await retry(() => finish(true), pauses(SETTLE_MS)).catch((error: unknown) =>
      telemetry.fault('finish', reference, error),
    );
    if (outdated.length > 0)
      await keepUp(outdated, delivery, reference).catch((error: unknown) =>
        telemetry.fault('catch up', reference, error),
      );
    if (ended.length > 0)
      await finishAll(ended, turn, services).catch((error: unknown) =>
        telemetry.fault('finish', reference, error),
      );
  }

  /**
   * Asking again would fail again: the person hears of it once, with something to tell their administrator. Throws the
   * error on where nobody can be told.
   */
  async function apologise(
    error: unknown,
    delivery: Delivery,
    { reference, isLate }: { reference: string; isLate: boolean },
  ): Promise<HttpAnswer> {
    const { turn, renderer } = delivery;
    if (turn.kind === 'ignored' || isOfChannel(error)) throw error;
    const reply = unexpected(reference);
    const isClick = turn.kind === 'action' && turn.action.via === 'invoke';
    const isSaid = (!isClick || isLate) && turn.kind !== 'joined';
    if (isSaid && note(done, turn)) await out.send(reply, delivery);
    return isClick ? toHttpAnswer({ kind: 'sentence', reply }, renderer) : { status: 200 };
  }

  /** Until what was shown is how things are; nobody waits for it any more. */
  async function keepUp(outdated: Outdated[], delivery: Delivery, reference: string): Promise<void> {
    const { context, turn } = delivery;
    if (turn.kind === 'ignored') return;
    const channel = channelOf(context, turn.tenant);
    let cards = outdated;
    for (let round = 0; cards.length > 0 && round < MOST_REDRAWS; round += 1) {
      const started = performance.now();
      const drawn = () => redraw(cards, turn, { services, channel, reference });
      const outcome = await retry(
        drawn,
        pauses(REDRAW_MS, (error) => error instanceof NotNow),
      );
      cards = await out.deliver(outcome, delivery);
      telemetry.turn(toEvent(turn, reference, outcome.name, started));
    }
  }

  return {
    run: (incoming) => {
      const turn = readTurn(incoming, services.now());
      // botbuilder writes into the activity it is given, so it gets a copy of its own.
      const activity = { ...incoming } as unknown as Activity;
      const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
      follow(adapter.admit(activity, (context) => converse(context, turn, resolve)).catch(reject));
      return promise;
    },
    settled: async () => void (await Promise.all(underway)),
    underway: () => underway.size,
  };
}

/** Names one activity; null where it has no name that could come again. */
const idOf = (turn: Turn) =>
  turn.kind === 'ignored' || turn.activityId === '' ? null : `${turn.conversation} ${turn.activityId}`;

/** True for an activity that was not noted before; one without a name is always new. */
function note(activities: Cache<true>, turn: Turn): boolean {
  const id = idOf(turn);
  if (id === null) return true;
  const isNew = !activities.has(id);
  activities.set(id, true);
  return isNew;
}

/** What somebody must still hear who was told "working on it". Nobody waits for a card that Teams only refreshes. */
function belated(turn: Turn, { answer, send }: Outcome): Reply[] {
  const isRefresh = turn.kind === 'action' && turn.action.verb === 'view';
  return answer?.kind === 'sentence' && send.length === 0 && !isRefresh ? [answer.reply] : [];
}

const unexpected = (reference: string): Reply => ({
  kind: 'problem',
  problem: 'unexpected',
  reference: reference.slice(0, 8),
  retryId: null,
  admin: null,
});

function rendererFor(turn: Turn, { now }: Services): Renderer {
  const reader =
    turn.kind === 'ignored' ? { locale: 'en', zone: null } : { locale: turn.locale, zone: turn.zone };
  return (reply) => render(reply, { ...reader, now: now() });
}

function toEvent(turn: Turn, reference: string, outcome: string, started: number) {
  const milliseconds = Math.round(performance.now() - started);
  if (turn.kind === 'ignored')
    return { reference, turn: 'ignored', outcome: turn.reason, place: '', tenant: '', milliseconds };
  const tenant = isEntraId(turn.tenant) ? turn.tenant : 'unknown';
  return { reference, turn: turn.kind, outcome, place: turn.place, tenant, milliseconds };
}
