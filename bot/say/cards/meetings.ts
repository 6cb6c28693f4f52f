import template from '../../../cards/meetings.json' with { type: 'json' };
import type { Audience } from '../say.ts';
import { type Filling, toCard } from '../template.ts';
import { isAnyTime, type MeetingHead, titleOf } from '../words/meeting-head.ts';
import { cut, plain, shown, startText, wordLabelled, wordSentences } from '../words/text.ts';
import { briefDay, clockFor, span, zoneName } from '../words/time.ts';

/** What the person has made and is still to come. */
export type MeetingsReply = {
  kind: 'meetings';
  zone: string;
  /** How many later ones there are beyond these. */
  more?: number;
  meetings: readonly (Omit<MeetingHead, 'zone'> & { joinUrl: string })[];
};

/** Renders cards/meetings.json. */
export const meetingsCard = toCard(template, fillMeetings);

const MEETINGS_SHOWN = 8;
/** Of several meetings on one card; each is said twice. */
const SUBJECT_SHOWN = 72;

/** Fills cards/meetings.json, soonest first as given. */
function fillMeetings({ zone, meetings, more = 0 }: MeetingsReply, audience: Audience): Filling {
  const { say } = audience;
  const clock = clockFor(audience, zone);
  const rows = meetings.slice(0, MEETINGS_SHOWN).map(({ joinUrl, ...head }) => ({
    title: shown(cut(titleOf(head, say), SUBJECT_SHOWN)),
    when: isAnyTime(head, audience)
      ? say.text('room.anyTime')
      : say.text('meetings.line', {
          day: startText(briefDay(head.start, clock), say),
          hours: span(head.start, head.end, clock).hours,
        }),
    join: say.text('meetings.join'),
    url: joinUrl,
  }));
  const hidden = meetings.length - rows.length + more;
  const count = say.text('meetings.summary', { count: meetings.length + more });
  return {
    data: {
      heading: say.text('meetings.title'),
      rows,
      more: hidden > 0 ? [say.text('meetings.more', { count: hidden })] : [],
      zone: say.text('times.zone', { zone: zoneName(zone, say) }),
      speak: wordSentences(
        [count, ...rows.map(({ title, when }) => wordLabelled(plain(title), when, say))],
        say,
      ),
      fallbackText: [count, ...rows.map(({ when, url }) => wordLabelled(when, url, say))].join('\n'),
    },
    summary: count,
  };
}
