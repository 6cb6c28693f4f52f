import type { DialIn, Meeting } from '../../meeting/meeting.ts';
import type { Value } from '../card-template.ts';
import { type Say, say } from '../say.ts';
import { wordLabelled } from './text.ts';

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

/** Calling codes of one and two digits. All others have three (ITU-T E.164). */
const SHORT_CODE = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** "2451236789033" → "245 123 678 903 3", as Teams shows its ids. Returns anything else than digits unchanged. */
export function groupDigits(digits: string): string {
  return /^\d{6,}$/.test(digits) ? digits.replaceAll(/(\d{3})(?=\d)/g, '$1 ') : digits;
}

/** "+442033215200" → "+44 203 321 5200": the country code, then groups of three and four digits. Returns a number with separators unchanged. */
export function groupPhone(number: string): string {
  if (!/^\+\d{8,15}$/.test(number)) return number;
  const digits = number.slice(1);
  const code = SHORT_CODE.exec(digits)?.[0] ?? digits.slice(0, 3);
  return `+${code} ${inThreesAndFours(digits.slice(code.length))}`;
}

/** Threes from the left, fours at the end where threes alone would leave one or two digits over. */
function inThreesAndFours(digits: string): string {
  const fours = digits.length < 6 ? 0 : digits.length % 3;
  const split = digits.length - fours * 4;
  const threes = digits.slice(0, split).replaceAll(/(\d{3})(?=\d)/g, '$1 ');
  return `${threes} ${digits.slice(split).replaceAll(/(\d{4})(?=\d)/g, '$1 ')}`.trim();
}
