import type { Person } from '../people.ts';
import type { Answer } from '../serve.ts';
import { isRecord } from './cards.ts';
import type { Call } from './connector.ts';
import type { Conversation, Json } from './model.ts';
import { Refused } from './rules.ts';
import type { State } from './state.ts';

type MembersOptions = {
  state: State;
  people: readonly Person[];
  /** A conversation that the bot is in. Throws Refused. */
  find(id: string): Conversation;
};

/** The connector's answers about people: who is where, and the chat of one person with the bot. */
export function createMembers({ state, people, find }: MembersOptions) {
  function findPerson(id: string): Person | undefined {
    return people.find(({ teamsId, oid, upn }) => [teamsId, oid, `8:orgid:${oid}`, upn].includes(id));
  }

  function pagedMembers({ request, ids: [conversationId = ''] }: Call): Answer {
    const { members } = find(conversationId);
    const roster = people.filter(({ oid }) => members.includes(oid)).map(memberOf);
    const size = Number(request.url.searchParams.get('pageSize')) || 200;
    const more = size < roster.length ? { continuationToken: String(size) } : {};
    return { status: 200, body: { members: roster.slice(0, size), ...more } };
  }

  function member({ ids: [conversationId = '', memberId = ''] }: Call): Answer {
    const conversation = find(conversationId);
    const person = findPerson(memberId);
    if (!person || !conversation.members.includes(person.oid))
      throw new Refused(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
    return { status: 200, body: memberOf(person) };
  }

  function createConversation({ body }: Call): Answer {
    const [member, ...others] = Array.isArray(body.members) ? body.members : [];
    const person = isRecord(member) ? findPerson(String(member.id)) : undefined;
    if (!person || others.length > 0 || body.tenantId !== person.tenantId)
      throw new Refused(400, 'BadSyntax', 'Bad format of conversation parameters.');
    const chat = state.personal(person.oid);
    if (!chat?.installed)
      throw new Refused(403, 'ForbiddenOperationException', 'The app is not installed for this person.');
    return { status: 201, body: { id: chat.id } };
  }

  return { findPerson, pagedMembers, member, createConversation };
}

/** A person as the connector describes a member of a conversation. */
const memberOf = ({ teamsId, name, oid, upn, tenantId, guest }: Person): Json => ({
  id: teamsId,
  name,
  objectId: oid,
  aadObjectId: oid,
  tenantId,
  givenName: name.split(' ')[0],
  surname: name.split(' ').slice(1).join(' '),
  email: upn,
  userPrincipalName: upn,
  userRole: guest ? 'guest' : 'user',
});
