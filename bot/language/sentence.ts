import type { Utterance } from './command.ts';
import { optionsIn } from './options/options.ts';
import type { Pack } from './pack.ts';
import type { Frame, OptionSpan, Sentence } from './reading.ts';
import { judgeAct } from './roles/cues.ts';
import type { Act } from './roles/labels.ts';
import type { Model } from './roles/model.ts';
import type { Part, Place } from './roles/roles.ts';
import { readRoles } from './roles/roles.ts';
import { knowledgeIn } from './roles/vocabulary.ts';
import { cover, isWithin, saidIn } from './said.ts';
import { tokenize } from './text/tokens.ts';
import { findTimeSpans } from './time/find.ts';
import { resolveTimes } from './time/resolve.ts';
import type { TimeSpan } from './time/spans.ts';

/** A language that can read: its words, and what was learned of its sentences. */
export type Language = { pack: Pack; model: Model };

type Said = Pick<Sentence, 'text' | 'people' | 'tokens' | 'pack'>;

/** Whether a time belongs to a part rather than to the new meeting. */
const isInside = (time: TimeSpan, parts: readonly Part[]): boolean =>
  parts.some((part) => (part.role === 'subject' || part.role === 'which') && isWithin(time, part));

/** Acts that are about no meeting that is there: nothing in them says which one. */
const NEW: ReadonlySet<Act> = new Set(['create', 'now', 'room', 'answer']);
/** Acts whose time is the new one. */
const TIMED: ReadonlySet<Act> = new Set([...NEW, 'again', 'move', 'find']);

/**
 * The parts as the act makes them: what says which meeting is only a description where a new one is wanted, and a time
 * by itself is the wanted time where no other is said.
 */
function settleParts(act: Act, parts: readonly Part[], times: readonly TimeSpan[]): Part[] {
  const isFree = times.some((time) => !time.weak && !isInside(time, parts));
  return parts.flatMap((part): Part[] => {
    if (part.role !== 'which') return [part];
    if (NEW.has(act)) {
      const as = (role: 'subject' | 'guest') => (place: Place) => ({ role, ...place });
      return [...part.subjects.map(as('subject')), ...part.guests.map(as('guest'))];
    }
    const inside = times.filter((time) => isWithin(time, part));
    const length = inside.reduce((sum, { first, next }) => sum + next - first, 0);
    return TIMED.has(act) && !isFree && length >= part.next - part.first ? [] : [part];
  });
}

const SETTLING: ReadonlySet<TimeSpan['kind']> = new Set(['clock', 'date', 'relative', 'now']);

/**
 * A subject without the times at its end, where the sentence has no other of their kind: "Q3 tomorrow 3pm" is about Q3.
 * A time that only may be one ("May", "4") stays.
 */
function peel(parts: readonly Part[], times: readonly TimeSpan[]): Part[] {
  const outside = new Set(times.filter((time) => !isInside(time, parts)).map(({ kind }) => kind));
  return parts.flatMap((part) => {
    if (part.role !== 'subject') return [part];
    let { next } = part;
    for (const time of times.toReversed()) {
      const isLast = time.next === next && time.first > part.first && !time.weak;
      if (isLast && SETTLING.has(time.kind) && !outside.has(time.kind)) next = time.first;
    }
    return [{ ...part, next }];
  });
}

/** Clauses about options that the model did not see: runs of words that options are said with, around a topic. */
function unseenOptions(said: Said, taken: Uint8Array): Place[] {
  const { tokens, pack } = said;
  const known = cover(
    tokens.length,
    ['option', 'deny', 'affirm', 'who', 'waits', 'passes', 'only', 'during', 'except', 'idle'].flatMap(
      (tag) => saidIn(tokens, pack, tag),
    ),
  );
  const topics = saidIn(tokens, pack, 'option').filter(({ first }) => taken[first] === 0);
  const places: Place[] = [];
  for (const topic of topics) {
    if (topic.first < (places.at(-1)?.next ?? 0)) continue;
    let { first, next } = topic;
    const isFree = (at: number) => known[at] === 1 && taken[at] === 0;
    while (first > 0 && isFree(first - 1)) first -= 1;
    while (next < tokens.length && isFree(next)) next += 1;
    places.push({ first, next });
  }
  return places;
}

function optionsOf(said: Said, parts: readonly Part[], times: readonly TimeSpan[]): OptionSpan[] {
  const seen = parts.filter(({ role }) => role === 'option').map(({ first, next }) => ({ first, next }));
  const taken = cover(said.tokens.length, [...parts, ...times.filter(({ weak }) => !weak)]);
  return [...seen, ...unseenOptions(said, taken)].map((place) => ({ ...place, ...optionsIn(said, place) }));
}

/** Reads a cleaned text in one language: its tokens, times, parts, options and what is wanted. */
export function readSentence({ text, people }: Utterance, { pack, model }: Language, frame: Frame): Sentence {
  const tokens = tokenize(text, pack.elided);
  const times = findTimeSpans(tokens, pack, frame);
  const { act, next, margin, parts: marked } = readRoles({ tokens, times, pack }, model);
  const parts = peel(settleParts(act, marked, times), times);
  const said = times.filter((time) => !isInside(time, parts));
  const options = optionsOf({ text, people, tokens, pack }, parts, said);
  return {
    ...{ text, people, tokens, pack, times, said, parts, options, act, next, margin },
    knowledge: knowledgeIn(tokens, pack, model.vocabulary),
    when: resolveTimes(said, tokens, pack, frame),
    margins: model.head.margins,
    opinion: judgeAct(act, { tokens, times, pack }, parts),
  };
}
