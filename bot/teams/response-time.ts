import type { Turn } from './turn.ts';

/** Teams shows that somebody is typing only when there is something to wait for. */
const TYPING_MS = 500;
/** Teams gives up on an invoke a little later; it is told "working on it", and the card changes when it is done. */
const INVOKE_MS = 4_000;

/** Calls `onSlow` after a while, and `onLate` when an invoke can wait no longer. */
export function startPatience(
  turn: Turn,
  { onSlow, onLate }: { onSlow(): void; onLate(): void },
): { stop(): void } {
  const isAction = turn.kind === 'action' && turn.action.via === 'invoke';
  const typing = turn.kind === 'ignored' || isAction ? null : setTimeout(onSlow, TYPING_MS);
  const late = isAction ? setTimeout(onLate, INVOKE_MS) : null;
  return {
    stop: () => {
      if (typing !== null) clearTimeout(typing);
      if (late !== null) clearTimeout(late);
    },
  };
}
