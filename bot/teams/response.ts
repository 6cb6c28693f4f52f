import type { Answer } from './outcome.ts';
import { type HttpAnswer, type Renderer, toHttpAnswer } from './reply-activity.ts';
import type { Turn } from './turn.ts';

/** Teams shows that somebody is typing only when there is something to wait for. */
const TYPING_MS = 500;
/** Teams gives up on an invoke a little later; it is told "working on it", and the card changes when it is done. */
const INVOKE_MS = 4_000;
/** So long a sign-in is answered only when what waited for it is done: if we die, Teams shows its button again. */
const HOLD_MS = 3_000;

/** The HTTP response to one activity. It is sent once, and an invoke's in time. */
export type ActivityResponse = {
  /** What it will say from now on. */
  prepare(answer: Answer): void;
  /** Sends it now: as prepared, or this one. */
  send(answer?: HttpAnswer): void;
  /** Sends it in a while, whether or not what goes on is done then. */
  hold(): void;
  /** Whether the channel waits for it, and would deliver the activity again. */
  isAwaited(): boolean;
  /** Whether the person was told "working on it". */
  isLate(): boolean;
  /** Nothing happens by the clock any more. */
  stop(): void;
};

type ResponseOptions = {
  turn: Turn;
  renderer: Renderer;
  resolve(answer: HttpAnswer): void;
  /** Called once when the person has waited for a while. */
  onSlow(): void;
};

/** A response that is not sent yet, and whose time has begun to run. */
export function createResponse({ turn, renderer, resolve, onSlow }: ResponseOptions): ActivityResponse {
  const isClick = turn.kind === 'action' && turn.action.via === 'invoke';
  let state: 'awaited' | 'held' | 'sent' = 'awaited';
  let isLate = false;
  let prepared: HttpAnswer = { status: 200 };
  const send = (answer = prepared) => {
    state = 'sent';
    resolve(answer);
  };
  const sendLate = () => {
    isLate = true;
    send(toHttpAnswer({ kind: 'sentence', reply: { kind: 'notice', notice: 'working' } }, renderer));
  };
  const timers = [
    ...(isClick ? [setTimeout(sendLate, INVOKE_MS)] : []),
    ...(isClick || turn.kind === 'ignored' ? [] : [setTimeout(onSlow, TYPING_MS)]),
  ];
  return {
    send,
    prepare: (answer) => {
      prepared = toHttpAnswer(answer, renderer);
    },
    hold: () => {
      if (state === 'awaited') state = 'held';
      timers.push(setTimeout(send, HOLD_MS, undefined));
    },
    isAwaited: () => state === 'awaited',
    isLate: () => isLate,
    stop: () => timers.forEach(clearTimeout),
  };
}
