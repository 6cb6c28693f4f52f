import type { Command, Reading, Utterance } from './command.ts';
import { toCreate, understand } from './create.ts';
import { withMinutes } from './existing/by-minutes.ts';
import { timeAlone } from './existing/time-alone.ts';
import { readIntent } from './intent.ts';
import { withoutPreamble } from './talk/preamble.ts';
import { withoutUnmet } from './talk/unmet.ts';
import { MAX_CHARACTERS } from './text/clean.ts';

// "monday's fine" says that it is; "monday's standup" does not.
const DAY_IS =
  /\b(\p{L}{2,6}day|mon|tues?|weds?|thurs?|fri|sat|sun|tomorrow|today)'s (?=(?:fine|good|ok|okay|great|best|better|perfect|free|clear)\b)/giu;

/**
 * What a person wants, read from what they wrote. Pure: the same utterance and reading give the same command.
 * Never throws; understands the first 2,000 characters.
 */
export function parse(utterance: Utterance, reading: Reading): Command {
  const start = withoutPreamble(utterance.text.slice(0, MAX_CHARACTERS).toWellFormed());
  const text = withMinutes(start.includes("'s ") ? start.replace(DAY_IS, '$1, ') : start);
  const { text: possible, unmet } = withoutUnmet(text);
  const understood = understand({ ...utterance, text: possible }, reading);
  const intent = readIntent(understood, reading);
  // A passcode of one's own cannot be had for a meeting that is there either.
  if (intent.kind === 'reschedule' && intent.change.options?.passcode && unmet.includes('passcode'))
    return { kind: 'topic', topic: 'passcode' };
  if (intent.kind !== 'create') return intent;
  // "Sorry, 4pm": the word before the time is no subject.
  const alone = timeAlone(text, reading);
  const command = toCreate(alone?.isCorrection ? alone.understood : understood, reading, intent.mode);
  return unmet.length > 0 ? { ...command, unmet } : command;
}
