import type { Need, Span, Unmet } from '../../language/command.ts';
import type { UnreadField } from '../../meeting/decide.ts';
import type { Guest } from '../../meeting/meeting.ts';

/** What must be known before a meeting is made, in one card. */
export type AskReply = {
  kind: 'ask';
  id: string;
  needs: readonly Need[];
  choices: readonly Span[];
  /** ISO date. What is known of day and time fills the pickers. */
  date: string | null;
  /** HH:mm, in `zone`. */
  time: string | null;
  /** Null: the zone is one of the questions. */
  zone: string | null;
  subject: string | null;
  /** Who is to come, as far as it is known. */
  guests?: readonly Guest[];
  minutes: number;
  /** What the person entered last and could not be read. */
  unread?: readonly UnreadField[];
  /** The words for a day that there is not, or for days that are not the same one. */
  wrongDays?: readonly string[];
  /** Series can be made, only how this one repeats is not clear. */
  isSeriesUnclear?: true;
  /** What cannot be had, for the person to decide whether they want the meeting without it. */
  unmet?: readonly Unmet[];
  /** Bare names that fit nobody or several people of the conversation: each is asked (input `who0`, `who1`, …). */
  names?: readonly { said: string; candidates: readonly { id: string; name: string }[] }[];
};
