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

const TALKING: ReadonlySet<string> = new Set(['tell', 'ask', 'other']);
const SPEAKING: ReadonlySet<string> = new Set(['act', 'noun', ...TALKING]);

/** Acts that make a meeting: a time with a name or with people asks for one without a verb. */
const MAKING: ReadonlySet<string> = new Set(['create', 'now', 'room', 'again']);

/** Acts that come to the same change of a meeting: a word for one speaks for the others. */
const ALIKE: ReadonlySet<string> = new Set(['move', 'set', 'add']);

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

function voiceOf(pairs: readonly (readonly [string, string])[], isPart: boolean): Voice {
  return {
    acts: pairs.filter(([key]) => key === 'act').map(([, act]) => act),
    isTalk:
      // "would you" may ask a person or the bot, and so says neither.
      !pairs.some(([key]) => key === 'act' || key === 'polite') &&
      pairs.some(([key]) => (isPart ? key === 'tell' : TALKING.has(key))),
    isMeeting: pairs.some(([key]) => key === 'noun'),
    isPart,
  };
}

/** The entries of the lexicon in a text that say something, in order; the longest where several begin. */
function voicesIn(sentence: Sentence, heard: Heard): Voice[] {
  const { tokens, pack } = sentence;
  const cover = coverOf(sentence, heard);
  const voices: Voice[] = [];
  for (let at = 0; at < tokens.length; ) {
    let next = at + 1;
    for (const match of cover[at] === 1 ? [] : pack.matchesAt(tokens, at)) {
      const pairs = match.readings.flatMap((reading) => Object.entries(reading));
      if (!pairs.some(([key]) => SPEAKING.has(key))) continue;
      voices.push(voiceOf(pairs, cover[at] === 2));
      next = match.next;
      break;
    }
    at = next;
  }
  return voices;
}

/** Whether a time and something to meet for stand there, and no word asks for anything else. */
function isMeetingSaid(sentence: Sentence, parts: Roles['parts'], voices: readonly Voice[]): boolean {
  const hasTime = sentence.times.some(({ weak }) => !weak);
  const hasName = parts.some(({ role }) => role === 'subject' || role === 'guest');
  return hasTime && (hasName || voices.some(({ isMeeting }) => isMeeting));
}

/**
 * Whether the words of the lexicon agree that this is the act. Words inside a subject, a guest or an option say no act;
 * words that tell something are heard everywhere. Linear in the tokens.
 */
export function judgeAct(act: Act, sentence: Sentence, heard: Heard): Opinion {
  const voices = voicesIn(sentence, heard);
  const free = voices.filter(({ isPart }) => !isPart);
  const lead = free.find(({ acts, isTalk }) => acts.length > 0 || isTalk);
  const hasTalk = voices.some(({ isTalk }) => isTalk);
  if (TALK.has(act)) return !lead || lead.isTalk ? 'agrees' : 'silent';
  const name = act.replace(/\..*/, '');
  const speaksFor = ({ acts }: Voice) => acts.some((said) => isSameDeed(name, said));
  if (lead && speaksFor(lead)) return hasTalk ? 'begins' : 'agrees';
  if (free.some(speaksFor)) return 'silent';
  if (lead) return 'contradicts';
  if (act === 'set' && !hasTalk && heard.parts.some(({ role }) => role === 'option')) return 'agrees';
  return MAKING.has(name) && !hasTalk && isMeetingSaid(sentence, heard.parts, voices) ? 'fits' : 'silent';
}
