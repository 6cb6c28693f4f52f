import type { ConfirmReply, RenewQuestion } from '../reply/change.ts';
import type { EndedReply } from '../reply/meeting.ts';
import type { Audience, Filling } from './filling.ts';
import { isAnyTime, wordOccasion } from './occasion.ts';
import { wordHeld } from './options.ts';
import type { Say } from './say.ts';

/** Fills cards/confirm.json: what is lost, before it is lost. A request that waits is answered; else it is the meeting's own button. */
export function confirmFilling(reply: ConfirmReply, audience: Audience): Filling {
  const { say } = audience;
  const { text } = say;
  const { seen, spoken } = wordOccasion(reply, audience);
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
      wishes,
      effect,
      keep: text('confirm.keep'),
      speak: `${heading} ${what}.`,
      fallbackText: `${heading} ${what}. ${effect}`,
    },
    summary: `${heading} ${what}`,
  };
}

const cancelling = ({ isRoom }: ConfirmReply, { text }: Say) => ({
  heading: text(isRoom ? 'confirm.titleRoom' : 'confirm.title'),
  wishes: [],
  effect: text('confirm.effect'),
  ...{ verb: 'cancel', yes: text('confirm.yes'), style: 'destructive' },
});

const newLink = ({ options, isNeeded }: RenewQuestion, request: string, say: Say) => ({
  heading: say.text('confirm.renewTitle'),
  wishes: wordHeld(options, { isOwn: true, guests: [], isPasscodeSaid: true }, say),
  effect: [...(isNeeded ? [say.text('confirm.renewNeeded')] : []), say.text('confirm.renewEffect')].join(' '),
  ...{
    verb: request === '' ? 'regenerate' : 'answer',
    yes: say.text('confirm.renewYes'),
    style: 'positive',
  },
});

/** Fills cards/ended.json: what there was, and what is known of its link. */
export function endedFilling(reply: EndedReply, audience: Audience): Filling {
  const { text } = audience.say;
  const { seen, spoken } = wordOccasion(reply, audience);
  const { why, isRoom } = reply;
  const heading = text(isRoom && why !== 'newer' ? 'ended.closed' : `ended.${why}`);
  // "Open at any time" is what it is no more, and a newer card knows the time.
  const isTimed = why !== 'newer' && !isAnyTime(reply, audience);
  const effect = effectOf(reply, audience);
  const what = isTimed ? text('meeting.summary', spoken) : spoken.subject;
  const words = [`${heading}.`, `${what}.`, ...effect].join(' ');
  const { title, zone } = seen;
  const when = isTimed ? [{ line: text('meetings.line', seen), zone }] : [];
  return {
    data: { heading, title, when, effect, speak: words, fallbackText: words },
    summary: `${heading}: ${spoken.subject}`,
  };
}

function effectOf({ why, isRoom, isLocked }: EndedReply, { say: { text } }: Audience): string[] {
  if (why === 'over') return [];
  if (why === 'newer') return [text('ended.newest')];
  const effect = text(isLocked ? 'ended.locked' : 'ended.removed');
  return isRoom ? [effect, text('ended.reopen')] : [effect];
}
