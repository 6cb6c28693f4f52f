import type { MeetingRecord } from '../../meeting/record.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import { headOf, isSamePlace, meetingForEverybody, show } from '../cards/meeting-card.ts';
import type { TurnScope } from '../services.ts';
import { inOrganisersName, type Progress } from '../sign-in/caller.ts';
import { asOrganiser } from './organiser.ts';

/**
 * The card as this person sees it; it changes for nobody else. Its organizer sees their own. Everybody else who has it in
 * their chat sees everybody's, with the hours in their own zone, and is not asked to sign in.
 */
export async function view(id: string, scope: TurnScope): Promise<Progress> {
  const { services, owner } = scope;
  const record = await services.store.meeting(owner.tenant, id);
  return record !== null && record.owner.user !== owner.user && isShownHere(record, scope)
    ? viewOf(record, scope)
    : asOrganiser(id, scope, async (own, caller) => asForm(await show(own, caller, scope)));
}

function isShownHere(
  { conversation, olderCards = [], isPrivate }: MeetingRecord,
  { turn }: TurnScope,
): boolean {
  if (isPrivate) return false;
  const places = [conversation, ...olderCards.map((card) => card.conversation)];
  return turn.place !== 'personal' && places.some((place) => isSamePlace(place, turn.conversation));
}

/** Somebody else's meeting: its card if the organizer's token is at hand, and otherwise the hours alone. */
async function viewOf(record: MeetingRecord, scope: TurnScope): Promise<Outcome> {
  const { owner, conversationReference } = record;
  const asOwner = { ...scope, owner };
  const progress = await inOrganisersName(record, asOwner, (caller) => show(record, caller, asOwner));
  const reply = 'needs' in progress || progress.answer?.kind !== 'card' ? null : progress.answer.reply;
  if (reply?.kind === 'ended') return answerWith('seen', { kind: 'form', reply });
  if (reply?.kind !== 'meeting' || conversationReference === undefined) {
    const time = { kind: 'notice', notice: 'ownTime', ...headOf(record) } as const;
    return answerWith('ownTime', { kind: 'sentence', reply: time });
  }
  const { viewers: _, ...theirs } = meetingForEverybody(reply, conversationReference);
  return answerWith('seen', { kind: 'form', reply: theirs });
}

function asForm(outcome: Outcome): Outcome {
  const { name, answer } = outcome;
  return answer?.kind === 'card' ? answerWith(name, { kind: 'form', reply: answer.reply }) : outcome;
}
