import type { Say } from '../say.ts';
import type { Value } from '../template.ts';
import { countOffers } from '../words/guesses.ts';
import type { CardVerb, MeetingReply } from './meeting-reply.ts';

/** Teams shows so many buttons on a card, joining and other readings included. */
const BUTTONS = 6;
const JOIN = 1;
const MAKE_OWN = 1;
const CALENDAR_WAYS = 2;
const VERBS: readonly CardVerb[] = ['change', 'regenerate', 'cancel', 'invite'];
/** Teams refreshes a card for so many people. */
const VIEWERS = 60;

/** The verbs that work for whoever reads the card; none on somebody else's meeting. */
export function organiserButtons(reply: MeetingReply, { text }: Say): Value[] {
  const titles = {
    regenerate: text('meeting.newLink'),
    change: text('meeting.change'),
    cancel: text('meeting.cancel'),
    invite: text('meeting.invite'),
  };
  return verbsOf(reply).map((verb) => ({ verb, title: titles[verb] }));
}

function verbsOf(reply: MeetingReply): readonly CardVerb[] {
  const { may = ['regenerate'], organiser } = reply;
  if (organiser) return [];
  const verbs = VERBS.filter((verb) => may.includes(verb));
  // What can be had in words as well gives way first.
  const isFull = JOIN + verbs.length + retries(reply) + countOffers(reply) > BUTTONS;
  return isFull ? verbs.filter((verb) => verb !== 'invite') : verbs;
}

const retries = ({ notes }: MeetingReply): number => (notes.includes('oldLinkAlive') ? 1 : 0);

/** Another try at what Graph would not delete: the organiser is not left with a link that lives on. */
export function removeOld(reply: MeetingReply, { text }: Say): string[] {
  const isOffered = verbsOf(reply).includes('regenerate') && reply.notes.includes('oldLinkAlive');
  return isOffered ? [text('meeting.removeOld')] : [];
}

/** What the reader of somebody else's meeting can do instead of changing it. */
export function makeOwn({ organiser }: MeetingReply, say: Say): string[] {
  return organiser ? [say.text('meeting.makeOwn')] : [];
}

/**
 * Two ways to a calendar: in the buttons' overflow, or as links below the notes where the buttons leave no room for both.
 * The organiser gets a link to Teams' own page with all options, too.
 */
export function calendarWays(
  reply: MeetingReply,
  { text }: Say,
): { calendarActions: readonly Value[]; links: readonly Value[] } {
  const { calendar, organiser, meeting } = reply;
  const own =
    organiser || !meeting.optionsUrl ? [] : [{ title: text('meeting.allOptions'), url: meeting.optionsUrl }];
  if (!calendar) return { calendarActions: [], links: own };
  const ways = [
    { title: text('meeting.calendarFile'), url: calendar.file },
    { title: text('meeting.calendarOutlook'), url: calendar.outlook },
  ];
  return hasRoom(reply)
    ? { calendarActions: ways, links: own }
    : { calendarActions: [], links: [...ways, ...own] };
}

/** That there is no calendar entry to look for, and where the ways to one are. It must be the last of the notes. */
export function calendarNote(reply: MeetingReply, { text }: Say): string {
  if (!reply.calendar) return text('meeting.notOnCalendar');
  if (!hasRoom(reply)) return text('meeting.calendarLinks');
  const titles = { file: text('meeting.calendarFile'), outlook: text('meeting.calendarOutlook') };
  return text('meeting.calendarMenu', titles);
}

function hasRoom(reply: MeetingReply): boolean {
  const own = reply.organiser ? MAKE_OWN : verbsOf(reply).length + retries(reply);
  return JOIN + own + countOffers(reply) + CALENDAR_WAYS <= BUTTONS;
}

/** Whose clients ask for their own card; nobody's where all see this one. */
export function refresh({ viewers = [] }: MeetingReply, say: Say): Value {
  if (viewers.length === 0) return [];
  return { title: say.text('meeting.refresh'), userIds: viewers.slice(0, VIEWERS) };
}
