import type { DateTime } from 'luxon';
import type { Options } from '../language/command.ts';
import { toChoices } from './granted-options.ts';
import { addNamed } from './guest-list.ts';
import type { Guest } from './meeting.ts';
import type { Choices, Granted, OptionName, Wishes } from './options.ts';
import type { MeetingRecord } from './record.ts';
import type { Series } from './series.ts';

/** A meeting as it is to be, with options and people; what is absent stays. */
export type ChangeWish = {
  start: DateTime;
  end: DateTime;
  subject: string | null;
  options?: Options;
  /** The people who were named as further guests or for a role. */
  named?: readonly Guest[];
  /** The guests who are removed. */
  leaving?: readonly Guest[];
  /** The words that asked for an option that does not exist. */
  unknown?: readonly string[];
  /** How a series is to repeat. */
  series?: Series;
};

/** The record after a change was granted. */
export function applyWish(record: MeetingRecord, wish: ChangeWish): MeetingRecord {
  const { start, end, subject, options = {}, named = [], leaving = [], unknown, series } = wish;
  const { unknown: _, ...said } = record.said;
  const staying =
    leaving.length === 0 ? record.guests : record.guests.filter((guest) => !leaving.includes(guest));
  return {
    ...record,
    ...{ subject, start: start.toMillis(), end: end.toMillis() },
    guests: named.length === 0 ? staying : addNamed(staying, named, record.owner.user),
    options: { ...record.options, ...toChoices(options) },
    ...(series && { series }),
    said: unknown ? { ...said, unknown } : said,
    expires: record.expires + Math.max(0, end.toMillis() - record.end),
  };
}

/** Whether a meeting is as it is wanted already. What an option is at Graph is not known here. */
export function isAsItIs(record: MeetingRecord, wish: ChangeWish): boolean {
  const partsOf = ({ subject, start, end, guests, series }: MeetingRecord) =>
    JSON.stringify([subject, start, end, guests, series]);
  const isAsked = Object.keys(wish.options ?? {}).length > 0;
  return !isAsked && partsOf(applyWish(record, wish)) === partsOf(record);
}

const CHANGING = ['subject', 'start', 'end', 'guests', 'options', 'series'] as const;

/** What a change is about to change, as it is now. `sent`: the options that Graph is told. `granted`: those that it has. */
export function beforeOf(
  record: MeetingRecord,
  wanted: MeetingRecord,
  sent: Wishes,
  granted: Granted,
): Pick<MeetingRecord, 'before'> {
  const isSame = (name: (typeof CHANGING)[number]) =>
    JSON.stringify(record[name]) === JSON.stringify(wanted[name]);
  const changed = CHANGING.filter((name) => !isSame(name)).map((name) => [name, record[name]]);
  const known = (Object.keys(toChoices(sent)) as OptionName[]).filter((name) => granted[name] != null);
  const were: Choices = Object.fromEntries(known.map((name) => [name, granted[name]]));
  const before: NonNullable<MeetingRecord['before']> = {
    ...Object.fromEntries(changed),
    ...(known.length > 0 && { granted: were }),
  };
  return Object.keys(before).length > 0 ? { before } : {};
}

/** The most messages that are remembered. One that waited for a sign-in may be delivered again after others. */
const MOST_MESSAGES = 5;

/** The record with the note that a message has changed it. */
export function changedByMessage(record: MeetingRecord, id: string): MeetingRecord {
  const { changedBy, changedBefore = [] } = record;
  const before = changedBy === undefined ? changedBefore : [...changedBefore, changedBy];
  return { ...record, changedBy: id, changedBefore: before.slice(-MOST_MESSAGES) };
}

/** Whether a message has changed the meeting already. */
export const wasChangedBy = ({ changedBy, changedBefore }: MeetingRecord, id: string): boolean =>
  changedBy === id || changedBefore?.includes(id) === true;
