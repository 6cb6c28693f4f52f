import { KEEP_MEETING_MS, type MeetingRecord } from '../../meeting/record.ts';
import type { Notice } from '../../say/texts.ts';
import type { StoreKey } from '../../store/keys.ts';
import type { Pending } from '../../store/store.ts';
import { answerNotice, type Outcome } from '../../teams/outcome.ts';
import { askChoice } from '../cards/questions.ts';
import { comingMeetings, dropDues, type TurnScope } from '../services.ts';
import { signOutEverywhere } from './caller.ts';

/** Asks before signing out where the bot would lose meetings, which nobody could change through it any more. */
export async function askToSignOut(request: Pending, scope: TurnScope): Promise<Outcome> {
  const { length: meetings } = await comingMeetings(scope);
  if (meetings === 0) return signOut(scope);
  return askChoice(request, { what: 'signout', meetings }, scope);
}

/** Signs the person out and removes everything that is kept of them. */
export async function signOut(scope: TurnScope): Promise<Outcome> {
  const { services, owner } = scope;
  const { store, access } = services;
  const lost = await comingMeetings(scope);
  if (lost.length > 0) await rememberLoss(lost, scope);
  await dropDues(lost, scope);
  await store.forget(owner);
  if (access.mode === 'application') return answerNotice('forgotten');
  await signOutEverywhere(access.tokens, scope);
  return answerNotice('signedOut');
}

/** The question was answered with no. */
export async function keepSignedIn({ id }: Pending, { services, owner }: TurnScope): Promise<Outcome> {
  await services.store.unpark(owner, id);
  return answerNotice('leftAsIs');
}

/** The keys of claims that a person's meetings, or one of them, were removed. */
const ofPerson = ({ owner }: TurnScope): StoreKey => `forgotMeetings:${owner.user}`;
const ofMeeting = (id: string): StoreKey => `forgotMeeting:${id}`;

/** How many removed meetings are noted one by one; of more, only the person is noted. */
const MOST_REMEMBERED = 100;

/** Cards of removed meetings stay in chats for about as long as Graph keeps the meetings. */
async function rememberLoss(lost: readonly MeetingRecord[], scope: TurnScope): Promise<void> {
  const { services, owner } = scope;
  const until = services.now().toMillis() + KEEP_MEETING_MS;
  const keys = [ofPerson(scope), ...lost.slice(0, MOST_REMEMBERED).map(({ id }) => ofMeeting(id))];
  for (const key of keys) {
    const isFirst = await services.store.claim({ tenant: owner.tenant }, key, until);
    if (!isFirst) await services.store.settle({ tenant: owner.tenant }, key, until);
  }
}

const sayIfForgotten = async (
  key: StoreKey,
  notice: Notice,
  { services, owner: { tenant } }: TurnScope,
): Promise<Outcome> =>
  answerNotice((await services.store.claimedUntil({ tenant }, key)) === null ? notice : 'forgotMeetings');

/** Why a card's meeting is not known: perhaps because its organizer signed out. */
export const sayUnknown = (id: string, scope: TurnScope): Promise<Outcome> =>
  sayIfForgotten(ofMeeting(id), 'expired', scope);

/** Why somebody has no meetings here: perhaps because they signed out. */
export const sayNone = (
  notice: 'noSuchMeeting' | 'noneOfYours' | 'noMeetings',
  scope: TurnScope,
): Promise<Outcome> => sayIfForgotten(ofPerson(scope), notice, scope);
