import template from '../../../cards/confirm.json' with { type: 'json' };
import type { Held } from '../../meeting/granted-options.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { type Audience, forKind, type Say } from '../say.ts';
import { toCard } from '../template.ts';
import { type MeetingHead, wordMeetingHead } from '../words/meeting-head.ts';
import { wordHeld } from '../words/options.ts';
import { nameOf, wordMailed } from '../words/people.ts';
import { plain, wordSentences } from '../words/text.ts';

/** A new link that is asked for first. */
export type RenewQuestion = {
  options: readonly Held[];
  /** Teams does not change these options in an existing meeting. */
  isNeeded: boolean;
  /** The guests are mailed a cancellation and a new invitation. */
  isMailing?: boolean;
};

/** What is asked of a meeting with guests who were mailed, or of a series. */
export type CancelQuestion = {
  /** The guests are mailed that it is cancelled. */
  isMailing: boolean;
  /** Which meetings of a series can be meant, each with the local day (ISO) of the one that is spoken of. */
  occurrences?: readonly { occurrence: 'one' | 'rest' | 'series'; day: string }[];
};

/** What cannot be undone is asked first: cancelling, and a new link. */
export type ConfirmReply = MeetingHead & {
  kind: 'confirm';
  /** The id of the request that waits; absent where a button asked. */
  request?: string;
  /** Absent for cancelling and inviting. */
  renew?: RenewQuestion;
  /** The guests who will be mailed an invitation; absent unless that is asked. */
  mails?: readonly Guest[];
  /** Of a meeting that is in a calendar: what cancelling does there. */
  cancel?: CancelQuestion;
  id: string;
  revision: number;
};

/** Renders cards/confirm.json. What is lost, before it is lost. A request that waits is answered; else it is the meeting's own button. */
export const confirmCard = toCard<ConfirmReply>(template, (reply, audience) => {
  const { say } = audience;
  const { text } = say;
  const { seen, beside, spoken } = wordMeetingHead(reply, audience);
  const { id, revision, renew, mails, request = '' } = reply;
  const { heading, wishes, effect, ...answer } = questionOf(reply, audience);
  const what = text('meeting.summary', spoken);
  return {
    data: {
      ...answer,
      id: (renew ?? mails) && request !== '' ? request : id,
      keepId: id,
      request,
      revision,
      asked: audience.now.toMillis(),
      heading,
      ...seen,
      beside,
      wishes,
      effect,
      keep: text('confirm.keep'),
    },
    speak: [heading, what],
    fallbackText: [heading, what, effect],
    summary: say.text('sentence.next', { first: heading, next: what }),
  };
});

function questionOf(reply: ConfirmReply, audience: Audience) {
  const { renew, mails, request = '' } = reply;
  if (mails) return inviting(mails, request, audience.say);
  return renew ? newLink(renew, reply, audience.say) : cancelling(reply, audience);
}

function cancelling({ isRoom, cancel }: ConfirmReply, audience: Audience) {
  const { text } = audience.say;
  const { occurrences = [], isMailing = false } = cancel ?? {};
  const yes = text(forKind('confirm.yes', isRoom));
  return {
    heading: text(forKind(occurrences.length > 1 ? 'confirm.titleSeries' : 'confirm.title', isRoom)),
    wishes: [],
    effect: text(forKind(effectOf(cancel), isRoom)),
    answers: occurrences.length > 0 ? [] : [{ verb: 'cancel', yes, style: 'destructive' }],
    occurrences: occurrences.map(({ occurrence, day }) => ({
      ...{ occurrence, day },
      yes: text(`confirm.${occurrence}`),
    })),
    comment: isMailing
      ? [{ label: text('confirm.commentLabel'), placeholder: text('confirm.commentPlaceholder') }]
      : [],
  };
}

function effectOf(cancel: CancelQuestion | undefined) {
  if (cancel === undefined) return 'confirm.effect';
  const { isMailing, occurrences = [] } = cancel;
  const isPart = occurrences.some(({ occurrence }) => occurrence !== 'series');
  if (isPart) return isMailing ? 'confirm.effectPartMailed' : 'confirm.effectPart';
  return isMailing ? 'confirm.effectMailed' : 'confirm.effectEntry';
}

/** Asks before guests are mailed, because mail cannot be called back. */
const inviting = (guests: readonly Guest[], request: string, say: Say) => ({
  heading: say.text('confirm.mailTitle'),
  wishes: [],
  effect: wordMailed(guests.map(nameOf).map(plain), say).join(''),
  answers: [
    { verb: request === '' ? 'enter' : 'answer', yes: say.text('confirm.mailYes'), style: 'positive' },
  ],
  occurrences: [],
  comment: [],
});

const newLink = (
  { options, isNeeded, isMailing = false }: RenewQuestion,
  { request = '', isRoom }: ConfirmReply,
  say: Say,
) => ({
  heading: say.text('confirm.renewTitle'),
  wishes: wordHeld(options, { isOwn: true, guests: [], isPasscodeSaid: true }, say),
  effect: wordSentences(
    [
      ...(isNeeded ? [say.text('confirm.renewNeeded')] : []),
      say.text(forKind('confirm.renewEffect', isRoom)),
      ...(isMailing ? [say.text('confirm.renewMailed')] : []),
    ],
    say,
  ),
  answers: [
    {
      verb: request === '' ? 'regenerate' : 'answer',
      yes: say.text('confirm.renewYes'),
      style: 'positive',
    },
  ],
  occurrences: [],
  comment: [],
});
