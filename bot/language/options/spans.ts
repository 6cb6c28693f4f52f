import type { Named } from '../people/invitees.ts';
import type { OptionSpan } from '../reading.ts';
import type { Part, Place } from '../roles/roles.ts';
import { cover, isSaidAt, saidIn } from '../said.ts';
import type { TimeSpan } from '../time/spans.ts';
import { optionsIn } from './options.ts';

/** Tags of the words that may stand around a topic. */
const AROUND = ['option', 'deny', 'affirm', 'who', 'waits', 'passes', 'only', 'during', 'except', 'idle'];

const isFree = (taken: Uint8Array, at: number) => taken[at] === 0;

/** Runs of words that options are said with, around a topic that plays no part yet. */
function unseenOptions({ tokens, pack }: Named, taken: Uint8Array): Place[] {
  const topics = saidIn(tokens, pack, 'option').filter(({ first }) => isFree(taken, first));
  const places: Place[] = [];
  const isAround = (at: number) =>
    isFree(taken, at) && tokens[at]?.kind === 'word' && AROUND.some((tag) => isSaidAt(tokens, pack, tag, at));
  for (const topic of topics) {
    if (topic.first < (places.at(-1)?.next ?? 0)) continue;
    let { first, next } = topic;
    while (first > 0 && isAround(first - 1)) first -= 1;
    while (isAround(next)) next += 1;
    places.push({ first, next });
  }
  return places;
}

const REACH = 4;

/** "the invitation in Japanese": a topic a few small words before or behind a wish belongs to it. */
function grown({ tokens, pack }: Named, place: Place, taken: Uint8Array): Place {
  const isSmall = (at: number) => isFree(taken, at) && isSaidAt(tokens, pack, 'idle', at);
  const isTopic = (at: number) => isFree(taken, at) && isSaidAt(tokens, pack, 'option', at);
  let [before, behind] = [place.first - 1, place.next];
  while (before > place.first - REACH && !isTopic(before) && isSmall(before)) before -= 1;
  while (behind < place.next + REACH && !isTopic(behind) && isSmall(behind)) behind += 1;
  return {
    first: isTopic(before) ? before : place.first,
    next: isTopic(behind) ? behind + 1 : place.next,
  };
}

/** Whether a wish may end before this token: another word would make it another thing, as in "passcode policy". */
function isEnd({ tokens }: Named, taken: Uint8Array, at: number): boolean {
  const kind = tokens[at]?.kind ?? 'break';
  return taken[at] !== 0 || kind === 'sign' || kind === 'break';
}

/** Every wish about the meeting itself: where the model saw one, and where the words say one by themselves. */
export function optionSpans(named: Named, parts: readonly Part[], times: readonly TimeSpan[]): OptionSpan[] {
  const taken = cover(named.tokens.length, [...parts, ...times.filter(({ weak }) => !weak)]);
  const seen = parts
    .filter(({ role }) => role === 'option')
    .map((part) => grown(named, part, taken))
    .filter((place, index, all) => place.first >= (all[index - 1]?.next ?? 0));
  const open = cover(named.tokens.length, [...parts, ...seen, ...times.filter(({ weak }) => !weak)]);
  const unseen = unseenOptions(named, open).map((place) => {
    const { options, isClear } = optionsIn(named, place);
    const isWhole = isEnd(named, open, place.next);
    return { ...place, options: isWhole ? options : {}, isClear: isClear && isWhole };
  });
  return [...seen.map((place) => ({ ...place, ...optionsIn(named, place) })), ...unseen];
}
