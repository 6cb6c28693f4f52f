import * as z from 'zod';
import { toName, visible } from '../../base/safe-text.ts';
import type { Invitee } from '../../language/command.ts';
import { applyAnswer } from '../../meeting/apply-answer.ts';
import { decide } from '../../meeting/decide.ts';
import type { Asked } from '../../meeting/guest-list.ts';
import type { MeetingPlan } from '../../meeting/record.ts';
import { BLANK_CREATE } from '../../meeting/repeat-meeting.ts';
import type { FormPerson, NewMeetingReply } from '../../say/cards/edit.ts';
import type { CardAction } from '../../teams/turn.ts';
import { MOST_MINUTES, type Typed } from '../existing/edit-form.ts';
import type { Services } from '../services.ts';

/** The times in a form, by the same rules as times in words; or why they are not possible. */
export function readTimes(
  { date, time, minutes }: Typed,
  zone: string,
  { now }: Pick<Services, 'now'>,
): Pick<MeetingPlan, 'start' | 'end'> | NonNullable<NewMeetingReply['wrong']> {
  if (date === undefined || time === undefined || minutes === undefined) return 'unread';
  if (minutes < 1 || minutes > MOST_MINUTES) return 'range';
  const command = applyAnswer(BLANK_CREATE, { choice: null, date, time, minutes }, zone);
  const decision = decide(command, { asked: now(), now: now() }, { minutes });
  if (decision.kind === 'create') {
    const { start, end } = decision.draft;
    return { start: start.toMillis(), end: end.toMillis() };
  }
  const [need] = decision.kind === 'ask' ? decision.question.needs : [];
  return need === 'past' || need === 'dst' ? need : 'range';
}

/** More people would make the form too long. */
export const MOST_PEOPLE = 20;

const Person = z.object({ id: z.string().min(1).max(320), name: z.string().transform(toName) });

/** The people whom the form offered, and which of them are invited. The names and ids are not trusted. */
export function readPeople({ people, who }: CardAction['data']): FormPerson[] {
  const chosen = new Set(typeof who === 'string' ? who.split(',') : []);
  return (Array.isArray(people) ? people.slice(0, MOST_PEOPLE) : []).flatMap((person, at) => {
    const read = Person.safeParse(person);
    return read.success ? [{ ...read.data, isInvited: chosen.has(String(at)) }] : [];
  });
}

/** The people who are invited, still to be looked up. */
export const invitedIn = (people: readonly FormPerson[]): Asked[] =>
  people
    .filter(({ isInvited }) => isInvited)
    .map(({ id, name }) => ({ invitee: inviteeOf(id, name), role: null }));

const Address = z.email({ pattern: z.regexes.unicodeEmail });

/** A person by Entra's id or by address. Anything that is not a valid address becomes a name, to which nothing is sent. */
function inviteeOf(id: string, name: string): Invitee {
  if (!id.includes('@')) return { kind: 'mention', id, name };
  const isAddress = Address.safeParse(id).success && visible(id) === id;
  return isAddress ? { kind: 'email', email: id } : { kind: 'name', name };
}
