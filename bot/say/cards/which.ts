import template from '../../../cards/which.json' with { type: 'json' };
import { toCard } from '../template.ts';
import { type MeetingHead, titleOf } from '../words/meeting-head.ts';
import { cut, plain } from '../words/text.ts';
import { briefDay, type Clock, clockFor, time } from '../words/time.ts';
import { zoneName } from '../words/zone.ts';

/** Several meetings fit what was said; each is a button (verb `answer`, `choice` its place). */
export type WhichReply = {
  kind: 'which';
  id: string;
  wish: 'change' | 'cancel' | 'renew' | 'invite' | 'enter' | 'show' | 'copy';
  zone: string;
  choices: readonly Omit<MeetingHead, 'zone'>[];
};

const CHOICES_SHOWN = 5;
/** So many letters of a button stand in one line on a phone; Teams cuts off what is longer. */
const BUTTON_LETTERS = 33;
const LEAST_NAME = 8;

/** A meeting and when it is, in so many letters: what is too long loses the end of its name, and not the time. */
export function wordMeeting(head: Omit<MeetingHead, 'zone'>, clock: Clock, letters: number): string {
  const { say } = clock;
  const { start, isRoom } = head;
  const when = { day: briefDay(start, clock), time: time(start, clock) };
  const word = (subject: string) =>
    isRoom ? say.text('which.room', { subject }) : say.text('which.choice', { subject, ...when });
  const name = plain(titleOf(head, say)) || say.text('meeting.untitled');
  return word(cut(name, Math.max(LEAST_NAME, letters - word('').length)));
}

/** Renders cards/which.json. `choice` is the place in the reply's list. */
export const whichCard = toCard<WhichReply>(template, (reply, audience) => {
  const { say } = audience;
  const clock = clockFor(audience, reply.zone);
  const choices = reply.choices
    .slice(0, CHOICES_SHOWN)
    .map((head, choice) => ({ title: wordMeeting(head, clock, BUTTON_LETTERS), choice }));
  const hidden = reply.choices.length - choices.length;
  const heading = say.text(`which.${reply.wish}`);
  return {
    data: {
      id: reply.id,
      heading,
      above: [],
      choices,
      more: [
        ...(hidden > 0 ? [say.text('which.more', { count: hidden })] : []),
        say.text('times.zone', { zone: zoneName(reply.zone, say) }),
      ],
    },
    speak: [heading, ...choices.map(({ title }) => title)],
    summary: heading,
  };
});
