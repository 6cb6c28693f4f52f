import type { Pack } from './pack.ts';
import type { Place } from './roles/roles.ts';
import { cover, isSaidAt } from './said.ts';
import type { Tokens } from './text/tokens.ts';
import type { TimeSpan } from './time/spans.ts';

/** Words beside a room's name that say nothing else: articles, "our", "with", "link". */
const BESIDE = ['art', 'one', 'mine', 'joins', 'polite', 'roomlink'];
/** What says that something is done, told or asked is no name, unless meetings are called so, too. */
const SPEAKING = ['act', 'tell', 'ask', 'other', 'filler', 'cue'];
const LONGEST_NAME = 4;

/**
 * The name of a room in a text that only names it ("our standup room", "design room link, no lobby"): then the room is
 * wanted, whether or not it is there. Null where anything else is said. `places`: names, people and options.
 */
export function roomNamed(
  tokens: Tokens,
  pack: Pack,
  places: readonly Place[],
  times: readonly TimeSpan[],
): Place | null {
  const inTime = cover(
    tokens.length,
    times.filter(({ weak }) => !weak),
  );
  const has = (tag: string, at: number) => isSaidAt(tokens, pack, tag, at);
  const isRoomAt = (at: number) => inTime[at] === 0 && has('roomword', at);
  const isBeside = (at: number) => BESIDE.some((tag) => has(tag, at));
  const room = tokens.findIndex((_token, at) => isRoomAt(at));
  const isName = (at: number) =>
    tokens[at]?.kind === 'word' &&
    inTime[at] === 0 &&
    !isBeside(at) &&
    (has('noun', at) || !SPEAKING.some((tag) => has(tag, at)));
  let first = room;
  const isHyphen = (at: number) => tokens[at]?.low === '-' && tokens[at]?.glued === true && isName(at - 1);
  while (first > 0 && room - first < LONGEST_NAME && (isName(first - 1) || isHyphen(first - 1))) first -= 1;
  if (room <= 0 || first === room) return null;
  const covered = cover(tokens.length, [...places, ...times, { first, next: room }]);
  const isOnly = tokens.every(
    ({ kind }, at) => covered[at] === 1 || isRoomAt(at) || (kind === 'sign' && at > 0) || isBeside(at),
  );
  return isOnly ? { first, next: room } : null;
}
