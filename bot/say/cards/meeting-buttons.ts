import type { Value } from '../card-template.ts';
import { forKind, type Say } from '../say.ts';
import type { MeetingReply } from './meeting-reply.ts';

/** What an organizer's button does. */
type Verb = 'regenerate' | 'change' | 'cancel' | 'invite';

/** The most people for whom Teams refreshes a card. */
const VIEWERS = 60;

/**
 * The buttons for the reader of the card. Below it stand *Change* and *New link*; the menu “…” holds the rest, and *Cancel it*
 * at its end. Somebody else's meeting has a copy to offer instead, which asks on the card itself.
 */
export function buttonsOf(reply: MeetingReply, say: Say) {
  const [inSight, inMenu] = isRetry(reply) ? RETRY : USUAL;
  return {
    buttons: verbButtons(inSight, reply, say),
    removeOld: removeOldTitle(reply, say),
    enter: enterButtons(reply, say).slice(0, 1),
    enterMenu: enterButtons(reply, say).slice(1),
    menu: verbButtons(inMenu, reply, say),
    copy: copyButton(reply, say),
    links: linkButtons(reply, say),
    last: verbButtons(['cancel'], reply, say),
  };
}

/** What adds it to the reader's calendar: Outlook's page. Only the organizer's invites the guests. */
export function calendarButton({ calendar, organiser, enter }: MeetingReply, { text }: Say): Value[] {
  if (!calendar || enter !== undefined) return [];
  const url = organiser ? calendar.outlook : calendar.outlookWithGuests;
  return [{ title: text('meeting.calendarOutlook'), url }];
}

/** The buttons that put the meeting into calendars: the guests' as well, or only the organizer's. */
function enterButtons({ enter = [], organiser }: MeetingReply, { text }: Say) {
  const titles = { guests: text('meeting.inviteGuests'), mine: text('meeting.addToCalendar') };
  return organiser ? [] : enter.map((wish) => ({ title: titles[wish], wish }));
}

/** The buttons of these verbs. Nobody else has them on an organizer's meeting. */
function verbButtons(wanted: readonly Verb[], { organiser, isRoom }: MeetingReply, { text }: Say) {
  const titles = {
    regenerate: text('meeting.newLink'),
    change: text('meeting.change'),
    cancel: text(forKind('meeting.cancel', isRoom)),
    invite: text('meeting.invite'),
  };
  return organiser ? [] : wanted.map((verb) => ({ verb, title: titles[verb] }));
}

const USUAL = [['change', 'regenerate'], ['invite']] as const satisfies Verb[][];
/** The buttons beside *Remove old link*. A row has room for six with its menu, so the invitation is left out, which can be asked for in words. */
const RETRY = [['change'], ['regenerate']] as const satisfies Verb[][];

const isRetry = ({ notes, organiser }: MeetingReply): boolean => notes.includes('oldLinkAlive') && !organiser;

/** *Remove old link*: tries again what Graph did not delete. */
const removeOldTitle = (reply: MeetingReply, { text }: Say): string[] =>
  isRetry(reply) ? [text('meeting.removeOld')] : [];

function copyButton({ organiser, isByLink, isRoom }: MeetingReply, { text }: Say): Value[] {
  if (!organiser || isByLink) return [];
  const words = {
    title: text('meeting.makeCopy'),
    ask: text(forKind('meeting.copyAsk', isRoom)),
    yes: text('meeting.copyYes'),
  };
  return [words];
}

/** The calendar file, and for the organizer Teams' own page with all options. */
function linkButtons({ calendar, organiser, meeting, enter }: MeetingReply, { text }: Say): Value[] {
  // A card has room for six: where the calendar itself is at hand, its file gives way.
  const file =
    calendar && enter === undefined ? [{ title: text('meeting.calendarFile'), url: calendar.file }] : [];
  const { optionsUrl } = meeting;
  return organiser || !optionsUrl ? file : [...file, { title: text('meeting.allOptions'), url: optionsUrl }];
}

/** The people whose clients ask for a card of their own. Empty if everybody sees this one. */
export function refreshOf({ viewers = [] }: { viewers?: readonly string[] }, say: Say): Value {
  if (viewers.length === 0) return [];
  return { title: say.text('meeting.refresh'), userIds: viewers.slice(0, VIEWERS) };
}
