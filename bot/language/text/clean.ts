import { decodeHTMLStrict } from 'entities';
import { normalize, visible } from '../../base/safe-text.ts';
import type { Mentioned, Utterance } from '../command.ts';
import { PERSON_MARK } from '../command.ts';

/** The most characters of a cleaned message that are understood; longer ones are refused with a sentence. */
export const MAX_CHARACTERS = 2000;

const BLOCK_TAG = /<\/?(?:p|br|div|li|ul|ol|tr|table|h[1-6]|blockquote|pre)(?:\s[^<>]*)?\/?>/gi;
// What a script or a style sheet holds was never said by anybody.
const CODE = /<(script|style)(?:\s[^<>]*)?>[^<]*<\/\1\s*>/gi;
const TAG = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/gi;
const AT_TAG = /<at(?:\s[^<>]*)?>([^<]*)<\/at>/gi;
// The longest name of an entity in HTML has 31 letters.
const ENTITY = /&#?\w{1,32};/g;

/** What a person mark is written as is no person. */
function decodeEntity(entity: string): string {
  return decodeHTMLStrict(entity).replace(PERSON_MARK, ' ');
}

function toHalfWidth(wide: string): string {
  return String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
}

/**
 * Plain text of a Teams message: no tags, no entities, no invisible characters, straight quotes, single spaces.
 * Line breaks stay as one newline; person marks stay. Linear in the length of `raw`; only of a run of marks is anything cut.
 */
export function cleanText(raw: string): string {
  let text = raw.toWellFormed();
  if (text.includes('<')) text = text.replace(CODE, ' ').replace(BLOCK_TAG, '\n').replace(TAG, '');
  if (text.includes('&')) text = text.replace(ENTITY, decodeEntity);
  // Most messages are plain ASCII on one line and need no more than this.
  if (/^[ -~]*$/.test(text)) return text.replaceAll('`', "'").replace(/ {2,}/g, ' ').trim();
  return normalize(visible(text), 'NFC')
    .replace(/[\uff01-\uff5e]/g, toHalfWidth)
    .replace(/[‘’‚‛′´`]/g, "'")
    .replace(/[“”„‟«»″]/g, '"')
    .replace(/[‐‑‒]/g, '-')
    .replace(/[\n\r\u2028\u2029]+/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/**
 * An utterance out of text whose mentions are still `<at>Name</at>`: those of the bot are dropped, other people
 * become marks. Ids are unknown here. A person mark that somebody typed is removed.
 */
export function readRawText(raw: string, botNames: readonly string[]): Utterance {
  const people: Mentioned[] = [];
  const isBot = (name: string) => botNames.some((bot) => bot.toLowerCase() === name.toLowerCase());
  const marked = raw.replaceAll(PERSON_MARK, '').replace(AT_TAG, (_whole, inner: string) => {
    const name = cleanText(inner);
    if (name === '' || isBot(name)) return ' ';
    people.push({ name, id: null });
    return PERSON_MARK;
  });
  return { text: cleanText(marked), people };
}
