import { hash } from 'node:crypto';
import type { Owner } from '../meeting/record.ts';

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

/** The claim of a person that they have signed out. */
export const SIGNED_OUT = 'signedOut' satisfies StoreKey;
/** The count of the meetings that a person, or a tenant, made this hour. */
export const MADE = 'made' satisfies StoreKey;

/** An id made of these values: the same values always give the same id, other values another, and it reveals none of them. */
export const idOf = (...values: readonly (string | null)[]): string =>
  hash('sha256', JSON.stringify(values), 'base64url');

/** 132 bits: no two people have the same. */
const PERSON_LENGTH = 22;

/** What stands for a person in the keys of a store and at the beginning of ids. */
export const personKey = ({ tenant, user }: Owner): string => idOf(tenant, user).slice(0, PERSON_LENGTH);

/**
 * The id of a person's request, or of their meeting, made of these values. It begins with the person's key, so that a store
 * which keeps everything of a person in one place finds it by the id alone.
 */
export const ownedId = (owner: Owner, ...parts: readonly string[]): string =>
  `${personKey(owner)}.${idOf(...parts)}`;
