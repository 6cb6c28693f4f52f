/**
 * The first part of the key of every claim and count. deploy/README.md tells privacy officers about each of them and how
 * long it is kept.
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
  'room',
  'shown',
  'signInFailure',
  'signedOut',
  'stepUp',
  'sweep',
  'welcome',
] as const;

type KeyKind = (typeof KEY_KINDS)[number];

/** A key of a claim or a count: its kind, and what it is about. */
export type StoreKey = KeyKind | `${KeyKind}:${string}`;
