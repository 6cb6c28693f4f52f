import { NOUN } from '../subject/making.ts';
import type { Tokens } from '../text/pattern.ts';
import { tokenAt } from '../text/pattern.ts';

const set = (...lines: readonly string[]) => new Set(lines.flatMap((line) => line.split(' ')));

/** Verbs that can be nothing else: whoever or whatever stands before them did or does it. */
const CLEAR = set(
  'said told thought felt went got came took gave ran saw met sent knew began broke brought caught',
  'chose fell forgot grew sat slept spoke stood wrote rose overran became happened drove flew ate',
  'says tells thinks knows feels wants likes loves hates enjoys gets goes comes takes makes gives',
  'becomes seems remains stays keeps asks lets puts does arrives departs expires belongs contains',
  'includes involves requires depends asked decided',
);

/** Verbs in the third person that no meeting is called by. */
const THIRD = set(
  'meets ships delivers arrives joins finishes opens closes ends begins starts leaves lands departs',
  'lasts happens occurs rains snows stops resumes reopens flies lives sits reads sends brings works',
  'totals equals reaches expires sells serves kicks boards docks sails waits pays gathers convenes',
  'presents attends hosts retires returns leads runs moves means looks turns passes fails restarts',
  'blows breaks rises sets rings boots lifts fires goes bites',
);

/** Forms of the past that may also stand before a noun: "failed builds", "lost property". */
const PAST_FORMS = set(
  'made left lost spent paid found heard built bought kept meant led taught understood won cost',
  'shut sold held hit cut',
);

/** Plurals that are verbs as well, and "read", as in "table read": verbs only with an object behind them ("hits 31", "leads the team"). */
const PLURALS = set(
  'hits costs needs plans calls reports updates reviews orders shows shares tests checks changes drops',
  'seats fits wins visits drives walks talks launches hires lifts notes marks handles hands covers helps uses read',
);
/** Of the third person, those that head a title as a plural: "road works", "sales leads". */
const THIRD_AND_PLURAL = set(
  'works leads runs moves returns presents turns passes looks means fails hosts boards ends reads sets lifts fires breaks',
);

/** What plurals do: "bins go out on Thursday", "exams start on Monday". */
const BASE = set(
  'go come leave arrive start begin end finish open close land depart return resume play stop run shut break kick',
);
/** Verbs that say what should, may or must be of whatever stands before them. */
const MODALS = set(
  "should shouldn't must mustn't might would wouldn't could couldn't can can't cannot may will won't",
);
/** What somebody is at, without "is": "plumber coming between 8 and 12". */
const UNDER_WAY = set(
  'coming arriving leaving landing departing flying travelling traveling returning expected',
);
/** How something is, without "is": "wifi down until noon". */
const STATE = set('down up closed open shut off out offline online unavailable full');
const LASTING = set('until till til since again all due');
/** Of these, what something is from an hour on: "site shut from 12 to 1"; "kick off from 3" is none. */
const SHUT = set('down closed shut offline unavailable');
/** Forms that stand before nouns as well, and are verbs right before a time: "Sam suggested Friday at 2". */
const REPORTED = set('suggested proposed requested preferred recommended wanted needed confirmed');
const AFTER_VERB = set('like very really too so quite');
/** Of `THIRD_AND_PLURAL`, those that are verbs before a day that nothing follows: "payroll runs on the 25th". */
const CALENDAR = set('runs returns ends moves turns passes breaks');

/** Words in -ed that tell nothing. */
const NO_PAST = set(
  'need needed required requested wanted wed bed red med shed sled hundred sacred limited unlimited',
  'united related based learned embed proposed preferred suggested wicked crossed advanced',
  'mixed combined led unified applied naked ted fred ned jared ahmed mohammed mohamed muhammed reed',
  'federated distributed connected recommended invited dedicated included recorded encrypted allowed',
  'used aged iced tbd muted detailed extended updated revised attached',
);

const NO_SUBJECT = set(
  'the a an our my your his her their this that these those its of for on at in with by and or & to',
  'about re from vs not no as be been being is are was were get gets getting what who how which whose',
  'where when why very most well newly so please pls can could would should will shall may might must',
  'if all any some we i you they let lets no-one just also then / + - , ; : . ! ? ( " of',
);
const OPENS_OBJECT = set(
  'the a an our my your his her their its us them him me it this that these those each every all some',
);
const OPENS_REST = set(
  'at on in to by until till from for off out up over down away back into about with before after',
  'around through again today early late later as since because when while during than well now',
  'here there and but so',
);

/** What is known of the text: tokens of times and options, tokens of people and the subject, and whether a clock was named. */
export type Known = {
  isItem: (at: number) => boolean;
  isNamed: (at: number) => boolean;
  hasClock: boolean;
};

function isPast(low: string): boolean {
  return (
    PAST_FORMS.has(low) ||
    (low.length > 3 && low.endsWith('ed') && (!low.endsWith('eed') || low === 'agreed') && !NO_PAST.has(low))
  );
}

/** What may follow a verb but not a noun's first half. */
function isOpenBehind(tokens: Tokens, next: number, isItem: (at: number) => boolean): boolean {
  const { low, kind } = tokenAt(tokens, next);
  if (isItem(next)) return true;
  if (kind === 'word') return OPENS_OBJECT.has(low) || OPENS_REST.has(low);
  return low !== '-' && low !== '/' && low !== '&' && low !== "'";
}

const isPlural = (low: string) => low.length > 3 && /[^suiy]s$/.test(low);

function hasObject(tokens: Tokens, next: number, isItem: (at: number) => boolean): boolean {
  const { low, kind } = tokenAt(tokens, next);
  return OPENS_OBJECT.has(low) || (kind === 'number' && !isItem(next));
}

function isVerbAt(tokens: Tokens, at: number, known: Known): boolean {
  const { isItem } = known;
  const { low } = tokenAt(tokens, at);
  if (CLEAR.has(low)) return true;
  if (REPORTED.has(low)) return isItem(at + 1);
  if (UNDER_WAY.has(low)) return isItem(at + 1) || OPENS_REST.has(tokenAt(tokens, at + 1).low);
  if (STATE.has(low) && LASTING.has(tokenAt(tokens, at + 1).low)) return true;
  if (SHUT.has(low) && tokenAt(tokens, at + 1).low === 'from') return true;
  // "Smells like fish", "looks really good": nothing else stands before these words.
  if (/[^s]s$/.test(low) && AFTER_VERB.has(tokenAt(tokens, at + 1).low)) return true;
  // "Overtime on the 24th must be told": only what nothing else follows a time with.
  if (/^(must|mustn't|shouldn't)$/.test(low))
    return tokenAt(tokens, at + 1).kind === 'word' && !isItem(at + 1);
  if (MODALS.has(low)) return !isItem(at - 1) && !isItem(at + 1) && tokenAt(tokens, at + 1).kind === 'word';
  if (BASE.has(low)) return isPlural(tokenAt(tokens, at - 1).low) && isOpenBehind(tokens, at + 1, isItem);
  if (CALENDAR.has(low) && !known.hasClock && tokenAt(tokens, at + 1).low === 'on' && isItem(at + 1))
    return true;
  // "Cycle ends 12:40"; "loose ends friday" have no hour right behind.
  if (low === 'ends' && isItem(at + 1) && /^(number|opaque)$/.test(tokenAt(tokens, at + 1).kind)) return true;
  if (PLURALS.has(low) || THIRD_AND_PLURAL.has(low)) {
    if (hasObject(tokens, at + 1, isItem)) return true;
    if (PLURALS.has(low)) return false;
    const isCounted = /^(number|opaque)$/.test(tokenAt(tokens, at - 1).kind) && !isItem(at - 1);
    return isCounted || isSentence(tokens, at, isItem);
  }
  if (isDoneTo(tokens, at, isItem)) return true;
  // "Truck 14 left Durban at 4:10".
  if (PAST_FORMS.has(low) && tokenAt(tokens, at - 1).kind === 'number' && isItem(at + 2)) return true;
  // "Minutes need signing by 5".
  const behind = tokenAt(tokens, at + 1).low;
  if (/^needs?$/.test(low) && /[a-z]{2}ing$/.test(behind) && !NOUN.test(behind)) return true;
  if (PAST_FORMS.has(low) && !/^(word|number|opaque)$/.test(tokenAt(tokens, at + 1).kind)) return false;
  return (THIRD.has(low) || isPast(low)) && isOpenBehind(tokens, at + 1, isItem);
}

/** "The shipment cleared customs at 2": behind something definite and before one noun and a time, -ed was done. */
function isDoneTo(tokens: Tokens, at: number, isItem: (at: number) => boolean): boolean {
  const isDefinite = at > 1 && OPENS_OBJECT.has(tokenAt(tokens, 0).low);
  const { low, kind } = tokenAt(tokens, at + 1);
  if (!isDefinite || kind !== 'word' || !isPast(tokenAt(tokens, at).low) || PAST_FORMS.has(low)) return false;
  return isItem(at + 2) && !NOUN.test(low);
}

/** "The shop runs at 6", "Priya works from home": something definite does it, and more than a time follows. */
function isSentence(tokens: Tokens, at: number, isItem: (at: number) => boolean): boolean {
  if (isItem(at + 1)) return OPENS_OBJECT.has(tokenAt(tokens, 0).low);
  return OPENS_REST.has(tokenAt(tokens, at + 1).low);
}

/** Whether what stands before the verb can do it: a noun or a name in the same clause. */
function hasDoer(tokens: Tokens, at: number, isItem: (at: number) => boolean): boolean {
  const { low, kind } = tokenAt(tokens, at - 1);
  if (at === 0 || kind === 'break' || NO_SUBJECT.has(low)) return kind === 'sign' && low === ')';
  // "The retro on Thursday ran over": the day stands between.
  const isBehindDay = CLEAR.has(tokenAt(tokens, at).low) && !isItem(0);
  return !isItem(at - 1) || kind === 'number' || isBehindDay;
}

/**
 * Whether a finite verb makes a statement of the text before `end`: "the team meets at 2", "Order 7 ships on Friday".
 * Not where the same word stands before a noun ("failed builds triage") or has nobody to do it. Linear.
 */
export function isTold(tokens: Tokens, end: number, known: Known): boolean {
  const { isItem, isNamed } = known;
  for (let at = 1; at < end; at += 1) {
    const { kind } = tokenAt(tokens, at);
    if (kind !== 'word' || isItem(at) || isNamed(at)) continue;
    if (hasDoer(tokens, at, isItem) && isVerbAt(tokens, at, known)) return true;
  }
  return false;
}
