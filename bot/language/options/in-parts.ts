import type { Around } from '../parts.ts';
import type { Part, Place } from '../roles/roles.ts';
import { all, cover, isSaidAt, positionsIn, saidIn } from '../said.ts';
import { topicsIn } from './clause.ts';
import { languageNamed } from './language-names.ts';

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
