import type { Command, CreateCommand } from './command.ts';
import { CHANGES } from './commands.ts';
import type { Doubt, Frame, Sentence, Way } from './reading.ts';
import type { Act } from './roles/labels.ts';
import { cover, isSaidAt, textOf } from './said.ts';

/** Acts that make something. */
export const MAKING: ReadonlySet<Act> = new Set(['create', 'now', 'room', 'again']);
/** Acts after which something is otherwise than before. */
const ACTING: ReadonlySet<Act> = new Set([
  ...MAKING,
  ...CHANGES,
  'renew',
  'cancel',
  'undo',
  'signout',
  'settings',
]);

/** A guess must be further ahead than this share of the wrong guesses were, where the words say nothing for it. */
const SILENT_SURE = 95;
/** And than this share, where the words agree. */
const AGREED_SURE = 50;

/** Whether the act is further ahead than so many of 100 wrong ones. */
export function isAhead({ margin, margins }: Sentence, share: number): boolean {
  return margin >= (margins.find(({ of }) => of === share)?.margin ?? 0);
}

/** Words that no language knows and that play no part. */
function strangers({ tokens, knowledge, parts, times, options, text }: Sentence): Doubt[] {
  const explained = cover(tokens.length, [...parts, ...times, ...options]);
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

/** Options whose words were not all understood. */
function unclearOptions({ options, text, tokens }: Sentence): Doubt[] {
  return options
    .filter(({ isClear }) => !isClear)
    .map((place) => ({ why: 'option', words: textOf(text, tokens, place) }));
}

/** Both opinions on the act. */
function doubtedAct(act: Act, sentence: Sentence): Doubt[] {
  const share =
    sentence.opinion === 'agrees' ? AGREED_SURE : sentence.opinion === 'silent' ? SILENT_SURE : 100;
  const isSure = share < 100 && isAhead(sentence, share);
  return isSure || act !== sentence.act ? [] : [{ why: 'act', words: '' }];
}

/** A number that nothing explains: it may be the hour, the day or the length that was meant. */
function loneNumbers({ tokens, parts, said, times, options, pack, text }: Sentence): Doubt[] {
  const explained = cover(tokens.length, [
    ...parts,
    ...times.filter((time) => !said.includes(time) || !time.weak),
    ...options,
  ]);
  return tokens.flatMap(({ kind }, at): Doubt[] =>
    kind === 'number' && explained[at] === 0 && !isSaidAt(tokens, pack, 'crowd', at + 1)
      ? [{ why: 'time', words: textOf(text, tokens, { first: at, next: at + 1 }) }]
      : [],
  );
}

/** What makes a reading unsure; nothing where it is as good as certain. */
export function doubtsOf(act: Act, sentence: Sentence): Doubt[] {
  if (!ACTING.has(act)) return [];
  return [
    ...doubtedAct(act, sentence),
    ...(MAKING.has(act) ? [...strangers(sentence), ...looseTimes(sentence), ...loneNumbers(sentence)] : []),
    ...unclearOptions(sentence),
  ];
}

const isAsked = (command: Command): boolean =>
  (command.kind === 'create' || command.kind === 'reschedule') && command.needs.length > 0;

const isUnmet = (command: CreateCommand): boolean => (command.unmet?.length ?? 0) > 0;

/** What is to be done with a command, given what is doubted. */
export function wayOf(command: Command, doubts: readonly Doubt[], _frame: Frame): Way {
  if (command.kind === 'none') return 'leave';
  if (isAsked(command)) return 'ask';
  if (command.kind === 'create' && isUnmet(command)) return 'ask';
  return doubts.length > 0 ? 'draft' : 'do';
}
