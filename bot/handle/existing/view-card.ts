import { isSamePlace, type MeetingRecord } from '../../meeting/record.ts';
import type { MeetingReply } from '../../say/cards/meeting.ts';
import {
  answerNotice,
  answerWith,
  type Outcome,
  type Outdated,
  replyOf,
  sayNothing,
} from '../../teams/outcome.ts';
import { headOf, showMeeting } from '../cards/meeting-card.ts';
import { endedReply, meetingForEverybody } from '../cards/present.ts';
import { sayProblem } from '../cards/refusals.ts';
import type { TurnScope } from '../services.ts';
import { callGraph, type Progress } from '../sign-in/caller.ts';
import { asOrganiser, inOrganisersName } from './as-organiser.ts';

/**
 * The card as this person sees it; it changes for nobody else. The organizer sees their own. Everybody else in the same chat
 * sees the shared one, with the hours in their own zone, and is not asked to sign in.
 */
export async function view(id: string, scope: TurnScope): Promise<Progress> {
  const { services, owner } = scope;
  const record = await services.store.meeting(owner.tenant, id);
  return record !== null && record.owner.user !== owner.user && isShownHere(record, scope)
    ? viewOf(record, scope)
    : asOrganiser(id, scope, async (own, scope) => asForm(await showMeeting(own, scope)));
}

function isShownHere(
  { conversation, olderCards = [], isPrivate }: MeetingRecord,
  { turn }: TurnScope,
): boolean {
  if (isPrivate) return false;
  const places = [conversation, ...olderCards.map((card) => card.conversation)];
  return turn.place !== 'personal' && places.some((place) => isSamePlace(place, turn.conversation));
}

/** Shows somebody else's meeting: its card if the organizer's token is cached, otherwise only its hours. */
async function viewOf(record: MeetingRecord, scope: TurnScope): Promise<Outcome> {
  const { owner, conversationReference } = record;
  const asOwner = { ...scope, owner };
  const progress = await inOrganisersName(record, asOwner, showMeeting);
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

/** Neither Graph nor Entra says how the meeting is now. */
export class NotNow extends Error {
  constructor() {
    super('nobody says how the meeting is');
    this.name = 'NotNow';
  }
}

/** Draws cards of this person again, with their meetings as they are now. Throws NotNow. */
export async function redrawCards(outdated: readonly Outdated[], scope: TurnScope): Promise<Outcome> {
  const update = [];
  for (const { reply: old, ...place } of outdated) {
    if (old.kind === 'ended') {
      update.push({ ...place, reply: old });
      continue;
    }
    const progress = await newest(old, scope);
    if ('needs' in progress) continue;
    if (replyOf(progress)?.kind === 'problem') throw new NotNow();
    if (progress.answer?.kind === 'card') update.push({ ...place, reply: progress.answer.reply });
  }
  return { ...sayNothing('caughtUp'), update };
}

/** The newest card of a meeting. A meeting that is no longer stored may still exist at Graph, because signing out leaves it there. */
async function newest(old: MeetingReply, scope: TurnScope): Promise<Progress> {
  const { services, owner } = scope;
  const isKnown = (await services.store.meeting(owner.tenant, old.id)) !== null;
  if (isKnown) return asOrganiser(old.id, scope, showMeeting);
  const found = await callGraph(scope, ({ caller }) => services.meetings.get(old.meeting.graphId, caller));
  if ('needs' in found) return found;
  if (!('problem' in found)) return answerNotice('expired');
  if (found.problem !== 'gone') return sayProblem(found, scope);
  return answerWith('gone', { kind: 'card', reply: endedReply('gone', old) });
}
