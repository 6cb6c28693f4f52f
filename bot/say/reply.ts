import type { AnswerReply } from './cards/answer.ts';
import type { AskReply } from './cards/ask-wording.ts';
import type { AttendanceReply } from './cards/attendance.ts';
import type { ChoiceReply } from './cards/choice.ts';
import type { ConfirmReply } from './cards/confirm.ts';
import type { DetailsReply } from './cards/details.ts';
import type { DraftReply } from './cards/draft.ts';
import type { DraftsReply } from './cards/drafts.ts';
import type { EditReply, NewMeetingReply } from './cards/edit.ts';
import type { ElsewhereReply } from './cards/elsewhere.ts';
import type { EndedReply } from './cards/ended.ts';
import type { HelpReply } from './cards/help.ts';
import type { InvitationReply } from './cards/invitation.ts';
import type { LinkReply } from './cards/link.ts';
import type { MeetingReply } from './cards/meeting-reply.ts';
import type { MeetingsReply } from './cards/meetings.ts';
import type { NoticeReply } from './cards/notice.ts';
import type { PollReply } from './cards/poll.ts';
import type { ProblemReply } from './cards/problem.ts';
import type { ReminderReply } from './cards/reminder.ts';
import type { SettingsReply } from './cards/settings.ts';
import type { SignInReply } from './cards/sign-in.ts';
import type { TimesReply } from './cards/times-wording.ts';
import type { WelcomeReply } from './cards/welcome.ts';
import type { WhichReply } from './cards/which.ts';

/**
 * What a person is told, without words or layout: say/ has the words, cards/ the layout. Ids and revisions in it are
 * looked up again, never trusted.
 */
export type Reply =
  | MeetingReply
  | LinkReply
  | DraftReply
  | DraftsReply
  | EditReply
  | NewMeetingReply
  | ConfirmReply
  | ElsewhereReply
  | EndedReply
  | WhichReply
  | ChoiceReply
  | TimesReply
  | PollReply
  | AskReply
  | MeetingsReply
  | WelcomeReply
  | SettingsReply
  | HelpReply
  | InvitationReply
  | AnswerReply
  | DetailsReply
  | AttendanceReply
  | SignInReply
  | ProblemReply
  | ReminderReply
  | NoticeReply;
