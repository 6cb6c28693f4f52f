import type { Answer } from './outcome.ts';
import { answererOf, type HttpAnswer, type Renderer } from './reply-activity.ts';
import { isExtension, isSeen, type Turn } from './turn.ts';

/** The typing indicator is shown when a turn takes longer than this. */
const TYPING_MS = 500;
/** An invoke is answered with "working on it" shortly before Teams gives up; the card changes when the work is done. */
const INVOKE_MS = 4_000;
/** How long the answer to a sign-in waits for the work that follows: if the process dies meanwhile, Teams shows its button again. */
const HOLD_MS = 3_000;

/** The HTTP response to one activity. It is sent once; to an invoke before Teams gives up. */
export type ActivityResponse = {
  /** Sets the answer that will be sent. */
  prepare(answer: Answer): void;
  /** Sends the prepared answer now, or this one. */
  send(answer?: HttpAnswer): void;
  /** Sends it after a while, whether or not the work that follows is done then. */
  hold(): void;
  /** Whether the channel still waits for it and would deliver the activity again. */
  isAwaited(): boolean;
  /** Whether the person was told "working on it", because no answer was there in time. */
  isLate(): boolean;
  /** Cancels all timers. */
  stop(): void;
};

type ResponseOptions = {
  turn: Turn;
  renderer: Renderer;
  resolve(answer: HttpAnswer): void;
  /** Called once when the turn takes long. */
  onSlow(): void;
};

/** A response that is not sent yet; its timers start now. */
export function createResponse({ turn, renderer, resolve, onSlow }: ResponseOptions): ActivityResponse {
  const toAnswer = answererOf(turn);
  let state: 'awaited' | 'held' | 'sent' = 'awaited';
  let isLate = false;
  let prepared: HttpAnswer = { status: 200 };
  const send = (answer = prepared) => {
    state = 'sent';
    resolve(answer);
  };
  const sendLate = () => {
    // The answer was in time, and only what follows takes long.
    if (state === 'sent') return;
    isLate = true;
    const notice = isExtension(turn.kind) ? 'workingOnDialog' : 'working';
    send(toAnswer({ kind: 'sentence', reply: { kind: 'notice', notice } }, renderer));
  };
  const timers = [isSeen(turn) ? setTimeout(sendLate, INVOKE_MS) : setTimeout(onSlow, TYPING_MS)];
  return {
    send,
    prepare: (answer) => {
      prepared = toAnswer(answer, renderer);
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
