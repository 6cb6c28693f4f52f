import { normalize } from '../base/safe-text.ts';
import {
  dropRefused,
  type Missed,
  type Offer,
  possible,
  possibleInRoom,
  possibleInSeries,
} from './granted-options.ts';
import type { Choices, FixedOption, Wishes } from './options.ts';
import { fixedIn } from './options-form.ts';
import type { MeetingRecord } from './record.ts';

/** What differs between the kinds of meetings. Another kind is another row. */
export type Kind = {
  name: 'meeting' | 'room' | 'event' | 'series';
  /** What of the options is worth sending, and what is not. */
  possible(asked: Wishes, offer: Offer): { options: Choices; missed: Missed[] };
  /** The options that there are, but not for a meeting that exists. */
  fixed(offer: Offer): readonly FixedOption[];
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
  stillMissed(before: readonly Missed[], asked: Wishes): Missed[];
  /** True when it is kept although Graph has it no more: it is opened again by its name. */
  isReopened: boolean;
  /** False for what can be joined at any time: it neither starts nor ends, and no other time is in its way. */
  isTimed: boolean;
  /** True when the old link is closed before there is a new one: a renewal that was begun must be finished. */
  isClosedFirst: boolean;
};

const MEETING: Kind = {
  name: 'meeting',
  possible,
  fixed: fixedIn,
  isFixedByLink: true,
  optionsAfter: ({ wanted }) => wanted,
  stillMissed: (before, asked) => before.filter(({ option }) => asked[option] === undefined),
  isReopened: false,
  isTimed: true,
  isClosedFirst: false,
};

/** What a room was refused is said once; it is asked for each time anew. */
const ROOM: Kind = {
  name: 'room',
  possible: possibleInRoom,
  fixed: () => [],
  isFixedByLink: false,
  optionsAfter: ({ before, sent, refused }) => ({ ...before, ...dropRefused(sent, refused) }),
  stillMissed: () => [],
  isReopened: true,
  isTimed: false,
  isClosedFirst: true,
};

/** In a calendar, with or without guests who were mailed. */
const EVENT: Kind = { ...MEETING, name: 'event' };

/** All meetings of a series have one link, which stays: what only a new link could have, it cannot have. */
const SERIES: Kind = {
  ...EVENT,
  name: 'series',
  possible: possibleInSeries,
  fixed: () => [],
  isFixedByLink: false,
};

/** The kind of a meeting that is kept. */
export function kindOf({ room, event }: Pick<MeetingRecord, 'room' | 'event'>): Kind {
  if (room !== undefined) return ROOM;
  if (event === undefined) return MEETING;
  return event.isSeries ? SERIES : EVENT;
}

/**
 * Whether the meeting must be made by itself, and its event afterwards: no event brings a meeting without a passcode, with
 * a template, or with an invitation in a language of choice.
 */
export const needsOwnMeeting = ({ passcode, template, invitation }: Wishes): boolean =>
  passcode === false || template !== undefined || invitation !== undefined;

/** What names of the same room have in common, however they are typed: "Stand-up room" and "standup" are one. */
export function roomKey(name: string | null): string {
  const words = normalize(name ?? '', 'NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words.replace(/(?:^| )(?:meeting )?room$/, '').replaceAll(' ', '') || 'room';
}
