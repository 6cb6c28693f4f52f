import type { Deed } from '../command.ts';
import type { Doubt, Sentence } from '../reading.ts';
import type { Act } from '../roles/labels.ts';
import type { Part } from '../roles/roles.ts';
import { cover, isOverlapping, isSaidAt, isWithin, type Said, saidIn } from '../said.ts';
import { STARTS, type TimeSpan } from '../time/spans.ts';
import { namePlace } from './which-meeting.ts';

/** Acts that a value by itself is taken for. */
export const BARE: ReadonlySet<Act> = new Set(['answer', 'create', 'now', 'move', 'tell', 'other', 'ask']);

/** Those of them that want nothing. */
export const TOLD: ReadonlySet<Act> = new Set(['tell', 'other', 'ask']);

/** Words that say nothing by themselves: "no, just", "sorry", "please". */
const SMALL = ['filler', 'polite'];
const YES_NO: ReadonlySet<string> = new Set(['confirm', 'decline']);

/** The places of words that say nothing by themselves, and of yes and no. */
function smallIn({ tokens, pack }: Sentence): Said[] {
  const isYesNo = ({ values }: Said) => values.some((value) => YES_NO.has(value));
  return [
    ...SMALL.flatMap((tag) => saidIn(tokens, pack, tag)),
    ...saidIn(tokens, pack, 'act').filter(isYesNo),
  ];
}

const REFUSALS = ['refusal:before', 'refusal:behind'];

/** A yes or no with nothing beside it; where both are said, it is no: "hmm actually no". Beside thanks a nod is thanks. */
export function yesNoIn(sentence: Sentence): Act | null {
  const { tokens, pack } = sentence;
  const refusals = REFUSALS.flatMap((tag) => saidIn(tokens, pack, tag));
  const covered = cover(tokens.length, [...smallIn(sentence), ...correctionsIn(sentence), ...refusals]);
  if (tokens.some(({ kind }, at) => kind !== 'sign' && kind !== 'break' && covered[at] === 0)) return null;
  const acts = saidIn(tokens, pack, 'act');
  const isSaid = (act: Act) => acts.some(({ values }) => values.includes(act));
  // "ok thanks" only says that it was heard.
  const isYes = ({ first, values }: Said) =>
    values.includes('confirm') && !isSaidAt(tokens, pack, 'nod', first);
  if (isSaid('decline') || refusals.length > 0) return 'decline';
  const isGrateful = saidIn(tokens, pack, 'grateful').length > 0;
  if (!isSaid('confirm')) return null;
  return isGrateful && !acts.some(isYes) ? 'thanks' : 'confirm';
}

/**
 * Whether somebody else is spoken to where nothing is open: a yes or no says more than that, "yeah, 4:15 out front", or it
 * begins as answers to a colleague do, "not yet, I'll do it around 4".
 */
export const isAside = (sentence: Sentence): boolean =>
  saidIn(sentence.tokens, sentence.pack, 'aside').some(({ first }) => first === 0) ||
  (YES_NO.has(sentence.act) && (restIn(sentence).length > 1 || sentence.said.some(({ weak }) => !weak)));

const DEEDS = ['create', 'cancel', 'renew', 'move'] as const;

/** What a yes says that is to be done; null where it says nothing of it, or more than one thing. */
export function deedIn({ tokens, pack }: Sentence): Deed | null {
  const said = saidIn(tokens, pack, 'act').flatMap(({ values }) => values);
  const [deed = null, ...others] = DEEDS.filter((one) => said.includes(one));
  return others.length === 0 ? deed : null;
}

/** "Create it", "move it": a yes that only says what is to be done. "Cancel it" stands by itself. */
export function deedAlone(sentence: Sentence): 'confirm' | null {
  const { tokens, pack, said } = sentence;
  const deed = deedIn(sentence);
  const isDenied = saidIn(tokens, pack, 'act').some(({ values }) => values.includes('decline'));
  // "Swap them" says more than what is to be done.
  if (saidIn(tokens, pack, 'replaces').length > 0) return null;
  if (deed === null || deed === 'cancel' || isDenied || said.some(({ weak }) => !weak)) return null;
  const plain = ['act', 'generic', 'art', ...SMALL].flatMap((tag) => saidIn(tokens, pack, tag));
  const covered = cover(tokens.length, plain);
  const isSign = (at: number) => tokens[at]?.kind === 'sign' || tokens[at]?.kind === 'break';
  return tokens.every((_token, at) => isSign(at) || covered[at] === 1) ? 'confirm' : null;
}

/** "Leave it at 4": it is to stay as it is, and nothing else is wanted of it, as in "leave it at 4 but add Tom". */
export const isKept = ({ tokens, pack, parts }: Sentence): boolean =>
  saidIn(tokens, pack, 'kept').length > 0 && parts.every(({ role }) => role === 'which');

const REFUSABLE = [...DEEDS, 'add', 'remove', 'set', 'rename', 'invite'];

/** "Don't cancel it": every word for a deed has a refusal beside it, so that nothing is to be done. */
export function isRefused({ tokens, pack }: Sentence): boolean {
  const deeds = saidIn(tokens, pack, 'act').filter(({ values }) =>
    REFUSABLE.some((deed) => values.includes(deed)),
  );
  const before = saidIn(tokens, pack, 'refusal:before');
  const behind = saidIn(tokens, pack, 'refusal:behind');
  const isDenied = ({ first, next }: Said) =>
    before.some((refusal) => refusal.next === first) || behind.some((refusal) => refusal.first === next);
  // "Don't invite automatically" chooses a setting.
  return deeds.length > 0 && deeds.every(isDenied) && saidIn(tokens, pack, 'setting').length === 0;
}

/** Whether a time follows behind a comma, so that a refusal is not all that was said: "don't cancel it, 4pm instead". */
export const isTimeBehind = ({ tokens, said }: Sentence): boolean =>
  said.some(({ kind, weak, first }) => STARTS.has(kind) && !weak && tokens[first - 1]?.kind === 'sign');

/** Whether nothing is said but that it was heard: "ok", "👍". */
export function isNod({ tokens, pack }: Sentence): boolean {
  const nods = saidIn(tokens, pack, 'nod');
  const covered = cover(tokens.length, [...nods, ...SMALL.flatMap((tag) => saidIn(tokens, pack, tag))]);
  return (
    nods.length > 0 &&
    tokens.every(({ kind }, at) => kind === 'sign' || kind === 'break' || covered[at] === 1)
  );
}

/** Whether a word says that what follows is meant instead. */
export const isCorrection = (sentence: Sentence): boolean => correctionsIn(sentence).length > 0;

/** Words that say that what follows is meant instead: "wait, I meant", "oops, that should have been". */
const correctionsIn = ({ tokens, pack }: Sentence): Said[] => saidIn(tokens, pack, 'corrected');

/** "4pm", "9:30 for an hour", "or rather 4pm": a time and nothing that says what it is for. */
export const isTimeAlone = (sentence: Sentence): boolean =>
  restIn(sentence).length === 0 &&
  ['act', 'moves', 'proposes']
    .flatMap((tag) => saidIn(sentence.tokens, sentence.pack, tag))
    .every((said) => correctionsIn(sentence).some((correction) => isWithin(said, correction)));

/** The words beside times and small words, by their places. */
function restIn(sentence: Sentence): number[] {
  const { tokens, times } = sentence;
  const covered = cover(tokens.length, [...times, ...smallIn(sentence), ...correctionsIn(sentence)]);
  return tokens.flatMap(({ kind }, at) => (kind === 'word' && covered[at] === 0 ? [at] : []));
}

/** Whether a part that says which meeting has a name in it, not only a time or "that". */
function isNameSaid(sentence: Sentence, part: Extract<Part, { role: 'which' }>): boolean {
  const name = namePlace(sentence, part, sentence.times);
  return name.next > name.first;
}

/** "ok mets une heure": no word says that it is to be so always. */
const isSettingUnsaid = ({ act, tokens, pack }: Sentence): boolean =>
  act === 'settings' && ['setting', 'habit'].every((tag) => saidIn(tokens, pack, tag).length === 0);

/** "C'est possible dans 40 min ?": what is asked about repeating where nothing repeats is only a time. */
const isRepeatUnsaid = ({ act, times, tokens, pack }: Sentence): boolean =>
  act === 'topic.recurrence' &&
  saidIn(tokens, pack, 'unmet:recurrence').length === 0 &&
  times.some(({ kind }) => STARTS.has(kind)) &&
  times.every(({ kind }) => kind !== 'repeat' && kind !== 'ending');

/** Whether nothing but a value is said: times, lengths, an ordinal, a place, and no meeting or deed. */
export function isBare(sentence: Sentence, isAsked: boolean): boolean {
  const { parts, act } = sentence;
  if (act === 'answer') return true;
  const isCorrected = correctionsIn(sentence).length > 0;
  // "oops, [that] should have been Friday": what names no meeting says none.
  const isNamed = (part: Part) => part.role !== 'which' || !isCorrected || isNameSaid(sentence, part);
  if (
    !(BARE.has(act) || isSettingUnsaid(sentence) || isRepeatUnsaid(sentence)) ||
    parts.some((part) => part.role !== 'guest' && isNamed(part))
  )
    return false;
  // Where nothing was asked, a word beside a time makes news of it.
  const isTold = (TOLD.has(act) || isRepeatUnsaid(sentence)) && !isAsked && !isCorrected;
  return restIn(sentence).length <= (isTold ? 0 : 1);
}

/** Whether more of the length is wanted than there is: "another 10 minutes", "5 more minutes". */
export function isMore({ tokens, pack, said }: Sentence): boolean {
  const isLonger = ({ kind, first }: TimeSpan) =>
    kind === 'length' && isSaidAt(tokens, pack, 'longer', first - 1);
  const isUnsigned = said.some((span) => span.kind === 'shift' && !span.isSigned);
  return said.some(isLonger) || (isUnsigned && saidIn(tokens, pack, 'moves').length === 0);
}

/** Words that may stand beside a value where it is wanted. */
const WANTING = [
  'proposes',
  'act',
  'moves',
  'generic',
  'art',
  'cue',
  'negated',
  'corrected',
  'longer',
  'only',
];

/** Whether a yes stands there, and no word that only says that it was heard: "yes, around 5". */
export function isAgreed({ tokens, pack }: Sentence): boolean {
  const isNodAt = (at: number) => isSaidAt(tokens, pack, ['nod', 'proposes'], at);
  return saidIn(tokens, pack, 'act').some(
    ({ first, values }) => values.includes('confirm') && !isNodAt(first),
  );
}

/** Whether it ends with a question mark. */
export const isAsked = ({ tokens }: Sentence): boolean => /^[?\u061f\uff1f]$/.test(tokens.at(-1)?.low ?? '');

/** What makes a bare value less than a wish: it is asked or told, or a word stands there that wants nothing. */
export function doubtsOfValue(sentence: Sentence): Doubt[] {
  const { act, tokens, pack } = sentence;
  const isTold = TOLD.has(act) && correctionsIn(sentence).length === 0;
  const isStrange = restIn(sentence).some((at) => !isSaidAt(tokens, pack, WANTING, at));
  return isTold || isMore(sentence) || isStrange || isAsked(sentence) || isAgreed(sentence)
    ? [{ why: 'bare', words: '' }]
    : [];
}

/** Whether nothing is said but yes or no to an option: "passcode back in", "recording after all not", no question about it. */
export function isWishAlone({ tokens, pack, options }: Sentence): boolean {
  const isClear = options.every((span) => span.isClear && Object.keys(span.options).length > 0);
  const small = SMALL.flatMap((tag) => saidIn(tokens, pack, tag));
  const covered = cover(tokens.length, [...options, ...small]);
  const isPolite = ({ first }: Said) => isSaidAt(tokens, pack, 'polite', first);
  // "Need the passcode" may only want to see it.
  const yesNo = [...saidIn(tokens, pack, 'deny'), ...saidIn(tokens, pack, 'affirm:behind')];
  return (
    isClear &&
    yesNo.some((said) => !isPolite(said) && options.some((span) => isOverlapping(said, span))) &&
    tokens.every(
      ({ kind, low }, at) => covered[at] === 1 || (kind === 'sign' && !/^[?\u061f\uff1f]$/.test(low)),
    )
  );
}

/** Whether nothing but addresses and mentions is said: these people may be meant to come. */
export const isAddress = ({ tokens }: Sentence): boolean =>
  tokens.some(({ kind }) => kind === 'email' || kind === 'person') &&
  tokens.every(({ kind }) => kind === 'email' || kind === 'person' || kind === 'sign' || kind === 'break');
