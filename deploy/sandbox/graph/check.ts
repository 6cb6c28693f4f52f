import type { CloudName } from '../clouds.ts';
import { badRequest } from './errors.ts';
import { CREATE_OR_GET, MEMBERS, type Member, READ_ONLY, RETIRED } from './members.ts';

/** A request's JSON, not believed yet. */
export type Body = Record<string, unknown>;

/** What a body is for; each takes other members. */
export type Operation = 'create' | 'createOrGet' | 'update';

/** Times may be left out, but not be null. */
const NEVER_NULL = ['startDateTime', 'endDateTime'];

/** Holds a body against what the operation accepts in this cloud. Throws a 400 that names the first fault. */
export function checkBody(body: Body, operation: Operation, cloud: CloudName): void {
  for (const [name, value] of Object.entries(body)) {
    const { shape } = memberOf(name, operation, cloud);
    if (value === null && !NEVER_NULL.includes(name)) continue;
    const [issue] = shape.safeParse(value).error?.issues ?? [];
    if (issue) throw badRequest(`${[name, ...issue.path].join('.')}: ${issue.message}`);
  }
}

function memberOf(name: string, operation: Operation, cloud: CloudName): Member {
  const member = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
  if (READ_ONLY.includes(name)) throw badRequest(`Property '${name}' is read-only.`);
  if (RETIRED.includes(name))
    throw badRequest(`Property '${name}' belongs to live events, which are retired.`);
  if (!member) throw badRequest(`Property '${name}' does not exist on type 'microsoft.graph.onlineMeeting'.`);
  if (cloud !== 'global' && !member.government)
    throw badRequest(`Property '${name}' does not exist in this cloud.`);
  if (operation === 'update' && !member.update) throw badRequest(`Property '${name}' cannot be changed.`);
  if (operation === 'createOrGet' && !CREATE_OR_GET.includes(name))
    throw badRequest(`Parameter '${name}' does not exist on action 'createOrGet'.`);
  return member;
}
