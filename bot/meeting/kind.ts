import { wordsOf } from '../base/similarity.ts';
import type { MeetingWords } from '../language/meeting-words.ts';
import { dropRefused, type Missed, selectInRoom, selectInSeries, selectPossible } from './granted-options.ts';
import type { Choices, Offer, Wishes } from './options.ts';
import type { MeetingRecord } from './record.ts';

/** What differs between the kinds of meetings. Another kind is another row. */
type Kind = {
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
  /**
   * True when it is opened again by its name: it is kept although Graph no longer has it, and its old link is closed before
   * there is a new one, so a renewal that was begun must be finished.
   */
  isReopened: boolean;
  /** False for what can be joined at any time: it neither starts nor ends, no other time is in its way, and no calendar has it. */
  isTimed: boolean;
  /** True when its link is never replaced. */
  keepsLink: boolean;
};

/** A meeting, also one in a calendar, with or without guests who were mailed. */
const MEETING: Kind = {
  selectPossible,
  isFixedByLink: true,
  optionsAfter: ({ wanted }) => wanted,
  keepMissed: (before, asked) => before.filter(({ option }) => asked[option] === undefined),
  isReopened: false,
  isTimed: true,
  keepsLink: false,
};

/** A room is asked for each time anew, so what it was refused is said once. */
const ROOM: Kind = {
  selectPossible: selectInRoom,
  isFixedByLink: false,
  optionsAfter: ({ before, sent, refused }) => ({ ...before, ...dropRefused(sent, refused) }),
  keepMissed: () => [],
  isReopened: true,
  isTimed: false,
  keepsLink: false,
};

/** All meetings of a series have one link, which stays. Options that need a new link are not possible. */
const SERIES: Kind = {
  ...MEETING,
  selectPossible: selectInSeries,
  isFixedByLink: false,
  keepsLink: true,
};

/** The kind of a stored meeting. */
export function kindOf({ room, event }: Pick<MeetingRecord, 'room' | 'event'>): Kind {
  if (room !== undefined) return ROOM;
  return event?.isSeries ? SERIES : MEETING;
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
