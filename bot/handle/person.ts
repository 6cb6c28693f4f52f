import { isOver, type MeetingRecord } from '../meeting/record.ts';
import type { Pending, Person } from '../store/store.ts';
import type { TurnScope } from './services.ts';

/** How long after its end a meeting is still known to the message that made it, which may be brought again. */
const BROUGHT_AGAIN_MS = 3_600_000;

/** The surroundings of a turn. What is kept of its person is read when it is first asked for, and once. */
export function openScope(parts: Omit<TurnScope, 'person'>): TurnScope {
  const { services, owner } = parts;
  let person: Promise<Person> | undefined;
  const read = () => services.store.person(owner, services.now().toMillis() - BROUGHT_AGAIN_MS);
  return { ...parts, person: () => (person ??= read()) };
}

/** The same surroundings, in which the person is read anew, because others may have written since. */
export const afresh = (scope: TurnScope): TurnScope => openScope(scope);

/** The person's meetings that are still to come, ordered by start. */
export async function comingMeetings({ person, services }: TurnScope): Promise<MeetingRecord[]> {
  const now = services.now().toMillis();
  return (await person()).meetings.filter((record) => !isOver(record, now));
}

/** The person's requests in the conversation of the turn that wait for `waitsFor`, oldest first. */
export async function waitingFor(
  waitsFor: Pending['waitsFor'],
  { person, turn }: TurnScope,
): Promise<Pending[]> {
  const { requests } = await person();
  return requests.filter((one) => one.waitsFor === waitsFor && one.conversation === turn.conversation);
}
