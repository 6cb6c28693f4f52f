import { ianaZone } from '../../base/date-time.ts';
import { isAnswered } from '../../graph/client.ts';
import type { DayRange, Invitee } from '../../language/command.ts';
import { findGuests } from '../../meeting/match-names.ts';
import type { MeetingRecord } from '../../meeting/record.ts';
import { MEETINGS_SHOWN } from '../../say/cards/meetings.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import { headOf } from '../cards/meeting-card.ts';
import { problemReply } from '../cards/refusals.ts';
import { comingMeetings, type GraphScope, type TurnScope } from '../services.ts';
import { callGraph, type Progress } from '../sign-in/caller.ts';
import { sayNone } from '../sign-in/sign-out.ts';
import { atNextEvent, type CalendarMeeting, comingEvents, madeElsewhere } from './calendar-view.ts';
import { meetingsOn } from './find-meeting.ts';

/** Which of the person's meetings are listed: all, or those on these days of that zone (IANA), and with these people. */
type List = { zone: string; page: number; days: DayRange | null; who: readonly string[] };

/** People as a button keeps them: their names, or addresses. */
export const namesOf = (people: readonly Invitee[] = []): readonly string[] =>
  people.map((one) => (one.kind === 'email' ? one.email : one.name));

const toInvitee = (said: string): Invitee =>
  said.includes('@') ? { kind: 'email', email: said } : { kind: 'name', name: said };

/**
 * Shows one page of `my meetings`. The store knows which there are, and Graph has their links. A meeting that Graph no longer
 * has is left out. If there are fewer pages by now, the last one is shown.
 */
export async function listMeetings({ days, ...list }: List, scope: TurnScope): Promise<Progress> {
  const { zone } = list;
  const now = scope.services.now().setZone(ianaZone(zone));
  const all = await comingMeetings(scope);
  const events = await comingEvents(now, scope);
  const elsewhere = madeElsewhere(events, all, now, scope);
  if (all.length + elsewhere.length === 0) return sayNone('noMeetings', scope);
  const on = ({ record, event }: Listed): Listed[] =>
    days === null
      ? [{ record: event === null ? atNextEvent(record, events, now) : record, event }]
      : meetingsOn(days, record, { asked: now, zone }).map((there) => ({ record: there, event }));
  const own = all.map((record) => ({ record, event: null }));
  const isWith = ({ record }: Listed) => findGuests(list.who.map(toInvitee), record.guests).length > 0;
  const known = [...own, ...elsewhere].filter((listed) => list.who.length === 0 || isWith(listed));
  const meetings = known.flatMap(on).sort((a, b) => a.record.start - b.record.start);
  if (meetings.length === 0) return answerNotice(known.length === 0 ? 'noMeetingsWith' : 'noMeetingsThen');
  const listed = await callGraph(scope, (scope) => listWith({ ...list, days, meetings }, scope));
  if (!('problem' in listed)) return listed;
  const { problem } = listed;
  return answerWith(problem, { kind: 'form', reply: problemReply(problem, scope, null) });
}

async function listWith(
  { meetings: all, zone, page, days, who }: List & { meetings: readonly Listed[] },
  scope: GraphScope,
): Promise<Outcome> {
  const pages = Math.ceil(all.length / MEETINGS_SHOWN);
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = all.slice(at * MEETINGS_SHOWN, (at + 1) * MEETINGS_SHOWN);
  const found = await Promise.all(shown.map((listed) => readRow(listed, scope)));
  const meetings = found.filter((meeting) => meeting !== null);
  if (meetings.length === 0 && pages === 1) return answerNotice('noMeetings');
  const count = all.length - (found.length - meetings.length);
  const reply = {
    kind: 'meetings' as const,
    zone,
    page: at,
    pages,
    count,
    meetings,
    who,
    ...(days && { days }),
  };
  return answerWith('listed', { kind: 'form', reply });
}

/** A meeting of the list. `event`: its event if it was not made here. */
type Listed = { record: MeetingRecord; event: CalendarMeeting['event'] | null };

/** The row of a meeting. Null if Graph no longer has it. A series is shown at its next meeting. */
async function readRow({ record, event }: Listed, { caller, services }: GraphScope) {
  const { id, revision, graphId, series } = record;
  const { start, end, guests, isRoom } = headOf(record);
  if (event !== null) {
    const joinUrl = event.joinUrl ?? '';
    const times = { start: event.start, end: event.end };
    return { subject: event.subject, ...times, joinUrl, id, revision, guests, isOfCalendar: true as const };
  }
  const meeting = await services.meetings.get(graphId, caller).catch(nullIfGone);
  return meeting && { ...meeting, ...(series && { start, end }), id, revision, guests, isRoom };
}

function nullIfGone(error: unknown): null {
  if (isAnswered(error, 404)) return null;
  throw error;
}
