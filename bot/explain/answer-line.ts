import type { DateTime } from 'luxon';
import type { Answer, Command, CreateCommand, FindTimeCommand, Options, Which } from '../language/command.ts';
import { read } from '../language/read.ts';
import type { Reading } from '../language/reading.ts';
import { readRawText } from '../language/text/clean.ts';
import { isEndFar } from '../meeting/apply-change.ts';
import { fillLike } from '../meeting/complete-command.ts';
import { writtenName } from '../meeting/guest-list.ts';
import {
  completed,
  frameOf,
  type Line,
  likeMeetings,
  meantMeetings,
  pickedMeeting,
  readLine,
  timesAfter,
} from './line.ts';

/** The names of the bot in the texts that are explained. */
export const BOT_NAMES = ['MeetBot', 'Parley'];

type Fields = Record<string, unknown>;

const BLANK: Fields = {
  start: null,
  end: null,
  durationMinutes: null,
  subject: null,
  attendees: [],
  options: {},
  needs: null,
};

const instant = (at: DateTime | null | undefined) => at?.toISO({ suppressMilliseconds: true }) ?? null;
const some = <T>(list: readonly T[]) => (list.length > 0 ? list : null);

/** The protocol has one `language`, for the spoken language and for that of the invitation. */
function plainOptions(all: Options): Fields {
  const { coorganisers, namedPresenters, invitation, ...options } = all;
  return {
    ...(invitation !== undefined && { language: invitation }),
    ...options,
    ...(coorganisers && { coorganisers: coorganisers.map(writtenName) }),
    ...(namedPresenters && { namedPresenters: namedPresenters.map(writtenName) }),
  };
}

/** What only calendars can do, where it was asked for. */
const ofCalendar = ({ recurrence, calendar }: CreateCommand): Fields => ({
  ...(recurrence && { recurrence }),
  ...(calendar && { calendar }),
});

function ofCreate(command: CreateCommand): Fields {
  const { mode, when, day, minutes, subject, invitees, options, needs } = command;
  return {
    start: instant(when?.start) ?? day,
    end: instant(when?.end),
    durationMinutes: minutes,
    subject,
    attendees: invitees.map(writtenName),
    options: mode === 'now' ? { ...plainOptions(options), meetNow: true } : plainOptions(options),
    needs: some(needs),
    ...ofCalendar(command),
  };
}

/** A time that is looked for; the instant that is asked about stands in `start`. */
function ofFindTime({ people, minutes, window, part, at, subject, isGroup }: FindTimeCommand): Fields {
  return {
    start: instant(at?.start),
    end: instant(at?.end),
    durationMinutes: minutes,
    subject,
    attendees: people.map(writtenName),
    ...(window && { window: { from: instant(window.from), to: instant(window.to) } }),
    ...(part && { part }),
    ...(isGroup && { isGroup }),
  };
}

/** What is to be copied of another meeting, if the conversation tells which. */
function ofAgain(command: CreateCommand, which: Which, line: Line): Fields {
  const [meeting] = likeMeetings(which, line);
  if (!meeting) return ofCreate(command);
  const again = fillLike(command, meeting, frameOf(line).zone);
  const end = again.when?.end ?? again.when?.start.plus({ minutes: again.minutes ?? 0 });
  return { ...ofCreate(again), end: instant(end), which: meeting.subject };
}

/** The change that was asked for, and the resulting time if the conversation tells which meeting is meant. */
function ofChange({ change, needs, which }: Extract<Command, { kind: 'reschedule' }>, line: Line): Fields {
  const candidates = meantMeetings(which, line);
  const [meeting] = candidates.length === 1 ? candidates : [];
  const after = meeting ? timesAfter(meeting, change, line) : null;
  const { when, day, minutes, subject, options = {}, invitees = [], leaving = [] } = change;
  const isUnclear = line.context !== undefined && candidates.length !== 1;
  return {
    start: instant(after?.start) ?? instant(when?.start) ?? day,
    end: instant(after?.end) ?? instant(when?.end),
    durationMinutes: minutes,
    subject: subject ?? meeting?.subject ?? which.subject,
    attendees: [...invitees, ...leaving].map(writtenName),
    options: plainOptions(options),
    needs: some([...needs, ...(isUnclear ? ['which'] : [])]),
    which: meeting?.subject ?? which.subject,
    ...(which.occurrence && { occurrence: which.occurrence }),
    ...(meeting && isEndFar(meeting, change, frameOf(line)) && { draft: true }),
  };
}

/** The answer to the open question, completed with what the question knows already. */
function ofAnswer(answer: Answer, line: Line): Fields {
  const { context } = line;
  const open = context?.open?.kind === 'question' ? context.open : null;
  const picked = pickedMeeting(answer, line);
  if (picked) return { which: picked.subject, ordinal: answer.ordinal };
  const whole = completed(answer, open, frameOf(line).zone);
  const isOfMeeting = open?.subject != null && open.subject === context?.focus?.subject;
  return {
    ...whole,
    ...(isOfMeeting && { which: open.subject }),
    subject: open?.subject ?? null,
    attendees: answer.people.map(writtenName),
    ordinal: answer.ordinal,
    zone: answer.zone,
  };
}

/** Which meeting is meant, by its name where the conversation tells it. */
function ofWhich(which: Which, line: Line): Fields {
  const candidates = meantMeetings(which, line);
  const [meeting] = candidates.length === 1 ? candidates : [];
  const needs = line.context !== undefined && candidates.length > 1 ? ['which'] : null;
  const { occurrence } = which;
  return { which: meeting?.subject ?? which.subject, needs, ...(occurrence && { occurrence }) };
}

function fieldsOf(command: Command, line: Line): Fields {
  switch (command.kind) {
    case 'create':
      return command.copies ? ofAgain(command, command.copies, line) : ofCreate(command);
    case 'reschedule':
      return ofChange(command, line);
    case 'answer':
      return ofAnswer(command.answer, line);
    case 'findtime':
      return ofFindTime(command);
    case 'settings':
      return command.change === null ? {} : { settings: command.change };
    case 'invite':
      return {
        ...ofWhich(command.which, line),
        attendees: command.people.map(writtenName),
        calendar: command.calendar,
      };
    case 'renew':
    case 'cancel':
    case 'show':
    case 'invitation':
    case 'undo':
      return ofWhich(command.which, line);
    case 'confirm':
    case 'decline':
      return { which: line.context?.open?.subject ?? null };
    default:
      return {};
  }
}

/** A nod asks for nothing if no question is open. */
const isIdle = (command: Command, { context }: Line) =>
  command.kind === 'confirm' && command.isNod && !context?.open;

/** Translates a reading into the line protocol. */
function toAnswer({ command, way, language }: Reading, line: Line): Fields {
  const draft = way === 'draft' && { draft: true };
  return {
    intent: isIdle(command, line) ? 'none' : command.kind,
    ...BLANK,
    ...fieldsOf(command, line),
    ...draft,
    ...(language && { language }),
  };
}

/** Answers one line, also if it is not valid JSON. Never throws. */
export function answerLine(json: string): string {
  try {
    const line = readLine(json);
    const { id, text, context, ...frame } = line;
    const reading = read(readRawText(text, BOT_NAMES), { ...frame, ...(context && { context }) });
    return JSON.stringify({ id, ...toAnswer(reading, line) });
  } catch (error) {
    return JSON.stringify({ id: null, error: error instanceof Error ? error.message : String(error) });
  }
}
