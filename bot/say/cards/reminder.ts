import template from '../../../cards/reminder.json' with { type: 'json' };
import { toCard } from '../card-template.ts';
import type { Say } from '../say.ts';
import { type MeetingHead, wordMeetingHead } from '../words/meeting-head.ts';
import { duration } from '../words/time.ts';
import { refreshOf } from './meeting.ts';

/** A meeting is about to start. */
export type ReminderReply = MeetingHead & {
  kind: 'reminder';
  id: string;
  /** Null if only the meeting's card has the link. */
  joinUrl: string | null;
  /** Teams' address of the meeting's card; null if there is none. */
  cardUrl: string | null;
  /** Teams ids of the people whose Teams asks for the meeting's card in its place (verb `view`). */
  viewers: readonly string[];
  /** Several people see it, on several clocks. */
  isShared: boolean;
};

/** Renders cards/reminder.json. Without the link it says where that is. */
export const reminderCard = toCard<ReminderReply>(template, (reply, audience) => {
  const { say, now } = audience;
  const { seen, beside, clocks, spoken } = wordMeetingHead({ ...reply, isOne: reply.isShared }, audience);
  const minutes = Math.max(1, Math.round(reply.start.diff(now, 'minutes').minutes));
  const heading = say.text('reminder.heading', { length: duration(minutes, say) });
  const { joinUrl } = reply;
  const hint = joinUrl === null ? [say.text(reply.isShared ? 'reminder.onCard' : 'reminder.show')] : [];
  const words = [heading, say.text('meeting.summary', spoken), ...hint];
  return {
    data: {
      id: reply.id,
      heading,
      title: seen.title,
      hours: seen.hours,
      beside,
      clocks,
      hint,
      links: linkButtons(reply, say),
      view: joinUrl === null && !reply.isShared ? [{ title: say.text('reminder.view') }] : [],
      refresh: refreshOf(reply, say),
    },
    speak: words,
    fallbackText: joinUrl === null ? words : say.text('meeting.plain', { ...spoken, url: joinUrl }),
    summary: say.text('reminder.summary', { subject: spoken.subject, length: duration(minutes, say) }),
  };
});

/** *Join*, or the way to the card that has it. */
function linkButtons({ joinUrl, cardUrl }: ReminderReply, { text }: Say) {
  if (joinUrl !== null) return [{ title: text('meeting.join'), url: joinUrl }];
  return cardUrl === null ? [] : [{ title: text('reminder.openCard'), url: cardUrl }];
}
