import type { Tokens } from '../text/pattern.ts';
import { tokenAt } from '../text/pattern.ts';
import type { Place } from '../text/tokens.ts';

/** Politeness that belongs to no subject. */
export const FILLERS = new Set(
  'please pls plz thanks thx ta cheers asap ok okay thank you kindly'.split(' '),
);

/** Whether a token only separates. */
export function isSign(low: string): boolean {
  return /^[,;.!?:()\n–—-]$/.test(low);
}

const SMALL_BEFORE = /^(the|of|for|on|and|is|about|at|&|@|=|\*|>|<|"|'|\/)$/;
const ARTICLE_BEFORE = /^(a|an|in|to|by|with)$/;
const SMALL_BEHIND =
  /^(the|a|an|of|for|on|and|at|by|with|in|to|from|re|is|between|&|\+|@|=|\*|<|>|"|'|\/|\()$/;
const PARTICLE_VERBS =
  /^(check|sign|log|drop|walk|buy|plug|opt|stand|tune|dial|lead|trade|fill|stop|catch|follow|log|knock|carry|roll|hand|add|sit|phone|clock|read|run|hold|try|round|roundup|turn)$/;

function isCompound(tokens: Tokens, at: number): boolean {
  return tokenAt(tokens, at).low === '-' && tokenAt(tokens, at).glued;
}

function isDroppedBefore(tokens: Tokens, at: number, next: number): boolean {
  const { low } = tokenAt(tokens, at);
  if (isSign(low) || FILLERS.has(low)) return true;
  // The quotation marks of a word inside the subject come in pairs.
  if (low === '"' && tokens.slice(at + 1, next - 1).some((token) => token.low === '"')) return false;
  if (isCompound(tokens, at + 1) || tokenAt(tokens, at + 1).low === '&') return false;
  return SMALL_BEFORE.test(low) || (ARTICLE_BEFORE.test(low) && next - at > 1);
}

function isDroppedBehind(tokens: Tokens, at: number): boolean {
  const { low } = tokenAt(tokens, at);
  if (low === ')') return !hasOpening(tokens, at);
  if (isSign(low) || FILLERS.has(low)) return true;
  const before = tokenAt(tokens, at - 1);
  // The A of "Q&A" is no article.
  if (tokenAt(tokens, at).glued && tokenAt(tokens, at).kind === 'word') return false;
  return SMALL_BEHIND.test(low) && !isCompound(tokens, at - 1) && !PARTICLE_VERBS.test(before.low);
}

function hasOpening(tokens: Tokens, at: number): boolean {
  for (let i = at - 1; i > at - 12 && i >= 0; i -= 1) if (tokenAt(tokens, i).low === '(') return true;
  return false;
}

/** Cuts out of the text what a place covers, without stray signs and small words at its edges; null if none is left. */
export function wording(text: string, tokens: Tokens, place: Place): string | null {
  let { first, next } = place;
  while (first < next && isDroppedBefore(tokens, first, next)) first += 1;
  while (next > first && isDroppedBehind(tokens, next - 1)) next -= 1;
  if (next <= first) return null;
  return text.slice(tokenAt(tokens, first).from, tokenAt(tokens, next - 1).to).trim() || null;
}
