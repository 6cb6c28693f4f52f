import { wordsOf } from '../base/similarity.ts';
import type { MeetingWords } from '../language/pack.ts';
import {
  dropRefused,
  type Missed,
  type Offer,
  selectInRoom,
  selectInSeries,
  selectPossible,
} from './granted-options.ts';
import type { Choices, Wishes } from './options.ts';
import type { MeetingRecord } from './record.ts';

/** What differs between the kinds of meetings. Another kind is another row. */
export type Kind = {
  name: 'meeting' | 'room' | 'event' | 'series';
  /** What of the options is worth sending, and what is not. */
  selectPossible(asked: Wishes, offer: Offer): { options: Choices; missed: Missed[] };
  /** True when a new link can have options that the old one cannot. */
  isFixedByLink: boolean;
  /** What is kept of the options after a change. */
  optionsAfter(change: {
    before: Choices;
    wanted: Choices;
    sent: Choices;
    refused: readonly Missed[];
  }): Choices;
  /** What could not be had before, and was not asked for again. */
  keepMissed(before: readonly Missed[], asked: Wishes): Missed[];
  /** True when it is kept although Graph no longer has it: it is opened again by its name. */
  isReopened: boolean;
  /** False for what can be joined at any time: it neither starts nor ends, and no other time is in its way. */
  isTimed: boolean;
  /** True when it can go into a calendar. */
  isForCalendars: boolean;
  /** True when its link is never replaced. */
  keepsLink: boolean;
  /** True when the old link is closed before there is a new one: a renewal that was begun must be finished. */
  isClosedFirst: boolean;
};

const MEETING: Kind = {
  name: 'meeting',
  selectPossible,
  isFixedByLink: true,
  optionsAfter: ({ wanted }) => wanted,
  keepMissed: (before, asked) => before.filter(({ option }) => asked[option] === undefined),
  isReopened: false,
  isTimed: true,
  isForCalendars: true,
  keepsLink: false,
  isClosedFirst: false,
};

/** A room is asked for each time anew, so what it was refused is said once. */
const ROOM: Kind = {
  name: 'room',
  selectPossible: selectInRoom,
  isFixedByLink: false,
  optionsAfter: ({ before, sent, refused }) => ({ ...before, ...dropRefused(sent, refused) }),
  keepMissed: () => [],
  isReopened: true,
  isTimed: false,
  isForCalendars: false,
  keepsLink: false,
  isClosedFirst: true,
};

/** A meeting in a calendar, with or without guests who were mailed. */
const EVENT: Kind = { ...MEETING, name: 'event' };

/** All meetings of a series have one link, which stays. Options that need a new link are not possible. */
const SERIES: Kind = {
  ...EVENT,
  name: 'series',
  selectPossible: selectInSeries,
  isFixedByLink: false,
  keepsLink: true,
};

/** The kind of a stored meeting. */
export function kindOf({ room, event }: Pick<MeetingRecord, 'room' | 'event'>): Kind {
  if (room !== undefined) return ROOM;
  if (event === undefined) return MEETING;
  return event.isSeries ? SERIES : EVENT;
}

/**
 * The key that all spellings of a room's name share: "Stand-up room" and "standup" are one room. `rooms`: what rooms are
 * called, before their name or behind it.
 */
export function roomKey(name: string | null, { rooms }: Pick<MeetingWords, 'rooms'>): string {
  const said = wordsOf((name ?? '').replaceAll('-', ' ')).join(' ');
  const nouns = [...rooms].toSorted((a, b) => b.length - a.length);
  const behind = nouns.find((noun) => ` ${said}`.endsWith(` ${noun}`)) ?? '';
  const before = nouns.find((noun) => `${said} `.startsWith(`${noun} `)) ?? '';
  const named = behind === '' ? said.slice(before.length) : said.slice(0, -behind.length);
  return named.replaceAll(' ', '') || 'room';
}
