import { describe, expect, test } from 'vitest';
import { CLOUDS } from '../../bot/config/cloud.ts';
import { readMeeting, type WireContext } from '../../bot/graph/meeting-wire.ts';

const HOSTS = CLOUDS.global.joinHosts;
const JOIN = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d';
const ANSWER = {
  id: 'MSo1',
  subject: 'Budget',
  startDateTime: '2026-11-22T15:00:00Z',
  endDateTime: '2026-11-22T15:30:00Z',
  joinWebUrl: JOIN,
};
const context = (joinHosts: readonly string[] = HOSTS): WireContext => ({
  joinHosts,
  templates: new Map([['board', 'template-id']]),
  labels: new Map([['confidential', 'label-id']]),
  lacks: new Set(),
});
const read = (change: object = {}, hosts = HOSTS) => readMeeting({ ...ANSWER, ...change }, context(hosts));

describe('what Graph answers', () => {
  test('the least of it', () => {
    const { start, end, ...rest } = read();
    expect([start.toISO(), end.toISO()]).toEqual(['2026-11-22T15:00:00.000Z', '2026-11-22T15:30:00.000Z']);
    expect(rest).toEqual({
      graphId: 'MSo1',
      subject: 'Budget',
      joinUrl: JOIN,
      meetingId: null,
      passcode: null,
      dialIn: null,
      videoId: null,
      granted: {},
    });
  });

  const numbers = { tollNumber: '+44 20', tollFreeNumber: '+44 808' };
  const dialIn = { conferenceId: '123', toll: ['+44 20'], tollFree: ['+44 808'], url: null };
  test.each<[string, object, object | null]>([
    ['in the spelling of the metadata', { conferenceId: '123', ...numbers }, dialIn],
    ['in the spelling of the samples', { ConferenceId: '123', ...numbers }, dialIn],
    ['in both', { ConferenceId: '999', conferenceId: '123', ...numbers }, dialIn],
    [
      'lists, without repetition',
      { conferenceId: '123', ...numbers, tollNumbers: ['+44 20', '+1 2'] },
      { ...dialIn, toll: ['+44 20', '+1 2'] },
    ],
    ['only toll-free', { conferenceId: '123', tollFreeNumber: '+44 808' }, { ...dialIn, toll: [] }],
    ['empty texts', { conferenceId: '123', tollNumber: '', tollFreeNumber: '' }, null],
    ['no numbers', { conferenceId: '123' }, null],
    [
      'with a page of numbers',
      { conferenceId: '123', ...numbers, dialinUrl: 'https://dialin.example/' },
      { ...dialIn, url: 'https://dialin.example/' },
    ],
    [
      'with a page that is none',
      { conferenceId: '123', ...numbers, dialinUrl: 'javascript:alert(1)' },
      dialIn,
    ],
  ])('dial-in %s', (_name, audioConferencing, expected) => {
    expect(read({ audioConferencing }).dialIn).toEqual(expected);
  });

  test.each<[string, object, object]>([
    ['no dial-in', { audioConferencing: null }, { dialIn: null }],
    [
      'id and passcode',
      { joinMeetingIdSettings: { isPasscodeRequired: true, joinMeetingId: '1', passcode: 'p' } },
      { meetingId: '1', passcode: 'p' },
    ],
    [
      'no passcode',
      { joinMeetingIdSettings: { isPasscodeRequired: false, joinMeetingId: '1', passcode: null } },
      { meetingId: '1', passcode: null },
    ],
    ['no subject', { subject: null }, { subject: null }],
    ['an empty subject', { subject: '' }, { subject: null }],
    ['a video device', { videoTeleconferenceId: '118' }, { videoId: '118' }],
    [
      'what nobody knows yet',
      { hologram: { a: [1] }, allowedPresenters: 'unknownFutureValue' },
      { graphId: 'MSo1' },
    ],
  ])('%s', (_name, change, expected) => {
    expect(read(change)).toMatchObject(expected);
  });

  test('an instant keeps its place in time, however it is written', () => {
    expect(read({ startDateTime: '2026-11-22T15:00:00.1234567Z' }).start.toMillis()).toBe(
      Date.parse('2026-11-22T15:00:00.123Z'),
    );
    expect(read({ startDateTime: '2026-11-22T10:00:00-05:00' }).start.toISO()).toBe(
      '2026-11-22T15:00:00.000Z',
    );
  });

  test('a number in place of digits is read, and what is neither costs only itself', () => {
    const { dialIn, meetingId, passcode } = read({
      audioConferencing: {
        conferenceId: 123456789,
        tollNumber: { is: 'none' },
        tollNumbers: ['+44 20', null],
      },
      joinMeetingIdSettings: { joinMeetingId: 234567890, passcode: ['x'] },
      subject: 2027,
    });
    expect(dialIn).toMatchObject({ conferenceId: '123456789', toll: ['+44 20'] });
    expect({ meetingId, passcode }).toEqual({ meetingId: '234567890', passcode: null });
    expect(read({ subject: 2027 }).subject).toBe('2027');
    expect(read({ audioConferencing: 'none', joinMeetingIdSettings: [] })).toMatchObject({ dialIn: null });
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'garbage'],
    ['a list', []],
    ['no id', { ...ANSWER, id: undefined }],
    ['an empty id', { ...ANSWER, id: '' }],
    ['no link', { ...ANSWER, joinWebUrl: undefined }],
    ['no time', { ...ANSWER, startDateTime: null }],
    ['a time that is none', { ...ANSWER, startDateTime: 'soon' }],
    ['a number for its link', { ...ANSWER, joinWebUrl: 7 }],
  ])('%s is no meeting', (_name, body) => {
    expect(() => readMeeting(body, context())).toThrow();
  });

  test.each([
    'https://teams.microsoft.com.evil.example/l/meetup-join/x',
    'https://teams.microsoft.com@evil.example/',
    'https://evil.example/teams.microsoft.com',
    'https://eviltests-teams.microsoft.com.evil.example/',
    'https://notteams.microsoft.com/',
    'http://teams.microsoft.com/l/meetup-join/x',
    'javascript:alert(1)//teams.microsoft.com',
    'data:text/html,teams.microsoft.com',
    'https://xn--teams-microsoft.com/',
    '/l/meetup-join/x',
    '',
  ])('a link to %j is not passed on', (joinWebUrl) => {
    expect(() => read({ joinWebUrl })).toThrow();
  });

  test('each cloud has its own hosts', () => {
    const government = { joinWebUrl: 'https://gov.teams.microsoft.us/l/meetup-join/x' };
    expect(read(government, CLOUDS.gcch.joinHosts).joinUrl).toBe(government.joinWebUrl);
    expect(() => read(government)).toThrow();
    expect(() => read({}, CLOUDS.gcch.joinHosts)).toThrow();
  });

  test.each([
    ['https://gcc.teams.microsoft.com/l/meetup-join/x', CLOUDS.global.joinHosts],
    ['https://teams.microsoft.com/meet/123?p=x', CLOUDS.global.joinHosts],
    ['https://dod.teams.microsoft.us/l/meetup-join/x', CLOUDS.dod.joinHosts],
  ])('%s leads to Teams', (joinWebUrl, hosts) => {
    expect(read({ joinWebUrl }, hosts).joinUrl).toBe(joinWebUrl);
  });
});

describe('what Graph grants', () => {
  test.each<[object, object]>([
    [{ joinMeetingIdSettings: { isPasscodeRequired: false } }, { passcode: false }],
    [
      { isEndToEndEncryptionEnabled: true, recordAutomatically: false },
      { encrypted: true, record: false },
    ],
    [{ lobbyBypassSettings: { scope: 'invited' } }, { lobby: 'invited' }],
    [{ lobbyBypassSettings: { scope: 'organizationAndFederated' } }, { lobby: null }],
    [{ lobbyBypassSettings: null }, { lobby: null }],
    [{ allowedPresenters: 'roleIsPresenter' }, { presenters: 'invited' }],
    [{ allowedPresenters: 'unknownFutureValue' }, { presenters: null }],
    [{ meetingTemplateId: 'template-id' }, { template: 'board' }],
    [{ meetingTemplateId: 'of somebody else' }, { template: null }],
    [{ meetingSpokenLanguageTag: '' }, { language: null }],
    [{ meetingSpokenLanguageTag: 'no tag' }, { language: null }],
    [{ meetingSpokenLanguageTag: 'de-1901-1901' }, { language: null }],
    [{ meetingSpokenLanguageTag: 'zh-Hant-TW' }, { language: 'zh-Hant-TW' }],
    [
      { allowMeetingChat: 7, allowAttendeeToEnableMic: 'yes' },
      { chat: null, mic: null },
    ],
    [{ hologram: true }, {}],
  ])('%j', (members, granted) => {
    expect(read(members).granted).toEqual(granted);
  });
});

test('options that are several values at Graph are read only where all agree', () => {
  const watermark = (video: boolean | null) =>
    read({ watermarkProtection: { isEnabledForContentSharing: true, isEnabledForVideo: video } }).granted;
  expect([watermark(true), watermark(false), watermark(null)]).toEqual([
    { watermark: true },
    { watermark: null },
    { watermark: null },
  ]);
});

test('the page with all options is told where it is one of Teams’', () => {
  const url = (meetingOptionsWebUrl: unknown) => read({ meetingOptionsWebUrl }).optionsUrl;
  expect(url('https://teams.microsoft.com/meetingOptions/?x=1')).toBe(
    'https://teams.microsoft.com/meetingOptions/?x=1',
  );
  expect([url('https://evil.example/meetingOptions'), url('javascript:alert(1)'), url(null)]).toEqual(
    Array(3).fill(undefined),
  );
});
