import type { Options } from '../command.ts';
import type { Hit, Rule, Tokens } from '../text/pattern.ts';
import { byOpener, first, opens, tokenAt, word, words } from '../text/pattern.ts';
import { accessOption } from './access.ts';
import { languageOption } from './language-option.ts';
import { clauseOption } from './option-clause.ts';
import { BOUNDED, DEVICE_ROWS, ROWS } from './option-rows.ts';
import type { OptionSaid } from './option-said.ts';
import { plain } from './option-said.ts';
import { presenterOption } from './presenter-option.ts';
import { templateOption } from './template-option.ts';

const BEFORE = /^([,;.&+(\n–—:!]|and|with|please|)$/;
const BEHIND = /^([,;.&+)\n–—:!?]|and|but|please|thanks|thx|for|with|at|on|about|re|)$/;

function isAlone(tokens: Tokens, at: number, next: number): boolean {
  const behind = tokenAt(tokens, next);
  return BEFORE.test(tokenAt(tokens, at - 1).low) && (BEHIND.test(behind.low) || behind.means !== undefined);
}

/** "about Q3 encrypted": to miss it in silence would be worse than to take it for what it may not be. */
function isLast(tokens: Tokens, at: number, next: number, { encrypted }: Options): boolean {
  return (
    encrypted === true && next === tokens.length && tokenAt(tokens, next - 1).low === 'encrypted' && at > 2
  );
}

const GENERIC = word('meeting call chat session sync video teams huddle conversation catchup mtg');
const BOUNDED_RULES = BOUNDED.map(([notation, set]) => [words(notation), set] as const);
const bounded: Rule<OptionSaid> = opens(
  BOUNDED_RULES.map(([rule]) => rule),
  (tokens, at) => {
    for (const [rule, set] of BOUNDED_RULES) {
      const hit = rule(tokens, at);
      if (!hit) continue;
      const isAdjective =
        ('encrypted' in set ||
          tokenAt(tokens, at).low === 'recorded' ||
          tokenAt(tokens, at).low === 'transcribed') &&
        GENERIC(tokens, hit.next) !== null;
      if (isAdjective || isAlone(tokens, at, hit.next) || isLast(tokens, at, hit.next, set))
        return { value: plain(set), next: hit.next };
    }
    return null;
  },
);

const rows = [...ROWS, ...DEVICE_ROWS].map(([notation, set]) => {
  const rule = words(notation);
  return { rule, set, openers: rule.openers ?? [] };
});
const rowsFor = byOpener(rows);

/** The longest row that fits. */
const row: Rule<OptionSaid> = opens(
  rows.map(({ rule }) => rule),
  (tokens, at) => {
    let best: Hit<OptionSaid> | null = null;
    for (const { rule, set } of rowsFor(tokenAt(tokens, at))) {
      const hit = rule(tokens, at);
      if (hit && hit.next > (best?.next ?? at)) best = { value: plain(set), next: hit.next };
    }
    return best && isNotANoun(tokens, best) ? best : null;
  },
);
/** "no chat features review": an option is not followed by a noun it belongs to. */
const NOUNS_BEHIND = new Set(
  'reset flow policy policies review feature features change changes rollout migration bug issue issues update project problem problems design settings removal rules quality'.split(
    ' ',
  ),
);
function isNotANoun(tokens: Tokens, hit: Hit<OptionSaid>): boolean {
  // "a chat on Thursday" switches nothing on.
  const isOn = tokenAt(tokens, hit.next - 1).low === 'on';
  if (isOn && !BEHIND.test(tokenAt(tokens, hit.next).low)) return false;
  return !NOUNS_BEHIND.has(tokenAt(tokens, hit.next).low);
}

const said = first<OptionSaid>(accessOption, presenterOption, row, templateOption, languageOption, bounded);

/** Something a person asks of the meeting itself: passcode, recording, lobby, presenters, language… A whole clause says more than its beginning. */
export const option: Rule<OptionSaid> = opens([said, clauseOption], (tokens, at) => {
  const part = said(tokens, at);
  const clause = clauseOption(tokens, at);
  return clause && clause.next > (part?.next ?? at) ? clause : part;
});
