import { tokenAt } from '../text/pattern.ts';
import { tokenize } from '../text/tokens.ts';

const MOVES =
  /\b(?:delay|push|postpone|shift|move|bump|defer|nudge|slide|knock|kick|bring|pull|put|advance|extend|shorten|lengthen|prolong|cut|trim)\b/i;
/** Where a number may be one of minutes: "by 10", "15 earlier", "shorten to 20". */
const NUMBERED =
  /\bby\b|\b(?:earlier|later|longer|shorter)\b|^\W*(?:\w+ ){0,4}(?:extend|shorten|lengthen)\b/i;
const LENGTHENS = /\b(?:extend|shorten|lengthen|prolong)\b/i;
const DIRECTION = /^(?:earlier|later|longer|shorter)$/;
/** Behind the number one of these makes it an hour, a date or an amount of something else. */
const NO_MINUTES = /^(?:o'clock|oclock|[:.%/'’–-]|st|nd|rd|th|x|times|percent|people)$/;
const MOST_MINUTES = 480;

/** "Delay it by 10" with its unit, "… by 10 minutes": what a meeting is moved by is never a time of day. */
export function withMinutes(text: string): string {
  if (!NUMBERED.test(text) || !MOVES.test(text)) return text;
  const tokens = tokenize(text);
  const at = tokens.findIndex((token, i) => {
    const value = token.kind === 'number' ? Number(token.low) : (token.means?.number ?? 0);
    if (value < 1 || value > MOST_MINUTES) return false;
    const behind = tokenAt(tokens, i + 1);
    const isEnd = behind.kind === 'break' || behind.kind === 'sign';
    if (isEnd && behind.glued && tokenAt(tokens, i + 2).glued) return false;
    if (behind.means !== undefined || behind.kind === 'number' || NO_MINUTES.test(behind.low)) return false;
    const before = tokenAt(tokens, i - 1).low;
    const isBy = before === 'by' || (before === 'to' && LENGTHENS.test(text));
    return isBy || (DIRECTION.test(behind.low) && before !== 'to');
  });
  const number = tokens[at];
  return number === undefined ? text : `${text.slice(0, number.to)} minutes${text.slice(number.to)}`;
}
