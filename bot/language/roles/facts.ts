import type { Match } from '../lexicon.ts';
import type { Pack } from '../pack.ts';
import type { Token, Tokens } from '../text/tokens.ts';
import type { TimeSpan } from '../time/spans.ts';
import type { Vocabulary } from './vocabulary.ts';
import { hashText, mix } from './weights.ts';

/** Marks of tokens that name a meeting of the person's: a word of its name, or the whole of it. */
export const NAME_WORD = 1;
export const NAME_WHOLE = 2;

/**
 * A text as roles are read from it: its tokens, what it says about time, and which tokens name a meeting of the person's,
 * each with its mark; absent where none does.
 */
export type Sentence = { tokens: Tokens; times: readonly TimeSpan[]; pack: Pack; named?: Uint8Array };

/** Places before the first and after the last token, so that features may look around without asking. */
export const PAD = 3;

const TIMES = {
  clock: 1,
  until: 2,
  date: 3,
  ending: 3,
  length: 4,
  relative: 5,
  shift: 6,
  zone: 7,
  part: 8,
  repeat: 9,
  now: 10,
  vague: 11,
  notice: 11,
} as const satisfies Record<TimeSpan['kind'], number>;

const SHAPES = { person: 1, email: 2, opaque: 3, break: 4, sign: 5, number: 6, word: 7 } as const;
const CAPITALIZED = 8;
const ALL_CAPITALS = 9;

/** What features know of the tokens, as numbers; token `i` stands at `i + PAD`. */
export type Facts = {
  count: number;
  /** The word; of one that nobody knows or that belongs to a time, only its sort. */
  words: number[];
  /** The kind of time with the place in it, the tags of the lexicon, or the shape. */
  sorts: number[];
  shapes: number[];
  /** The last letters of a word that nobody knows; 0 of anything else. */
  tails: number[];
  /** 1 where a question mark stands. */
  asks: number[];
  /** First and last letters of a word; 0 of anything else. */
  beginnings: number[];
  endings: number[];
  /** Bit 0: people are called so; 1: glued; 2: in quotation marks; 3: a word of a meeting's name; 4: its whole name. */
  marks: number[];
  /** Which parts begin behind the word. */
  opens: number[];
  /** The kind of the time that a token belongs to, else 0; and whether the time begins there. */
  times: number[];
  begins: number[];
  /** What the lexicon says of a token besides time, and how it joins things on; 0 for nothing. */
  tags: number[];
  cues: number[];
  /** The tag where an entry begins that is not only polite. */
  leads: number[];
  /** What entries say, at the number of their first token. */
  said: Said[];
};

const IS_NAME = 1;
const GLUED = 2;
const QUOTED = 4;
const NAME_SHIFT = 3;
/** Bits of a meeting's name. */
export const OF_MEETING = (NAME_WORD | NAME_WHOLE) << NAME_SHIFT;
/** Bits of names of people and meetings. */
export const OF_NAME = IS_NAME | OF_MEETING;

const ASKS = /^[?\u061f\uff1f]$/;
const EDGE = hashText('edge');
const UNKNOWN = hashText('unknown');
const TIME = hashText('time');

function emptyFacts(tokens: Tokens): Facts {
  const count = tokens.length;
  const size = count + 2 * PAD;
  return {
    count,
    words: new Array<number>(size).fill(EDGE),
    sorts: new Array<number>(size).fill(EDGE),
    shapes: new Array<number>(size).fill(0),
    tails: new Array<number>(size).fill(0),
    asks: new Array<number>(size).fill(0),
    beginnings: new Array<number>(size).fill(0),
    endings: new Array<number>(size).fill(0),
    marks: new Array<number>(size).fill(0),
    opens: new Array<number>(size).fill(0),
    times: new Array<number>(size).fill(0),
    begins: new Array<number>(size).fill(0),
    tags: new Array<number>(size).fill(0),
    cues: new Array<number>(size).fill(0),
    leads: new Array<number>(size).fill(0),
    said: new Array<Said>(count).fill(NOTHING),
  };
}

function shapeOf({ kind, text, low }: Token): number {
  if (kind !== 'word' || text === low) return SHAPES[kind];
  if (text.slice(0, 1) === low.slice(0, 1)) return SHAPES.word;
  return text.length > 1 && text === text.toUpperCase() ? ALL_CAPITALS : CAPITALIZED;
}

/** The tags by which a word says what is wanted; those of politeness only stand around it. */
const SPEAKING: ReadonlySet<string> = new Set(['act', 'noun', 'tell', 'ask', 'other']);
const AROUND: ReadonlySet<string> = new Set(['polite', 'filler']);

/** What an entry of the lexicon says besides time: each tag as a number, all of them as one, and how it joins things on. */
type Said = { each: readonly number[]; tag: number; cue: number; isAround: boolean };

const NOTHING: Said = { each: [], tag: 0, cue: 0, isAround: false };
const remembered = new WeakMap<Match['readings'], Said>();

function saidBy({ readings }: Match): Said {
  const known = remembered.get(readings);
  if (known) return known;
  const pairs = readings.flatMap((reading) => Object.entries(reading));
  const each = pairs
    .filter(([key]) => SPEAKING.has(key) || AROUND.has(key))
    .map(([key, value]) => hashText(`${key}:${value}`));
  const cues = pairs.filter(([key]) => key === 'cue').map(([, value]) => hashText(value));
  const said = {
    each,
    tag: each.reduce(mix, 0),
    cue: cues.reduce(mix, 0),
    isAround: !pairs.some(([key]) => SPEAKING.has(key)),
  };
  remembered.set(readings, said);
  return said;
}

function addTags({ said, tags, cues, leads }: Facts, { tokens, pack }: Sentence): void {
  for (let at = 0; at < tokens.length; at += 1)
    for (const match of pack.matchesAt(tokens, at)) {
      const found = saidBy(match);
      if (found.tag !== 0 && tags[at + PAD] === 0) {
        said[at] = found;
        leads[at + PAD] = found.isAround ? 0 : found.tag;
      }
      for (let inside = at + PAD; inside < match.next + PAD; inside += 1) {
        tags[inside] ||= found.tag;
        cues[inside] ||= found.cue;
      }
    }
}

function addTimes({ times, begins, sorts, words, cues }: Facts, spans: readonly TimeSpan[]): void {
  for (const { kind, first, next, weak, isCued } of spans) {
    for (let at = first + PAD; at < next + PAD; at += 1) {
      times[at] = TIMES[kind];
      begins[at] = at === first + PAD ? 1 : 0;
      sorts[at] = mix(TIME, TIMES[kind] * 8 + (begins[at] ?? 0) * 4 + (weak ? 2 : 0) + (isCued ? 1 : 0));
      // "to" keeps its word: "my 3pm to 4" is two times where one of them says which meeting.
      if (!weak && cues[at] === 0) words[at] = mix(TIME, TIMES[kind]);
    }
  }
}

/** Between two quotation marks; one that is never closed quotes nothing. */
function addQuotes({ marks }: Facts, tokens: Tokens): void {
  let open = -1;
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens[at]?.low !== '"') continue;
    if (open >= 0)
      for (let inside = open + 1; inside < at; inside += 1)
        marks[inside + PAD] = (marks[inside + PAD] ?? 0) | QUOTED;
    open = open < 0 ? at : -1;
  }
}

/** The hash of the last letters of a word. */
const hashEnd = (low: string, letters: number) =>
  hashText(low, Math.max(0, low.length - letters), low.length);

/** Reads the facts of a sentence. `isHidden`: words that learning takes away, so that what stands around them decides. */
export function readFacts(
  sentence: Sentence,
  vocabulary: Vocabulary,
  isHidden: (at: number) => boolean = () => false,
): Facts {
  const { tokens, times, named } = sentence;
  const facts = emptyFacts(tokens);
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    const at = index + PAD;
    const shape = shapeOf(token);
    const isWord = token.kind === 'word' || token.kind === 'sign';
    const known = isWord && !isHidden(index) ? vocabulary.get(token.low) : undefined;
    facts.shapes[at] = shape;
    facts.words[at] = known?.isWord ? known.hash : UNKNOWN + Math.min(shape, SHAPES.word);
    facts.sorts[at] = shape;
    facts.marks[at] =
      (known?.isName ? IS_NAME : 0) | (token.glued ? GLUED : 0) | ((named?.[index] ?? 0) << NAME_SHIFT);
    facts.opens[at] = known?.opens ?? 0;
    if (token.kind === 'word' && !known?.isWord) facts.tails[at] = hashEnd(token.low, 2);
    facts.asks[at] = token.kind === 'sign' && ASKS.test(token.low) ? 1 : 0;
    if (token.kind === 'word' && !isHidden(index)) {
      facts.beginnings[at] = hashText(token.low, 0, Math.min(3, token.low.length));
      facts.endings[at] = hashEnd(token.low, 3);
    }
  }
  addTags(facts, sentence);
  for (let at = PAD; at < tokens.length + PAD; at += 1)
    facts.sorts[at] = facts.tags[at] || facts.cues[at] || (facts.sorts[at] ?? 0);
  addTimes(facts, times);
  addQuotes(facts, tokens);
  return facts;
}
