import type { AdminTask, Problem, ProblemReply } from '../reply/problem.ts';
import type { Audience, Filling } from './filling.ts';
import type { Say } from './say.ts';

/** What reads differently where a meeting is there already: nothing was to be made. */
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

/** Fills cards/problem.json: what happened, the next step, and what an operator needs to find it. */
export function problemFilling(reply: ProblemReply, { say }: Audience): Filling {
  const { text } = say;
  const { retryId, admin } = reply;
  const [title, what, usually] = wordsOf(reply, say);
  const next = laterOf(reply, say) ?? usually;
  const reference = text('problem.reference', { reference: reply.reference });
  return {
    data: {
      ...{ title, what, next, reference },
      forward:
        admin === null ? [] : [{ label: text('problem.forward'), message: request(reply, admin, say) }],
      open:
        admin?.kind === 'consent' && admin.url.startsWith('https://')
          ? [{ title: text('problem.openConsent'), url: admin.url }]
          : [],
      retry: retryId === null ? [] : [{ title: text('problem.retry'), id: retryId }],
      speak: `${title}. ${what} ${next}`,
      fallbackText: `${title}. ${what} ${next} ${reference}`,
    },
    summary: title,
  };
}

function wordsOf({ problem, isChange }: ProblemReply, { text }: Say): [string, string, string] {
  const usual = {
    title: `problem.${problem}.title`,
    what: `problem.${problem}.what`,
    next: `problem.${problem}.next`,
  } as const;
  const other = isChange && problem in OF_CHANGE ? OF_CHANGE[problem as keyof typeof OF_CHANGE] : {};
  const { title, what, next } = { ...usual, ...other };
  return [text(title), text(what), text(next)];
}

/** "Wait a minute" is untrue where Graph has said how many. */
function laterOf({ problem, minutes = 0 }: ProblemReply, { text }: Say): string | null {
  const isPassing = problem === 'throttled' || problem === 'unavailable';
  return isPassing && minutes > 1 ? text('problem.later', { minutes }) : null;
}

/** What the person forwards to their administrator. */
function request({ reference }: ProblemReply, admin: AdminTask, { text }: Say): string {
  switch (admin.kind) {
    case 'consent':
      return text('problem.message', { url: admin.url });
    case 'policy':
      return text('problem.policyMessage', { appId: admin.appId, user: admin.user });
    case 'account':
      return text('problem.accountMessage', { reference });
    case 'appAccount':
      return text('problem.appAccountMessage', { reference, appId: admin.appId, user: admin.user });
    default:
      return admin satisfies never;
  }
}
