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
