/**
 * Whether two different words are one slip apart: a letter too many, too few, another one, or two swapped.
 * The first letter counts as typed on purpose.
 */
export function isNearMiss(typed: string, meant: string): boolean {
  if (typed[0] !== meant[0] || Math.abs(typed.length - meant.length) > 1 || typed === meant) return false;
  let head = 0;
  while (head < typed.length && typed[head] === meant[head]) head += 1;
  if (typed.length > meant.length) return typed.slice(head + 1) === meant.slice(head);
  if (typed.length < meant.length) return typed.slice(head) === meant.slice(head + 1);
  if (typed.slice(head + 1) === meant.slice(head + 1)) return true;
  const isSwapped = typed[head] === meant[head + 1] && typed[head + 1] === meant[head];
  return isSwapped && typed.slice(head + 2) === meant.slice(head + 2);
}

// Words of command that decide what a sentence is. Other words may be names, and stay as they are.
const COMMANDS =
  'meeting meetings schedule reschedule together discuss discussing arrange calendar organise organize cancel postpone regarding invite recurring standup about with'.split(
    ' ',
  );
const HONEST = new Set(
  'meting discus cancels canceled invited invites arranged scheduled scheduler'.split(' '),
);

/** Two neighbours swapped, a letter left out or one typed twice: slips of a hurried hand, hardly ever another word. */
function isSlip(typed: string, meant: string): boolean {
  if (!isNearMiss(typed, meant)) return false;
  if (typed.length < meant.length) return meant.length > 6 || meant === 'cancel';
  if (typed.length === meant.length) return [...typed].sort().join('') === [...meant].sort().join('');
  return (
    meant.length > 5 && [...typed].some((letter, at) => letter === typed[at - 1] && letter !== meant[at])
  );
}

/** Short forms, and slips of more than a letter that everybody makes. */
const SHORT = new Map([
  ['sked', 'schedule'],
  ['skedule', 'schedule'],
  ['shedule', 'schedule'],
  ['sched', 'schedule'],
  ['schd', 'schedule'],
]);

/** The word of command that a misspelt lower-case word was meant to be; any other word as it is. */
export function corrected(word: string): string {
  if (word.length < 4 || word.length > 11 || HONEST.has(word)) return word;
  const meant = SHORT.get(word);
  if (meant !== undefined) return meant;
  for (const command of COMMANDS) {
    if (command === word) return word;
    if (command[0] === word[0] && isSlip(word, command)) return command;
  }
  return word;
}
