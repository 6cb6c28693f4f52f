import type { Invitee } from '../../language/command.ts';
import { meetingWords } from '../../language/languages.ts';
import { type Asked, dedupeGuests } from '../../meeting/guest-list.ts';
import { matchNames, type NameMatch } from '../../meeting/match-names.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { Answer } from '../../store/store.ts';
import type { Member } from '../../teams/turn.ts';
import type { TurnScope } from '../services.ts';

/** A name that may mean several people of the conversation. */
type OpenName = { said: string; candidates: readonly { id: string; name: string }[] };

/**
 * Resolves the people who were named. Graph stores any id it is given, right or wrong, so only people whom the channel knows
 * become members: mentions, and in a group names that fit exactly one person. `open`: the names that must be asked about.
 */
export async function resolveGuests(
  asked: readonly Asked[],
  answers: readonly Answer[],
  scope: TurnScope,
): Promise<{ guests: readonly Guest[]; open: readonly OpenName[] }> {
  const { lists, open } = await resolveLists([asked], answers, scope);
  return { guests: lists.flat(), open };
}

/** The same for the people of several meetings. A name means the same person in all of them, and is asked about once. */
export async function resolveLists(
  asked: readonly (readonly Asked[])[],
  answers: readonly Answer[],
  scope: TurnScope,
): Promise<{ lists: readonly (readonly Guest[])[]; open: readonly OpenName[] }> {
  const matches = await matchInvitees(asked.flat(), scope);
  // Further names stay on the card as they were said.
  const questions = matches.filter(isQuestion).slice(0, MOST_NAMES);
  const chosen = answers.findLast(({ who }) => who !== undefined && who.length > 0)?.who ?? [];
  const resolve = async ({ invitee, role }: Asked): Promise<Guest> => {
    const isName = ({ said }: { said: string }) => invitee.kind === 'name' && said === invitee.name;
    const match = matches.find(isName);
    const guest = match
      ? guestOf(match, chosen[questions.findIndex(isName)])
      : await guestFor(invitee, scope);
    return { ...guest, ...(role && { role }) };
  };
  const resolveList = async (list: readonly Asked[]) =>
    dedupeGuests(await Promise.all(list.map(resolve)), scope.owner.user);
  const lists = await Promise.all(asked.map(resolveList));
  return { lists, open: questions.filter((_, i) => !chosen[i]).map(toOpenName) };
}

/** The person whom a name means. `answer`: the id that was chosen where it may mean several. */
function guestOf(match: NameMatch<Member>, answer: string | null | undefined): Guest {
  if (match.kind === 'person') return match.person;
  const person = match.kind === 'ask' ? match.candidates.find(({ id }) => id === answer) : undefined;
  return person ?? { kind: 'name', name: match.said };
}

/** Somebody who was mentioned, or named by an address. */
async function guestFor(invitee: Invitee, { channel }: TurnScope): Promise<Guest> {
  if (invitee.kind === 'email') return invitee;
  const member = invitee.kind === 'mention' && invitee.id ? await channel.member(invitee.id) : null;
  return member ?? { kind: 'name', name: invitee.name };
}

/** Matches bare names with the members of the conversation. In a chat of two there are none to be found. */
async function matchInvitees(
  asked: readonly Asked[],
  { channel, turn }: TurnScope,
): Promise<readonly NameMatch<Member>[]> {
  const said = asked.flatMap(({ invitee }) => (invitee.kind === 'name' ? [invitee.name] : []));
  const names = [...new Set(said)];
  if (names.length === 0 || turn.place === 'personal') return [];
  const { members, isCut } = await channel.roster();
  const others = members.filter(({ teamsId }) => teamsId !== turn.teamsId);
  return matchNames(names, { members: others, isCut }, meetingWords());
}

/** The most names that are asked about at once. */
export const MOST_NAMES = 5;
/** The most people who are offered for one name. */
export const MOST_CANDIDATES = 12;
type Question = Extract<NameMatch<Member>, { kind: 'ask' }>;

const isQuestion = (match: NameMatch<Member>): match is Question =>
  match.kind === 'ask' && match.candidates.length > 0;

const toOpenName = ({ said, candidates }: Question): OpenName => ({
  said,
  candidates: candidates.slice(0, MOST_CANDIDATES).map(({ id, name }) => ({ id, name })),
});

/** The guests whom Teams can notify about a card. */
export const mentionsOf = (guests: readonly Guest[]) =>
  guests.flatMap((guest) =>
    guest.kind === 'member' && guest.teamsId ? [{ id: guest.teamsId, name: guest.name }] : [],
  );
