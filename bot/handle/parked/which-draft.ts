import type { Which } from '../../language/command.ts';
import { isNoOne } from '../../language/which.ts';
import { whichMeeting } from '../../meeting/which-meeting.ts';
import type { Pending } from '../../store/store.ts';
import { whichContext } from '../cards/questions.ts';
import { isDraft, openRequest } from '../park.ts';
import { comingMeetings } from '../person.ts';
import type { TurnScope } from '../services.ts';
import { type Conversation, parkedAt } from './conversation.ts';
import { readAgain } from './read-again.ts';

/** Whether a change is about the draft that was shown last or that waits for a sign-in, and not about an existing meeting. */
export async function isOfDraft(
  which: Which,
  { open, isOvertaken }: Conversation,
  scope: TurnScope,
): Promise<boolean> {
  if (open === null || isOvertaken || !isDraft(open)) return false;
  return isNoOne(which) || isMeant(which, open, scope);
}

/** Whether the open question is about a meeting to be made, and what was said means that one. */
export async function isMeant(which: Which, open: Pending, scope: TurnScope): Promise<boolean> {
  const { command } = await readAgain(open, scope);
  if (command.kind !== 'create' || open.among !== undefined) return false;
  const { turn } = scope;
  const { zone, asked } = await openRequest(open, scope);
  const { conversation } = turn;
  const { subject, when } = command;
  const draft = {
    id: open.id,
    subject,
    conversation,
    guests: [],
    room: undefined,
    createdAt: parkedAt(open),
    start: when?.start.toMillis() ?? Number.NaN,
    end: Number.POSITIVE_INFINITY,
    expires: open.expires,
  };
  const meetings = await comingMeetings(scope);
  const fits = whichMeeting([...meetings, draft], which, whichContext(asked, zone, scope));
  return fits.some(({ id }) => id === open.id);
}
