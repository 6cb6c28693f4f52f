import type { Unmet } from './command.ts';
import type { Sentence } from './reading.ts';
import type { Place } from './roles/roles.ts';
import type { Said } from './said.ts';
import { isOverlapping, isSaidAt, isWithin, saidIn } from './said.ts';

/** Wishes that no meeting can have, and the words that say them and nothing else. */
export type UnmetSaid = { unmet: readonly Unmet[]; places: readonly Place[] };

type Wish = Place & { unmet: Unmet; isNaming: boolean };

const MOST_CHATTING = 150;
const MOST_MEETING = 1000;
/** Wishes by whose word the meeting is called as well: "webinar", "weekly sync". */
const NAMING: ReadonlySet<string> = new Set(['event', 'recurrence']);
const SAID: ReadonlySet<string> = new Set(['event', 'organiser', 'everybody', 'questions', 'recurrence']);

/** How many people are to come, where a number of them is said. */
function crowds({ tokens, pack }: Sentence): Wish[] {
  return saidIn(tokens, pack, 'crowd').flatMap(({ first, next }): Wish[] => {
    let from = first;
    while (from > 0 && /^[\d.,]+$/.test(tokens[from - 1]?.low ?? '')) from -= 1;
    const digits = tokens.slice(from, first).map(({ low }) => low);
    const count = Number(digits.join('').replace(/[.,]/g, ''));
    if (count <= MOST_CHATTING) return [];
    return [{ first: from, next, unmet: count > MOST_MEETING ? 'everybody' : 'crowd', isNaming: false }];
  });
}

/** A passcode of one's own: a number behind the word, or a word behind "is" or a colon. */
function ownPasscodes({ tokens, pack, times }: Sentence): Wish[] {
  const isTime = (at: number) => times.some((time) => !time.weak && at >= time.first && at < time.next);
  return saidIn(tokens, pack, 'option').flatMap(({ first, next, values }): Wish[] => {
    if (!values.includes('passcode') || isSaidAt(tokens, pack, 'deny', first - 1)) return [];
    const isTold = /^[:=]$/.test(tokens[next]?.low ?? '') || isSaidAt(tokens, pack, 'tell', next);
    const at = isTold ? next + 1 : next;
    const { kind, low = '' } = tokens[at] ?? {};
    const isNumber = (kind === 'number' || kind === 'opaque') && low.length >= 4;
    const isWord =
      isTold &&
      kind === 'word' &&
      !isSaidAt(tokens, pack, 'deny', at) &&
      !isSaidAt(tokens, pack, 'affirm', at);
    return !isTime(at) && (isNumber || isWord)
      ? [{ first, next: at + 1, unmet: 'passcode', isNaming: false }]
      : [];
  });
}

/** Whether words that may be a wish name something else: what the meeting is about, or the thing of the next word. */
function isOther({ tokens, pack, parts }: Sentence, said: Said, unmet: Unmet): boolean {
  const part = parts.find((one) => isWithin(said, one) && (one.role === 'subject' || one.role === 'option'));
  if (!part || unmet === 'organiser') return false;
  const isJoined = [part.first - 1, part.first].some((at) => isSaidAt(tokens, pack, 'joins', at));
  if (part.role === 'option') return unmet !== 'everybody' || !isJoined;
  const isAbout =
    isSaidAt(tokens, pack, 'about', part.first - 1) || isSaidAt(tokens, pack, 'about', part.first);
  if (unmet === 'event') return isAbout || said.next !== part.next;
  const isOfMeeting = said.first === part.first && isSaidAt(tokens, pack, 'noun', said.next);
  if (unmet === 'recurrence') return isAbout || !isOfMeeting;
  // "launch, with Q&A"
  const isAdded =
    tokens[said.first - 2]?.low === ',' &&
    isSaidAt(tokens, pack, 'joins', said.first - 1) &&
    said.next === part.next;
  return said.first > part.first && !isAdded;
}

/** "With everyone", "mit dem ganzen Team": people are invited by their names. "All developers" are called something. */
export function unnamedIn({ tokens, pack, parts }: Sentence): Place[] {
  const guests = parts.filter(({ role }) => role === 'guest');
  const isWith = (at: number) => isSaidAt(tokens, pack, ['together', 'comes:before', 'leaves:before'], at);
  const isOption = (place: Place) => parts.some((part) => part.role === 'option' && isWithin(place, part));
  const isNamed = ({ first, next }: Place) =>
    guests.some((part) => next > part.first && next < part.next && first < part.next) &&
    tokens[next]?.kind === 'word' &&
    !isSaidAt(tokens, pack, ['cue:and', 'joint', 'besides', 'polite'], next);
  return saidIn(tokens, pack, 'wholegroup').filter(
    (place) =>
      !isNamed(place) &&
      !isOption(place) &&
      (guests.some((part) => isOverlapping(part, place)) ||
        isWith(place.first - 1) ||
        (isSaidAt(tokens, pack, 'art', place.first - 1) && isWith(place.first - 2))),
  );
}

/** What is wished for that no meeting can have. Words that name the meeting as well stay its name. */
export function unmetIn(sentence: Sentence): UnmetSaid {
  const { tokens, pack } = sentence;
  const said = saidIn(tokens, pack, 'unmet').flatMap((place): Wish[] => {
    const [unmet] = place.values.filter((value): value is Unmet => SAID.has(value));
    if (!unmet || isOther(sentence, place, unmet)) return [];
    return [{ ...place, unmet, isNaming: NAMING.has(unmet) }];
  });
  const unnamed = unnamedIn(sentence).map((place) => ({
    ...place,
    unmet: 'unnamed' as const,
    isNaming: false,
  }));
  const wishes = [...said, ...crowds(sentence), ...ownPasscodes(sentence), ...unnamed];
  return {
    unmet: [...new Set(wishes.map(({ unmet }) => unmet))],
    places: wishes.filter(({ isNaming }) => !isNaming),
  };
}
