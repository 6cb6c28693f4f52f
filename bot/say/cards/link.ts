import template from '../../../cards/link.json' with { type: 'json' };
import { toCard } from '../card-template.ts';
import { type MeetingHead, wordMeetingHead } from '../words/meeting-head.ts';
import { shown } from '../words/text.ts';

/** A meeting of which somebody has put an address into a message. `details`: lines on how to join. */
export type LinkReply = MeetingHead & { kind: 'link'; joinUrl: string; details: readonly string[] };

/** Renders cards/link.json. Teams takes no newer version than 1.3 of a card for an address. */
export const linkCard = toCard<LinkReply>(template, (reply, audience) => {
  const { text } = audience.say;
  const { seen, beside, spoken } = wordMeetingHead({ ...reply, isShared: true }, audience);
  const { joinUrl: url, details } = reply;
  return {
    data: {
      heading: text('meeting.seenReady'),
      title: seen.title,
      when: [text('meetings.line', seen), ...beside],
      details: details.map(shown),
      join: text('meeting.join'),
      url,
    },
    speak: text('meeting.speak', spoken),
    fallbackText: text('meeting.plain', { ...spoken, url }),
    summary: text('meeting.summary', spoken),
  };
});
