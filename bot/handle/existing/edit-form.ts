import { cleanText } from '../../language/text/clean.ts';
import { applyToWhole, type ChangeWish, isAsItIs, type Wrong } from '../../meeting/apply-change.ts';
import { LONGEST_MINUTES, toSubject } from '../../meeting/decide.ts';
import { dropNews } from '../../meeting/notes.ts';
import { diffChoices, type FormChoices, fixedIn, formOf, readChoices } from '../../meeting/options.ts';
import { kindOf, type MeetingRecord } from '../../meeting/record.ts';
import { atRegular } from '../../meeting/series.ts';
import type { Reply } from '../../say/render.ts';
import { readDateInput, readTimeInput } from '../../teams/card-inputs.ts';
import { answerWith, type Outcome } from '../../teams/outcome.ts';
import type { CardAction } from '../../teams/turn.ts';
import { headOf, showMeeting } from '../cards/meeting-card.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import { change } from './change-meeting.ts';

/** What a person entered in the form, or said before it. It is shown again to be completed, or corrected where it is `wrong`. */
export type Typed = {
  subject?: string;
  date?: string;
  time?: string;
  minutes?: number;
  choices?: FormChoices;
};
type Again = { wrong: Wrong | 'days' | 'unread' | 'unclear' | null; typed: Typed };

/** The form behind *Change*, filled with what Graph has, and with what was said or entered already. */
export async function editForm(
  record: MeetingRecord,
  { caller, services }: GraphScope,
  again: Again | null,
): Promise<Outcome> {
  const { granted } = await services.meetings.get(record.graphId, caller);
  const { start, end, subject, zone } = headOf(atRegular(record, services.now().toMillis()));
  const { choices, ...typed } = again?.typed ?? {};
  const reply: Reply = {
    kind: 'edit',
    id: record.id,
    revision: record.revision,
    zone,
    subject,
    date: start.toISODate() ?? '',
    time: start.toFormat('HH:mm'),
    minutes: Math.round(end.diff(start, 'minutes').minutes),
    choices: { ...formOf(granted, record.options, services.offer.lacks), ...choices },
    fixed: kindOf(record).isFixedByLink ? fixedIn(services.offer) : [],
    ...(record.series && { isSeries: true as const }),
    ...typed,
    wrong: again?.wrong ?? null,
  };
  return answerWith('edit', { kind: 'form', reply });
}

/** Handles *Save*: changes what differs, by the same rules as changes in words. An empty subject means none. */
export async function save(
  record: MeetingRecord,
  data: CardAction['data'],
  scope: GraphScope,
): Promise<Outcome> {
  const { services } = scope;
  const typed = readTyped(data, scope.turn.locale);
  const wish = readWish(record, typed, scope);
  if (wish.kind === 'ask') return editForm(record, scope, { wrong: wish.wrong, typed });
  const subject = toSubject(cleanText(typed.subject ?? ''));
  const { choices = {} } = typed;
  if (Object.keys(choices).length === 0) return changeOrShow(record, { ...wish, subject }, scope);
  const { granted } = await services.meetings.get(record.graphId, scope.caller);
  const options = diffChoices(choices, formOf(granted, record.options, services.offer.lacks));
  return changeOrShow(record, { ...wish, subject, options }, scope);
}

/** Nothing has changed where the form came back as it was. */
function changeOrShow(record: MeetingRecord, wish: ChangeWish, scope: GraphScope): Promise<Outcome> {
  if (!isAsItIs(record, wish)) return change(record, wish, scope);
  return showMeeting({ ...record, said: dropNews(record.said) }, scope);
}

function readWish(record: MeetingRecord, typed: Typed, { services }: TurnScope) {
  const times = timesTyped(typed);
  if (typeof times === 'string') return { kind: 'ask' as const, wrong: times };
  const { date, time, minutes } = times;
  const form = { day: date, clock: time, minutes, when: null, shiftMinutes: null, subject: null };
  return applyToWhole(record, form, { now: services.now(), zone: record.zone });
}

/** The times that were entered in a form, or why they are none. */
export function timesTyped({
  date,
  time,
  minutes,
}: Typed): { date: string; time: string; minutes: number } | 'unread' | 'range' {
  if (date === undefined || time === undefined || minutes === undefined) return 'unread';
  return minutes < 1 || minutes > LONGEST_MINUTES ? 'range' : { date, time, minutes };
}

const MOST_SUBJECT = 1_000;

/** Reads what the form sends. What cannot be read is absent. */
export function readTyped(data: CardAction['data'], locale: string): Typed {
  const date = readDateInput(data.date);
  const time = readTimeInput(data.time, locale);
  const minutes = Number(data.minutes ?? Number.NaN);
  const { subject } = data;
  return {
    ...(date !== null && { date }),
    ...(time !== null && { time }),
    ...(Number.isSafeInteger(minutes) && { minutes }),
    ...(typeof subject === 'string' && { subject: subject.slice(0, MOST_SUBJECT) }),
    choices: readChoices(data),
  };
}
