import type { Person } from '../people.ts';
import type { Body } from './check.ts';
import { badRequest, GraphRefusal } from './errors.ts';
import type { Attendee, World } from './world.ts';

type WireAttendee = {
  identity?: { user?: { id?: string | null } | null } | null;
  upn?: string;
  role?: string | null;
};

/** The people of a checked body, as they are stored. Throws what Graph would answer. */
export function readAttendees(world: World, organizer: Person, body: Body): Attendee[] {
  checkPresenterRoles(body);
  return wireAttendees(body).map((attendee) => {
    if (!attendee.upn) throw new GraphRefusal(500, 'InternalServerError', 'An error has occurred.');
    const id = attendee.identity?.user?.id ?? null;
    const role = attendee.role ?? null;
    const isKnown = world.people.some(({ oid, tenantId }) => oid === id && tenantId === organizer.tenantId);
    if (role !== null && role !== 'attendee' && !isKnown) {
      throw badRequest(`Role '${role}' is for people of the organisation only.`);
    }
    return { id, upn: attendee.upn, role };
  });
}

function wireAttendees(body: Body): WireAttendee[] {
  return (body.participants as { attendees?: WireAttendee[] | null } | null | undefined)?.attendees ?? [];
}

/** Presenters by role need everybody's role. Throws a 400. */
export function checkPresenterRoles(body: Body): void {
  if (body.allowedPresenters !== 'roleIsPresenter') return;
  const attendees = wireAttendees(body);
  if (attendees.length === 0 || attendees.some(({ role }) => !role)) {
    throw badRequest("'roleIsPresenter' needs the full list of attendees with their roles.");
  }
}
