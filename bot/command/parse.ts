import { MAX_CHARACTERS } from './clean.ts';
import type { Command, Reading, Utterance } from './command.ts';
import { toCreate, understand } from './create.ts';
import { readIntent } from './intent.ts';

/**
 * What a person wants, read from what they wrote. Pure: the same utterance and reading give the same command.
 * Never throws; understands the first 2,000 characters.
 */
export function parse(utterance: Utterance, reading: Reading): Command {
  const short = { ...utterance, text: utterance.text.slice(0, MAX_CHARACTERS).toWellFormed() };
  const understood = understand(short, reading);
  const intent = readIntent(understood, reading);
  return intent.kind === 'create' ? toCreate(understood, reading, intent.mode) : intent;
}
