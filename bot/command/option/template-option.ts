import type { Rule, Tokens } from '../text/pattern.ts';
import { maybe, opens, phrases, seq, tokenAt, word, words } from '../text/pattern.ts';
import type { OptionSaid } from './option-said.ts';
import { plain } from './option-said.ts';

const templateWord = word('template');
const nameBehind = seq(
  maybe(words('use|using|with|from|and a|the?')),
  templateWord,
  maybe(word(': = called named')),
);
const nameBefore = phrases('use|using|with|apply a|the', 'from|use|using|with|apply');

/** "template Broadcast", "with the Town hall template". */
export const templateOption: Rule<OptionSaid> = opens(
  ['use using with from and apply', templateWord],
  (tokens, at) => {
    const behind = nameBehind(tokens, at);
    const before = tokenAt(tokens, at - 1);
    const isApart = before.means !== undefined || /^[,;:.–—+&-]$/.test(before.low);
    if (behind && (behind.value[0] !== null || isApart)) {
      const isQuoted = tokenAt(tokens, behind.next).low === '"';
      const from = isQuoted ? behind.next + 1 : behind.next;
      let next = from;
      while (next < from + 3 && isNameWord(tokens, next)) next += 1;
      if (next > from) {
        const value = plain({ template: said(tokens, from, next) });
        return { value, next: isQuoted && tokenAt(tokens, next).low === '"' ? next + 1 : next };
      }
    }
    const lead = nameBefore(tokens, at);
    if (!lead) return null;
    for (let count = 1; count <= 3 && isNameWord(tokens, lead.next + count - 1); count += 1) {
      const end = lead.next + count;
      if (templateWord(tokens, end))
        return { value: plain({ template: said(tokens, lead.next, end) }), next: end + 1 };
    }
    return null;
  },
);
function isNameWord(tokens: Tokens, at: number): boolean {
  const { kind, low, means } = tokenAt(tokens, at);
  return kind === 'word' && !means && !/^(and|with|at|on|for|about|re|record|no|only|please)$/.test(low);
}
function said(tokens: Tokens, from: number, to: number): string {
  return tokens
    .slice(from, to)
    .map(({ low }) => low)
    .join(' ');
}
