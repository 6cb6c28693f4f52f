import template from '../../../cards/meeting.json' with { type: 'json' };
import type { Assumption, CalendarWish } from '../../language/command.ts';
import type { Response } from '../../meeting/event.ts';
import { writtenName } from '../../meeting/guest-list.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import type { Note } from '../../meeting/notes.ts';
import type { Series } from '../../meeting/series.ts';
import { toCard, type Value } from '../card-template.ts';
import { type Audience, forKind, type Say } from '../say.ts';
import { wordAssumptions } from '../words/guesses.ts';
import { isAnyTime, wordMeetingHead } from '../words/meeting-head.ts';
import { type OptionsSaid, wordHeld, wordLimits, wordMissed } from '../words/options.ts';
import { wordSeries } from '../words/series.ts';
import { nameOf, names, shortName, shown, wordGuests, wordMentions } from '../words/text.ts';
import { duration } from '../words/time.ts';
import { wordWays } from '../words/ways-to-join.ts';

/** Ways to a calendar: a file to download, and Outlook's compose page, empty of people or with the guests. Https addresses. */
export type CalendarAddresses = { file: string; outlook: string; outlookWithGuests: string };

/** A meeting's entry in its organizer's calendar. */
export type Entry = {
  /** Who was mailed the invitation, and what they answered. */
  answers: readonly { name: string; response: Exclude<Response, 'organizer'> }[];
  /** How it repeats. Absent for a single meeting. */
  series?: Series;
};

/** A meeting that is there. */
export type MeetingReply = {
  kind: 'meeting';
  /** Opaque id and revision that the card's buttons carry. */
  id: string;
  revision: number;
  meeting: Meeting;
  /** The zone in which times are shown. */
  zone: string;
  /** The zone in which its clock was said; absent where it is `zone`. */
  clockZone?: string;
  guests: readonly Guest[];
  /** An alternative is offered as a button (verb `change`, `choice`: its place in this list). Null for readers who may not take it. */
  assumed: readonly Assumption[];
  /** The length was not said but taken from the default. */
  assumedMinutes: number | null;
  notes: readonly Note[];
  /** It can be joined at any time, whatever times Graph keeps for it. */
  isRoom?: boolean;
  options?: OptionsSaid;
  /** Teams ids of the people who see another card than this one; Teams asks for theirs (verb `view`). */
  viewers?: readonly string[];
  /** People in the conversation whom Teams should tell about the card; Teams ids. */
  mentions?: readonly { id: string; name: string }[];
  /** Ways to a calendar. */
  calendar?: CalendarAddresses | null;
  /** Its entry in the organizer's calendar. Absent if there is none. */
  entry?: Entry;
  /** Into whose calendars the organizer can still put it. Absent if into nobody's. */
  enter?: readonly CalendarWish[];
  /** Who made it, if the reader is somebody else, who may make a copy. */
  organiser?: string;
  /** The card is in a message of a person, where no button of the bot works, so it has links only. */
  isByLink?: true;
};

/** Renders cards/meeting.json, with times in `reply.zone`. */
export const meetingCard = toCard<MeetingReply>(template, (reply, audience) => {
  const { say } = audience;
  const { meeting } = reply;
  const { zone, clockZone, isRoom, guests: all } = reply;
  const isShared = Boolean(reply.organiser);
  const isOne = isShared && (reply.viewers ?? []).length > 0;
  const { seen, beside, clocks, spoken } = wordMeetingHead(
    { ...meeting, zone, ...(clockZone && { clockZone }), isRoom, isShared, isOne, guests: all },
    audience,
  );
  const { line, entities, others } = wordMentions(reply.mentions ?? [], reply.guests, say);
  return {
    data: {
      id: reply.id,
      revision: reply.revision,
      heading: say.text(headingKey(reply, audience)),
      ...seen,
      repeats: reply.entry?.series ? [wordSeries(reply.entry.series, { ...audience, zone })] : [],
      beside,
      clocks,
      madeBy: reply.organiser
        ? [say.text('meeting.madeBy', { name: shown(shortName(reply.organiser)) })]
        : [],
      assumptions: wordAssumptions(reply, { ...audience, zone }),
      joinTitle: say.text('meeting.join'),
      joinUrl: meeting.joinUrl,
      guests: guestRows(line, wordInvited(others, reply, say), say),
      options: wordHeld(reply.options?.held ?? [], { isOwn: !reply.organiser, guests: reply.guests }, say),
      missed: wordMissed(reply, say),
      ...wordWays(meeting, say),
      warnings: reply.notes.filter((note) => note === 'oldLinkAlive').map((note) => say.text(`note.${note}`)),
      notes: wordNotes(reply, audience),
      calendar: calendarButton(reply, say),
      ...buttonsOf(reply, say),
      refresh: refreshOf(reply, say),
      msteams: entities.length === 0 ? [] : { entities },
    },
    speak: say.text('meeting.speak', spoken),
    fallbackText: say.text('meeting.plain', { ...spoken, url: meeting.joinUrl }),
    summary: say.text('meeting.summary', spoken),
  };
});

function guestRows(mentioned: readonly string[], names: readonly string[], say: Say): Value[] {
  if (mentioned.length + names.length === 0) return [];
  return [{ label: say.text('meeting.guests'), mentioned, names }];
}

const GUESTS_SHOWN = 12;

/** The guests, each with their answer to the invitation. Only the organizer sees the answers. */
function wordInvited(all: readonly Guest[], { entry, organiser }: MeetingReply, say: Say): string[] {
  const answers = organiser ? [] : (entry?.answers ?? []);
  if (answers.length === 0) return wordGuests(all, say);
  const isAnswer = (guest: Guest) => answers.some(({ name }) => name === writtenName(guest));
  const answered = answers.map(({ name, response }) =>
    say.text(`entry.${response}`, { name: shown(shortName(name)) }),
  );
  const others = all.filter((guest) => !isAnswer(guest)).map(nameOf);
  return [names([...answered, ...others], say, GUESTS_SHOWN)];
}

function wordNotes(reply: MeetingReply, audience: Audience): string[] {
  const { say } = audience;
  const { notes: all, assumedMinutes } = reply;
  const length = assumedMinutes === null ? [] : [duration(assumedMinutes, say)];
  return [
    ...length.map((words) => say.text('meeting.assumedLength', { length: words })),
    ...all.filter((note) => !isSaidElsewhere(note, all)).map((note) => wordNote(note, reply, say)),
    ...wordLimits(reply.options?.held ?? [], say),
    ...wordStanding(reply, audience),
  ];
}

/** The note that guests are not mailed reads otherwise if they can be invited. */
function wordNote(note: Note, { enter = [], notes, isRoom }: MeetingReply, { text }: Say): string {
  if (isOfPart(note) && notes.includes('guestsTold')) return text(`meeting.${note}Mailed`);
  if (note === 'shareLink' && enter.includes('guests')) return text('meeting.notInvited');
  const isOldLinkDead = note === 'oldLinkLocked' || note === 'oldLinkRemoved';
  return text(isOldLinkDead ? forKind(`note.${note}`, isRoom) : `note.${note}`);
}

/** Whether another part of the card says it: an old link that still works is a warning, and `guestsTold` says that the link is the same. */
function isSaidElsewhere(note: Note, all: readonly Note[]): boolean {
  if (note === 'moved' || note === 'changed') return all.includes('guestsTold');
  return note === 'oldLinkAlive' || (note === 'guestsTold' && all.some(isOfPart));
}

const OF_PART = ['oneChanged', 'oneCancelled', 'restCancelled'] as const;

/** Whether it tells what was done to some meetings of a series. */
const isOfPart = (note: Note): note is (typeof OF_PART)[number] => OF_PART.some((one) => one === note);

/** What is true as long as the meeting exists: how long a new room lives, and whether the meeting is in a calendar, unless a button says so. */
function wordStanding(reply: MeetingReply, audience: Audience): string[] {
  const { isRoom, meeting, notes, calendar, entry, organiser } = reply;
  const { text } = audience.say;
  if (entry) return organiser || entry.answers.length > 0 ? [] : [text('meeting.onCalendar')];
  const isSaid = notes.includes('noMailbox') || notes.includes('notEntered');
  // A button that enters it says enough.
  if (isSaid || reply.enter) return [];
  if (isAnyTime({ isRoom, start: meeting.start }, audience))
    return notes.includes('roomMade') ? [text('room.lives')] : [];
  return calendar ? [] : [text('meeting.notOnCalendar')];
}

function headingKey({ notes, organiser, meeting, isRoom }: MeetingReply, { now }: Audience) {
  const has = (note: Note) => notes.includes(note);
  const of = isRoom ? 'room' : 'meeting';
  if (has('moved')) return organiser ? (`${of}.seenMoved` as const) : (`${of}.moved` as const);
  if (has('changed')) return organiser ? (`${of}.seenChanged` as const) : (`${of}.changed` as const);
  if (has('oldLinkLocked') || has('oldLinkRemoved') || has('oldLinkAlive'))
    return organiser ? (`${of}.seenRenewed` as const) : (`${of}.renewed` as const);
  if (has('roomFound')) return organiser ? 'room.seenFound' : 'room.found';
  const isOn = !isRoom && meeting.start <= now && now < meeting.end;
  if (isOn) return organiser ? 'meeting.seenOn' : 'meeting.on';
  return organiser ? (`${of}.seenReady` as const) : (`${of}.ready` as const);
}

/** What an organizer's button does. */
type Verb = 'regenerate' | 'change' | 'cancel' | 'invite';

/** The most people for whom Teams refreshes a card. */
const VIEWERS = 60;

/**
 * The buttons for the reader of the card. Below it stand *Change* and *New link*; the menu “…” holds the rest, and *Cancel it*
 * at its end. Somebody else's meeting has a copy to offer instead, which asks on the card itself.
 */
function buttonsOf(reply: MeetingReply, say: Say) {
  const [inSight, inMenu] = isRetry(reply) ? RETRY : USUAL;
  return {
    buttons: verbButtons(inSight, reply, say),
    // Tries again what Graph did not delete.
    removeOld: isRetry(reply) ? [say.text('meeting.removeOld')] : [],
    enter: enterButtons(reply, say).slice(0, 1),
    enterMenu: enterButtons(reply, say).slice(1),
    menu: verbButtons(inMenu, reply, say),
    copy: copyButton(reply, say),
    links: linkButtons(reply, say),
    last: verbButtons(['cancel'], reply, say),
  };
}

/** What adds it to the reader's calendar: Outlook's page. Only the organizer's invites the guests. */
function calendarButton({ calendar, organiser, enter }: MeetingReply, { text }: Say): Value[] {
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
