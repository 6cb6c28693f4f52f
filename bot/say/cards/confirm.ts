import template from '../../../cards/confirm.json' with { type: 'json' };
import type { Held } from '../../meeting/granted-options.ts';
import type { Audience, Say } from '../say.ts';
import { type Filling, toCard } from '../template.ts';
import { type MeetingHead, wordMeetingHead } from '../words/meeting-head.ts';
import { wordHeld } from '../words/options.ts';
import { wordSentences } from '../words/text.ts';

/** A new link that is asked for first. */
export type RenewQuestion = {
  options: readonly Held[];
  /** Teams does not change these options in a meeting that is there. */
  isNeeded: boolean;
};

/** What cannot be undone is asked first: cancelling, and a new link. */
export type ConfirmReply = MeetingHead & {
  kind: 'confirm';
  /** The id of the request that waits; absent where a button asked. */
  request?: string;
  /** Absent for cancelling. */
  renew?: RenewQuestion;
  id: string;
  revision: number;
};

/** Renders cards/confirm.json. */
export const confirmCard = toCard(template, fillConfirm);

/** Fills cards/confirm.json: what is lost, before it is lost. A request that waits is answered; else it is the meeting's own button. */
function fillConfirm(reply: ConfirmReply, audience: Audience): Filling {
  const { say } = audience;
  const { text } = say;
  const { seen, beside, spoken } = wordMeetingHead(reply, audience);
  const { id, revision, renew, request = '' } = reply;
  const { heading, wishes, effect, ...button } = renew
    ? newLink(renew, request, say)
    : cancelling(reply, say);
  const what = text('meeting.summary', spoken);
  return {
    data: {
      ...button,
      id: renew && request !== '' ? request : id,
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
      speak: wordSentences([heading, what], say),
      fallbackText: wordSentences([heading, what, effect], say),
    },
    summary: say.text('sentence.next', { first: heading, next: what }),
  };
}

const cancelling = ({ isRoom }: ConfirmReply, { text }: Say) => ({
  heading: text(isRoom ? 'confirm.titleRoom' : 'confirm.title'),
  wishes: [],
  effect: text('confirm.effect'),
  ...{ verb: 'cancel', yes: text(isRoom ? 'confirm.yesRoom' : 'confirm.yes'), style: 'destructive' },
});

const newLink = ({ options, isNeeded }: RenewQuestion, request: string, say: Say) => ({
  heading: say.text('confirm.renewTitle'),
  wishes: wordHeld(options, { isOwn: true, guests: [], isPasscodeSaid: true }, say),
  effect: wordSentences(
    [...(isNeeded ? [say.text('confirm.renewNeeded')] : []), say.text('confirm.renewEffect')],
    say,
  ),
  ...{
    verb: request === '' ? 'regenerate' : 'answer',
    yes: say.text('confirm.renewYes'),
    style: 'positive',
  },
});
