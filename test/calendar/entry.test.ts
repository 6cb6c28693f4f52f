import fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterEach, describe, expect, test } from 'vitest';
import { toLine } from '../../bot/base/safe-text.ts';
import {
  type CalendarEntry,
  calendarFile,
  outlookComposeUrl,
  packEntry,
  unpackEntry,
} from '../../bot/calendar/entry.ts';

const ZONE = 'Europe/Budapest';
const at = (iso: string, zone = ZONE) => DateTime.fromISO(iso, { zone });
const NOW = at('2026-03-27T14:00:00');
const JOIN_URL =
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_NTg0MzQ2ZGEtZjAwMC00%40thread.v2/0?context=%7b%22Tid%22%3a%220d9ec1a4-7c1f-4b5b-8f6f-6c3a2a1b0c9d%22%2c%22Oid%22%3a%2231a1b2c3-4d5e-6f70-8192-a3b4c5d6e7f8%22%7d';
const entry = (given: Partial<CalendarEntry> = {}): CalendarEntry => ({
  id: '5f0c9a8e-1111-4222-8333-944455556666',
  revision: 1,
  subject: 'Q3 review',
  start: at('2026-03-30T15:00'),
  end: at('2026-03-30T15:45'),
  joinUrl: JOIN_URL,
  details: ['Phone: +44 203 321 5200', 'Conference ID: 345 012 001#'],
  ...given,
});

/** The file's lines, unfolded, as RFC 5545 has it read. */
const linesOf = (file: string) => file.replaceAll('\r\n ', '').split('\r\n');
const plainOf = (text: string) =>
  text.replace(/\\([\\;,nN])/g, (_whole, sign: string) => (/n/i.test(sign) ? '\n' : sign));

function fieldOf(file: string, name: string): string {
  const found = linesOf(file).filter((line) => new RegExp(`^${name}[:;]`).test(line));
  expect(found, name).toHaveLength(1);
  return (found[0] ?? '').replace(/^[^:]*:/, '');
}

const NAMES = [
  ...['BEGIN:VCALENDAR', 'VERSION', 'PRODID', 'BEGIN:VEVENT', 'UID', 'SEQUENCE', 'DTSTAMP', 'DTSTART'],
  ...['DTEND', 'SUMMARY', 'LOCATION', 'DESCRIPTION', 'URL', 'X-MICROSOFT-CDO-BUSYSTATUS'],
  ...['X-MICROSOFT-SKYPETEAMSMEETINGURL', 'END:VEVENT', 'END:VCALENDAR', ''],
];
const nameOf = (line: string) => (/^(?:BEGIN|END):/.test(line) ? line : line.replace(/[:;].*$/s, ''));

const HOSTILE = [
  'Lunch\r\nATTENDEE:mailto:eve@example.com',
  'a;b,c\\d"e:f\\n',
  'END:VEVENT\nEND:VCALENDAR\n',
  '\u202egnp.exe\u0000\u2028x\u0085y',
  '👩‍👩‍👧 Családi 会議'.repeat(30),
  '\ud800 alone',
];

describe('the file', () => {
  test('says everything once', () => {
    const file = calendarFile(entry(), NOW);
    expect(linesOf(file).map(nameOf)).toEqual(NAMES);
    expect(fieldOf(file, 'VERSION')).toBe('2.0');
    expect(fieldOf(file, 'UID')).toBe('5f0c9a8e-1111-4222-8333-944455556666@parley');
    expect(fieldOf(file, 'SEQUENCE')).toBe('1');
    expect(fieldOf(file, 'DTSTAMP')).toBe('20260327T130000Z');
    expect(fieldOf(file, 'SUMMARY')).toBe('Q3 review');
    expect(fieldOf(file, 'LOCATION')).toBe(JOIN_URL);
    expect(fieldOf(file, 'URL')).toBe(JOIN_URL);
    expect(plainOf(fieldOf(file, 'DESCRIPTION'))).toBe(
      `${JOIN_URL}\nPhone: +44 203 321 5200\nConference ID: 345 012 001#`,
    );
  });

  test('is the same meeting after a change, and newer', () => {
    const before = calendarFile(entry(), NOW);
    const after = calendarFile(entry({ revision: 2, start: at('2026-03-30T15:15'), subject: 'Q4' }), NOW);
    expect(fieldOf(after, 'UID')).toBe(fieldOf(before, 'UID'));
    expect(Number(fieldOf(after, 'SEQUENCE'))).toBeGreaterThan(Number(fieldOf(before, 'SEQUENCE')));
  });

  test('depends on nothing but what it is given', () => {
    expect(calendarFile(entry(), NOW)).toBe(calendarFile(entry(), NOW));
  });

  test('without a phone, the description is the link', () => {
    expect(fieldOf(calendarFile(entry({ details: [] }), NOW), 'DESCRIPTION')).toBe(JOIN_URL);
  });

  test('a link with signs that mean something in a calendar stays one address', () => {
    const file = calendarFile(entry({ joinUrl: 'https://teams.microsoft.com/meet/1?p=a,b;c\\d' }), NOW);
    expect(fieldOf(file, 'URL')).toBe('https://teams.microsoft.com/meet/1?p=a%2Cb%3Bc%5Cd');
  });

  test.each(HOSTILE)('%j is a subject and nothing more', (text) => {
    const file = calendarFile(entry({ subject: text, details: [text] }), NOW);
    expect(linesOf(file).map(nameOf)).toEqual(NAMES);
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
    expect(plainOf(fieldOf(file, 'DESCRIPTION')).split('\n')).toHaveLength(2);
  });

  test('whatever the subject, it comes back as it was, in lines of 75 octets at most', () => {
    const letters = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.array(fc.nat(0xffff), { maxLength: 300 }).map((codes) => String.fromCharCode(...codes)),
      fc.string({
        unit: fc.constantFrom('\\', ';', ',', '\n', ':', 'é', '👍', ' ', 'n', '"'),
        maxLength: 120,
      }),
    );
    fc.assert(
      fc.property(letters, (subject) => {
        const file = calendarFile(entry({ subject }), NOW);
        expect(plainOf(fieldOf(file, 'SUMMARY'))).toBe(toLine(subject, subject.length));
        const sizes = file.split('\r\n').map((line) => Buffer.byteLength(line));
        expect(Math.max(...sizes)).toBeLessThanOrEqual(75);
      }),
    );
  });
});

describe('clocks', () => {
  const machine = process.env.TZ;
  afterEach(() => {
    if (machine === undefined) delete process.env.TZ;
    else process.env.TZ = machine;
  });

  test.each([
    ['before the clocks go forward', '2026-03-29T01:30', ZONE, '20260329T003000Z'],
    ['after', '2026-03-29T03:30', ZONE, '20260329T013000Z'],
    ['the first 02:30 of two', '2026-10-25T02:30+02:00', ZONE, '20261025T003000Z'],
    ['the second', '2026-10-25T02:30+01:00', ZONE, '20261025T013000Z'],
    ['half an hour of daylight saving', '2026-10-04T09:00', 'Australia/Lord_Howe', '20261003T220000Z'],
    ['a quarter of an hour', '2026-10-04T09:00', 'Asia/Kathmandu', '20261004T031500Z'],
  ])('%s', (_name, iso, zone, expected) => {
    for (const tz of ['UTC', 'America/New_York', 'Pacific/Chatham']) {
      process.env.TZ = tz;
      const start = at(iso, zone);
      expect(fieldOf(calendarFile(entry({ start, end: start.plus({ hours: 1 }) }), NOW), 'DTSTART')).toBe(
        expected,
      );
    }
  });

  test('a length over the change of clocks is elapsed time', () => {
    const start = at('2026-03-29T01:30');
    const file = calendarFile(entry({ start, end: start.plus({ minutes: 60 }) }), NOW);
    expect(fieldOf(file, 'DTEND')).toBe('20260329T013000Z');
  });
});

describe('Outlook’s page', () => {
  const HOST = 'outlook.office.com';
  const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams);

  test('is filled in', () => {
    const url = outlookComposeUrl(entry({ subject: 'Q3 & Q4: 100% + more' }), HOST);
    expect(url).toMatch(/^https:\/\/outlook\.office\.com\/calendar\/deeplink\/compose\?/);
    expect(parametersOf(url)).toEqual({
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: 'Q3 & Q4: 100% + more',
      startdt: '2026-03-30T13:00:00Z',
      enddt: '2026-03-30T13:45:00Z',
      location: 'Microsoft Teams Meeting',
      body: `<a href="${JOIN_URL}">${JOIN_URL}</a><br>Phone: +44 203 321 5200<br>Conference ID: 345 012 001#`,
    });
  });

  test('has no plus for a space, which Outlook would show', () => {
    expect(outlookComposeUrl(entry(), HOST)).not.toContain('+');
  });

  test('in another cloud', () => {
    expect(new URL(outlookComposeUrl(entry(), 'outlook.office365.us')).host).toBe('outlook.office365.us');
  });

  test('text in the body is text', () => {
    const url = outlookComposeUrl(entry({ details: ['<script>"&</script>'] }), HOST);
    expect(parametersOf(url).body).toMatch(/<br>&lt;script&gt;"&amp;&lt;\/script&gt;$/);
  });

  test.each(HOSTILE)('%j cannot leave its parameter', (subject) => {
    const url = outlookComposeUrl(entry({ subject: `${subject}&location=https://evil.example/#` }), HOST);
    expect(parametersOf(url).location).toBe('Microsoft Teams Meeting');
    expect(new URL(url).hash).toBe('');
  });

  test('is never too long: the details go first, then the end of the subject', () => {
    const long = outlookComposeUrl(entry({ subject: 'é'.repeat(255), details: ['x'.repeat(900)] }), HOST);
    expect(long.length).toBeLessThanOrEqual(2000);
    const { subject, body } = parametersOf(long);
    expect(body).toBe(JOIN_URL);
    expect(subject).toMatch(/^é{50,}$/);
  });

  test('invites the guests, separated by commas', () => {
    const url = outlookComposeUrl(entry(), HOST, ['ben@contoso.com', 'a&b+c@contoso.com']);
    expect(parametersOf(url).to).toBe('ben@contoso.com,a&b+c@contoso.com');
    expect(parametersOf(outlookComposeUrl(entry(), HOST))).not.toHaveProperty('to');
  });

  test('the details and the end of the subject give way to guests; too many guests are left out, all of them', () => {
    const guests = (count: number) => Array.from({ length: count }, (_, i) => `guest-${i}@contoso.com`);
    const some = outlookComposeUrl(
      entry({ subject: 'x'.repeat(255), details: ['x'.repeat(900)] }),
      HOST,
      guests(40),
    );
    expect(some.length).toBeLessThanOrEqual(2000);
    expect(parametersOf(some).to?.split(',')).toHaveLength(40);
    expect(parametersOf(some).subject).toMatch(/^x{50,}$/);
    const many = outlookComposeUrl(entry(), HOST, guests(100));
    expect(many).toBe(outlookComposeUrl(entry(), HOST));
  });
});

describe('packed for an address', () => {
  test('comes back as it was, in UTC', () => {
    const back = unpackEntry(JSON.parse(JSON.stringify(packEntry(entry()))));
    expect(back).toEqual({ ...entry(), start: entry().start.toUTC(), end: entry().end.toUTC() });
  });

  test('a very long subject loses its end, between two characters', () => {
    const subject = unpackEntry(packEntry(entry({ subject: '👍'.repeat(255) })))?.subject ?? '';
    expect(subject).toMatch(/^(?:👍)+$/u);
    expect(Buffer.byteLength(subject)).toBeLessThanOrEqual(600);
    expect(unpackEntry(packEntry(entry({ subject: 'x'.repeat(255) })))?.subject).toHaveLength(255);
  });

  test.each([[null], [{}], [[]], [['id', 1, 'subject', 'now', 2, 'https://x', []]], ['text']])(
    '%j is no entry',
    (packed) => {
      expect(unpackEntry(packed)).toBeNull();
    },
  );
});
