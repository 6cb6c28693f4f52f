import type { CloudName } from '../clouds.ts';
import { badRequest } from './errors.ts';
import { readInstant } from './instants.ts';
import { CREATE_OR_GET, MEMBERS, READ_ONLY, RETIRED, type Shape } from './members.ts';

/** A request's JSON, not believed yet. */
export type Body = Record<string, unknown>;

/** What a body is for; each takes other members. */
export type Operation = 'create' | 'createOrGet' | 'update';

/** Holds a body against what the operation accepts in this cloud. Throws a 400 that names the first fault. */
export function checkBody(body: Body, operation: Operation, cloud: CloudName): void {
  for (const [name, value] of Object.entries(body)) {
    if (name === '@odata.type' && value === '#microsoft.graph.onlineMeeting') continue;
    checkMember(name, operation, cloud);
    const { shape } = MEMBERS[name] ?? {};
    if (shape && value !== null) checkValue(value, shape, name);
    if (value === null && shape?.kind === 'instant') throw badRequest(`${name} must not be null.`);
  }
}

function checkMember(name: string, operation: Operation, cloud: CloudName): void {
  const member = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
  if (READ_ONLY.includes(name)) throw badRequest(`Property '${name}' is read-only.`);
  if (RETIRED.includes(name))
    throw badRequest(`Property '${name}' belongs to live events, which are retired.`);
  if (!member) throw badRequest(`Property '${name}' does not exist on type 'microsoft.graph.onlineMeeting'.`);
  if (cloud !== 'global' && !member.government)
    throw badRequest(`Property '${name}' does not exist in this cloud.`);
  if (operation === 'update' && !member.update) throw badRequest(`Property '${name}' cannot be changed.`);
  if (operation === 'createOrGet' && !(CREATE_OR_GET as readonly string[]).includes(name)) {
    throw badRequest(`Parameter '${name}' does not exist on action 'createOrGet'.`);
  }
}

function checkValue(value: unknown, shape: Shape, path: string): void {
  switch (shape.kind) {
    case 'boolean':
      if (typeof value !== 'boolean') throw badRequest(`${path} must be a Boolean.`);
      return;
    case 'string':
      checkString(value, shape.most ?? 4_096, path);
      return;
    case 'instant':
      if (typeof value !== 'string' || readInstant(value) === null) {
        throw badRequest(`${path} must be an instant with an offset, such as 2026-03-30T09:00:00Z.`);
      }
      return;
    case 'language':
      if (typeof value !== 'string' || !isLanguageTag(value))
        throw badRequest(`${path} must be a language tag.`);
      return;
    case 'enum':
      if (!shape.values.includes(value as string))
        throw badRequest(`${path} has no value '${String(value)}'.`);
      return;
    case 'list':
      if (!Array.isArray(value)) throw badRequest(`${path} must be a collection.`);
      if (value.length > shape.most) throw badRequest(`${path} must not hold more than ${shape.most} items.`);
      for (const [index, item] of value.entries()) checkValue(item, shape.of, `${path}[${index}]`);
      return;
    case 'object':
      checkObject(value, shape.members, path);
      return;
    default:
      shape satisfies never;
  }
}

function checkObject(value: unknown, members: Readonly<Record<string, Shape>>, path: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest(`${path} must be an object.`);
  }
  for (const [name, inner] of Object.entries(value)) {
    if (name.startsWith('@odata.')) continue;
    const shape = Object.hasOwn(members, name) ? members[name] : undefined;
    if (!shape) throw badRequest(`Property '${path}.${name}' does not exist or is read-only.`);
    if (inner !== null) checkValue(inner, shape, `${path}.${name}`);
  }
}

function checkString(value: unknown, most: number, path: string): void {
  if (typeof value !== 'string') throw badRequest(`${path} must be a String.`);
  if (value.trim() === '') throw badRequest(`${path} must not be empty.`);
  if (value.length > most) throw badRequest(`${path} must not be longer than ${most}.`);
  if (/\p{Cc}/u.test(value)) throw badRequest(`${path} must not hold control characters.`);
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}
