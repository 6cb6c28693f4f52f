import type { Guest } from './meeting.ts';

/** With a longer list the chat is there only while the meeting lasts. */
const MOST_WITH_CHAT = 150;
/** Graph's documentation: a list that is longer cannot be added. */
const MOST = 1_000;

/** Whether Teams takes a list of guests. Only members are on it; others get the link from somebody. */
export function crowdOf(guests: readonly Guest[]): 'fits' | 'chatDuringMeeting' | 'tooMany' {
  const { length } = guests.filter(({ kind }) => kind === 'member');
  if (length > MOST) return 'tooMany';
  return length > MOST_WITH_CHAT ? 'chatDuringMeeting' : 'fits';
}
