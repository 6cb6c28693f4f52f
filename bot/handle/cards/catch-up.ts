import type { MeetingReply } from '../../say/cards/meeting-reply.ts';
import { type Outcome, silent } from '../../teams/outcome.ts';
import type { Outdated } from '../../teams/turn-handler.ts';
import { asOrganiser } from '../existing/organiser.ts';
import { show } from '../existing/show.ts';
import type { Setting } from '../services.ts';
import { withCaller } from '../sign-in/caller.ts';
import { endedReply } from './meeting-card.ts';
import { problemReply } from './problem.ts';
import { type Step, says } from './step.ts';

/** Neither Graph nor Entra says how the meeting is. */
export class NotNow extends Error {
  constructor() {
    super('nobody says how the meeting is');
    this.name = 'NotNow';
  }
}

/** Draws cards of this turn's person once more, as their meetings are now. Throws NotNow. */
export async function catchUp(outdated: readonly Outdated[], setting: Setting): Promise<Outcome> {
  const update = [];
  for (const { reply: old, ...place } of outdated) {
    const step = await newest(old, setting);
    if (step.kind === 'aside') throw new NotNow();
    if (step.kind === 'say' && step.reply.kind !== 'notice') update.push({ ...place, reply: step.reply });
  }
  return { ...silent('caughtUp'), update };
}

/** Where it is not known here any more, Graph may still have it: whoever signs out leaves their meetings there. */
async function newest(old: MeetingReply, setting: Setting): Promise<Step> {
  const { services, owner } = setting;
  const isKnown = (await services.store.meeting(owner.tenant, old.id)) !== null;
  if (isKnown) return asOrganiser(old.id, setting, (record, caller) => show(record, caller, setting));
  return withCaller(
    setting,
    async (caller) => {
      await services.meetings.get(old.meeting.graphId, caller);
      return says('expired');
    },
    (problem) =>
      problem === 'gone'
        ? { kind: 'say', name: 'gone', reply: endedReply('gone', old) }
        : { kind: 'aside', name: problem, reply: problemReply(problem, setting, null) },
  );
}
