import type { Reach } from '../../auth/scopes.ts';
import { kindOf } from '../../meeting/kind.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Reply } from '../../say/render.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { answerEnded } from '../cards/meeting-card.ts';
import { problemReply } from '../cards/refusals.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { callGraph, type Progress, type Refusal } from '../sign-in/caller.ts';
import { sayUnknown } from '../sign-in/sign-out.ts';

/** What is done with a meeting after its organizer was checked. */
export type Effect = (record: MeetingRecord, scope: GraphScope) => Promise<Outcome>;

/** Does something with a meeting in its organizer's name. Everybody else is refused. Refusals by Graph become sentences. */
export async function asOrganiser(
  id: string,
  scope: TurnScope,
  effect: Effect,
  reach?: Reach,
): Promise<Progress> {
  const { services, owner } = scope;
  const record = await services.store.meeting(owner.tenant, id);
  if (record === null) return sayUnknown(id, scope);
  if (record.owner.user !== owner.user) return answerNotice('notYours');
  return inOrganisersName(record, scope, effect, reach);
}

/** What has to do with a meeting of the calendar needs the calendar. */
export const reachOf = ({ event }: MeetingRecord): Reach => (event === undefined ? 'meetings' : 'calendar');

/** Does something with a meeting in its organizer's name; what Graph refuses becomes a sentence. */
export async function inOrganisersName(
  record: MeetingRecord,
  scope: TurnScope,
  effect: (record: MeetingRecord, scope: GraphScope) => Promise<Outcome>,
  reach: Reach = reachOf(record),
): Promise<Progress> {
  const done = await callGraph(scope, (scope) => effect(record, scope), reach);
  return 'problem' in done ? sayRefusal(done, record, scope) : done;
}

/** What a refusal of Graph means for a meeting that is there. */
async function sayRefusal(
  { problem, wait }: Refusal,
  record: MeetingRecord,
  scope: TurnScope,
): Promise<Outcome> {
  const { services, owner } = scope;
  if (problem === 'gone') {
    const isKept = kindOf(record).isReopened;
    const removed = isKept ? null : await services.store.removeMeeting(owner.tenant, record.id);
    return answerEnded('gone', removed ?? record);
  }
  // Beside the card, not in its place: the card still has the link.
  const reply: Reply = { ...problemReply(problem, scope, null, wait), isChange: true };
  return answerWith(problem, { kind: 'sentence', reply });
}
