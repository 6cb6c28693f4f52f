import { choicesIn } from './granted.ts';
import type { Choices, Granted, OptionName, Wishes } from './options.ts';
import type { Before, MeetingRecord } from './record.ts';

const CHANGING = ['subject', 'start', 'end', 'guests', 'options'] as const;

/**
 * What a change changes, as it was, where it changes anything. `sent` are the options that Graph is told, and `granted`
 * those that it had.
 */
export function beforeOf(
  record: MeetingRecord,
  wanted: MeetingRecord,
  sent: Wishes,
  granted: Granted,
): Pick<MeetingRecord, 'before'> {
  const isSame = (name: (typeof CHANGING)[number]) =>
    JSON.stringify(record[name]) === JSON.stringify(wanted[name]);
  const changed = CHANGING.filter((name) => !isSame(name)).map((name) => [name, record[name]]);
  const known = (Object.keys(choicesIn(sent)) as OptionName[]).filter((name) => granted[name] != null);
  const were: Choices = Object.fromEntries(known.map((name) => [name, granted[name]]));
  const before: Before = { ...Object.fromEntries(changed), ...(known.length > 0 && { granted: were }) };
  return Object.keys(before).length > 0 ? { before } : {};
}
