import { beforeEach } from 'vitest';
import type { Json } from '../../deploy/sandbox/channel/model.ts';
import type { Mail } from '../../deploy/sandbox/graph/calendar/store.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownWorld } from './own-world.ts';

export const CALENDAR_PERMISSIONS = ['OnlineMeetings.ReadWrite', 'Calendars.ReadWrite'];

/** A world for one test file in which Ada has agreed that her calendar is used, and is signed in. */
export async function ownCalendarUser() {
  const world = await ownWorld({ env: { CALENDAR: 'on' } });
  const { calendar } = world.graph;
  beforeEach(async () => {
    world.entra.consent(ADA.oid, CALENDAR_PERMISSIONS);
    await world.signIn(ADA);
  });
  return {
    world,
    calendar,
    /** The addresses that got a mail of this kind. */
    mailed: (kind: Mail['kind']) => calendar.mails.filter((mail) => mail.kind === kind).map(({ to }) => to),
    /** The events that nobody has deleted. */
    events: () => calendar.events.filter(({ isGone }) => !isGone),
    /** What Ada sees of the newest card in her chat. */
    seen: () => world.seen(ADA, world.newest(ADA)),
    /** Ada presses a button of that card. */
    press: (title: string, inputs?: Json) => world.press(ADA, world.newest(ADA), title, inputs),
  };
}
