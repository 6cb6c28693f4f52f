import type { DateTime } from 'luxon';
import { z } from 'zod';
import type { Person } from '../../people.ts';
import type { Answer } from '../../serve.ts';
import type { Body } from '../check.ts';
import { GraphRefusal } from '../errors.ts';
import { type Call, readBody } from '../exchange.ts';
import type { World } from '../world.ts';
import { calendarOf, type Item } from './items.ts';
import { readWallTime, WallTime, WINDOWS, writeWallTime } from './wall-time.ts';

const Wanted = z.strictObject({
  schedules: z.array(z.string()).min(1),
  startTime: WallTime,
  endTime: WallTime,
  availabilityViewInterval: z.int().min(5).max(1_440).default(30),
});

const MOST_SCHEDULES = 20;
const MOST_DAYS = 62;

/** POST calendar/getSchedule: each person's time, or an error in the place of whoever cannot be seen. */
export function getSchedule(call: Call, owner: Person): Answer {
  const read = Wanted.safeParse(readBody(call));
  if (!read.success) throw new GraphRefusal(400, 'RequestBodyRead', read.error.issues[0]?.message ?? '');
  const { schedules, availabilityViewInterval: minutes } = read.data;
  const [from, to] = [readWallTime(read.data.startTime), readWallTime(read.data.endTime)];
  if (to <= from || to.diff(from).as('days') >= MOST_DAYS)
    throw new GraphRefusal(400, 'ErrorInvalidTimeInterval', 'The time window is too long, or none.');
  if (schedules.length > MOST_SCHEDULES)
    throw new GraphRefusal(400, 'ErrorTooManySchedules', `At most ${MOST_SCHEDULES} schedules are answered.`);
  const value = schedules.map((address) => scheduleOf(address, { from, to, minutes }, call.world, owner));
  return { status: 200, body: { value } };
}

type Grid = { from: DateTime; to: DateTime; minutes: number };

function scheduleOf(address: string, grid: Grid, world: World, owner: Person): Body {
  const person = world.people.find(({ upn }) => upn.toLowerCase() === address.toLowerCase());
  const error = whyNot(person, world, owner);
  if (!person || error) return { scheduleId: address, availabilityView: '', error, scheduleItems: [] };
  const items = calendarOf(world.calendar, person, grid.from, grid.to).map((item) => ({
    item,
    status: statusFor(item, person),
  }));
  const cells = Math.ceil(grid.to.diff(grid.from).as('minutes') / grid.minutes);
  const view = Array.from({ length: cells }, (_, cell) => {
    const start = grid.from.plus({ minutes: cell * grid.minutes });
    const end = start.plus({ minutes: grid.minutes });
    const met = items.filter(({ item }) => item.start < end && item.end > start);
    return Math.max(0, ...met.map(({ status }) => STATUS.indexOf(status)));
  });
  return {
    scheduleId: address,
    availabilityView: view.join(''),
    // Colleagues see what it is about: a program has no business with that.
    scheduleItems: items.map(({ item, status }) => ({
      status,
      subject: item.subject,
      start: writeWallTime(item.start, 'UTC'),
      end: writeWallTime(item.end, 'UTC'),
    })),
    workingHours: workingHoursOf(person),
  };
}

const STATUS = ['free', 'tentative', 'busy', 'oof'];

function statusFor({ event, attendees }: Item, person: Person): string {
  if (event.organizer === person.oid) return event.showAs;
  const own = attendees.find(({ address }) => address === person.upn.toLowerCase());
  if (own?.response === 'accepted') return 'busy';
  return own === undefined || own.response === 'declined' ? 'free' : 'tentative';
}

/** Strangers, people of other organisations, without a mailbox or with a calendar of their own. */
function whyNot(person: Person | undefined, { calendar }: World, owner: Person): Body | undefined {
  if (
    !person ||
    person.tenantId !== owner.tenantId ||
    person.guest ||
    calendar.withoutMailbox.has(person.oid)
  )
    return { message: 'The mail recipient was not found.', responseCode: 'ErrorMailRecipientNotFound' };
  if (!calendar.hidden.has(person.oid)) return undefined;
  return { message: 'The caller cannot see free/busy.', responseCode: 'ErrorNoFreeBusyAccess' };
}

/** Monday to Friday, 9 to 5, in a zone that Windows has a name for, or else in one of its own making. */
function workingHoursOf({ zone }: Person): Body {
  const name = Object.keys(WINDOWS).find((candidate) => WINDOWS[candidate] === zone);
  const custom = {
    '@odata.type': '#microsoft.graph.customTimeZone',
    bias: -330,
    name: 'Customized Time Zone',
  };
  const isCustom = name === undefined || zone === 'Asia/Kolkata';
  return {
    daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
    startTime: '09:00:00.0000000',
    endTime: '17:00:00.0000000',
    timeZone: isCustom ? custom : { name },
  };
}
