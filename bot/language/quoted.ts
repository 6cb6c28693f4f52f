import type { Pack } from './pack.ts';
import type { Part, Place } from './roles/roles.ts';
import { isOverlapping, isSaidAt } from './said.ts';
import type { Tokens } from './text/tokens.ts';

/** What stands in quotation marks behind "about" or "titled". */
function quotedName(tokens: Tokens, pack: Pack): Place | null {
  const isMark = (at: number) => tokens[at]?.low === '"';
  const opening = tokens.findIndex((_token, at) => isMark(at) && isSaidAt(tokens, pack, 'about', at - 1));
  if (opening < 0) return null;
  const closing = tokens.findIndex((_token, at) => at > opening + 1 && isMark(at));
  return closing < 0 ? null : { first: opening + 1, next: closing };
}

/** The parts of a text, in which a name in quotation marks is a subject as it is written, whatever it looks like. */
export function withQuotedName(tokens: Tokens, pack: Pack, parts: readonly Part[]): readonly Part[] {
  const name = quotedName(tokens, pack);
  if (name === null) return parts;
  const others = parts.filter((part) => !isOverlapping(part, name) && part.role !== 'subject');
  return [...others, { role: 'subject' as const, ...name }].toSorted((a, b) => a.first - b.first);
}
