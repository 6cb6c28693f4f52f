import type { Change, Need, Reading } from './command.ts';
import { newTime } from './existing/change.ts';
import { timeAlone } from './existing/time-alone.ts';
import { ABBREVIATIONS, REGIONS } from './when/places.ts';
import { zoneOfPlace } from './when/zones.ts';

/** What a text says as an answer to a question. */
export type TypedAnswer =
  | { kind: 'yes' }
  | { kind: 'no' }
  | { kind: 'half'; half: 'am' | 'pm' }
  /** IANA name. */
  | { kind: 'zone'; zone: string }
  /** A time and nothing else; `isCorrection`: it corrects one that was said before. */
  | { kind: 'when'; change: Change; needs: readonly Need[]; isCorrection: boolean };

const END = '(?:[ ,]+(?:please|pls|thanks|thx))*[ .!]*$';
const YES = new RegExp(
  `^(?:yes|yep|yeah|yup|ya|sure|ok|okay|k|go ahead|do it|please do|confirm(?:ed)?|correct|👍)(?:[ ,]+(?:please|sure|ok|okay|do(?: it| that)?|go ahead|cancel (?:it|that)|move (?:it|that)|make (?:it|one)|sign (?:me )?out))*${END}`,
  'iu',
);
const NO = new RegExp(
  `^(?:(?:no|nope|nah|never ?mind|nvm|stop|wait|don['’]?t|do not|👎)(?:[ ,.!]+(?:no|wait|stop|thanks|keep it|leave it|don['’]?t|never ?mind|forget it|cancel (?:it|that)|not now))*|(?:please )?(?:keep|leave|forget) (?:it|that)(?: as it is)?|forget about it|not now)${END}`,
  'iu',
);
const HALF =
  /^(?:in the )?(?:(?<am>a\.?m\.?|morning)|(?<pm>p\.?m\.?|afternoon|evening|night))(?: please| pls)?[ .!]*$/i;

function zoneIn(text: string): string | null {
  const name = text
    .toLowerCase()
    .replace(/[ .!]+$/, '')
    .replace(/^(?:in|i['’]?m in|it['’]?s|use) /, '')
    .replace(/ time$/, '');
  return zoneOfPlace(name) ?? REGIONS[name] ?? ABBREVIATIONS[name]?.zone ?? null;
}

const LONGEST_PLACE = 40;

/** Reads a text as an answer; null where it is none. */
export function readTypedAnswer(said: string, reading: Reading): TypedAnswer | null {
  const text = said.trim();
  if (YES.test(text)) return { kind: 'yes' };
  if (NO.test(text)) return { kind: 'no' };
  const half = HALF.exec(text)?.groups;
  if (half) return { kind: 'half', half: half.am === undefined ? 'pm' : 'am' };
  const zone = text.length <= LONGEST_PLACE ? zoneIn(text) : null;
  if (zone !== null) return { kind: 'zone', zone };
  const alone = timeAlone(text, reading);
  return alone && { kind: 'when', ...newTime(alone.text, reading), isCorrection: alone.isCorrection };
}
