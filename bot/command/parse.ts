import type { Command, CreateCommand, Intent, Reading, Utterance } from './command.ts';
import { toCreate, understand } from './create.ts';
import { withMinutes } from './existing/by-minutes.ts';
import { timeAlone } from './existing/time-alone.ts';
import { readIntent } from './intent.ts';
import { withoutPreamble } from './talk/preamble.ts';
import { withoutUnmet } from './talk/unmet.ts';
import { MAX_CHARACTERS } from './text/clean.ts';
import { languageOf } from './text/foreign.ts';

// "monday's fine" says that it is; "monday's standup" does not.
const DAY_IS =
  /\b(\p{L}{2,6}day|mon|tues?|weds?|thurs?|fri|sat|sun|tomorrow|today)'s (?=(?:fine|good|ok|okay|great|best|better|perfect|free|clear)\b)/giu;

/** Half understood, these would do the wrong thing; and who is not understood is told why. */
const LANGUAGE_ASKED: readonly Intent['kind'][] = ['create', 'reschedule', 'undo', 'renew', 'cancel'];

const isLanguageAsked = (intent: Intent): boolean =>
  LANGUAGE_ASKED.includes(intent.kind) ||
  (intent.kind === 'none' && (intent.why === 'unknown' || intent.why === 'statement'));

/** The day may be among the words that nobody knows. */
function withoutDay(command: CreateCommand): CreateCommand {
  if (command.mode !== 'scheduled' || command.needs.length > 0) return command;
  return { ...command, when: null, day: null, needs: ['date'], choices: [], assumed: [] };
}

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
  const language = isLanguageAsked(intent) ? languageOf(text, reading.locale) : 'english';
  if (language === 'foreign') return { kind: 'none', why: 'language' };
  // A passcode of one's own cannot be had for a meeting that is there either.
  if (intent.kind === 'reschedule' && intent.change.options?.passcode && unmet.includes('passcode'))
    return { kind: 'topic', topic: 'passcode' };
  if (intent.kind !== 'create') return intent;
  // "Sorry, 4pm": the word before the time is no subject.
  const alone = timeAlone(text, reading);
  const said = alone?.isCorrection ? alone.understood : understood;
  const read = toCreate(said, reading, intent.mode);
  const command = language === 'unclear' && said.picked.date === null ? withoutDay(read) : read;
  return unmet.length > 0 ? { ...command, unmet } : command;
}
