import type { DateTime } from 'luxon';
import type { Audience } from '../say.ts';
import type { Rendered } from '../template.ts';
import { type MeetingHead, wordMeetingHead } from '../words/meeting-head.ts';

/** A plain sentence without a card. */
export type Notice =
  | 'signedIn'
  | 'alreadySignedIn'
  | 'signedOut'
  /** The bot acts by itself here (application mode): nobody signs in, and nobody out. */
  | 'noSignIn'
  | 'forgotten'
  | 'tooLong'
  /** Written in another language than those that are read. */
  | 'language'
  | 'oneToOneOnly'
  /** No meeting fits what was said about it. */
  | 'noSuchMeeting'
  /** Nobody who was named is a guest of it. */
  | 'noSuchGuest'
  /** *Undo* where nothing was moved last. */
  | 'nothingToUndo'
  | 'noUndoOfSeries'
  | 'notYours'
  /** Somebody else asked for this; they may ask for their own. */
  | 'notYourRequest'
  | 'expired'
  | 'alreadyDone'
  /** The person signed out, and what was known of their meetings is gone. */
  | 'forgotMeetings'
  /** No, to a question. */
  | 'leftAsIs'
  /** Yes, where nothing was asked. */
  | 'nothingAsked'
  /** A time that suits everyone is wanted, and calendars cannot be seen. */
  | 'noCalendars'
  /** The same where calendars can be seen, but not who or when. */
  | 'howToFind'
  /** More people than whose calendars can be looked at. */
  | 'tooManyToFind'
  /** More days than can be looked through. */
  | 'tooLongToFind'
  /** A vote that as many as possible have taken part in. */
  | 'voteFull'
  /** *Make a copy* has posted a card of its own. */
  | 'copied'
  /** *Invitation* has posted a card of its own. */
  | 'invited'
  /** Teams did not hand the invitation out just now. */
  | 'invitationLater'
  /** Too many requests wait for a sign-in: an older one does not any more. */
  | 'gaveWay'
  /** A time zone was given as an offset that no zone has by name. */
  | 'cityNeeded'
  /** What was asked privately has become a message for everybody. */
  | 'shownToAll'
  | 'working'
  /** The same in a dialog, which is not told what comes of it. */
  | 'workingOnDialog'
  /** Another button of the meeting is being worked on; this one was not heeded. */
  | 'otherWork'
  /** A second click that came before the question could be read. */
  | 'tooSoon'
  | 'noMeetings'
  /** More guests than Teams takes. */
  | 'tooMany'
  /** The person has no calendar in Exchange Online. */
  | 'noMailbox'
  /** The meeting is in a calendar, and this deployment uses none any more. */
  | 'calendarOff'
  /** Somebody else's meeting, in the person's calendar. */
  | 'notOrganiser'
  /** A series of the calendar that was not made here. */
  | 'seriesElsewhere'
  /** All meetings of a series have one link. */
  | 'seriesLink'
  /** One meeting of a series cannot be at that time. */
  | 'seriesTime'
  /** A series is changed as a whole or one by one. */
  | 'seriesRest'
  /** Invited is to be who is a guest, and of none there is an address. */
  | 'nobodyToInvite'
  /** There can be no such series: over before it begins, longer than Exchange keeps, or with meetings that overlap. */
  | 'seriesEnded'
  | 'seriesLong'
  | 'seriesCrosses';

/** A sentence is enough. */
export type NoticeReply =
  | { kind: 'notice'; notice: Notice }
  /** This person, or all of their tenant together, made as many meetings in an hour as they may; then they may again. */
  | { kind: 'notice'; notice: 'limit' | 'tenantLimit'; until: DateTime }
  /** When somebody else's meeting is, in the reader's zone. */
  | (MeetingHead & { kind: 'notice'; notice: 'ownTime' });

/** A notice in one sentence or two. A wait is told in minutes, which are the same in every zone. */
export function renderNotice(reply: NoticeReply, audience: Audience): Rendered {
  const { say, now } = audience;
  if ('start' in reply) return { kind: 'text', text: wordTime(reply, audience) };
  if (!('until' in reply)) return { kind: 'text', text: say.text(`notice.${reply.notice}`) };
  const minutes = Math.max(1, Math.ceil(reply.until.diff(now, 'minutes').minutes));
  return { kind: 'text', text: say.text(`notice.${reply.notice}`, { minutes }) };
}

function wordTime(head: MeetingHead, audience: Audience): string {
  const { spoken } = wordMeetingHead({ ...head, zone: audience.zone ?? head.zone }, audience);
  return audience.say.text('notice.ownTime', spoken);
}
