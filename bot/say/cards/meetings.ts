import template from '../../../cards/meetings.json' with { type: 'json' };
import type { Audience, Say } from '../say.ts';
import { type Filling, toCard } from '../template.ts';
import { isAnyTime, type MeetingHead, titleOf } from '../words/meeting-head.ts';
import { cut, plain, shown, startText, wordLabelled, wordSentences } from '../words/text.ts';
import { briefDay, clockFor, span, zoneName } from '../words/time.ts';

/** What the person has made and is still to come. */
export type MeetingsReply = {
  kind: 'meetings';
  zone: string;
  /** Which page this is, from 0, of how many, and how many meetings are on all of them. */
  page: number;
  pages: number;
  count: number;
  /** `id` and `revision`: what the buttons of its row carry. */
  meetings: readonly (Omit<MeetingHead, 'zone'> & { id: string; revision: number; joinUrl: string })[];
};

/** Renders cards/meetings.json. */
export const meetingsCard = toCard(template, fillMeetings);

/** More would not fit on a card that can be read on a phone. */
export const MEETINGS_SHOWN = 6;

/** Of several meetings on one card; each is said twice. */
const SUBJECT_SHOWN = 72;

/** Fills cards/meetings.json, soonest first as given. */
function fillMeetings(
  { zone, meetings, page, pages, count: all }: MeetingsReply,
  audience: Audience,
): Filling {
  const { say } = audience;
  const clock = clockFor(audience, zone);
  const rows = meetings.slice(0, MEETINGS_SHOWN).map(({ id, revision, joinUrl, ...head }, i) => ({
    id,
    revision,
    buttons: `row${i}`,
    change: say.text('meeting.change'),
    cancel: say.text('meeting.cancel'),
    open: say.text('meetings.open'),
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
  const count = say.text('meetings.summary', { count: all });
  return {
    data: {
      heading: say.text('meetings.title'),
      rows,
      turns: turns(page, pages, say),
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

/** The buttons that turn the page. */
function turns(page: number, pages: number, { text }: Say) {
  const earlier = page > 0 ? [{ title: text('meetings.earlier'), page: page - 1 }] : [];
  const later = page + 1 < pages ? [{ title: text('meetings.later'), page: page + 1 }] : [];
  return [...earlier, ...later];
}
