import type { ConfirmReply, EditReply } from './reply/change.ts';
import type { MeetingsReply, SettingsReply } from './reply/lists.ts';
import type { DraftReply, EndedReply, InvitationReply, MeetingReply } from './reply/meeting.ts';
import type { ProblemReply, SignInReply } from './reply/problem.ts';
import type { AskReply, ChoiceReply, WhichReply } from './reply/question.ts';
import type { AnswerReply, HelpReply, NoticeReply, WelcomeReply } from './reply/words.ts';

/**
 * What somebody is told, without words or layout: say/ has the words, cards/ the layout. Ids and revisions in it are
 * looked up again, never trusted.
 */
export type Reply =
  | MeetingReply
  | DraftReply
  | EditReply
  | ConfirmReply
  | EndedReply
  | WhichReply
  | ChoiceReply
  | AskReply
  | MeetingsReply
  | WelcomeReply
  | SettingsReply
  | HelpReply
  | InvitationReply
  | AnswerReply
  | SignInReply
  | ProblemReply
  | NoticeReply;

/** What render() promises: a card, or a text where a sentence is enough. */
export type Rendered =
  | { kind: 'card'; card: Record<string, unknown>; summary: string }
  | { kind: 'oauth'; text: string; buttonTitle: string }
  | { kind: 'text'; text: string };
