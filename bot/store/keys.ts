/**
 * Every kind of claim and count that the bot keeps: what its key begins with. deploy/privacy.md tells the privacy office
 * of each, and how long it is kept.
 */
export const KEY_KINDS = [
  'activity',
  'copy',
  'exchange',
  'forgotMeeting',
  'forgotMeetings',
  'invite',
  'made',
  'meeting',
  'pending',
  'private',
  'refused',
  'reminded',
  'room',
  'shown',
  'signInFailure',
  'signedOut',
  'stepUp',
  'sweep',
  'vote',
  'welcome',
] as const;

type KeyKind = (typeof KEY_KINDS)[number];

/** A key of a claim or a count: its kind, and what it is about. */
export type StoreKey = KeyKind | `${KeyKind}:${string}`;
