import type { Match } from '../lexicon.ts';
import type { Sentence } from './facts.ts';
import type { Act } from './labels.ts';
import { TALK } from './labels.ts';
import type { Roles } from './roles.ts';

/**
 * What the words of the lexicon say about an act: a second opinion, which knows nothing of the model's weights. `begins`: the
 * first word that says anything asks for it, and something is told as well. `fits`: no word asks for it, but there are a
 * time and something to meet for.
 */
export type Opinion = 'agrees' | 'begins' | 'fits' | 'silent' | 'contradicts';

/** One entry of the lexicon that says what is wanted or told. `isPart`: it stands inside a part, and may be a name. */
type Voice = { acts: readonly string[]; isTalk: boolean; isMeeting: boolean; isPart: boolean };

/** What words are judged beside: parts, and sentences that are not heard. */
type Heard = Pick<Roles, 'parts' | 'unheard'>;

const TALKING = ['tell', 'ask', 'other'];
const SPEAKING = ['act', 'noun', ...TALKING];

/** Acts that make a meeting: a time with a name or with people asks for one without a verb. */
export const MAKING: ReadonlySet<string> = new Set(['create', 'now', 'room', 'again']);

/** Acts that come to the same change of a meeting: a word for one speaks for the others. */
export const ALIKE: ReadonlySet<string> = new Set(['move', 'set', 'add']);

const isSameDeed = (act: string, said: string): boolean =>
  act === said || [MAKING, ALIKE].some((deeds) => deeds.has(act) && deeds.has(said));

/** Which tokens belong to a time or to what is not heard, 1, or to a part that is not only said of which meeting, 2. */
function coverOf({ tokens, times }: Sentence, { parts, unheard }: Heard): Uint8Array {
  const cover = new Uint8Array(tokens.length);
  for (const { role, first, next } of parts) if (role !== 'which') cover.fill(2, first, next);
  for (const { first, next, weak } of times) if (!weak) cover.fill(1, first, next);
  for (const { first, next } of unheard) cover.fill(1, first, next);
  return cover;
}

const YES_NO: ReadonlySet<string> = new Set(['confirm', 'decline']);
const isYesOrNo = (act: string): boolean => YES_NO.has(act);

const NONE: readonly string[] = [];

function voiceOf({ said }: Match, isPart: boolean): Voice {
  const acts = said.get('act') ?? NONE;
  // "would you" may ask a person or the bot, and "I guess" stands before anything: they say neither.
  const isOpen = acts.length === 0 && !said.has('polite') && !said.has('filler');
  const isTalk = isOpen && (isPart ? said.has('tell') : TALKING.some((tag) => said.has(tag)));
  return { acts, isTalk, isMeeting: said.has('noun'), isPart };
}

/** The entries of the lexicon in a text that say something, in order; the longest where several begin. */
function voicesIn(sentence: Sentence, heard: Heard): Voice[] {
  const { tokens, pack } = sentence;
  const cover = coverOf(sentence, heard);
  const voices: Voice[] = [];
  for (let at = 0; at < tokens.length; ) {
    const speaks = ({ said }: Match) => SPEAKING.some((tag) => said.has(tag));
    const match = cover[at] === 1 ? undefined : pack.matchesAt(tokens, at).find(speaks);
    if (match) voices.push(voiceOf(match, cover[at] === 2));
    at = match?.next ?? at + 1;
  }
  return voices;
}

/** "meeting about Q3", "call with Sam": the word for a meeting comes first, and what it is about or with whom behind it. */
function isHeaded({ tokens, pack }: Sentence): boolean {
  return pack
    .matchesAt(tokens, 0)
    .filter(({ said }) => said.has('noun'))
    .some(({ next }) =>
      pack.matchesAt(tokens, next).some(({ said }) => ['about', 'joins'].some((tag) => said.has(tag))),
    );
}

/** Whether a time and something to meet for stand there, or a meeting with its topic or people, and no word asks for anything else. */
function isMeetingSaid(sentence: Sentence, parts: Roles['parts'], voices: readonly Voice[]): boolean {
  const hasTime = sentence.times.some(({ weak }) => !weak);
  const hasName = parts.some(({ role }) => role === 'subject' || role === 'guest');
  // Without a time the model may take the topic for the meeting that is meant.
  if (parts.some(({ role }) => role !== 'option') && isHeaded(sentence)) return true;
  return hasTime && (hasName || voices.some(({ isMeeting }) => isMeeting));
}

/**
 * How the words of the lexicon judge an act of this sentence. Words inside a subject, a guest or an option say no act;
 * words that tell something are heard everywhere. Linear in the tokens.
 */
export function judgeOf(sentence: Sentence, heard: Heard): (act: Act) => Opinion {
  const voices = voicesIn(sentence, heard);
  const free = voices.filter(({ isPart }) => !isPart);
  const speaking = free.filter(({ acts, isTalk }) => acts.length > 0 || isTalk);
  const [first] = speaking;
  // "yeah nah cancel that": a yes or a no in front of a wish need not be an answer.
  const wish = speaking.find(({ acts, isTalk }) => isTalk || !acts.every(isYesOrNo)) ?? first;
  const hasTalk = voices.some(({ isTalk }) => isTalk);
  const hasOption = heard.parts.some(({ role }) => role === 'option');
  return (act) => {
    const lead = isYesOrNo(act) ? first : wish;
    if (TALK.has(act)) return !lead || lead.isTalk ? 'agrees' : 'silent';
    const name = act.replace(/\..*/, '');
    const speaksFor = ({ acts }: Voice) => acts.some((said) => isSameDeed(name, said));
    if (lead && speaksFor(lead)) return hasTalk ? 'begins' : 'agrees';
    if (free.some(speaksFor)) return 'silent';
    // German "mach es", which alone is a yes, begins "mach es ohne Passcode", too.
    const isOpen = !lead || lead.acts.every(isYesOrNo);
    if (act === 'set' && isOpen && !hasTalk && hasOption) return 'agrees';
    if (lead) return 'contradicts';
    return MAKING.has(name) && !hasTalk && isMeetingSaid(sentence, heard.parts, voices) ? 'fits' : 'silent';
  };
}
