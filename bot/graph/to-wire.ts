import type { OnlineMeeting } from '@microsoft/microsoft-graph-types';
import type { DateTime } from 'luxon';
import type { Guest, MeetingRequest, Role, RoomRequest } from '../meeting/meeting.ts';
import { type Choices, isUpdatable, OPTION_NAMES, type OptionName, rowOf } from '../meeting/options.ts';
import type { WireContext } from './from-wire.ts';

/** The body of POST onlineMeetings: instants in UTC, a passcode unless it was declined, guests with id and upn. */
export function toWire(request: MeetingRequest, context: WireContext): OnlineMeeting {
  const { subject, start, end, guests } = request;
  const options = { passcode: true, ...choosePresenters(request) };
  return {
    startDateTime: toIso(start),
    endDateTime: toIso(end),
    ...(subject === null ? {} : { subject }),
    ...(members(guests).length > 0 && { participants: toParticipants(guests, options) }),
    ...writeOptions(options, context),
  };
}

/** The body of POST onlineMeetings/createOrGet, which takes neither roles nor options; a PATCH sets options afterwards. */
export function toWireRoom({ externalId, subject, times, guests }: RoomRequest): object {
  return {
    externalId,
    ...(subject === null ? {} : { subject }),
    ...(times && { startDateTime: toIso(times.start), endDateTime: toIso(times.end) }),
    ...(members(guests).length > 0 && {
      participants: toParticipants(
        members(guests).map(({ role: _, ...guest }) => guest),
        {},
      ),
    }),
  };
}

type Presenting = Pick<MeetingRequest, 'guests' | 'options'>;

type Member = Extract<Guest, { kind: 'member' }>;

const members = (guests: readonly Guest[]): Member[] => guests.filter((guest) => guest.kind === 'member');

/** The options, with the organizer as the only presenter where none of the invited guests can have a role. */
function choosePresenters({ guests, options }: Presenting): MeetingRequest['options'] {
  const isByRole = options.presenters === 'invited' || options.presenters === 'named';
  const isAnybody = members(guests).some(
    (guest) => !guest.isForeign && (options.presenters === 'invited' || guest.role),
  );
  return isByRole && !isAnybody ? { ...options, presenters: 'organizer' } : options;
}

/** Where one attendee has a role, all are sent with one: otherwise Graph ignores the list of presenters. */
function toParticipants(guests: readonly Guest[], { presenters }: MeetingRequest['options']) {
  const isByRole =
    presenters === 'invited' || presenters === 'named' || members(guests).some(({ role }) => role);
  const roleOf = ({ role, isForeign }: Member): Role | 'attendee' => {
    if (isForeign) return 'attendee';
    if (role === 'coorganizer') return role;
    if (presenters === 'invited') return 'presenter';
    return presenters === 'named' && role !== undefined ? role : 'attendee';
  };
  const attendees = members(guests).map((guest) => ({
    identity: { user: { id: guest.id } },
    upn: guest.upn,
    ...(isByRole && { role: roleOf(guest) }),
  }));
  return { attendees } as OnlineMeeting['participants'];
}

/**
 * What changes in a meeting. Graph takes both times or none, and all attendees or none: `guests` replace all others. Who may
 * present depends on the guests, so `guests` need `presenters` in `options`.
 */
export type MeetingChange = {
  subject?: string | null;
  times?: Pick<MeetingRequest, 'start' | 'end'>;
  options?: MeetingRequest['options'];
  guests?: readonly Guest[];
};

/** The body of PATCH onlineMeetings/{id}: the changes that Graph accepts in an existing meeting. */
export function toWireChange(change: MeetingChange, context: WireContext): OnlineMeeting {
  const { subject, times, guests } = change;
  const options = choosePresenters({ guests: guests ?? [], options: change.options ?? {} });
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(times && { startDateTime: toIso(times.start), endDateTime: toIso(times.end) }),
    ...(guests && { participants: toParticipants(guests, options) }),
    ...writeOptions(options, context, isUpdatable),
  };
}

/** The members of a body for these options, without those that this cloud does not have; `only`: whether an option is written. */
function writeOptions(
  options: Choices,
  context: WireContext,
  only: (name: OptionName) => boolean = () => true,
): Partial<OnlineMeeting> {
  const asked = OPTION_NAMES.filter((name) => !context.lacks.has(name) && only(name));
  const members = asked.map((name) => {
    const { member, inside } = rowOf(name);
    const wire = toWireValue(name, options[name], context);
    if (wire === undefined || inside === undefined) return [member, wire];
    return [member, Object.fromEntries(inside.map((one) => [one, wire]))];
  });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** Undefined where the option was not asked for, or Graph has no value for it. */
function toWireValue(name: OptionName, value: Choices[OptionName], context: WireContext): unknown {
  const { values, wire, isOneWay } = rowOf(name);
  if (value === undefined || (isOneWay && value === false)) return undefined;
  if (values === 'language') return withRegion(String(value));
  if (values === 'templates' || values === 'labels') return context[values].get(String(value).toLowerCase());
  return wire?.[String(value)] ?? value;
}

/** Teams needs a region with a spoken language: "fr" becomes "fr-FR". */
function withRegion(tag: string): string {
  const { language, region } = new Intl.Locale(tag).maximize();
  return region === undefined ? language : `${language}-${region}`;
}

function toIso(instant: DateTime): string {
  const iso = instant.toUTC().toISO({ suppressMilliseconds: true });
  if (iso === null) throw new Error('an invalid time reached Graph’s door');
  return iso;
}
