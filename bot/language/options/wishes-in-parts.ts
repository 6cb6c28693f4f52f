import { hasTag } from '../lexicon.ts';
import type { Pack } from '../pack.ts';
import type { Part, Place } from '../roles/roles.ts';
import { all, cover, isSaidAt, positionsIn, type Said, saidIn } from '../said.ts';
import type { Around } from '../sentence/parts.ts';
import { languageNamed } from '../text/language-names.ts';
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
type AroundTopic = { topic: Said; from: number; to: number };

/** Where the words that belong to each topic lie: from the topic before it to the one behind it. */
function aroundEach(topics: readonly Said[], place: Place): AroundTopic[] {
  return topics.map((topic, index) => ({
    topic,
    from: topics[index - 1]?.next ?? place.first,
    to: topics[index + 1]?.first ?? place.next,
  }));
}

/** A break or a "but" between two topics: what is said before it does not hold behind it. */
function parted(tokens: Tokens, pack: Pack, { from, topic }: AroundTopic): number {
  for (let at = topic.first - 1; at >= from; at -= 1) {
    const isJoint = hasTag(pack.matchesAt(tokens, at), 'cue:and', 'cue:or', 'except');
    if (isJoint || /^[,;.&]$/.test(tokens[at]?.low ?? '')) return at + 1;
  }
  return from;
}

/** Words that say yes or no to a topic: before it in its own clause, or right behind it. */
function polarityOf(tokens: Tokens, pack: Pack, around: AroundTopic): boolean | null {
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
function isPaired(tokens: Tokens, topics: readonly Said[], { topic, to }: AroundTopic): boolean {
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
function topicsIn(tokens: Tokens, pack: Pack, place: Place): Said[] {
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

/** Topics beside which a name stands: "template Party". */
export const NAMING: readonly string[] = ['template', 'label'];

/** Words that wishes are said with. */
const WISHING = ['option', 'deny', 'affirm', 'who', 'idle', 'only'];

/** Whether a place says a wish and nothing else; a name may follow "template". */
function isWish({ tokens, pack }: Around, place: Place): boolean {
  const [topic] = topicsIn(tokens, pack, place);
  if (topic?.first === place.first && topic.values.some((value) => NAMING.includes(value))) return true;
  const isWord = (at: number) => tokens[at]?.kind === 'sign' || isSaidAt(tokens, pack, WISHING, at);
  // "transcription in Brazilian Portuguese"
  const isLed = topic?.first === place.first && languageNamed(tokens, place, pack.tag) !== null;
  return topic !== undefined && (isLed || positionsIn(place).every(isWord));
}

/** "Transcription, actually no": whether a text is a wish that is denied, and nothing else; no meeting is called so then. */
function isDeniedWish(around: Around): boolean {
  const { tokens, pack } = around;
  if (saidIn(tokens, pack, 'deny').length === 0) return false;
  const tags = [...WISHING, 'filler', 'corrected', 'polite'];
  const covered = cover(
    tokens.length,
    tags.flatMap((tag) => saidIn(tokens, pack, tag)),
  );
  return (
    topicsIn(tokens, pack, all(tokens)).length > 0 &&
    tokens.every(({ kind, low }, at) => covered[at] === 1 || (kind === 'sign' && low !== '?'))
  );
}

/** What a meeting is said to be: "an *encrypted* call", "a *recorded* session". */
const BEING = ['option:encrypted', 'being'];

/** "an encrypted call": a subject that says nothing but this of the meeting. */
function isKindOfMeeting({ tokens, pack }: Around, place: Place): boolean {
  const isWord = (at: number) => isSaidAt(tokens, pack, [...BEING, 'generic', 'art', 'one', 'cue:and'], at);
  return BEING.some((tag) => saidIn(tokens, pack, tag, place).length > 0) && positionsIn(place).every(isWord);
}

/** Whether what was taken for a wish only names the kind of meeting: "a video call". */
const isNoWish = ({ tokens, pack }: Around, place: Place): boolean =>
  saidIn(tokens, pack, 'option', place).length > 0 &&
  topicsIn(tokens, pack, place).length === 0 &&
  languageNamed(tokens, place, pack.tag) === null;

/** "no lobby [for colleagues]": of whom a wish is said that stands right before it. */
function isOfWish({ tokens, pack }: Around, { first, next }: Place, parts: readonly Part[]): boolean {
  const from = isSaidAt(tokens, pack, 'joins', first) ? first : first - 1;
  const [who] = saidIn(tokens, pack, 'who', { first: from + 1, next });
  const isWho = who !== undefined && who.first <= first + 1 && !who.values.includes('organizer');
  const isBehind = parts.some((part) => part.role === 'option' && part.next === from);
  return isWho && isBehind && isSaidAt(tokens, pack, 'joins', from);
}

/** A wish goes on with those of whom it is said, where no other part was seen there: "no lobby [for colleagues]". */
function withThoseMeant({ tokens, pack }: Around, part: Part, parts: readonly Part[]): Part {
  const [who] = saidIn(tokens, pack, 'who', { first: part.next + 1, next: tokens.length });
  const isNear = who !== undefined && who.first <= part.next + 2 && !who.values.includes('organizer');
  if (!isNear || !isSaidAt(tokens, pack, 'joins', part.next)) return part;
  const isTaken = parts.some(({ first, next }) => first < who.next && next > part.next);
  return isTaken ? part : { ...part, next: who.next };
}

/** Where a wish begins at the end of a subject: "Q3[, encrypted]", "Q3 [with template Party]". */
function wishIn(around: Around, { first, next }: Place): number | null {
  const { tokens, pack } = around;
  for (let at = first + 1; at + 1 < next; at += 1) {
    const isJoint = isSaidAt(tokens, pack, ['joins', 'affirm'], at);
    const [topic] = saidIn(tokens, pack, 'option', { first: at + 1, next });
    const isNamed = topic?.first === at + 1 && topic.values.some((value) => NAMING.includes(value));
    const isApart = tokens[at]?.low === ',' && isWish(around, { first: at + 1, next });
    if (isApart || (isJoint && isNamed)) return at;
  }
  return null;
}

/** "the invitation [in Welsh]": what names a language, and no meeting. */
const isLanguage = ({ tokens, pack }: Pick<Around, 'tokens' | 'pack'>, place: Place): boolean =>
  positionsIn(place).every((at) => languageNamed(tokens, { first: at, next: at + 1 }, pack.tag) !== null);

const FARTHEST = 4;

/** "set [the language to French]": the spoken language of a meeting, where no other wish was seen. */
function languageWish({ tokens, pack, act }: Around, parts: readonly Part[]): Part[] {
  if (act !== 'set' || parts.some(({ role }) => role === 'option')) return [];
  const [topic] = saidIn(tokens, pack, 'option:language');
  if (!topic) return [];
  const behind = { first: topic.next, next: Math.min(topic.next + FARTHEST, tokens.length) };
  const at = positionsIn(behind).find((at) => isLanguage({ tokens, pack }, { first: at, next: at + 1 }));
  return at === undefined ? [] : [{ role: 'option', first: topic.first, next: at + 1 }];
}

/** A subject without the wish at its end, and what was taken for people and is a wish: "with [watermark]". */
export function partOptions(around: Around, parts: readonly Part[]): Part[] {
  const isWishOnly = isDeniedWish(around);
  const settled = parts.flatMap((part): Part[] => {
    if (isWishOnly && isWish(around, part)) return [{ role: 'option', first: part.first, next: part.next }];
    if (part.role === 'which' && around.act === 'invite' && isLanguage(around, part)) return [];
    if (part.role === 'option') return isNoWish(around, part) ? [] : [withThoseMeant(around, part, parts)];
    if ((part.role === 'guest' || part.role === 'subject') && isOfWish(around, part, parts))
      return [{ ...part, role: 'option', first: part.first - 1 }];
    if (part.role === 'guest') return [isWish(around, part) ? { ...part, role: 'option' } : part];
    if (part.role === 'subject' && isKindOfMeeting(around, part)) return [{ ...part, role: 'option' }];
    const at = part.role === 'subject' ? wishIn(around, part) : null;
    if (at === null) return [part];
    return [
      { ...part, next: at },
      { role: 'option', first: at + 1, next: part.next },
    ];
  });
  return [...settled, ...languageWish(around, settled)];
}
