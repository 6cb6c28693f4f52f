import { inZone } from '../../base/date-time.ts';
import type { CreateCommand, Invitee, Which } from '../../language/command.ts';
import { meetingWords } from '../../language/languages.ts';
import type { Context, Known, Reading } from '../../language/reading.ts';
import { applyCorrection } from '../../meeting/correct-command.ts';
import { writtenName } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { type Candidate, whichMeeting } from '../../meeting/which-meeting.ts';
import type { OpenRequest } from '../request.ts';

/** Words about one of several meetings, and how they are read in the conversation in which those are shown. */
export type SaidOfOne = { at: number; read(context: Context): Reading };

/**
 * Several meetings with what was said of one of them: "the vendor call should be an hour", "drop the lunch". What names
 * none of them, or more than one, changes nothing, and one of them is always left.
 */
export function correctSeveral(
  commands: readonly CreateCommand[],
  said: readonly SaidOfOne[],
  request: OpenRequest,
): readonly CreateCommand[] {
  return said.reduce((shown, one) => correctOne(shown, one, request), commands);
}

function correctOne(
  commands: readonly CreateCommand[],
  { at, read }: SaidOfOne,
  request: OpenRequest,
): readonly CreateCommand[] {
  const { zone, minutes } = request;
  const meetings = commands.flatMap((command) => toKnown(command, minutes));
  const { command } = read({ open: { kind: 'confirm' }, focus: null, meetings });
  const isChange = command.kind === 'reschedule' && command.needs.length === 0;
  if (!isChange && command.kind !== 'cancel') return commands;
  const nth = nthMeant(commands, command.which, request);
  const meant = commands[nth ?? -1];
  if (meant === undefined || nth === null) return commands;
  if (command.kind === 'cancel') return commands.length > 1 ? commands.toSpliced(nth, 1) : commands;
  return commands.with(nth, applyCorrection(meant, command.change, { now: inZone(at, zone), zone, minutes }));
}

/** The place of the one that is meant; null if none is, or several may be. */
function nthMeant(
  commands: readonly CreateCommand[],
  which: Which,
  { pending, asked, zone, minutes }: OpenRequest,
): number | null {
  const { conversation, expires } = pending;
  const candidates = commands.flatMap((command, nth): Candidate[] => {
    const times = timesOf(command, minutes);
    const guests = command.invitees.map(toGuest);
    const known = {
      id: String(nth),
      subject: command.subject,
      guests,
      conversation,
      expires,
      createdAt: nth,
    };
    return times === null ? [] : [{ ...known, start: times.start.toMillis(), end: times.end.toMillis() }];
  });
  const fits = whichMeeting(candidates, which, { now: asked, zone, conversation, words: meetingWords() });
  const [only, ...others] = fits;
  return only === undefined || others.length > 0 ? null : Number(only.id);
}

function timesOf({ when, minutes: said }: CreateCommand, minutes: number) {
  return when && { start: when.start, end: when.end ?? when.start.plus({ minutes: said ?? minutes }) };
}

function toKnown(command: CreateCommand, minutes: number): Known[] {
  const times = timesOf(command, minutes);
  if (times === null) return [];
  const { subject, invitees } = command;
  const iso = { start: times.start.toISO() ?? '', end: times.end.toISO() ?? '' };
  return [{ subject, ...iso, attendees: invitees.map(writtenName) }];
}

const toGuest = (one: Invitee): Guest =>
  one.kind === 'email' ? { kind: 'email', email: one.email } : { kind: 'name', name: one.name };
