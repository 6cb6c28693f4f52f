import type { MeetingReply } from '../../say/cards/meeting-reply.ts';
import { answerNotice, answerWith, type Outcome, replyOf, sayNothing } from '../../teams/outcome.ts';
import type { Outdated } from '../../teams/turn-handler.ts';
import { endedReply, show } from '../cards/meeting-card.ts';
import { sayProblem } from '../cards/refusals.ts';
import type { TurnScope } from '../services.ts';
import { callGraph, type Progress } from '../sign-in/caller.ts';
import { asOrganiser } from './organiser.ts';

/** Neither Graph nor Entra says how the meeting is. */
export class NotNow extends Error {
  constructor() {
    super('nobody says how the meeting is');
    this.name = 'NotNow';
  }
}

/** Draws cards of this turn's person once more, as their meetings are now. Throws NotNow. */
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

/** A meeting that is not known here any more may still be at Graph: a person who signs out leaves theirs there. */
async function newest(old: MeetingReply, scope: TurnScope): Promise<Progress> {
  const { services, owner } = scope;
  const isKnown = (await services.store.meeting(owner.tenant, old.id)) !== null;
  if (isKnown) return asOrganiser(old.id, scope, (record, caller) => show(record, caller, scope));
  const found = await callGraph(scope, (caller) => services.meetings.get(old.meeting.graphId, caller));
  if ('needs' in found) return found;
  if (!('problem' in found)) return answerNotice('expired');
  if (found.problem !== 'gone') return sayProblem(found, scope);
  return answerWith('gone', { kind: 'card', reply: endedReply('gone', old) });
}
