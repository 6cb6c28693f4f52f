import type { DialIn, Meeting } from '../../meeting/meeting.ts';
import type { Value } from '../card-template.ts';
import { type Say, say } from '../say.ts';
import { groupDigits, groupPhone } from '../words/phone-number.ts';
import { wordLabelled } from '../words/text.ts';

/**
 * How to join without the link: `ways`, a line for the phone and one for the meeting's ID, for TextRuns; `absent`, why there
 * is no phone; `more`, what a button unfolds: further numbers, the ID for video devices, and numbers elsewhere.
 */
export function wordWays({ dialIn, meetingId, passcode, videoId, granted }: Meeting, say: Say) {
  const [first, ...others] = numbersOf(dialIn, say);
  const { text } = say;
  const ways = [...phoneLine(dialIn, first, say), ...idLine(meetingId, passcode, say)];
  const lines = [...others.map((number) => text('meeting.way', number)), ...wordWay('videoId', videoId, say)];
  const links = otherNumbers(dialIn, say);
  return {
    ways,
    absent: wordAbsent(dialIn, first, granted.encrypted === true, say),
    more: lines.length + links.length === 0 ? [] : [{ title: text('meeting.more'), lines, links }],
  };
}

/** How to dial in, in one line, or why that is not possible. */
export function wordPhone({ dialIn, granted }: Meeting, say: Say): string[] {
  const [first] = numbersOf(dialIn, say);
  return [...phoneLine(dialIn, first, say), ...wordAbsent(dialIn, first, granted.encrypted === true, say)];
}

/** Keeps a number that is read off while dialing on one line. What is copied, such as the meeting's ID, keeps ordinary spaces. */
const inOnePiece = (text: string): string => text.replaceAll(' ', '\u00a0');

type Labelled = { label: string; value: string };

function numbersOf(dialIn: DialIn | null, { text }: Say): Labelled[] {
  const labelled = (label: string) => (number: string) => ({ label, value: groupPhone(number) });
  return [
    ...(dialIn?.toll ?? []).map(labelled(text('meeting.toll'))),
    ...(dialIn?.tollFree ?? []).map(labelled(text('meeting.tollFree'))),
  ];
}

function phoneLine(dialIn: DialIn | null, first: Labelled | undefined, say: Say): string[] {
  const conference = dialIn?.conferenceId ? inOnePiece(`${groupDigits(dialIn.conferenceId)}#`) : null;
  if (first === undefined) return wordWay('conferenceId', conference, say);
  if (conference === null) return [say.text('meeting.way', first)];
  return [say.text('meeting.byPhone', { label: first.label, number: first.value, conference })];
}

function idLine(meetingId: string | null, passcode: string | null, say: Say): string[] {
  const id = meetingId && groupDigits(meetingId);
  if (id && passcode) return [say.text('meeting.byId', { id, passcode })];
  return [...wordWay('meetingId', id, say), ...wordWay('passcode', passcode, say)];
}

function wordWay(
  key: 'conferenceId' | 'meetingId' | 'passcode' | 'videoId',
  value: string | null,
  { text }: Say,
): string[] {
  return value ? [text('meeting.way', { label: text(`meeting.${key}`), value })] : [];
}

function wordAbsent(dialIn: DialIn | null, first: Labelled | undefined, isEncrypted: boolean, { text }: Say) {
  if (first !== undefined) return [];
  if (dialIn) return [text('meeting.noNumbers')];
  return [text(isEncrypted ? 'meeting.noDialInEncrypted' : 'meeting.noDialIn')];
}

function otherNumbers(dialIn: DialIn | null, { text }: Say): Value[] {
  return dialIn?.url?.startsWith('https://')
    ? [{ title: text('meeting.otherNumbers'), url: dialIn.url }]
    : [];
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
