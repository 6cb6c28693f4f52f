import type { MeetingRecord, Origin } from './record.ts';

/** The id of a chat, or of a channel with all its threads: Teams adds the first message of a thread to the channel's id. */
export const chatOrChannel = (conversation: string): string => conversation.split(';', 1)[0] ?? '';

/** Whether two conversations are the same chat, or threads of the same channel. */
export const isSamePlace = (a: string, b: string): boolean => chatOrChannel(a) === chatOrChannel(b);

/** Whether a conversation is a group chat or a channel. The id of a chat of two begins with `a:`. */
export const isSharedPlace = (conversation: string): boolean => conversation.startsWith('19:');

/**
 * Whether a meeting may be named where somebody speaks: everywhere in their chat with the bot; elsewhere only what was made in
 * that place, and what was made privately only privately. Nobody else may read what a person's other meetings are called.
 */
export const mayBeNamedIn = (
  { place, conversation, isPrivate }: Origin,
  record: Pick<MeetingRecord, 'conversation' | 'isPrivate'>,
): boolean =>
  place === 'personal' ||
  (isSamePlace(record.conversation, conversation) && (!record.isPrivate || isPrivate === true));
