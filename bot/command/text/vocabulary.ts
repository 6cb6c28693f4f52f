/**
 * Every word that some rule waits for has a number, given when the rule is made. Text is looked up once, and rules
 * then compare numbers, which costs a fraction of comparing strings. A name with "#" stands for a sort of words.
 */
const numbers = new Map<string, number>();

/** The number of a word or sort, given now if it has none. For rules only: text must not make it grow. */
export function enrol(name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}

/** The number of a word that some rule waits for. */
export const numberOf = (word: string): number | undefined => numbers.get(word);

/** How many numbers there are so far. */
export const vocabularySize = (): number => numbers.size;
