// Other people's text: messages, names, subjects, what Graph sends. Everything here takes time in proportion to the
// length of the text, so it may be used before anybody has bounded that length.

/**
 * Characters without an appearance of their own: control characters, and what Unicode calls format characters and
 * default ignorable (zero-width spaces, soft hyphens, fillers, marks and overrides of the writing direction). Tabs and
 * line breaks structure a text, joiners and variation selectors hold emoji and Indic words together: those stay.
 */
const INVISIBLE =
  /(?!\t|\n|\r|\u200c|\u200d|\p{Variation_Selector})[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Joiners where there is nothing to join: after a Latin letter, a digit, a space or nothing. */
const STRAY_JOINER = /(^|\p{Script=Latin}|[ \d\n])[\u200c\u200d]+/gu;
/** More marks in a row than Unicode's Stream-Safe Text Format has (UAX #15); no language comes near. */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** Most of what Graph and the channel send: there is nothing to look for. */
const PRINTABLE_ASCII = /^[ -~]*$/;

/** The text without invisible characters, stray joiners and lone surrogates. Line breaks stay. */
export function visible(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return text.toWellFormed().replace(INVISIBLE, '').replace(STRAY_JOINER, '$1');
}

/** The visible text as one line of at most `most` characters, with single spaces. */
export function toLine(text: string, most: number): string {
  const line = visible(text).replace(/\s+/g, ' ').trim();
  // A character takes two places at most.
  return line.length <= most ? line : [...line.slice(0, 2 * most)].slice(0, most).join('').trim();
}

/** Entra's limit of a display name. */
const LONGEST_NAME = 256;

/** Somebody's name as one line. */
export const toName = (text: string): string => toLine(text, LONGEST_NAME);

/** Unicode normalization. Long runs of marks are cut first, because sorting them takes quadratic time. */
export function normalize(text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): string {
  return text.replace(TOO_MANY_MARKS, '$1').normalize(form);
}
