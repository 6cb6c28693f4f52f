import * as z from 'zod';
import type { Schedule, WorkingHours } from '../meeting/event.ts';
import { readZone } from './event-from-wire.ts';
import { WEEKDAYS } from './event-to-wire.ts';

/** Graph answers no more cells: 62 days, five minutes each. */
const MOST_CELLS = 18_000;
const clock = z
  .string()
  .regex(/^\d\d:\d\d/)
  .transform((time) => time.slice(0, 5));
const Hours = z.object({
  daysOfWeek: z.array(z.enum(WEEKDAYS)),
  startTime: clock,
  endTime: clock,
  timeZone: z.object({ name: z.string().nullish() }).nullish().catch(null),
});
/** What else is answered, subjects of other people's meetings among it, is not read. */
const WireSchedule = z.object({
  scheduleId: z.string(),
  availabilityView: z.string().max(MOST_CELLS).nullish(),
  workingHours: Hours.nullish().catch(null),
  error: z.unknown().optional(),
});
const Answer = z.object({ value: z.array(WireSchedule.nullable().catch(null)) });

const VIEW = { 0: 'free', 1: 'tentative', 2: 'busy', 3: 'away', 4: 'free' } as const;
const isKnown = (digit: string): digit is `${keyof typeof VIEW}` => digit in VIEW;

/** Reads the answer of getSchedule in the order of the addresses. What Graph left out, or answered as an error, is unknown. */
export function readSchedules(body: unknown, addresses: readonly string[]): Schedule[] {
  const { value } = Answer.parse(body);
  return addresses.map((address) => {
    const found = value.find((one) => one?.scheduleId.toLowerCase() === address.toLowerCase());
    if (!found?.availabilityView || found.error != null) return { address, unknown: true };
    const view = [...found.availabilityView].map((digit) => (isKnown(digit) ? VIEW[digit] : 'busy'));
    return { address, view, hours: readHours(found.workingHours) };
  });
}

function readHours(wire: z.infer<typeof Hours> | null | undefined): WorkingHours | null {
  if (!wire) return null;
  const { daysOfWeek, startTime: from, endTime: to, timeZone } = wire;
  return {
    days: daysOfWeek.map((day) => WEEKDAYS.indexOf(day) + 1),
    from,
    to,
    zone: readZone(timeZone?.name),
  };
}
