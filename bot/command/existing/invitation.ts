import type { Intent, Reading } from '../command.ts';
import type { Understood } from '../create.ts';
import { LANGUAGE_NAMES, languageTag } from '../option/languages.ts';
import { whichIn } from './which-meeting.ts';

const LANGUAGE = `(${LANGUAGE_NAMES.join('|')})`;
const TEXT =
  '(?:invitation|invite|invitation text|invite text|meeting text|invitation details|invite details)';
const GET =
  "(?:show|get|give|copy|send|forward|see|read|open|view|translate|have|need|want|i need|i want|what is|what's|where is|where's)(?: me| us)?";
const NAMED = '(?: (?:for|of|to) (.+?))?';
const SPOKEN = `(?: (?:in|into|as) ${LANGUAGE})?`;
const ENDS = '(?: (?:please|pls|for me|to copy))*[ .!?]*$';

/** "The invitation for Q3 in French"; the article tells it from "send an invite", which makes a meeting. */
const DEFINITE = new RegExp(
  `^(?:${GET} )?(?:the |its |this |that |my |our )(?:${LANGUAGE} )?${TEXT}${NAMED}${SPOKEN}${ENDS}`,
);
const BARE = new RegExp(`^(?:${GET} )?(?:${LANGUAGE} )?${TEXT}${NAMED}${SPOKEN}${ENDS}`);
const SAID_OF_TEXT = /^(?:\S+ ){0,4}(?:invitation|invite) (?:text|details)\b/;

/** Somebody wants the text of an invitation, to pass it on; null for everything else. */
export function readInvitation(low: string, understood: Understood, reading: Reading): Intent | null {
  if (!/\b(?:invitation|invite|meeting text)\b/.test(low) || low.length > 200) return null;
  const definite = DEFINITE.exec(low);
  const found = definite ?? BARE.exec(low);
  if (!found) return null;
  const [, before, name = '', behind] = found;
  if (hasTime(understood) && !/^(?:the|my|our|\S+'s) /.test(name)) return null;
  if (!definite && !SAID_OF_TEXT.test(low) && !isThere(low, name)) return null;
  return {
    kind: 'invitation',
    which: whichIn(name, reading, understood),
    language: languageTag(before ?? behind ?? ''),
  };
}

const hasTime = ({ picked }: Understood) =>
  picked.clock !== null || picked.date !== null || picked.inMinutes !== null;

/** Without an article it is one of a meeting that is there, if it has a name or a language. */
function isThere(low: string, name: string): boolean {
  if (/^(?:invite|send|want|need|i need|i want|have) /.test(low)) return false;
  return name !== '' || /\b(?:in|into|as) \p{L}+(?: please| pls)?[ .!?]*$/u.test(low);
}
