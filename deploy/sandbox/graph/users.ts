import type { Answer } from '../serve.ts';
import { GraphRefusal } from './errors.ts';
import type { Call } from './exchange.ts';

/** GET /me and /users/{id or UPN}: a few members of a person. Throws GraphRefusal. */
export function readUser({ caller, world, request }: Call, user: string | null): Answer {
  if (request.method !== 'GET')
    throw new GraphRefusal(405, 'Request_BadRequest', 'The method is not allowed here.');
  const isSelf = user === null && caller.kind === 'person';
  const allowed = isSelf ? ['User.Read'] : ['User.ReadBasic.All', 'User.Read.All'];
  if (!allowed.some((name) => caller.permissions.includes(name))) {
    const text = 'Insufficient privileges to complete the operation.';
    throw new GraphRefusal(403, 'Authorization_RequestDenied', text);
  }
  const key = isSelf ? caller.person.oid : user?.toLowerCase();
  const person = world.people.find(({ oid, upn }) => oid === key || upn.toLowerCase() === key);
  if (!person) throw new GraphRefusal(404, 'Request_ResourceNotFound', `Resource '${user}' does not exist.`);
  const { oid: id, upn: userPrincipalName, name: displayName } = person;
  return { status: 200, body: { id, userPrincipalName, displayName, mail: userPrincipalName } };
}
