import type { WhichReply } from '../reply/question.ts';
import { type Audience, clockFor, cut, type Filling, plain } from './filling.ts';
import { briefDay, capital, time, zoneName } from './when.ts';

const CHOICES_SHOWN = 5;
/** Teams cuts a long button off at its end, and there stands the time. */
const SUBJECT_SHOWN = 30;

/** Fills cards/which.json; `choice` is the place in the reply's list. */
export function whichFilling(reply: WhichReply, audience: Audience): Filling {
  const { say } = audience;
  const clock = clockFor(audience, reply.zone);
  const choices = reply.choices.slice(0, CHOICES_SHOWN).map(({ subject, start, isRoom }, choice) => {
    const named = plain(subject ?? '') || say.text(isRoom ? 'room.untitled' : 'meeting.untitled');
    const short = cut(named, SUBJECT_SHOWN);
    if (isRoom) return { title: say.text('which.room', { subject: short }), choice };
    const when = { day: capital(briefDay(start, clock), say), time: time(start, clock) };
    return { title: say.text('which.choice', { subject: short, ...when }), choice };
  });
  const hidden = reply.choices.length - choices.length;
  const heading = say.text(`which.${reply.wish}`);
  const spoken = [heading, ...choices.map(({ title }) => title)].join(' ');
  return {
    data: {
      id: reply.id,
      heading,
      choices,
      more: hidden > 0 ? [say.text('which.more', { count: hidden })] : [],
      zone: say.text('times.zone', { zone: zoneName(reply.zone, say) }),
      speak: spoken,
      fallbackText: spoken,
    },
    summary: heading,
  };
}
