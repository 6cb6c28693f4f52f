import template from '../../../cards/problem.json' with { type: 'json' };
import { toCard } from '../card-template.ts';
import type { Named, Say } from '../say.ts';

/** Why something did not work. The catalogues have a title, a sentence and a next step for each. */
export type Problem = Named<'problem.', '.title'>;

/**
 * What an administrator is asked for, in a text to forward. `appId` and `user` are Entra ids, `url` is the page on which they
 * agree for everybody.
 */
export type AdminTask = { kind: Named<'problem.', 'Message'>; appId: string; user: string; url: string };

/** Something did not work; what to do stands on it. */
export type ProblemReply = {
  kind: 'problem';
  problem: Problem;
  /** The meeting exists already. */
  isChange?: true;
  /** Guests may have been mailed: nobody knows yet whether it worked. */
  isMailed?: true;
  /**
   * The event was made, and cancelled again. `mailed`: its guests read of both. `unchanged`: it was to replace a
   * meeting, which stays as it was.
   */
  undone?: 'mailed' | 'quiet' | 'unchanged';
  /** So many meetings that were asked for with it were made before it. */
  made?: number;
  /** Asking again helps after so many minutes, where Graph said so. */
  minutes?: number;
  /** Correlation id that the operator finds in the log. */
  reference: string;
  /** Parked request that *Try again* would continue; null if trying again cannot help. */
  retryId: string | null;
  /** What only an administrator can do; the card has a text to forward. */
  admin: AdminTask | null;
};

/** The words that differ if the meeting exists already. */
const OF_CHANGE = {
  throttled: { what: 'problem.throttled.unchanged' },
  timeout: { what: 'problem.timeout.unsure' },
  lost: { what: 'problem.lost.unsure', next: 'problem.lost.again' },
  signInFailed: { what: 'problem.signInFailed.unchanged' },
  badRequest: {
    title: 'problem.badRequest.change',
    what: 'problem.badRequest.unchanged',
    next: 'problem.badRequest.otherwise',
  },
} as const satisfies Partial<Record<Problem, object>>;

/** Renders cards/problem.json. What happened, the next step, and what an operator needs to find it. */
export const problemCard = toCard<ProblemReply>(template, (reply, { say }) => {
  const { text } = say;
  const { retryId, admin } = reply;
  const [title, what, usually] = wordsOf(reply, say);
  const next = laterOf(reply, say) ?? usually;
  const reference = text('problem.reference', { reference: reply.reference });
  const messageOf = (task: AdminTask) =>
    text(`problem.${task.kind}Message`, { ...task, reference: reply.reference });
  return {
    data: {
      ...{ title, what, next, reference },
      forward: admin === null ? [] : [{ label: text('problem.forward'), message: messageOf(admin) }],
      open:
        admin?.kind === 'consent' && admin.url.startsWith('https://')
          ? [{ title: text('problem.openConsent'), url: admin.url }]
          : [],
      retry: retryId === null ? [] : [{ title: text('problem.retry'), id: retryId }],
    },
    speak: [title, what, next],
    fallbackText: [title, what, next, reference],
    summary: title,
  };
});

/** The words if guests may have been mailed: then it may not be true that nothing was made. */
const OF_MAIL = { what: 'problem.mailed.what', next: 'problem.mailed.next' } as const;

/** The words if an event was made and cancelled again. */
const OF_UNDONE = {
  mailed: { what: 'problem.undone.mailed' },
  quiet: { what: 'problem.undone.quiet' },
  unchanged: { what: 'problem.undone.unchanged' },
} as const;

function wordsOf(
  { problem, isChange, isMailed, undone, made }: ProblemReply,
  { text }: Say,
): [string, string, string] {
  const usual = {
    title: `problem.${problem}.title`,
    what: `problem.${problem}.what`,
    next: `problem.${problem}.next`,
  } as const;
  const other = isChange && problem in OF_CHANGE ? OF_CHANGE[problem as keyof typeof OF_CHANGE] : {};
  const { title, what, next } = {
    ...usual,
    ...other,
    ...(isMailed && OF_MAIL),
    ...(undone && OF_UNDONE[undone]),
  };
  const why = text(what);
  return [text(title), made === undefined ? why : text('problem.partly', { count: made, why }), text(next)];
}

/** The next step if Graph has said how many minutes to wait. */
function laterOf({ problem, minutes = 0 }: ProblemReply, { text }: Say): string | null {
  const isPassing = problem === 'throttled' || problem === 'unavailable';
  return isPassing && minutes > 1 ? text('problem.later', { minutes }) : null;
}
