import { toLine } from '../base/safe-text.ts';

/** Graph documents no limit; Outlook's is this, and a longer one is no subject. */
const MOST_CHARACTERS = 255;

/** A subject as Graph may have it: one line of visible characters, 255 characters at most; null for none. */
export function toSubject(text: string | null): string | null {
  return toLine(text ?? '', MOST_CHARACTERS) || null;
}
