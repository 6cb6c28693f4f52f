import type { Reply } from '../reply.ts';
import { countOffers } from './assumptions.ts';
import type { Value } from './filling.ts';
import type { Say } from './say.ts';

type MeetingReply = Extract<Reply, { kind: 'meeting' }>;

/** Teams shows so many buttons on a card, joining and other readings included. */
const BUTTONS = 6;
const JOIN = 1;
/** Teams refreshes a card for so many people. */
const VIEWERS = 60;

/** The verbs that work for whoever reads the card; none on somebody else's meeting. */
export function organiserButtons({ may = ['regenerate'], organiser }: MeetingReply, say: Say): Value[] {
  if (organiser) return [];
  const all = [
    { verb: 'regenerate', title: say.text('meeting.newLink') },
    { verb: 'change', title: say.text('meeting.change') },
    { verb: 'cancel', title: say.text('meeting.cancel') },
  ] as const;
  return all.filter(({ verb }) => may.includes(verb));
}

/** What the reader of somebody else's meeting can do instead of changing it. */
export function makeOwn({ organiser }: MeetingReply, say: Say): string[] {
  return organiser ? [say.text('meeting.makeOwn')] : [];
}

/** Two ways to a calendar: in the buttons' overflow, or as links where the buttons leave no room for both. */
export function calendarWays(
  reply: MeetingReply,
  say: Say,
): { calendarActions: readonly Value[]; calendarLinks: readonly Value[] } {
  const { calendar } = reply;
  if (!calendar) return { calendarActions: [], calendarLinks: [] };
  const ways = [
    { title: say.text('meeting.calendarFile'), url: calendar.file },
    { title: say.text('meeting.calendarOutlook'), url: calendar.outlook },
  ];
  const taken = JOIN + organiserButtons(reply, say).length + makeOwn(reply, say).length + countOffers(reply);
  return taken + ways.length <= BUTTONS
    ? { calendarActions: ways, calendarLinks: [] }
    : { calendarActions: [], calendarLinks: ways };
}

/** Whose clients ask for their own card; nobody's where all see this one. */
export function refresh({ viewers = [] }: MeetingReply, say: Say): Value {
  if (viewers.length === 0) return [];
  return { title: say.text('meeting.refresh'), userIds: viewers.slice(0, VIEWERS) };
}
