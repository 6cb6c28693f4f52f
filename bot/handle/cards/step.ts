import type { Notice } from '../../say/cards/notice.ts';
import type { Reply } from '../../say/reply.ts';
import type { Stage } from '../../store/store.ts';
import { type CardPlace, type Outcome, sends } from '../../teams/outcome.ts';
import { updatesOf } from './updates.ts';

/** How far a request got. */
export type Step =
  /** Something to say, in place of the card that was clicked, and of the meeting's other `cards`. `also`: beside it. `done`: the meeting whose begun work that ends. */
  | {
      kind: 'say';
      name: string;
      reply: Reply;
      cards?: readonly CardPlace[];
      also?: readonly Reply[];
      done?: Stage;
    }
  /** A form for the person who clicked; everybody else keeps their card. */
  | { kind: 'form'; name: string; reply: Reply }
  /** Something to say without touching the card. */
  | { kind: 'aside'; name: string; reply: Reply }
  /** A new card in the conversation; the one that was clicked stays, and `notice` says where to look. */
  | { kind: 'post'; name: string; reply: Reply; notice: Notice }
  /**
   * It waits for the person's token. `draft`: what will be made, for a conversation where nobody is asked silently;
   * `claims`: what Graph demands of the token, as JSON.
   */
  | { kind: 'token'; draft?: Reply; claims?: string };

/** A sentence in place of the card that was clicked. */
export const says = (notice: Notice): Step => ({
  kind: 'say',
  name: notice,
  reply: { kind: 'notice', notice },
});

/** What was reached, as new messages; a meeting's older cards change too. */
export function sayStep(step: Exclude<Step, { kind: 'token' }>): Outcome {
  const { cards = [], also = [] } = step.kind === 'say' ? step : {};
  return {
    ...sends(step.name, step.reply, ...also),
    update: updatesOf(step.reply, cards, 1),
    done: doneBy(step),
  };
}

/** What was begun, and is finished once the step has reached the person. */
export const doneBy = (step: Step): Stage[] =>
  step.kind === 'say' && step.done !== undefined ? [step.done] : [];

/** A sentence as a new message. */
export const sayNotice = (name: Notice): Outcome => sends(name, { kind: 'notice', notice: name });
