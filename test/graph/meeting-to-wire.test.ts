import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { CLOUDS } from '../../bot/config/cloud.ts';
import {
  type MeetingChange,
  readMeeting,
  toWire,
  toWireChange,
  type WireContext,
} from '../../bot/graph/meeting-wire.ts';
import type { Options } from '../../bot/language/command.ts';
import type { Guest, MeetingRequest } from '../../bot/meeting/meeting.ts';
import { type Choices, OPTION_NAMES, optionsIn, rowOf } from '../../bot/meeting/options.ts';

const context = (joinHosts: readonly string[] = CLOUDS.global.joinHosts): WireContext => ({
  joinHosts,
  templates: new Map([['board', 'template-id']]),
  labels: new Map([['confidential', 'label-id']]),
  lacks: new Set(),
});

const BEN: Guest = { kind: 'member', id: 'oid-ben', upn: 'ben@contoso.example', name: 'Ben' };
const request = (change: Partial<MeetingRequest> = {}): MeetingRequest => ({
  subject: 'Budget',
  start: DateTime.fromISO('2026-11-22T10:00', { zone: 'America/New_York' }),
  end: DateTime.fromISO('2026-11-22T11:00', { zone: 'America/New_York' }),
  guests: [],
  options: {},
  ...change,
});
const BODY = {
  subject: 'Budget',
  startDateTime: '2026-11-22T15:00:00Z',
  endDateTime: '2026-11-22T16:00:00Z',
  joinMeetingIdSettings: { isPasscodeRequired: true },
};
const wire = (change: Partial<MeetingRequest> = {}) => toWire(request(change), context());

describe('what Graph is told', () => {
  test.each<[string, Partial<MeetingRequest>, object]>([
    ['a passcode by default, times in UTC', {}, BODY],
    ['no subject', { subject: null }, { ...BODY, subject: undefined }],
    [
      'no passcode',
      { options: { passcode: false } },
      { ...BODY, joinMeetingIdSettings: { isPasscodeRequired: false } },
    ],
    [
      'a member by id and upn',
      { guests: [BEN] },
      {
        ...BODY,
        participants: { attendees: [{ identity: { user: { id: 'oid-ben' } }, upn: 'ben@contoso.example' }] },
      },
    ],
    [
      'nobody of whom only a name or an address is known',
      {
        guests: [
          { kind: 'name', name: 'Lee' },
          { kind: 'email', email: 'lee@x.example' },
        ],
      },
      BODY,
    ],
  ])('%s', (_name, change, body) => {
    expect(wire(change)).toEqual(body);
  });

  test.each<[Options, object]>([
    [{ encrypted: true }, { isEndToEndEncryptionEnabled: true }],
    [{ encrypted: false }, { isEndToEndEncryptionEnabled: false }],
    [{ record: false }, { recordAutomatically: false }],
    [{ language: 'fr' }, { meetingSpokenLanguageTag: 'fr-FR' }],
    [{ record: true }, { recordAutomatically: true }],
    [{ transcribe: true }, { allowTranscription: true }],
    [{ language: 'fr-FR' }, { meetingSpokenLanguageTag: 'fr-FR' }],
    [{ lobby: 'everyone' }, { lobbyBypassSettings: { scope: 'everyone' } }],
    [{ presenters: 'organizer' }, { allowedPresenters: 'organizer' }],
    [{ chat: 'disabled' }, { allowMeetingChat: 'disabled' }],
    [
      { mic: false, camera: false },
      { allowAttendeeToEnableMic: false, allowAttendeeToEnableCamera: false },
    ],
    [{ announce: false }, { isEntryExitAnnounced: false }],
    [{ template: 'Board' }, { meetingTemplateId: 'template-id' }],
    [{ template: 'unknown' }, {}],
    [{ presenters: 'invited' }, { allowedPresenters: 'organizer' }],
  ])('%j', (options, members) => {
    expect(wire({ options })).toEqual({ ...BODY, ...members });
  });

  test('presenters who are invited come with a role each', () => {
    const body = wire({ guests: [BEN], options: { presenters: 'invited' } });
    expect(body).toMatchObject({
      allowedPresenters: 'roleIsPresenter',
      participants: { attendees: [{ role: 'presenter' }] },
    });
  });

  test('a time that is none never leaves', () => {
    expect(() => wire({ start: DateTime.invalid('test') })).toThrow();
  });
});

describe('what Graph is told to change', () => {
  const times = { start: request().start, end: request().end };
  const LEE: Guest = {
    kind: 'member',
    id: 'oid-lee',
    upn: 'lee@contoso.example',
    name: 'Lee',
    role: 'presenter',
  };
  const attendee = (id: string, role: string) =>
    expect.objectContaining({ identity: { user: { id } }, role });
  const roles = (...attendees: unknown[]) => ({ participants: { attendees } });

  test.each<[string, MeetingChange, object]>([
    ['nothing', {}, {}],
    ['a subject', { subject: 'Q3' }, { subject: 'Q3' }],
    ['no subject', { subject: null }, { subject: null }],
    ['both times', { times }, { startDateTime: '2026-11-22T15:00:00Z', endDateTime: '2026-11-22T16:00:00Z' }],
    [
      'options',
      { options: { record: false, lobby: 'organizer' } },
      { recordAutomatically: false, lobbyBypassSettings: { scope: 'organizer' } },
    ],
    [
      'nothing that needs a new meeting',
      { options: { passcode: false, encrypted: true, language: 'fr', template: 'board' } },
      { isEndToEndEncryptionEnabled: true, meetingSpokenLanguageTag: 'fr-FR' },
    ],
    [
      'presenters by their roles',
      { options: { presenters: 'named' }, guests: [BEN, LEE] },
      {
        allowedPresenters: 'roleIsPresenter',
        ...roles(attendee('oid-ben', 'attendee'), attendee('oid-lee', 'presenter')),
      },
    ],
    [
      'everybody who is invited',
      { options: { presenters: 'invited' }, guests: [BEN] },
      { allowedPresenters: 'roleIsPresenter', ...roles(attendee('oid-ben', 'presenter')) },
    ],
    [
      'nobody of another organisation',
      { options: { presenters: 'named' }, guests: [BEN, { ...LEE, isForeign: true }] },
      {
        allowedPresenters: 'organizer',
        ...roles(attendee('oid-ben', 'attendee'), attendee('oid-lee', 'attendee')),
      },
    ],
    [
      'a co-organiser',
      { guests: [BEN, { ...LEE, role: 'coorganizer' }] },
      roles(attendee('oid-ben', 'attendee'), attendee('oid-lee', 'coorganizer')),
    ],
    [
      'the organiser alone, where nobody has a role',
      { options: { presenters: 'named' }, guests: [BEN] },
      {
        allowedPresenters: 'organizer',
        participants: { attendees: [expect.not.objectContaining({ role: expect.anything() })] },
      },
    ],
  ])('%s', (_name, change, body) => {
    expect(toWireChange(change, context())).toEqual(body);
  });
});

const SAMPLE_VALUES = { language: ['fr-FR'], templates: ['board'], labels: ['confidential'] };
const EVERY = OPTION_NAMES.flatMap((name) => {
  const { values } = rowOf(name);
  const all = typeof values === 'string' ? SAMPLE_VALUES[values] : values;
  return all.map((value) => [name, value] as const);
});

test.each(EVERY)('%s, %s: comes back from Graph as it was sent', (name, value) => {
  const body = toWire(request({ options: { passcode: undefined, [name]: value } as Choices }), context());
  // Graph has one list of presenters, and cannot be told that names are shown again.
  const expected =
    value === 'named' ? 'invited' : name === 'anonymous' && value === false ? undefined : value;
  const { participants: _, ...wire } = body;
  if (name === 'presenters' && expected === 'invited')
    Object.assign(wire, { allowedPresenters: 'roleIsPresenter' });
  const answer = { ...wire, id: 'MSo1', joinWebUrl: 'https://teams.microsoft.com/l/meetup-join/x' };
  expect(readMeeting(answer, context()).granted[name]).toBe(expected);
});

test('what a cloud lacks is neither made nor changed there', () => {
  const lacks = optionsIn(CLOUDS.gcch.lacks);
  expect([...lacks].sort()).toEqual(
    [
      ...['encrypted', 'language', 'template', 'transcribe', 'admitters', 'breakout', 'copying', 'label'],
      ...['liveShare', 'powerpoint', 'whiteboard'],
    ].sort(),
  );
  const government = { ...context(), lacks };
  const options: Options = {
    encrypted: true,
    language: 'fr',
    template: 'board',
    transcribe: true,
    record: true,
  };
  expect(toWire(request({ options }), government)).toEqual({ ...BODY, recordAutomatically: true });
  expect(toWireChange({ options }, government)).toEqual({ recordAutomatically: true });
  expect(optionsIn(CLOUDS.global.lacks).size).toBe(0);
});
