import type { ConfirmReply } from '../reply/change.ts';
import type { EndedReply } from '../reply/meeting.ts';
import type { Audience, Filling } from './filling.ts';
import { isAnyTime, wordOccasion } from './occasion.ts';
import { wordHeld } from './options.ts';

/** Fills cards/confirm.json: what is lost, before it is lost. A request that waits is answered; else the meeting is cancelled. */
export function confirmFilling(reply: ConfirmReply, audience: Audience): Filling {
  const { say } = audience;
  const { text } = say;
  const { seen, spoken } = wordOccasion(reply, audience);
  const { id, revision, renew, request = '' } = reply;
  const heading = text(renew ? 'confirm.renewTitle' : reply.isRoom ? 'confirm.titleRoom' : 'confirm.title');
  const effect = text(renew ? 'confirm.renewEffect' : 'confirm.effect');
  const wishes = renew ? wordHeld(renew.options, { isOwn: true, guests: [], isPasscodeSaid: true }, say) : [];
  const what = text('meeting.summary', spoken);
  return {
    data: {
      id: renew ? request : id,
      keepId: id,
      request,
      verb: renew ? 'answer' : 'cancel',
      style: renew ? 'positive' : 'destructive',
      revision,
      heading,
      ...seen,
      wishes,
      effect,
      yes: text(renew ? 'confirm.renewYes' : 'confirm.yes'),
      keep: text('confirm.keep'),
      speak: `${heading} ${what}.`,
      fallbackText: `${heading} ${what}. ${effect}`,
    },
    summary: `${heading} ${what}`,
  };
}

/** Fills cards/ended.json: what there was, and whether its link still leads anywhere. */
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

function effectOf({ why, isRoom }: EndedReply, { say: { text } }: Audience): string[] {
  if (why === 'over') return [];
  if (why === 'newer') return [text('ended.newest')];
  return isRoom ? [text('ended.effect'), text('ended.reopen')] : [text('ended.effect')];
}
