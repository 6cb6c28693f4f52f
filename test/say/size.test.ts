import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { readInvitation, readMeeting } from '../../bot/graph/meeting-wire.ts';
import { MOST_CANDIDATES, MOST_NAMES } from '../../bot/handle/make/resolve-guests.ts';
import { type Reply, render } from '../../bot/say/render.ts';
import { readSamples } from '../../cards/samples.ts';

// Teams takes messages of 28 KB for sure; four bytes a letter is the most that text can take.
const MOST_BYTES = 25 * 1024;
const LETTER = '👩';

const CONTEXT = {
  joinHosts: ['teams.microsoft.com'],
  templates: new Map(),
  labels: new Map(),
  lacks: new Set<never>(),
};
const html = `data:text/html,${'a'.repeat(1_500)}<br>`.repeat(39);
const long = LETTER.repeat(20_000);
const numbers = Array.from({ length: 10_000 }, (_, i) => `+44${String(i).padStart(50, '0')}`);

/** What a Graph that has lost all measure says of a meeting. */
const WIRE = {
  id: 'm',
  subject: long,
  videoTeleconferenceId: long,
  chatInfo: { threadId: long },
  startDateTime: '2026-11-24T15:00:00Z',
  endDateTime: '2026-11-24T15:30:00Z',
  joinWebUrl: `https://teams.microsoft.com/l/meetup-join/${'x'.repeat(750)}`,
  joinMeetingIdSettings: { joinMeetingId: '1'.repeat(20_000), passcode: long },
  audioConferencing: {
    conferenceId: '2'.repeat(20_000),
    ...{
      tollNumber: numbers[0],
      tollNumbers: numbers,
      tollFreeNumbers: ['+1 800 555 0100', '9'.repeat(500), ...numbers],
    },
    dialinUrl: `https://dialin.teams.microsoft.com/${'x'.repeat(20_000)}`,
  },
  joinInformation: { content: html },
};
const MEETING = readMeeting(WIRE, CONTEXT);
const LINES = readInvitation(WIRE, CONTEXT);

/** Texts of people: a subject was held to its length when it came, what a message or the channel says was not. */
const TYPED: Readonly<Record<string, string>> = {
  subject: LETTER.repeat(255),
  ...Object.fromEntries(
    ['name', 'said', 'email', 'upn', 'quoted', 'asker', 'organiser'].map((field) => [
      field,
      LETTER.repeat(2_000),
    ]),
  ),
};
/** Of which there may be so many; what is asked is counted before. A sentence has no more than a few assumptions. */
const COUNTS: Readonly<Record<string, number>> = {
  guests: 100,
  mentions: 100,
  meetings: 100,
  drafts: 100,
  left: 100,
  choices: 100,
  names: MOST_NAMES,
  candidates: MOST_CANDIDATES,
};

function swollen(value: unknown, name = ''): unknown {
  if (name === 'meeting') return { ...MEETING, granted: (value as { granted: object }).granted };
  if (name === 'lines') return LINES;
  if (name === 'joinUrl') return WIRE.joinWebUrl;
  if (typeof value === 'string') return TYPED[name] ?? value;
  if (Array.isArray(value)) {
    const all = value.map((one) => swollen(one, name));
    const count = all.length === 0 ? 0 : (COUNTS[name] ?? all.length);
    return Array.from({ length: count }, (_, i) => all[i % all.length]);
  }
  if (typeof value !== 'object' || value === null || DateTime.isDateTime(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, swollen(child, key)]));
}

test.each(readSamples())(
  '$name is no more than Teams takes, whatever it is filled with',
  ({ reply, reader }) => {
    const rendered = render(swollen(reply) as Reply, reader);
    expect(Buffer.byteLength(JSON.stringify(rendered))).toBeLessThan(MOST_BYTES);
  },
);

test('of what Graph says of a meeting as much is kept as anybody can use', () => {
  const { subject, dialIn, meetingId, passcode, threadId } = MEETING;
  expect([...(subject ?? '')]).toHaveLength(255);
  expect(dialIn?.toll).toHaveLength(8);
  expect(dialIn?.tollFree).toHaveLength(8);
  expect(dialIn?.tollFree[0]).toBe('+1 800 555 0100');
  // Cut, they would be wrong.
  expect([meetingId, passcode, dialIn?.conferenceId, dialIn?.url]).toEqual([null, null, null, null]);
  expect(threadId).toBeUndefined();
  expect(() =>
    readMeeting({ ...WIRE, joinWebUrl: `${WIRE.joinWebUrl}${'x'.repeat(900)}` }, CONTEXT),
  ).toThrow();
});
