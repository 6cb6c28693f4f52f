import template from '../../../cards/meeting.json' with { type: 'json' };
import type { Meeting } from '../../meeting/meeting.ts';
import type { Note } from '../../meeting/notes.ts';
import type { Audience, Say } from '../say.ts';
import { say } from '../say.ts';
import { type Filling, toCard, type Value } from '../template.ts';
import { wordAssumptions } from '../words/guesses.ts';
import { isAnyTime, titleOf, wordMeetingHead } from '../words/meeting-head.ts';
import { limits, wordHeld, wordMissed } from '../words/options.ts';
import { names, wordGuests, wordMentions } from '../words/people.ts';
import { groupPhone } from '../words/phone-number.ts';
import { wordDates, wordSeries } from '../words/series.ts';
import { shortName, shown, wordLabelled } from '../words/text.ts';
import { clockFor, duration } from '../words/time.ts';
import { buttonsOf, calendarButton, refresh } from './meeting-buttons.ts';
import type { MeetingReply } from './meeting-reply.ts';
import { wordWays } from './ways-to-join.ts';

/** Renders cards/meeting.json. */
export const meetingCard = toCard(template, fillMeeting);

/** Fills cards/meeting.json. Times in `reply.zone`; what was guessed is said in words. */
function fillMeeting(reply: MeetingReply, audience: Audience): Filling {
  const { say } = audience;
  const { meeting } = reply;
  const { zone, isRoom, guests: all } = reply;
  const isShared = Boolean(reply.organiser);
  const { seen, beside, spoken } = wordMeetingHead(
    { ...meeting, zone, isRoom, isShared, guests: all },
    audience,
  );
  const { line, entities, others } = wordMentions(reply.mentions ?? [], reply.guests, say);
  return {
    data: {
      id: reply.id,
      revision: reply.revision,
      heading: say.text(headingOf(reply, audience)),
      ...seen,
      repeats: repeated(reply, audience),
      beside,
      madeBy: reply.organiser
        ? [say.text('meeting.madeBy', { name: shown(shortName(reply.organiser)) })]
        : [],
      assumptions: wordAssumptions(reply, clockFor(audience, reply.zone)),
      joinTitle: say.text('meeting.join'),
      joinUrl: meeting.joinUrl,
      guests: guests(line, wordGuests(others, say), say),
      answers: wordAnswers(reply, say),
      options: wordHeld(reply.options?.held ?? [], { isOwn: !reply.organiser, guests: reply.guests }, say),
      missed: wordMissed(reply, say),
      ...wordWays(meeting, say),
      warnings: reply.notes.filter((note) => note === 'oldLinkAlive').map((note) => say.text(`note.${note}`)),
      notes: notes(reply, audience),
      calendar: calendarButton(reply, say),
      ...buttonsOf(reply, say),
      refresh: refresh(reply, say),
      msteams: entities.length === 0 ? [] : { entities },
      speak: say.text('meeting.speak', spoken),
      fallbackText: say.text('meeting.plain', { ...spoken, url: meeting.joinUrl }),
    },
    summary: say.text('meeting.summary', spoken),
  };
}

function guests(mentioned: readonly string[], names: readonly string[], say: Say): Value[] {
  if (mentioned.length + names.length === 0) return [];
  return [{ label: say.text('meeting.guests'), mentioned, names }];
}

/** How a series repeats, and when next. */
function repeated({ entry, zone }: MeetingReply, audience: Audience): string[] {
  if (entry?.series === undefined) return [];
  const clock = clockFor(audience, zone);
  return [wordSeries(entry.series, clock), ...wordDates(entry.coming ?? [], clock)];
}

const ANSWERS = ['accepted', 'tentative', 'declined', 'none'] as const;
const ANSWERED_SHOWN = 12;

/** Who was mailed the invitation, by what they answered. Whom somebody else has invited is their affair. */
function wordAnswers({ entry, organiser }: MeetingReply, say: Say): string[] {
  if (organiser) return [];
  return ANSWERS.flatMap((response) => {
    const all = (entry?.answers ?? []).filter((one) => one.response === response);
    const told = names(
      all.map(({ name }) => shown(shortName(name))),
      say,
      ANSWERED_SHOWN,
    );
    return all.length === 0 ? [] : [say.text(`entry.${response}`, { names: told })];
  });
}

function notes(reply: MeetingReply, audience: Audience): string[] {
  const { say } = audience;
  const { notes: all, assumedMinutes } = reply;
  const length = assumedMinutes === null ? [] : [duration(assumedMinutes, say)];
  return [
    ...length.map((words) => say.text('meeting.assumedLength', { length: words })),
    ...all.filter((note) => note !== 'oldLinkAlive').map((note) => say.text(`note.${note}`)),
    ...limits(reply.options?.held ?? [], say),
    ...standing(reply, audience),
  ];
}

/** What holds for as long as the meeting is there: said once of a room, and of a calendar where there is no button for it. */
function standing(reply: MeetingReply, audience: Audience): string[] {
  const { isRoom, meeting, notes, calendar, entry, organiser } = reply;
  const { text } = audience.say;
  if (entry) return organiser ? [] : [text('meeting.onCalendar')];
  if (isAnyTime({ isRoom, start: meeting.start }, audience))
    return notes.includes('roomMade') ? [text('room.lives')] : [];
  return calendar ? [] : [text('meeting.notOnCalendar')];
}

function headingOf({ notes, organiser, meeting, isRoom }: MeetingReply, { now }: Audience) {
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

/** What a calendar entry says below the link, a line each. */
export function joinDetails({ dialIn, meetingId, passcode }: Meeting, locale: string): string[] {
  const voice = say(locale);
  const { text } = voice;
  const line = (
    key: 'toll' | 'tollFree' | 'conferenceId' | 'meetingId' | 'passcode',
    value: string | null,
  ) => (value === null ? [] : [wordLabelled(text(`meeting.${key}`), value, voice)]);
  return [
    ...(dialIn?.toll ?? []).flatMap((number) => line('toll', groupPhone(number))),
    ...(dialIn?.tollFree ?? []).flatMap((number) => line('tollFree', groupPhone(number))),
    ...line('conferenceId', dialIn?.conferenceId ?? null),
    ...line('meetingId', meetingId),
    ...line('passcode', passcode),
  ];
}

/** What a meeting is called in a calendar. */
export const calendarTitle = (
  named: Pick<MeetingReply, 'guests'> & { subject: string | null },
  locale: string,
): string => titleOf(named, say(locale));
