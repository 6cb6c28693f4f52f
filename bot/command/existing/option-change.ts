import type { Intent, Options, Reading } from '../command.ts';
import { NO_CHANGE } from '../command.ts';
import type { Understood } from '../create.ts';
import { cover } from '../subject/layout.ts';
import { whichIn } from './which-meeting.ts';

/** "record Q3": verbs that are an option, with a meeting behind them. */
const VERBS: readonly (readonly [pattern: RegExp, set: Options])[] = [
  [/^(?:don't|dont|do not|never|stop) record(?:ing)? (.+)$/, { record: false }],
  [/^(?:auto(?:matically)?[ -])?record (.+)$/, { record: true }],
  [/^(?:don't|dont|do not|never|stop) transcrib(?:e|ing) (.+)$/, { transcribe: false }],
  [/^transcribe (.+)$/, { transcribe: true }],
  [/^encrypt (.+)$/, { encrypted: true }],
];

/** Small words between an option and the meeting that it is for. */
const PLACES = 'for|in|of|on|from|to|during|at';
const FILLERS = `please|pls|and|also|now|but|just|make|change|set|update|have|keep|let|turn|switch|put|add|give|should|will|with|thanks|thx|instead|too|be|is|has|have|${PLACES}`;
const LEADING = new RegExp(`^(?:(?:${FILLERS})(?= |$)|[,:;.!?–—-])`);
const TRAILING = new RegExp(`(?:(?<=^| )(?:${FILLERS})|[,:;.!?–—-])$`);
const PLACE = new RegExp(`^(?:${PLACES})$`);

const POINTER = /^(?:|it|that|this|(?:the|my|our|this|that) (?:meeting|call|one|mtg))$/;
/** A meeting that is there already is spoken of as one. */
const DEFINITE = /^(?:the|my|our|this|that|today's|tomorrow's|tonight's|\p{L}+day's) \S/u;
const INDEFINITE =
  /^(?:an?|another|some|any|one|new|every|each|all|me|us|you|him|her|them|everyone|everybody|\uFFFC)\b|\uFFFC/;
/** Something is told of it. */
const VERB = /\b(?:is|are|isn't|aren't|was|were|has|have|does|doesn't|will|won't|works?|working)\b/;
const CHANGING = /^(?:make|change|set|update|turn|switch|remove|add|keep|take|stop|disable|enable|allow) /;
const MAKING =
  /\b(?:schedule|book|create|arrange|organi[sz]e|plan|invite|set ?up|setup|need|want|start|meet|reminder)\b|\b(?:about|re|regarding|called|titled)\b|^new /;
const TELLING =
  /^(?:is|are|was|were|does|did|do (?!not)|has|have|who|what|why|how|when|where|which|should|shall|if)\b|\b(?:was|were|had|did|didn't|already|yesterday)\b/;
/** "Passcode for Q3 off": behind the meeting's name, "off" is said of the option. */
const OFF_BEHIND = /^\S+ (?:for|of|in) .+ off(?: please| pls)?[ .!]*$/;
const TURNED_OFF: Options = {
  passcode: false,
  record: false,
  transcribe: false,
  encrypted: false,
  chat: 'disabled',
};
const MOST_WORDS = 8;
const MOST_CHARACTERS = 200;

/** "Record it", "no lobby for Q3", "make the review encrypted": options of a meeting that exists. Null for anything else. */
export function readOptionChange(low: string, understood: Understood, reading: Reading): Intent | null {
  const { options, picked } = understood;
  const isTimed = picked.clock !== null || picked.date !== null;
  if (low.length > MOST_CHARACTERS || picked.isNow || picked.isRepeated || picked.inMinutes !== null)
    return null;
  if (picked.minutes !== null || MAKING.test(low) || TELLING.test(low)) return null;
  const verb = VERBS.find(([pattern]) => pattern.test(low));
  if (!verb && Object.keys(options).length === 0) return null;
  const said = OFF_BEHIND.test(low) && !verb ? turnedOff(options) : { ...options, ...verb?.[1] };
  const { name, isPlaced } = trimmed(restOf(understood, low, verb?.[0]));
  const isOrder = isPlaced || verb !== undefined || CHANGING.test(low);
  if (isTimed && !isOrder) return null;
  return isMeeting(name, isOrder && !isTimed) ? toIntent(said, name, understood, reading) : null;
}

function turnedOff(options: Options): Options {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, TURNED_OFF[name as keyof Options] ?? value]),
  );
}

/** The words that are no option. */
function restOf({ tokens, items }: Understood, low: string, verb: RegExp | undefined): string {
  const isOption = cover(
    tokens.length,
    items.filter(({ kind }) => kind === 'option'),
  );
  const kept = tokens.filter((_token, at) => !isOption(at));
  const rest = kept.map(({ low: word, glued }, at) => (glued || at === 0 ? word : ` ${word}`)).join('');
  return verb?.exec(rest)?.[1] ?? (verb ? (verb.exec(low)?.[1] ?? rest) : rest);
}

function trimmed(text: string): { name: string; isPlaced: boolean } {
  let name = text.trim();
  let isPlaced = false;
  for (let i = 0; i < MOST_WORDS; i += 1) {
    const [lead = ''] = LEADING.exec(name) ?? [];
    isPlaced ||= PLACE.test(lead);
    name = name.slice(lead.length).replace(TRAILING, '').trim();
  }
  return { name, isPlaced };
}

/** `isCalled`: a bare name will do, because of what stands around it. */
function isMeeting(name: string, isCalled: boolean): boolean {
  if (POINTER.test(name)) return true;
  if (INDEFINITE.test(name) || VERB.test(name) || name.split(' ').length > MOST_WORDS) return false;
  return DEFINITE.test(name) || isCalled;
}

function toIntent(options: Options, name: string, from: Understood, reading: Reading): Intent {
  const change = { ...NO_CHANGE, options };
  return { kind: 'reschedule', which: whichIn(name, reading, from), change, needs: [] };
}
