import type { Intent, Reading } from '../command.ts';
import type { Understood } from '../create.ts';
import { whichIn } from './which-meeting.ts';

const POLITE = '(?: (?:please|pls|again|thanks))*[ .!]*$';
const BACK = new RegExp(
  `^(?:undo|revert)(?: (?:it|that|this|the (?:last |latest )?(?:change|move)|my (?:last )?change))?${POLITE}|^(?:change|put|move|set|switch|take) (?:it|that|this) back${POLITE}`,
);
const BACK_FOR = new RegExp(
  `^(?:undo|revert) (?:the (?:last )?(?:change|move) (?:of|to|for) )?(.{1,80}?)${POLITE}`,
);

/** "Undo", "change it back", "undo Q3": the last move of a meeting is to be taken back. Null for anything else. */
export function readUndo(low: string, understood: Understood, reading: Reading): Intent | null {
  if (BACK.test(low)) return { kind: 'undo', which: whichIn('', reading, understood) };
  const name = BACK_FOR.exec(low)?.[1];
  return name === undefined ? null : { kind: 'undo', which: whichIn(name, reading, understood) };
}
