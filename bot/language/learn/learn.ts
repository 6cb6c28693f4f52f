import { actFeatures } from '../roles/acts.ts';
import { clausesIn } from '../roles/clauses.ts';
import { readFacts } from '../roles/facts.ts';
import { ACTS, type Act, type Situation, TALK } from '../roles/labels.ts';
import { type ModelHead, packModel, type Scores, type Tables, toModel } from '../roles/model.ts';
import { packWeights, type Tagger, tagTokens, tokenFeatures } from '../roles/tagger.ts';
import { readVocabulary, type WordLists } from '../roles/vocabulary.ts';
import { hashText } from '../roles/weights.ts';
import type { Corpus } from './corpus.ts';
import { expand } from './expand.ts';
import { learnActs, toActTable } from './learn-acts.ts';
import { type LabelAverages, learnTagger, toLabelTables } from './learn-tagger.ts';
import { marginsOf, measure, type Outcome, readRows } from './measure.ts';
import { addNoise } from './noise.ts';
import { pick, type Random, randomOf } from './random.ts';
import { type Analyse, type Row, rowOf, wordsOf } from './rows.ts';
import { type Template, varietyOf } from './template.ts';

const SENTENCES = 260_000;
/** So many are enough to measure with. */
const MEASURED = 20_000;
/** Below 1, an act with few templates gets more sentences of each than one with many. */
const BALANCE = 0.8;
const MOST_PER_WEIGHT = 12;
const TAGGER_ROUNDS = 3;
/** Of a tagger that is only asked how others would be read. */
const HALF_ROUNDS = 2;
const ACT_ROUNDS = 3;
/** One template of ten is kept out, by the hash of its line, so that new templates do not move the others. */
const HELD_OUT = 10;

const isHeldOut = ({ line }: Template) => (hashText(line) >>> 0) % HELD_OUT === 0;

/** Lists whose words are names of people. */
const NAME_SLOTS = new Set(['name', 'fullname', 'firstname', 'lastname']);

/** What a sentence counts for that varies in nothing: it stands as somebody typed it, and people type as it does. */
const AS_TYPED = 25;

/** The same where its situation says what it means: it is no example for others. */
const IN_SITUATION = 12;

/** What a template counts for: one that varies more is seen more often. */
function weightOf({ pieces, situation }: Template): number {
  if (situation !== undefined) return IN_SITUATION;
  const variety = varietyOf(pieces);
  return variety === 0 ? AS_TYPED : 5 + variety;
}
const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

/** What the situation decides is learned only where the corpus names it; anything else is wanted in each. */
const SITUATIONS_OF: Partial<Record<Act, readonly Situation[]>> = {
  answer: ['question'],
  confirm: ['confirm'],
  decline: ['question', 'confirm'],
  ...Object.fromEntries(
    (['move', 'rename', 'add', 'remove', 'set', 'renew', 'undo', 'again', 'calendar'] as const).map((act) => [
      act,
      ['card', 'confirm'],
    ]),
  ),
};
const ANY: readonly Situation[] = ['card', 'question', 'confirm'];
/** How many of the sentences that stand by themselves are learned as said in the middle of a conversation, too. */
const CONVERSED = 0.25;

/** Where a sentence of a template is said. */
function situationOf({ act, situation }: Template, random: Random): Situation {
  if (situation !== undefined) return situation;
  return random() < CONVERSED ? pick(random, SITUATIONS_OF[act] ?? ANY) : 'alone';
}

/** As many sentences of templates, about. An act with few templates gets more of each, so that none is drowned by another. */
function sentencesOf(
  templates: readonly Template[],
  count: number,
  { corpus, analyse, random }: { corpus: Corpus; analyse: Analyse; random: Random },
): Row[] {
  const acts = [...Map.groupBy(templates, ({ act }) => act).values()].map((ofAct) => ({
    ofAct,
    weight: total(ofAct.map(weightOf)),
  }));
  const whole = total(acts.map(({ weight }) => weight ** BALANCE));
  return acts.flatMap(({ ofAct, weight }) => {
    const perWeight = (count * weight ** BALANCE) / whole / weight;
    return ofAct.flatMap((template) => {
      const times = Math.ceil(Math.min(perWeight, MOST_PER_WEIGHT) * weightOf(template));
      return Array.from({ length: times }, () =>
        rowOf(
          addNoise(expand(template, corpus, random), random),
          situationOf(template, random),
          analyse,
          random,
        ),
      );
    });
  });
}

/** How often a word is hidden while learning: those of lists often, so that what stands around them decides. */
const HIDDEN_DRAWN = 0.4;
const HIDDEN_WRITTEN = 0.03;

function hide({ isDrawn }: Row, random: Random): (at: number) => boolean {
  const hidden = Uint8Array.from(isDrawn, (drawn) =>
    random() < (drawn ? HIDDEN_DRAWN : HIDDEN_WRITTEN) ? 1 : 0,
  );
  return (at) => hidden[at] === 1;
}

type Seen = { row: Row; features: Uint32Array };

/** Learns to label the tokens of these sentences. News has no parts. */
function taggerOf(seen: readonly Seen[], rounds: number, random: Random): LabelAverages {
  const withParts = seen.filter(({ row }) => !TALK.has(row.example.template.act));
  return learnTagger(
    withParts.map(({ row, features }) => ({ features, labels: row.labels })),
    rounds,
    random,
  );
}

/** Which half of the sentences one belongs to; all of a template belong to the same. */
const halfOf = ({ row }: Seen) => (hashText(row.example.template.line) >>> 0) % 2;

/**
 * Labels as they will be read: those of each half by what was learned from the other, because what was learned from the same
 * sentences labels them better than it labels any others.
 */
function labelsAsRead(seen: readonly Seen[], random: Random): Uint8Array[] {
  const taggers = [0, 1].map((half) => {
    const others = seen.filter((each) => halfOf(each) !== half);
    const { table, transitions } = toLabelTables(taggerOf(others, HALF_ROUNDS, random));
    return { weights: packWeights(table), transitions };
  });
  return seen.map((each) => tagTokens(taggers[halfOf(each)] as Tagger, each.features));
}

/** What was learned of sentences: their words, and the weights before they are rounded. */
type Learned = { lists: WordLists; labels: LabelAverages; acts: Float64Array };

/** What a model keeps of one learning, or of the sum of two. */
function toModelParts({ lists, labels, acts }: Learned): {
  head: WordLists & Pick<ModelHead, 'transitions'>;
  tables: Tables;
} {
  const { table, transitions } = toLabelTables(labels);
  return {
    head: { ...lists, transitions: [...transitions] },
    tables: { tagger: table, acts: toActTable(acts) },
  };
}

/** The sum of what was learned twice, with the words of the second: chance weighs less in it than in each. */
function added(one: Learned, other: Learned): Learned {
  const sum = (some: Float64Array, more: Float64Array) => some.map((weight, at) => weight + (more[at] ?? 0));
  return {
    lists: other.lists,
    labels: {
      emissions: sum(one.labels.emissions, other.labels.emissions),
      transitions: sum(one.labels.transitions, other.labels.transitions),
    },
    acts: sum(one.acts, other.acts),
  };
}

/** Learns from sentences: words, then parts, then acts from the words and the parts as they would be read. */
function learnFrom(rows: readonly Row[], { givenNames }: Corpus, random: Random): Learned {
  const lists = wordsOf(rows, NAME_SLOTS, givenNames);
  const vocabulary = readVocabulary(lists);
  // The facts of all rows are more than a machine keeps without trouble: they are read again for the acts.
  const factsOf = (row: Row) => readFacts(row.sentence, vocabulary, hide(row, random));
  const seen = rows.map((row) => ({ row, features: tokenFeatures(factsOf(row)) }));
  const tagger = taggerOf(seen, TAGGER_ROUNDS, random);
  const labels = labelsAsRead(seen, random);
  const acts = learnActs(
    rows.map((row, at) => {
      const { sentence, example, situation } = row;
      const facts = factsOf(row);
      const clauses = clausesIn(sentence.tokens, sentence.times);
      return {
        sentences: clauses.map((place) => actFeatures(facts, labels[at] as Uint8Array, place, situation)),
        act: ACTS.indexOf(example.template.act),
      };
    }),
    ACT_ROUNDS,
    random,
  );
  return { lists, labels: tagger, acts };
}

const NO_SCORES: Scores = {
  sentences: 0,
  act: 0,
  subject: 0,
  which: 0,
  guest: 0,
  option: 0,
  falseCreates: 0,
};

/** What learning came to: the model's file, and how the sentences of held-out templates were read. */
export type Lesson = { bytes: Uint8Array; outcomes: readonly Outcome[] };

/**
 * Learns the model of a language: once without one template of ten, to measure with those, then with all of them in another
 * order. The model is the sum of both; its scores and margins are those of the first, as no sentence is left to measure the sum with.
 * The same corpus, lexicon, code and seed give the same bytes on every machine.
 */
export function learn(
  { language, source, seed }: Pick<ModelHead, 'language' | 'source' | 'seed'>,
  corpus: Corpus,
  analyse: Analyse,
): Lesson {
  const drawn = (from: number) => ({ corpus, analyse, random: randomOf(from) });
  const rows = sentencesOf(corpus.templates, SENTENCES, drawn(seed));
  const learned = rows.filter(({ example }) => !isHeldOut(example.template));
  const heldOut = sentencesOf(corpus.templates.filter(isHeldOut), MEASURED, drawn(seed + 1));
  const trial = learnFrom(learned, corpus, randomOf(seed + 2));
  const tried = toModelParts(trial);
  const trialHead = { ...tried.head, language, source, seed, scores: NO_SCORES, margins: [] };
  const outcomes = readRows(heldOut, toModel(trialHead, tried.tables));
  const { head, tables } = toModelParts(added(trial, learnFrom(rows, corpus, randomOf(seed + 3))));
  const scored = { ...head, language, source, seed, scores: measure(outcomes), margins: marginsOf(outcomes) };
  return { bytes: packModel(scored, tables), outcomes };
}
