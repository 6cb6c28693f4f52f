import template from '../../../cards/confirm.json' with { type: 'json' };
import type { Held } from '../../meeting/granted-options.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { SeriesPart } from '../../meeting/series.ts';
import { toCard } from '../card-template.ts';
import { forKind, type Say } from '../say.ts';
import { type MeetingHead, wordMeetingHead } from '../words/meeting-head.ts';
import { wordHeld } from '../words/options.ts';
import { nameOf, plain, wordMailed, wordSentences } from '../words/text.ts';

/** Is the meeting to get a new link? */
export type RenewQuestion = {
  what: 'renew';
  options: readonly Held[];
  /** Teams does not change these options in an existing meeting. */
  isNeeded: boolean;
  /** The guests are mailed a cancellation and a new invitation. */
  isMailing?: boolean;
};

/** Is the meeting to be cancelled? */
type CancelQuestion = {
  what: 'cancel';
  /** What else happens if the meeting is in a calendar. */
  inCalendar?: {
    /** The guests are mailed that it is cancelled. */
    isMailing: boolean;
    /** Which meetings of a series can be meant. */
    occurrences?: readonly SeriesPart[];
  };
};

/** Are these guests to be mailed an invitation? */
type InviteQuestion = { what: 'invite'; mails: readonly Guest[] };

/** What cannot be undone is asked first. */
export type ConfirmReply = MeetingHead & {
  kind: 'confirm';
  /** The id of the request that waits; absent if a button asked. */
  request?: string;
  question: CancelQuestion | RenewQuestion | InviteQuestion;
  id: string;
  revision: number;
};

/** Renders cards/confirm.json. What is lost, before it is lost. A request that waits is answered; else it is the meeting's own button. */
export const confirmCard = toCard<ConfirmReply>(template, (reply, audience) => {
  const { say } = audience;
  const { text } = say;
  const { seen, beside, spoken } = wordMeetingHead(reply, audience);
  const { id, revision, question, request = '' } = reply;
  const { heading, wishes, effect, ...answer } = wordQuestion(reply, say);
  const what = text('meeting.summary', spoken);
  return {
    data: {
      ...answer,
      id: question.what !== 'cancel' && request !== '' ? request : id,
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

function wordQuestion({ question, isRoom, request = '' }: ConfirmReply, say: Say) {
  switch (question.what) {
    case 'invite':
      return wordInvite(question, request, say);
    case 'renew':
      return wordRenew(question, request, isRoom, say);
    case 'cancel':
      return wordCancel(question, isRoom, say);
    default:
      return question satisfies never;
  }
}

function wordCancel({ inCalendar }: CancelQuestion, isRoom: boolean | undefined, { text }: Say) {
  const { occurrences = [], isMailing = false } = inCalendar ?? {};
  const yes = text(forKind('confirm.yes', isRoom));
  return {
    heading: text(occurrences.length > 1 ? 'confirm.titleSeries' : forKind('confirm.title', isRoom)),
    wishes: [],
    effect: text(inCalendar ? effectKey(inCalendar) : forKind('confirm.effect', isRoom)),
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

/** What happens to a meeting that is in a calendar. */
function effectKey({ isMailing, occurrences = [] }: NonNullable<CancelQuestion['inCalendar']>) {
  const isPart = occurrences.some(({ occurrence }) => occurrence !== 'series');
  if (isPart) return isMailing ? 'confirm.effectPartMailed' : 'confirm.effectPart';
  return isMailing ? 'confirm.effectMailed' : 'confirm.effectEntry';
}

/** Asks before guests are mailed, because mail cannot be called back. */
const wordInvite = ({ mails }: InviteQuestion, request: string, say: Say) => ({
  heading: say.text('confirm.mailTitle'),
  wishes: [],
  effect: wordMailed(mails.map(nameOf).map(plain), say).join(''),
  answers: [
    { verb: request === '' ? 'enter' : 'answer', yes: say.text('confirm.mailYes'), style: 'positive' },
  ],
  occurrences: [],
  comment: [],
});

const wordRenew = (
  { options, isNeeded, isMailing = false }: RenewQuestion,
  request: string,
  isRoom: boolean | undefined,
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
