import type { Reply } from '../reply.ts';
import type { Audience, Filling } from './filling.ts';
import { wordOccasion } from './occasion.ts';

type Of<K extends Reply['kind']> = Extract<Reply, { kind: K }>;

/** Fills cards/confirm.json: what is lost, before it is lost. */
export function confirmFilling(reply: Of<'confirm'>, audience: Audience): Filling {
  const { text } = audience.say;
  const { seen, spoken } = wordOccasion(reply, audience);
  const heading = text('confirm.title');
  const what = text('meeting.summary', spoken);
  return {
    data: {
      id: reply.id,
      revision: reply.revision,
      heading,
      ...seen,
      effect: text('confirm.effect'),
      yes: text('confirm.yes'),
      keep: text('confirm.keep'),
      speak: `${heading} ${what}.`,
      fallbackText: `${heading} ${what}. ${text('confirm.effect')}`,
    },
    summary: `${heading} ${what}`,
  };
}

/** Fills cards/ended.json: what there was, and whether its link still leads anywhere. */
export function endedFilling(reply: Of<'ended'>, audience: Audience): Filling {
  const { text } = audience.say;
  const { seen, spoken } = wordOccasion(reply, audience);
  const heading = text(`ended.${reply.why}`);
  const effect = reply.why === 'over' ? [] : [text('ended.effect')];
  const words = [`${heading}.`, `${text('meeting.summary', spoken)}.`, ...effect].join(' ');
  const { title, zone } = seen;
  const when = text('meetings.line', seen);
  return {
    data: { heading, title, when, zone, effect, speak: words, fallbackText: words },
    summary: `${heading}: ${spoken.subject}`,
  };
}
