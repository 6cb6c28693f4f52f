import { normalize } from './safe-text.ts';

/** Letters that no decomposition makes plain. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

/** Shorter words must be equal: "sync" and "sink" are two words, "reveiw" is a typing error. */
const SHORTEST_WITH_SLIP = 5;

/**
 * The words of a text in order, without case, accents and punctuation. A hyphen, an apostrophe or a colon joins ("stand-up",
 * "1:1"); a possessive s is dropped.
 */
export function wordsOf(text: string): string[] {
  return normalize(text, 'NFKD')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/'s(?![\p{L}\p{N}])/gu, '')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøđðþłı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/(?<=[\p{L}\p{N}])[-‐‑':](?=[\p{L}\p{N}])/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Whether a word is the known one, its beginning ("retro"), or differs from it by one typing error. */
export function isNear(said: string, known: string): boolean {
  if (said === known) return true;
  if (said.length >= SHORTEST_WITH_SLIP && known.startsWith(said)) return true;
  if (Math.min(said.length, known.length) < SHORTEST_WITH_SLIP) return false;
  return isOneSlip(said, known);
}

/**
 * Whether two different words differ by one typing error, or have the same letters in another order ("mroegn" for "morgen").
 * The first letter counts as typed on purpose.
 */
export const isNearMiss = (typed: string, meant: string): boolean =>
  typed[0] === meant[0] && typed !== meant && (isOneSlip(typed, meant) || isScrambled(typed, meant));

const isScrambled = (typed: string, meant: string): boolean =>
  typed.length === meant.length && [...typed].sort().join('') === [...meant].sort().join('');

/** One letter more, less or other, or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [restA, restB] = [a.slice(at), b.slice(at)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
