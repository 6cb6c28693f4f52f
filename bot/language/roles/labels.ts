import type { Topic } from '../command.ts';

/** What one message wants; the labels of the corpus and of the act classifier. */
export const ACTS = [
  'create',
  'now',
  'room',
  'move',
  'rename',
  'add',
  'remove',
  'set',
  'renew',
  'cancel',
  'list',
  'show',
  'invite',
  'calendar',
  'again',
  'undo',
  'answer',
  'confirm',
  'decline',
  'find',
  'help',
  'settings',
  'signin',
  'signout',
  'topic.event',
  'topic.producers',
  'topic.organiser',
  'topic.everybody',
  'topic.passcode',
  'topic.questions',
  'topic.recurrence',
  'topic.guests',
  'topic.address',
  'topic.transcript',
  'topic.attendance',
  'topic.expiry',
  'topic.dialIn',
  'topic.calendar',
  'topic.chat',
  'greet',
  'thanks',
  'tell',
  'ask',
  'other',
] as const;

/** One act: a command, a question about what the bot can do, or talk that is not for it. */
export type Act = Exclude<(typeof ACTS)[number], `topic.${string}`> | `topic.${Topic}`;

/** Acts that change a meeting that is there. */
export const CHANGES: ReadonlySet<Act> = new Set(['move', 'rename', 'add', 'remove', 'set']);

/** Acts that ask nothing of the bot. */
export const TALK: ReadonlySet<Act> = new Set(['greet', 'thanks', 'tell', 'ask', 'other']);

/**
 * Where in a conversation a message stands: by itself; behind a meeting's card; behind a question of the bot; or behind what
 * it would do and waits for a yes to. The same words want different things there.
 */
export const SITUATIONS = ['alone', 'card', 'question', 'confirm'] as const;

/** One of them. */
export type Situation = (typeof SITUATIONS)[number];

/** The parts that words can play. What is said inside `which` about a meeting has parts of its own. */
export const ROLES = ['subject', 'guest', 'option', 'which', 'which.subject', 'which.guest'] as const;

/** One part that words can play. */
export type Role = (typeof ROLES)[number];

/** Label 0 is no part; 1 + 2k begins part k, 2 + 2k goes on with it. */
export const LABEL_COUNT = 1 + 2 * ROLES.length;

/** The label of a token that begins a part, or goes on with it. */
export function labelOf(role: Role, isFirst: boolean): number {
  return 1 + 2 * ROLES.indexOf(role) + (isFirst ? 0 : 1);
}

/** The part a label belongs to; null for the label of no part. */
export function roleOf(label: number): Role | null {
  return label === 0 ? null : (ROLES[(label - 1) >> 1] ?? null);
}

const WHICH = ROLES.indexOf('which');
const isOfWhich = (label: number) => label > 0 && (label - 1) >> 1 >= WHICH;
const isInside = (label: number) => label > 0 && label % 2 === 0;

/** Whether `label` may follow `before`: a part goes on only behind itself, `which` also behind its own parts. */
export function mayFollow(before: number, label: number): boolean {
  if (!isInside(label)) return true;
  if (label === labelOf('which', false)) return isOfWhich(before);
  return before === label || before === label - 1;
}
