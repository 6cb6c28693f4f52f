import { z } from 'zod';
import type { Body } from '../check.ts';
import { GraphRefusal } from '../errors.ts';
import { Recurrence } from './recurrence.ts';
import { invalid } from './refusals.ts';
import type { StoredAttendee } from './store.ts';
import { WallTime } from './wall-time.ts';

const MOST_ATTENDEES = 500;
const Address = z.strictObject({ address: z.string(), name: z.string().optional() });
const Attendee = z.strictObject({
  emailAddress: Address,
  type: z.enum(['required', 'optional', 'resource']).default('required'),
});

const CHANGEABLE = {
  subject: z.string().max(255).nullable(),
  start: WallTime,
  end: WallTime,
  attendees: z.array(Attendee),
  body: z.strictObject({ contentType: z.enum(['html', 'text']), content: z.string() }),
  isOnlineMeeting: z.boolean(),
  onlineMeetingProvider: z.literal('teamsForBusiness'),
  location: z.strictObject({ displayName: z.string() }),
  recurrence: Recurrence.nullable(),
  allowNewTimeProposals: z.boolean(),
  responseRequested: z.boolean(),
  hideAttendees: z.boolean(),
  isReminderOn: z.boolean(),
  reminderMinutesBeforeStart: z.int().min(0),
  showAs: z.enum(['free', 'tentative', 'busy', 'oof']),
};

const Change = z.strictObject(CHANGEABLE).partial();
const Create = Change.extend({ transactionId: z.string().min(1).max(255).optional() }).required({
  start: true,
  end: true,
});
export type EventBody = z.infer<typeof Create>;
export type EventChangeBody = z.infer<typeof Change>;

/** The body of POST events. Throws a 400 for what Graph would not take. */
export const readEventBody = (body: Body): EventBody => checked(body, Create);

/** The body of PATCH events/{id}. Throws a 400. */
export function readEventChange(body: Body): EventChangeBody {
  if ('transactionId' in body) throw invalid('transactionId is taken at creation only.');
  return checked(body, Change);
}

function checked<T extends EventChangeBody>(body: Body, shape: z.ZodType<T>): T {
  const read = shape.safeParse(body);
  const [issue] = read.error?.issues ?? [];
  if (issue?.code === 'unrecognized_keys') {
    const text = `The property '${issue.keys[0]}' does not exist on type 'microsoft.graph.event'.`;
    throw new GraphRefusal(400, 'RequestBodyRead', text);
  }
  if (!read.success) throw invalid(`${issue?.path.join('.')}: ${issue?.message}`);
  const { attendees = [] } = read.data;
  if (attendees.length > MOST_ATTENDEES) throw invalid(`An event has at most ${MOST_ATTENDEES} attendees.`);
  const wrong = attendees.find(
    ({ emailAddress }) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(emailAddress.address),
  );
  if (wrong) throw invalid('At least one recipient is not valid.', 'ErrorInvalidRecipients');
  return read.data;
}

/** Attendees of a body; who was invited before keeps their answer. */
export const attendeesOf = (
  wire: EventBody['attendees'] = [],
  before: readonly StoredAttendee[] = [],
): StoredAttendee[] =>
  wire.map(({ emailAddress, type }) => {
    const address = emailAddress.address.toLowerCase();
    const response = before.find((one) => one.address === address)?.response ?? 'notResponded';
    return { address, name: emailAddress.name ?? address, type, response };
  });
