import { ianaZone, inZone } from '../../base/date-time.ts';
import type { CreateCommand, FindTimeCommand } from '../../language/command.ts';
import { isBusy, standAt } from '../../meeting/free-times.ts';
import { BLANK_CREATE } from '../../meeting/repeat-meeting.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice } from '../../teams/outcome.ts';
import { carryOut } from '../make/make.ts';
import { NO_ANSWER, type OpenRequest } from '../park.ts';
import type { GraphScope, TurnScope } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';
import { offerTimes, type Request, type Time } from './offer-times.ts';
import { findPeople, readSchedules, refusedBy, wantedOf } from './search.ts';

/** The meeting to make at a time that was chosen and still suits everybody, and the request that makes it. */
type Chosen = { create: CreateCommand; pending: Pending };

/**
 * Looks for times that suit everybody, and offers them as buttons. Before a chosen time becomes a meeting, it is checked
 * again; if somebody is busy by then, other times are offered.
 */
export async function findTime(
  command: FindTimeCommand,
  { pending, zone: known, asked, settings }: OpenRequest,
  scope: TurnScope,
): Promise<Progress | Chosen> {
  const { services } = scope;
  const { calendar } = services;
  if (calendar === null) return answerNotice('noCalendars');
  const zone = known ?? 'utc';
  const now = services.now().setZone(ianaZone(zone));
  const { people, invitees } = await findPeople(command, pending, scope);
  const wanted = wantedOf(command, { asked, now, zone, usual: settings.minutes });
  const refused = refusedBy(people, wanted);
  if (refused !== null) return answerNotice(refused);
  const request = { pending, command, people, wanted };
  const chosen = chosenTime(pending);
  const work = async (scope: GraphScope) => {
    if (chosen === null) return offerTimes(request, scope);
    const isFree = pending.offer?.isBegun || (await isStillFree(request, chosen, scope));
    if (!isFree) return offerTimes({ ...request, pending: withoutChoice(pending) }, scope, chosen);
    const create = { ...BLANK_CREATE, when: chosen, subject: command.subject, invitees };
    return { create, pending: beginning(pending) };
  };
  return carryOut({ draft: null, work, reach: 'calendar', isMailing: false }, pending, scope);
}

/** The time whose button was pressed last. Null if none was. */
function chosenTime({ offer, answers }: Pending): Time | null {
  const time = offer?.times[answers.at(-1)?.choice ?? Number.NaN];
  if (offer === undefined || time === undefined) return null;
  return { start: inZone(time.start, offer.zone), end: inZone(time.end, offer.zone) };
}

/** The request while its meeting is being made: nothing more is asked, and another try makes the same meeting. */
const beginning = (pending: Pending): Pending => ({
  ...pending,
  isAgreed: true,
  ...(pending.offer && { offer: { ...pending.offer, isBegun: true } }),
});

/** The request after its choice was answered, so that the buttons of the earlier card have no effect. */
const withoutChoice = (pending: Pending): Pending => ({
  ...pending,
  answers: [...pending.answers, NO_ANSWER],
});

async function isStillFree({ people, wanted }: Request, time: Time, scope: GraphScope): Promise<boolean> {
  const { schedules, since } = await readSchedules(people, time, scope);
  return !standAt(schedules, time, { since, zone: wanted.zone }).some(isBusy);
}
