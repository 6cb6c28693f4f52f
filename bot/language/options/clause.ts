import { hasTag } from '../lexicon.ts';
import type { Pack } from '../pack.ts';
import type { Place } from '../roles/roles.ts';
import type { Said } from '../said.ts';
import { saidIn } from '../said.ts';
import type { Tokens } from '../text/tokens.ts';

/** A wish about one topic, with the words around it that belong to it. */
export type Clause = Place & {
  topic: string;
  /** Null where neither yes nor no is said. */
  polarity: boolean | null;
  who: string | null;
  /** Whether these people are among those who are spoken of. */
  names(who: string): boolean;
  has(tag: string): boolean;
};

const TAGS = ['who', 'only', 'during', 'waits', 'passes', 'except', 'presenters'] as const;
const DEVICES: ReadonlySet<string> = new Set(['mic', 'camera']);
/** Topics that others only speak of: mics are muted, and who admits people does so from the lobby. */
const OWNED: Readonly<Record<string, readonly string[]>> = {
  mic: ['mute'],
  camera: ['mute'],
  chat: ['mute'],
  admitters: ['lobby', 'present'],
};

/** The words of a kind that stand before a topic without another topic between. */
type Around = { topic: Said; from: number; to: number };

/** Where the words that belong to each topic lie: from the topic before it to the one behind it. */
function aroundEach(topics: readonly Said[], place: Place): Around[] {
  return topics.map((topic, index) => ({
    topic,
    from: topics[index - 1]?.next ?? place.first,
    to: topics[index + 1]?.first ?? place.next,
  }));
}

/** A break or a "but" between two topics: what is said before it does not hold behind it. */
function parted(tokens: Tokens, pack: Pack, { from, topic }: Around): number {
  for (let at = topic.first - 1; at >= from; at -= 1) {
    const isJoint = hasTag(pack.matchesAt(tokens, at), 'cue:and', 'cue:or', 'except');
    if (isJoint || /^[,;.&]$/.test(tokens[at]?.low ?? '')) return at + 1;
  }
  return from;
}

/** Words that say yes or no to a topic: before it in its own clause, or right behind it. */
function polarityOf(tokens: Tokens, pack: Pack, around: Around): boolean | null {
  const before = { first: parted(tokens, pack, around), next: around.topic.first };
  const behind = { first: around.topic.next, next: around.to };
  const says = (tag: string, value: string, place: Place) =>
    saidIn(tokens, pack, tag, place).some(({ values }) => values.includes(value));
  if (says('deny', 'before', before) || says('deny', 'behind', behind) || says('deny', 'no', before))
    return false;
  // "record, don't transcribe": what is denied behind a topic is the next one, unless nothing follows.
  const isLast =
    around.to === tokens.length || !saidIn(tokens, pack, 'option', { ...behind, next: around.to + 1 }).length;
  if (isLast && says('deny', 'before', behind)) return false;
  return says('affirm', 'before', before) || says('affirm', 'behind', behind) ? true : null;
}

/** "mics and cameras off", "no mic or camera": what is said of one of two devices holds for both. */
function sharePolarity(clauses: readonly Clause[]): Clause[] {
  const said = clauses.find(({ topic, polarity }) => DEVICES.has(topic) && polarity !== null);
  return clauses.map((clause) =>
    DEVICES.has(clause.topic) && clause.polarity === null
      ? { ...clause, polarity: said?.polarity ?? null }
      : clause,
  );
}

/** The wishes in a place, one for each topic that is named there. */
export function clausesIn(tokens: Tokens, pack: Pack, place: Place): Clause[] {
  const named = saidIn(tokens, pack, 'option', place).filter(
    ({ values }, index, all) => index === 0 || values[0] !== all[index - 1]?.values[0],
  );
  const owned = named.flatMap(({ values }) => OWNED[values[0] ?? ''] ?? []);
  const topics = named.filter(({ values }) => !owned.includes(values[0] ?? ''));
  const clauses = aroundEach(topics, place).map((around): Clause => {
    const isOnly = topics.length === 1;
    const own = isOnly ? place : { first: parted(tokens, pack, around), next: around.to };
    const said = new Map(TAGS.map((tag) => [tag as string, saidIn(tokens, pack, tag, own)]));
    const people = (said.get('who') ?? []).flatMap(({ values }) => values).toSorted(byRank);
    return {
      ...own,
      topic: around.topic.values[0] ?? '',
      polarity: polarityOf(tokens, pack, around),
      who: people[0] ?? null,
      names: (who) => people.includes(who),
      has: (tag) => (said.get(tag)?.length ?? 0) > 0,
    };
  });
  return sharePolarity(clauses);
}

/** Of several who are named the first of these is meant: "nobody but me", "people in our org". */
const RANK = [
  'nobody',
  'notinvited',
  'invited',
  'outsiders',
  'organization',
  'guests',
  'everyone',
  'organizer',
];
const byRank = (a: string, b: string) => RANK.indexOf(a) - RANK.indexOf(b);
