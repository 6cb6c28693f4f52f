import type { Pack } from './pack.ts';
import type { Place } from './roles/roles.ts';
import { cover, isSaidAt } from './said.ts';
import type { Tokens } from './text/tokens.ts';
import type { TimeSpan } from './time/spans.ts';

/** Words beside a room's name that say nothing else: articles, "our", "with", "link". */
const BESIDE = ['art', 'mine', 'joins', 'polite', 'roomlink'];

/**
 * Whether a text only names a room ("our standup room", "design room link, no lobby"): then the room is what is wanted,
 * whether or not it is there. `places`: names, people and options; anything else that is said makes it no such text.
 */
export function isRoomNamed(
  tokens: Tokens,
  pack: Pack,
  places: readonly Place[],
  times: readonly TimeSpan[],
): boolean {
  const covered = cover(tokens.length, [...places, ...times]);
  const inTime = cover(tokens.length, times);
  const isRoomAt = (at: number) => inTime[at] === 0 && isSaidAt(tokens, pack, 'roomword', at);
  const at = tokens.findIndex((_token, index) => isRoomAt(index));
  const isCalled = at > 0 && tokens[at - 1]?.kind === 'word';
  return (
    isCalled &&
    tokens.every(
      ({ kind }, index) =>
        covered[index] === 1 ||
        isRoomAt(index) ||
        (kind === 'sign' && index > 0) ||
        BESIDE.some((tag) => isSaidAt(tokens, pack, tag, index)),
    )
  );
}
