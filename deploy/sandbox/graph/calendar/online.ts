import type { Person } from '../../people.ts';
import { createMeeting } from '../meetings.ts';
import type { World } from '../world.ts';
import type { StoredEvent } from './store.ts';

/** What begins the join block in the text of an online event. */
export const BLOCK = '<div class="me-email-text">';

/**
 * Makes the online meeting of an event and writes its join block into the text. Every second link is a short one. The
 * event's attendees do not become the meeting's participants.
 */
export function goOnline(world: World, organizer: Person, event: StoredEvent): void {
  const meeting = createMeeting(world, organizer, {
    ...timesOf(event),
    subject: event.subject,
    joinMeetingIdSettings: { isPasscodeRequired: true },
  });
  const isShort = world.calendar.events.length % 2 === 1;
  if (isShort) {
    const { host } = new URL(meeting.joinWebUrl);
    meeting.joinWebUrl = `https://${host}/meet/${meeting.joinMeetingId}?p=${meeting.passcode}`;
  }
  event.meetingId = meeting.id;
  event.joinUrl = meeting.joinWebUrl;
  event.content = `${event.content}${BLOCK}<a href="${meeting.joinWebUrl.replaceAll('&', '&amp;')}">Join</a></div>`;
}

/** The online meeting follows the event in its subject and times. */
export function followEvent(world: World, event: StoredEvent): void {
  const meeting = world.meetings.find(({ id }) => id === event.meetingId);
  if (meeting) Object.assign(meeting, { subject: event.subject, ...timesOf(event) });
}

const timesOf = ({ start, end }: StoredEvent) => ({
  startDateTime: start.toUTC().toISO() ?? '',
  endDateTime: end.toUTC().toISO() ?? '',
});
