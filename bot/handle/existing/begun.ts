import type { Caller } from '../../graph/online-meetings.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import type { Begun, Stage } from '../../store/store.ts';
import type { Outcome } from '../../teams/outcome.ts';
import { ended } from '../cards/meeting-card.ts';
import type { Step } from '../cards/step.ts';
import { updatesOf } from '../cards/updates.ts';
import { takeLease } from '../once/lease.ts';
import type { Setting } from '../services.ts';
import { withCaller } from '../sign-in/caller.ts';
import { cancelNow } from './cancel.ts';
import { changeTo } from './change.ts';
import { removeOld, renewTo } from './renew.ts';
import { meetingLease, refused, show } from './show.ts';

/** Work that a process left unfinished, and what came of it now. */
type Finished = { stage: Stage; step: Extract<Step, { kind: 'say' }> };

/** After so long the person has looked after it themselves: then the card only shows how the meeting is. */
const STALE_MS = 15 * 60_000;

/**
 * Finishes what a process had begun for this person when it was killed: a click is not delivered again, and the card
 * would show what was. Does nothing where the person's token is not at hand, or somebody is still at work.
 */
export async function finishBegun(setting: Setting): Promise<Finished[]> {
  const { services, owner } = setting;
  const { access, store } = services;
  if (access.mode === 'delegated' && access.tokens.cached(owner) === null) return [];
  const finished: Finished[] = [];
  for (const begun of await store.begunBy(owner)) {
    const lease = await takeLease(meetingLease(begun.wanted), setting);
    if (lease === null) continue;
    const step = await finishOne(begun, setting).finally(() => lease.giveBack());
    if (step.kind === 'say' && step.reply.kind !== 'notice') finished.push({ stage: begun.wanted, step });
  }
  return finished;
}

/** The outcome, and the cards of what was finished before it. */
export function withFinished(outcome: Outcome, finished: readonly Finished[]): Outcome {
  if (finished.length === 0) return outcome;
  const update = finished.flatMap(({ step }) => updatesOf(step.reply, step.cards ?? [], 0));
  return {
    ...outcome,
    update: [...update, ...outcome.update],
    done: [...finished.map(({ stage }) => stage), ...outcome.done],
  };
}

/** The same for one, whose lease is held. Where Graph refuses, it stays begun. */
export function finishOne(begun: Begun, setting: Setting): Promise<Step> {
  return withCaller(
    setting,
    (caller) => goOn(begun, caller, setting),
    (problem) => refused(problem, begun.wanted, setting),
  );
}

async function goOn(begun: Begun, caller: Caller, setting: Setting): Promise<Step> {
  const { verb, wanted, options, at } = begun;
  const { store, now } = setting.services;
  const record = await store.meeting(wanted.owner.tenant, wanted.id);
  if (record === null) return ended(verb === 'cancel' ? 'cancelled' : 'gone', wanted);
  if (record.createdAt !== wanted.createdAt) return show(record, caller, setting);
  if (verb === 'cancel') return cancelNow(record, caller, setting);
  if (record.revision !== wanted.revision) return showOrRemove(record, verb, caller, setting);
  if (at + STALE_MS < now().toMillis()) return show(record, caller, setting);
  switch (verb) {
    case 'change':
      return changeTo(record, { wanted, options }, caller, setting);
    case 'renew':
      return renewTo(wanted, caller, setting);
    case 'removeOld':
      return removeOld(record, caller, setting);
    default:
      return verb satisfies never;
  }
}

/** It was stored; the old meeting of a new link may still be there. */
function showOrRemove(record: MeetingRecord, verb: Begun['verb'], caller: Caller, setting: Setting) {
  return verb === 'change' || record.leftovers.length === 0
    ? show(record, caller, setting)
    : removeOld(record, caller, setting);
}
