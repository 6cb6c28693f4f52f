import template from '../../../cards/meeting.json' with { type: 'json' };
import { writtenName } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { Note } from '../../meeting/notes.ts';
import { toCard, type Value } from '../card-template.ts';
import { type Audience, forKind, type Say } from '../say.ts';
import { wordAssumptions } from '../words/guesses.ts';
import { isAnyTime, wordMeetingHead } from '../words/meeting-head.ts';
import { wordHeld, wordLimits, wordMissed } from '../words/options.ts';
import { nameOf, names, wordGuests, wordMentions } from '../words/people.ts';
import { wordSeries } from '../words/series.ts';
import { shortName, shown } from '../words/text.ts';
import { clockFor, duration } from '../words/time.ts';
import { buttonsOf, calendarButton, refreshOf } from './meeting-buttons.ts';
import type { MeetingReply } from './meeting-reply.ts';
import { wordWays } from './ways-to-join.ts';

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
      repeats: wordRepeats(reply, audience),
      beside,
      clocks,
      madeBy: reply.organiser
        ? [say.text('meeting.madeBy', { name: shown(shortName(reply.organiser)) })]
        : [],
      assumptions: wordAssumptions(reply, clockFor(audience, reply.zone)),
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

function wordRepeats({ entry, zone }: MeetingReply, audience: Audience): string[] {
  if (entry?.series === undefined) return [];
  const clock = clockFor(audience, zone);
  return [wordSeries(entry.series, clock)];
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
