/** Graph documents no limit; Outlook's is this, and a longer one is no subject. */
const MOST_CHARACTERS = 255;

/** A subject as Graph may have it: one line, no control characters, 255 characters at most; null for none. */
export function toSubject(text: string | null): string | null {
  const line = (text ?? '').replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return [...line].slice(0, MOST_CHARACTERS).join('').trim() || null;
}
