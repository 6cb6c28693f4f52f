import { DateTime } from 'luxon';
import template from '../../../cards/meetings.json' with { type: 'json' };
import type { DayRange } from '../../language/command.ts';
import { toCard } from '../card-template.ts';
import { type Audience, forKind, type Say } from '../say.ts';
import { isAnyTime, type MeetingHead, shortTitle, wordBriefly } from '../words/meeting-head.ts';
import { names, plain, shortName, wordLabelled } from '../words/text.ts';
import { briefDay, type Clock, zoneName } from '../words/time.ts';

/** What the person has made and is still to come. */
type MeetingsReply = {
  kind: 'meetings';
  zone: string;
  /** Which page this is, from 0, of how many, and how many meetings are on all of them. */
  page: number;
  pages: number;
  count: number;
  /** The first and the last day (ISO) of which these are the meetings; absent where all are shown. */
  days?: DayRange;
  /** The people with whom these are the meetings; none where all are shown. */
  who?: readonly string[];
  /**
   * `id` and `revision`: what the buttons of its row carry. `isOfCalendar`: it was not made here, and is changed in words
   * or in the calendar.
   */
  meetings: readonly (Omit<MeetingHead, 'zone'> & {
    id: string;
    revision: number;
    joinUrl: string;
    isOfCalendar?: true;
  })[];
};

/** More would not fit on a card that can be read on a phone. */
export const MEETINGS_SHOWN = 6;

/** Renders cards/meetings.json. Soonest first as given. */
export const meetingsCard = toCard<MeetingsReply>(
  template,
  ({ zone, meetings, page, pages, count: all, days, who = [] }, audience) => {
    const { say } = audience;
    const rows = meetings.slice(0, MEETINGS_SHOWN).map(({ joinUrl, ...meeting }, i) => ({
      more: meeting.isOfCalendar ? [] : [rowButtons(meeting, i, say)],
      title: shortTitle(meeting, say),
      when: whenOf({ ...meeting, zone }, audience),
      join: say.text('meetings.join'),
      url: joinUrl,
    }));
    const count = say.text('meetings.summary', { count: all });
    return {
      data: {
        heading: wordTitle(days, who, { ...audience, zone }),
        rows,
        turns: pageButtons(page, pages, say).map((turn) => ({
          ...turn,
          first: days?.[0] ?? '',
          last: days?.[1] ?? '',
          who: who.join('\n'),
        })),
        zone: say.text('times.zone', { zone: zoneName(zone, say) }),
      },
      speak: [count, ...rows.map(({ title, when }) => wordLabelled(plain(title), when, say))],
      fallbackText: [count, ...rows.map(({ when, url }) => wordLabelled(when, url, say))].join('\n'),
      summary: count,
    };
  },
);

const MOST_NAMES = 3;

type Row = MeetingsReply['meetings'][number];

/** The buttons behind “…” of a row. */
const rowButtons = (
  { id, revision, isRoom }: Pick<Row, 'id' | 'revision' | 'isRoom'>,
  at: number,
  { text }: Say,
) => ({
  ...{ id, revision, buttons: `row${at}` },
  change: text('meeting.change'),
  cancel: text(forKind('meeting.cancel', isRoom)),
  open: text('meetings.open'),
});

function whenOf(meeting: Omit<Row, 'joinUrl'> & { zone: string }, audience: Audience): string {
  const { say } = audience;
  if (isAnyTime(meeting, audience)) return say.text('room.anyTime');
  const when = wordBriefly(meeting, audience);
  return meeting.isOfCalendar ? say.text('meetings.ofCalendar', { when }) : when;
}

function wordTitle(days: DayRange | undefined, who: readonly string[], clock: Clock): string {
  const { say } = clock;
  const { text } = say;
  const people = { names: names(who.map(shortName).map(plain), say, MOST_NAMES) };
  if (days === undefined) return who.length > 0 ? text('meetings.titleWith', people) : text('meetings.title');
  const [first = '', last = ''] = days.map((iso) =>
    briefDay(DateTime.fromISO(iso, { zone: clock.zone }), clock),
  );
  if (who.length > 0)
    return text('meetings.titleWithOn', { ...people, days: first === last ? first : `${first} – ${last}` });
  return first === last
    ? text('meetings.titleOn', { day: first })
    : text('meetings.titleFrom', { first, last });
}

/** The buttons that turn the page. */
function pageButtons(page: number, pages: number, { text }: Say) {
  const earlier = page > 0 ? [{ title: text('meetings.earlier'), page: page - 1 }] : [];
  const later = page + 1 < pages ? [{ title: text('meetings.later'), page: page + 1 }] : [];
  return [...earlier, ...later];
}
