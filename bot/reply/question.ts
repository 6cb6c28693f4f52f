import type { DateTime } from 'luxon';
import type { Need, Span, Unmet } from '../language/command.ts';
import type { Held } from '../meeting/granted.ts';

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
  minutes: number;
  /** What cannot be had, for the person to decide whether they want the meeting without it. */
  unmet?: readonly Unmet[];
  /** Bare names that fit nobody or several people of the conversation: each is asked (input `who0`, `who1`, …). */
  names?: readonly { said: string; candidates: readonly { id: string; name: string }[] }[];
};

/** A question with two answers, each a button (verb `answer`): `choice` 0 does what was asked, 1 does not. */
export type ChoiceReply = {
  kind: 'choice';
  id: string;
  question: /** A time alone: is the meeting of just now to move (`to`, where that is clear), or is it another one? */
    | {
        what: 'move';
        subject: string | null;
        start: DateTime;
        end: DateTime;
        zone: string;
        isRoom?: boolean;
        to: DateTime | null;
      }
    /** It may have been read wrongly: is this what is to be otherwise? */
    | ChangeQuestion
    /** Signing out loses so many meetings that are still to come. */
    | { what: 'signout'; meetings: number };
};

/** What would become of a meeting. `to`: its new times; `taken`: those of its last move, taken back. */
export type ChangeQuestion = {
  what: 'change';
  subject: string | null;
  start: DateTime;
  end: DateTime;
  zone: string;
  isRoom?: boolean;
  isUndo: boolean;
  to: { start: DateTime; end: DateTime } | null;
  name: string | null;
  joining: readonly string[];
  leaving: readonly string[];
  options: readonly Held[];
};

/** Several meetings fit what was said; each is a button (verb `answer`, `choice` its place). */
export type WhichReply = {
  kind: 'which';
  id: string;
  wish: 'change' | 'cancel' | 'renew' | 'invite' | 'show' | 'copy';
  zone: string;
  choices: readonly { subject: string | null; start: DateTime; end: DateTime; isRoom?: boolean }[];
};
