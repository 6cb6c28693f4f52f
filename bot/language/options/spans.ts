import type { Options } from '../command.ts';
import type { Named } from '../people/invitees.ts';
import type { OptionSpan } from '../reading.ts';
import type { Part, Place } from '../roles/roles.ts';
import { cover, isSaidAt, positionsIn, saidIn, textOf } from '../said.ts';
import type { TimeSpan } from '../time/spans.ts';
import { isUsual, optionsIn } from './options.ts';
import { NAMING } from './wishes-in-parts.ts';

/** Tags of the words that may stand around a topic. */
const AROUND = ['option', 'deny', 'affirm', 'who', 'waits', 'passes', 'only', 'during', 'except', 'idle'];

const isFree = (taken: Uint8Array, at: number) => taken[at] === 0;

/** "template [Party]": the name behind a topic that has one, where nothing of it was seen. */
function nameEnd({ tokens, pack }: Pick<Named, 'tokens' | 'pack'>, place: Place, taken: Uint8Array): number {
  const topic = saidIn(tokens, pack, 'option', place).at(-1);
  if (topic?.next !== place.next || !topic.values.some((value) => NAMING.includes(value))) return place.next;
  let { next } = place;
  while (isFree(taken, next) && tokens[next]?.kind === 'word') next += 1;
  return next;
}

/** Runs of words that options are said with, around a topic that plays no part yet. */
function unseenOptions({ tokens, pack }: Named, taken: Uint8Array): Place[] {
  const topics = saidIn(tokens, pack, 'option').filter(({ first }) => isFree(taken, first));
  const places: Place[] = [];
  const isAround = (at: number) =>
    isFree(taken, at) && tokens[at]?.kind === 'word' && isSaidAt(tokens, pack, AROUND, at);
  for (const topic of topics) {
    if (topic.first < (places.at(-1)?.next ?? 0)) continue;
    let { first, next } = topic;
    while (first > 0 && isAround(first - 1)) first -= 1;
    while (isAround(next)) next += 1;
    // "with template Party"
    places.push({
      first,
      next: first < topic.first ? nameEnd({ tokens, pack }, { first, next }, taken) : next,
    });
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
    next: isTopic(behind) ? behind + 1 : nameEnd({ tokens, pack }, place, taken),
  };
}

/** Words that may stand between a wish and its yes or no: "recording *after all* not", "Aufzeichnung *doch* nicht". */
const BETWEEN = ['idle', 'filler', 'corrected'];
/** Words behind which something else is said. */
const JOINTS = ['cue:and', 'cue:or', 'except'];

/** The no before a wish, and the yes or no behind it, a few small words away: "must [not be] recorded", "mics [off]", "passcode [back in]". */
function withPolarity({ tokens, pack }: Named, place: Place, taken: Uint8Array): Place {
  const isSmall = (tags: readonly string[], { first, next }: Place) =>
    next - first < REACH &&
    positionsIn({ first, next }).every(
      (at) => isFree(taken, at) && isSaidAt(tokens, pack, tags, at) && !isSaidAt(tokens, pack, JOINTS, at),
    );
  const before = saidIn(tokens, pack, 'deny', { first: 0, next: place.next }).findLast(
    ({ first, values }) => first < place.first && values.includes('before') && isFree(taken, first),
  );
  // "Chat: off"
  const from = place.next + (tokens[place.next]?.low === ':' ? 1 : 0);
  const rest = { first: from, next: tokens.length };
  // "Mics on entry", "enable transcription and remove Kim": a word that goes on says yes or no to something else.
  const isLast = (at: number) =>
    ['sign', 'break', undefined].includes(tokens[at]?.kind) || isSaidAt(tokens, pack, 'polite', at);
  const noes = saidIn(tokens, pack, 'deny', rest).filter(
    ({ first, next, values }) => isLast(next) || (first === from && values.includes('behind')),
  );
  const yeses = saidIn(tokens, pack, 'affirm', rest).filter(
    ({ next, values }) => isLast(next) && values.includes('behind'),
  );
  const behind = [...noes, ...yeses].find(
    ({ first }) => isFree(taken, first) && isSmall(BETWEEN, { first: from, next: first }),
  );
  return {
    first:
      before && isSmall(['idle'], { first: before.next, next: place.first }) ? before.first : place.first,
    next: behind?.next ?? place.next,
  };
}

/** "switch the recording of Q3 [off again]": a no that stands by itself is said of the wish before it. */
function withNoBehind(named: Named, spans: readonly OptionSpan[]): OptionSpan[] {
  const isNo = ({ first, next }: Place) =>
    saidIn(named.tokens, named.pack, 'option', { first, next }).length === 0 &&
    saidIn(named.tokens, named.pack, 'deny', { first, next }).some(({ values }) => values.includes('behind'));
  return spans.flatMap((span, index): OptionSpan[] => {
    if (index > 0 && isNo(span)) return [];
    const behind = spans[index + 1];
    if (!behind || !isNo(behind)) return [span];
    const denied = Object.entries(span.options).map(([topic, value]) => [
      topic,
      value === true ? false : value,
    ]);
    return [{ ...span, options: Object.fromEntries(denied) as Options }];
  });
}

/** Whether a wish may end before this token: another word would make it another thing, as in "passcode policy". */
function isEnd({ tokens }: Pick<Named, 'tokens'>, taken: Uint8Array, at: number): boolean {
  const kind = tokens[at]?.kind ?? 'break';
  return taken[at] !== 0 || kind === 'sign' || kind === 'break';
}

/** A place without the words of times at its edges: "[1hr] record". */
function withoutTimes({ first, next }: Place, isTime: Uint8Array): Place {
  let [from, to] = [first, next];
  while (from < to && isTime[from] === 1) from += 1;
  while (to > from && isTime[to - 1] === 1) to -= 1;
  return { first: from, next: to };
}

/** Words by which something is wished, not only named. */
const WISHING = ['deny', 'who', 'waits', 'passes', 'only', 'during', 'except'];

/** "a video call", "coffee chat": a topic that every meeting has, of which nothing is wished. */
const isNaming = ({ tokens, pack }: Named, place: Place): boolean =>
  !saidIn(tokens, pack, 'option', place).some(({ values }) => values.some((value) => !isUsual(value))) &&
  !WISHING.some((tag) => saidIn(tokens, pack, tag, place).length > 0);

/** Words that want something by themselves, and so name no option. */
const DOING = ['act', 'moves', 'corrected', 'proposes'];

/** What the model saw as a wish. One that is asked for like an option ("with", "no") and is none is kept in its words, without a "with". */
function seenOption(named: Named, place: Place): OptionSpan {
  const said = optionsIn(named, place);
  const { tokens, pack, text } = named;
  const isNone = !said.isClear && Object.keys(said.options).length === 0;
  // "captions on": of what is spoken only the language can be chosen.
  const isTopic = saidIn(tokens, pack, 'option', place).some(({ values }) => !values.includes('language'));
  if (!isNone || isTopic) return { ...place, ...said };
  const isAsked =
    isSaidAt(tokens, pack, ['deny', 'affirm'], place.first) &&
    !DOING.some((tag) => saidIn(tokens, pack, tag, { ...place, first: place.first + 1 }).length > 0);
  const isLed = place.next - place.first > 1 && isSaidAt(tokens, pack, 'affirm', place.first);
  const words = { ...place, first: place.first + (isLed ? 1 : 0) };
  return { ...place, ...said, isClear: isAsked, unknown: textOf(text, tokens, words) };
}

/** Places side by side as one: "invitation" and "in German" say one thing. */
function joined(places: readonly Place[]): Place[] {
  const all: Place[] = [];
  for (const { first, next } of places) {
    const before = all.at(-1)?.next === first ? all.pop() : undefined;
    all.push({ first: before?.first ?? first, next });
  }
  return all;
}

/** Every wish about the meeting itself: where the model saw one, and where the words say one by themselves. */
export function optionSpans(named: Named, parts: readonly Part[], times: readonly TimeSpan[]): OptionSpan[] {
  const isSeen = parts.some(({ role }) => role === 'option');
  if (!isSeen && saidIn(named.tokens, named.pack, 'option').length === 0) return [];
  const strong = times.filter(({ weak }) => !weak);
  const isTime = cover(named.tokens.length, strong);
  const taken = cover(named.tokens.length, [...parts, ...strong]);
  const seen = joined(parts.filter(({ role }) => role === 'option'))
    .map((part) => withPolarity(named, grown(named, withoutTimes(part, isTime), taken), taken))
    .filter(({ first, next }, index, all) => next > first && first >= (all[index - 1]?.next ?? 0));
  const open = cover(named.tokens.length, [...parts, ...seen, ...strong]);
  const unseen = unseenOptions(named, open).flatMap((place) => {
    const { options, isClear } = optionsIn(named, place);
    const isWhole = isEnd(named, open, place.next);
    if (!(isClear && isWhole) && isNaming(named, place)) return [];
    return [{ ...place, options: isWhole ? options : {}, isClear: isClear && isWhole }];
  });
  const wished = withNoBehind(
    named,
    seen.map((place) => seenOption(named, place)),
  );
  // In their order: "passcode on, actually no, passcode off" is what was said last.
  return [...wished, ...unseen].toSorted((a, b) => a.first - b.first);
}
