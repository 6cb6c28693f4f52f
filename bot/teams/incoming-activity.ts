import { z } from 'zod';

const MOST_ID = 1_024;
const id = z.string().min(1).max(MOST_ID);
const text = z.string().nullish();
const Account = z.looseObject({ id, aadObjectId: text, name: text, role: text });
/** An object whose members are unknown. */
export const AnyObject = z.record(z.string(), z.unknown());

/** The least an activity must be; everything beyond is read where it is used, and may be wrong. */
export const ActivityShape = z.looseObject({
  type: z.string().min(1).max(100),
  id: id.nullish(),
  name: z.string().nullish(),
  channelId: z.literal('msteams'),
  serviceUrl: z.url(),
  timestamp: z.string().nullish(),
  localTimestamp: z.string().nullish(),
  localTimezone: z.string().nullish(),
  locale: z.string().nullish(),
  from: Account,
  recipient: Account,
  conversation: z.looseObject({
    ...{ id, conversationType: text, tenantId: text, name: text, role: text, aadObjectId: text },
    isGroup: z.boolean().nullish(),
  }),
  channelData: AnyObject.nullish(),
  entities: z.array(z.unknown()).nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: z.string().max(MOST_ID).nullish(),
  membersAdded: z.array(z.unknown()).nullish(),
  action: z.string().nullish(),
});

/** An activity that has at least that shape. */
export type IncomingActivity = z.infer<typeof ActivityShape>;

/** The activity's entities of this type, as they came. */
export function readEntities(activity: { entities?: unknown[] | null | undefined }, type: string): unknown[] {
  return (activity.entities ?? []).filter((entity) => readMember(entity, 'type') === type);
}

/** A member of an unknown value; undefined where it has no such member. */
export function readMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** An id from outside; empty where it is none. */
export const readId = (value: unknown): string =>
  typeof value === 'string' && value.length <= MOST_ID ? value : '';

/** Whether an id is one of Entra's. */
export const isEntraId = (id: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);

/** A name as the log may hold it: a plain word as it is, anything else as `unknown`. */
export const toLogWord = (value: unknown) =>
  typeof value === 'string' && /^[\w/.-]{1,60}$/.test(value) ? value : 'unknown';
