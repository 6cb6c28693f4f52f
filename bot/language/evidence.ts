import type { Command, CreateCommand } from './command.ts';
import { CHANGES } from './commands.ts';
import { isForeignDay } from './foreign.ts';
import type { Doubt, Sentence, Way } from './reading.ts';
import type { Opinion } from './roles/cues.ts';
import type { Act } from './roles/labels.ts';
import { marginOf } from './roles/model.ts';
import type { Place } from './roles/roles.ts';
import { cover, isSaidAt, saidIn, textOf } from './said.ts';
import { weekdayOf } from './time/calendar.ts';
import { withoutWeak } from './time/hours-meant.ts';
import { dayIn } from './time/instants.ts';
import type { TimeSpan } from './time/spans.ts';

/** Acts that make something. */
export const MAKING: ReadonlySet<Act> = new Set(['create', 'now', 'room', 'again']);
/** Acts after which something is otherwise than before. */
const ACTING: ReadonlySet<Act> = new Set([...MAKING, ...CHANGES, 'renew', 'cancel', 'undo', 'signout']);

/** Acts that come to the same change: its times, options and people are read alike. */
const ALIKE: ReadonlySet<Act> = new Set(['move', 'set', 'add']);

/** How far a guess must be ahead to be sure, by what the words say of it; 1 is what half of the wrong guesses stay below. */
const SURE: Readonly<Record<Opinion, number>> = { agrees: 3, silent: 4, contradicts: 10 };
/** The same for acts that are only done after a yes. */
const SURE_CONFIRMED: typeof SURE = { agrees: 1, silent: 4, contradicts: 10 };
/** Acts that are only done after a yes. */
export const CONFIRMED: ReadonlySet<Act> = new Set(['cancel', 'renew']);
/** How far it must be ahead of mere talk to be worth a question. */
const ASKED: Readonly<Record<Opinion, number>> = { agrees: 0.5, silent: 1, contradicts: 2 };

/** Whether a guess is so far ahead. */
const isAhead = (by: number, { margins }: Sentence, least: number): boolean =>
  by >= least * marginOf(margins, 50);

/** Words that no language knows and that play no part. */
function strangers({ tokens, knowledge, parts, times, options, text, unheard }: Sentence): Doubt[] {
  const explained = cover(tokens.length, [...parts, ...times, ...options, ...unheard]);
  return tokens.flatMap((_token, at): Doubt[] => {
    const isStrange = knowledge[at] === 'unknown' || knowledge[at] === 'capital';
    if (explained[at] === 1 || !isStrange) return [];
    return [{ why: 'words', words: textOf(text, tokens, { first: at, next: at + 1 }) }];
  });
}

/** Times that lie in the subject and speak of when, where the sentence names no other; and those without a value. */
function looseTimes({ times, said, tokens, text, when }: Sentence): Doubt[] {
  const isOutside = new Set(said);
  const strong = said.filter(
    ({ weak, kind }) => !weak && (kind === 'clock' || kind === 'date' || kind === 'relative'),
  );
  const swallowed = times.filter(
    (time) =>
      !isOutside.has(time) &&
      !time.weak &&
      (time.kind === 'clock' || time.kind === 'relative') &&
      strong.length > 0,
  );
  const vague = said.filter(({ kind }) => kind === 'vague' && when.when !== null);
  return [...swallowed, ...vague].map((time) => ({ why: 'time', words: textOf(text, tokens, time) }));
}

const STARTS: ReadonlySet<TimeSpan['kind']> = new Set(['clock', 'date', 'relative']);

/** "by 5pm" says when something is to be done; nobody meets by then. */
function deadlines({ said, tokens, pack, text }: Sentence): Doubt[] {
  const isDeadline = ({ kind, weak, first }: TimeSpan) =>
    STARTS.has(kind) && !weak && [first, first - 1].some((at) => isSaidAt(tokens, pack, 'deadline', at));
  return said.filter(isDeadline).map((time) => ({ why: 'time', words: textOf(text, tokens, time) }));
}

/** A copy of an invitation: that meeting is there already. */
const copies = ({ tokens, pack }: Sentence): Doubt[] =>
  saidIn(tokens, pack, 'copied').length > 0 ? [{ why: 'act', words: '' }] : [];

/** Of several days that were said, those that are not the one taken. */
function otherDays({ said, when, tokens, text }: Sentence): Doubt[] {
  const days = said.flatMap((time) =>
    time.kind === 'date' && !time.weak && time.said.day !== null ? [time] : [],
  );
  if (days.length < 2 || when.when === null) return [];
  const taken = dayIn(when.when.start);
  return days
    .filter(({ said: { day, weekday } }) => day !== taken && weekday !== weekdayOf(taken))
    .map((time) => ({ why: 'time', words: textOf(text, tokens, time) }));
}

/** Days of another language, which this one reads as a name. */
function foreignDays({ tokens, text, pack }: Sentence): Doubt[] {
  return tokens.flatMap((_token, at): Doubt[] =>
    isForeignDay(tokens, at, pack)
      ? [{ why: 'time', words: textOf(text, tokens, { first: at, next: at + 1 }) }]
      : [],
  );
}

/** Options whose words were not all understood. */
function unclearOptions({ options, text, tokens }: Sentence): Doubt[] {
  return options
    .filter(({ isClear }) => !isClear)
    .map((place) => ({ why: 'option', words: textOf(text, tokens, place) }));
}

/** Whether it matters little which of both acts is meant, or the words say which: what counts then is the lead over talk. */
function isUndisputed({ act, next, margin, opinion, parts, when, tokens, pack }: Sentence): boolean {
  if (margin < 0) return false;
  if (ALIKE.has(act) && ALIKE.has(next)) return true;
  // "switch my one-on-one": within a name, "my" may say which meeting behind a verb that nobody taught us.
  const isMine = ({ first, next: end }: Place) =>
    saidIn(tokens, pack, 'mine', { first: first + 1, next: end }).length > 0;
  const subjects = parts.filter(({ role }) => role === 'subject');
  const isNamed =
    subjects.length > 0 && !subjects.some(isMine) && !parts.some(({ role }) => role === 'which');
  return act === 'create' && ACTING.has(next) && opinion === 'agrees' && isNamed && when.when !== null;
}

/** A new name and a new time for a meeting of which nothing is said: that may be a new one. */
const isNewlyNamed = (act: Act, { when, parts }: Sentence): boolean =>
  act === 'rename' && when.when !== null && !parts.some(({ role }) => role === 'which');

/** Wishes that nobody speaks of by chance. */
const WISHES = ['template', 'coorganiser', 'lobby', 'encrypted'];

/** Words of a wish that stand outside of everything that was understood: they would be dropped without a word. */
function leftWishes({ tokens, pack, parts, options, text }: Sentence): Doubt[] {
  const explained = cover(tokens.length, [...parts, ...options]);
  return saidIn(tokens, pack, 'option')
    .filter(({ first, values }) => explained[first] === 0 && values.some((value) => WISHES.includes(value)))
    .map((place) => ({ why: 'option', words: textOf(text, tokens, place) }));
}

/** Both opinions on the act. */
function doubtedAct(act: Act, sentence: Sentence): Doubt[] {
  const { margin, lead, opinion } = sentence;
  if (isNewlyNamed(act, sentence)) return [{ why: 'act', words: '' }];
  const least = (CONFIRMED.has(act) ? SURE_CONFIRMED : SURE)[opinion];
  const by = isUndisputed(sentence) ? lead : margin;
  return act !== sentence.act || isAhead(by, sentence, least) ? [] : [{ why: 'act', words: '' }];
}

/** A number that nothing explains, or that nobody is called: it may be the hour, the day or the length that was meant. */
function loneNumbers(sentence: Sentence): Doubt[] {
  const { tokens, parts, said, times, options, pack, text, unheard } = sentence;
  if (!tokens.some(({ kind }) => kind === 'number')) return [];
  const inside = times.filter((time) => !said.includes(time));
  const used = withoutWeak(said, tokens, pack);
  const named = parts.filter(({ role }) => role !== 'guest');
  const explained = cover(tokens.length, [...named, ...inside, ...used, ...options, ...unheard]);
  return tokens.flatMap(({ kind }, at): Doubt[] =>
    kind === 'number' && explained[at] === 0 && !isSaidAt(tokens, pack, 'crowd', at + 1)
      ? [{ why: 'time', words: textOf(text, tokens, { first: at, next: at + 1 }) }]
      : [],
  );
}

/** What makes a reading unsure; nothing where it is as good as certain. `isSettled`: the act is beyond doubt. */
export function doubtsOf(act: Act, sentence: Sentence, isSettled: boolean): Doubt[] {
  if (!ACTING.has(act)) return [];
  return [
    ...(isSettled && !isNewlyNamed(act, sentence) ? [] : doubtedAct(act, sentence)),
    ...(MAKING.has(act)
      ? [
          ...strangers(sentence),
          ...looseTimes(sentence),
          ...deadlines(sentence),
          ...copies(sentence),
          ...otherDays(sentence),
          ...loneNumbers(sentence),
          ...foreignDays(sentence),
        ]
      : []),
    ...unclearOptions(sentence),
    ...leftWishes(sentence),
  ];
}

const isAsked = (command: Command): boolean =>
  (command.kind === 'create' || command.kind === 'reschedule') && command.needs.length > 0;

const isUnmet = (command: CreateCommand): boolean => (command.unmet?.length ?? 0) > 0;

/** News that only might be a wish is left alone. An act that another one gave way to is not behind: it is offered. */
function isNews(sentence: Sentence, doubts: readonly Doubt[]): boolean {
  const { lead, margin, opinion } = sentence;
  return doubts.some(({ why }) => why === 'act') && margin >= 0 && !isAhead(lead, sentence, ASKED[opinion]);
}

/** What is to be done with a command, given what is doubted. */
export function wayOf(command: Command, sentence: Sentence, doubts: readonly Doubt[]): Way {
  if (command.kind === 'none' || isNews(sentence, doubts)) return 'leave';
  if (isAsked(command)) return 'ask';
  if (command.kind === 'create' && isUnmet(command)) return 'ask';
  return doubts.length > 0 ? 'draft' : 'do';
}
