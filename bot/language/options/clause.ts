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

const TAGS = ['who', 'only', 'during', 'waits', 'passes', 'except', 'presenters', 'keeps'] as const;
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

/** "mics and cameras": what is said of the second of two devices is said of both. */
function isPaired(tokens: Tokens, topics: readonly Said[], { topic, to }: Around): boolean {
  const next = topics.find(({ first }) => first === to);
  const isDevice = (said: Said | undefined) => said?.values.some((value) => DEVICES.has(value)) === true;
  return isDevice(topic) && isDevice(next) && to - topic.next === 1 && tokens[topic.next]?.kind === 'word';
}

/** "with mics and cameras off", "no mic or camera": what is said of one of two devices holds for both. */
function sharePolarity(clauses: readonly Clause[]): Clause[] {
  const said = clauses.find(({ topic, polarity }) => DEVICES.has(topic) && polarity !== null);
  return clauses.map((clause) =>
    DEVICES.has(clause.topic) && clause.polarity === null
      ? { ...clause, polarity: said?.polarity ?? null }
      : clause,
  );
}

/** Whether two topics are in clauses of their own: "all muted, and cameras off". */
function isParted(tokens: Tokens, pack: Pack, a: Said, b: Said): boolean {
  const [left, right] = a.first < b.first ? [a, b] : [b, a];
  return parted(tokens, pack, { topic: right, from: left.next, to: right.next }) > left.next;
}

/** The topics in a place; "video call" and "chat meeting" only name the meeting. */
export function topicsIn(tokens: Tokens, pack: Pack, place: Place): Said[] {
  const isKind = ({ values, next }: Said) =>
    values.some((value) => KINDS.has(value)) && hasTag(pack.matchesAt(tokens, next), 'noun');
  return saidIn(tokens, pack, 'option', place).filter((topic) => !isKind(topic));
}

/** Topics by which a kind of meeting is called. */
const KINDS: ReadonlySet<string> = new Set(['camera', 'mic', 'chat']);

/** The wishes in a place, one for each topic that is named there. */
export function clausesIn(tokens: Tokens, pack: Pack, place: Place): Clause[] {
  const named = topicsIn(tokens, pack, place).filter(
    ({ values }, index, all) => index === 0 || values[0] !== all[index - 1]?.values[0],
  );
  const isOwned = (topic: Said) =>
    named.some(
      (owner) =>
        OWNED[owner.values[0] ?? '']?.includes(topic.values[0] ?? '') &&
        !isParted(tokens, pack, owner, topic),
    );
  const topics = named.filter((topic) => !isOwned(topic));
  const clauses = aroundEach(topics, place).map((around, index, all): Clause => {
    const next = all[index + 1];
    const isNextDenied = next !== undefined && polarityOf(tokens, pack, next) === false;
    const isOnly = topics.length === 1;
    // "no lobby, [only me presenting]": who stands behind a comma is said of the next topic.
    const nextFirst = next === undefined ? around.to : parted(tokens, pack, next);
    const end = nextFirst > around.topic.next ? nextFirst : around.to;
    const own = isOnly ? place : { first: parted(tokens, pack, around), next: end };
    const said = new Map(TAGS.map((tag) => [tag as string, saidIn(tokens, pack, tag, own)]));
    const people = (said.get('who') ?? []).flatMap(({ values }) => values).toSorted(byRank);
    return {
      ...own,
      topic: around.topic.values[0] ?? '',
      polarity: isPaired(tokens, topics, around) && isNextDenied ? false : polarityOf(tokens, pack, around),
      who: people[0] ?? null,
      names: (who) => people.includes(who),
      has: (tag) => (said.get(tag)?.length ?? 0) > 0,
    };
  });
  return sharePolarity(clauses);
}

/** Of several who are named the first of these is meant: "nobody but me", "people in our org". */
const RANK = [
  'others',
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
