import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { memo } from '../../bot/base/cache.ts';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { say } from '../../bot/say/say.ts';
import { names, plain, shown, startText, wordSentences } from '../../bot/say/words/text.ts';
import {
  briefDay,
  type Clock,
  day,
  duration,
  offset,
  shortDay,
  span,
  time,
  zoneChoices,
  zoneInFull,
  zoneName,
} from '../../bot/say/words/time.ts';
import { groupDigits, groupPhone } from '../../bot/say/words/ways-to-join.ts';

const NBSP = '\u00a0';
const at = (iso: string) => DateTime.fromISO(iso, { zone: 'utc' });
const clock = (locale: string, zone: string, now = '2026-11-23T09:30Z'): Clock => ({
  say: say(locale),
  zone,
  now: at(now),
});
const LONDON = clock('en-GB', 'Europe/London');

describe('days', () => {
  test.each([
    ['today', '2026-11-23T23:59Z', LONDON, 'today, Monday 23 November 2026'],
    ['tomorrow', '2026-11-24T00:00Z', LONDON, 'tomorrow, Tuesday 24 November 2026'],
    ['yesterday', '2026-11-22T12:00Z', LONDON, 'yesterday, Sunday 22 November 2026'],
    ['later', '2026-11-25T12:00Z', LONDON, 'Wednesday 25 November 2026'],
    ['American', '2026-11-25T12:00Z', clock('en-US', 'America/New_York'), 'Wednesday, November 25, 2026'],
    [
      'by the zone, not by UTC',
      '2026-11-24T02:00Z',
      clock('en-GB', 'America/New_York'),
      'today, Monday 23 November 2026',
    ],
    [
      'over a short day',
      '2027-03-28T22:30Z',
      clock('en-GB', 'Europe/London', '2027-03-27T12:00Z'),
      'tomorrow, Sunday 28 March 2027',
    ],
    [
      'over a long day',
      '2026-10-25T23:30Z',
      clock('en-GB', 'Europe/London', '2026-10-24T22:59Z'),
      'tomorrow, Sunday 25 October 2026',
    ],
  ])('%s', (_name, iso, where, words) => {
    expect(day(at(iso), where)).toBe(words);
  });

  test('near days need no date in a list', () => {
    expect(shortDay(at('2026-11-24T09:00Z'), LONDON)).toBe('tomorrow');
    expect(shortDay(at('2026-12-04T09:00Z'), LONDON)).toBe('Friday 4 December 2026');
  });
});

describe('the first of a month', () => {
  test.each([
    ['fr-FR', 'mardi 1er décembre 2026', 'mar. 1er déc.'],
    ['de-DE', 'Dienstag, 1. Dezember 2026', 'Di., 1. Dez.'],
    ['en-GB', 'Tuesday 1 December 2026', 'Tue 1 Dec'],
    ['en-US', 'Tuesday, December 1, 2026', 'Tue, Dec 1'],
  ])('in %s', (locale, whole, brief) => {
    const first = at('2026-12-01T09:00Z');
    expect(shortDay(first, clock(locale, 'Europe/London'))).toBe(whole);
    expect(briefDay(first, clock(locale, 'Europe/London'))).toBe(brief);
  });
});

test.each([
  ['de-DE', 'Do., 3. Dez.', 'Verschoben von Do., 3. Dez.'],
  ['fr-FR', 'jeu. 3 déc.', 'Avant : jeu. 3 déc.'],
  ['en-GB', 'Thu 3 Dec', 'Moved from Thu 3 Dec.'],
])('an abbreviation at the end of a sentence brings its full stop (%s)', (locale, other, words) => {
  expect(say(locale).text('assumed.moved', { other }).replaceAll('\u00a0', ' ')).toBe(words);
});

describe('days on a button', () => {
  test.each([
    ['today', '2026-11-23T12:00Z', 'en-GB', 'today'],
    ['tomorrow', '2026-11-24T12:00Z', 'en-GB', 'tomorrow'],
    ['later', '2026-11-25T12:00Z', 'en-GB', 'Wed 25 Nov'],
    ['American', '2026-11-25T12:00Z', 'en-US', 'Wed, Nov 25'],
    ['a Dane who reads English', '2026-11-25T12:00Z', 'da-DK', 'Wed 25 Nov'],
    ['German', '2026-11-25T12:00Z', 'de-DE', 'Mi., 25. Nov.'],
  ])('%s', (_name, iso, locale, words) => {
    expect(briefDay(at(iso), clock(locale, 'Europe/London'))).toBe(words);
  });
});

describe('clocks', () => {
  test.each([
    ['en-GB', '15:00'],
    ['en-US', `3:00${NBSP}PM`],
    ['en-AU', `3:00${NBSP}pm`],
    ['en-IE', '15:00'],
    ['de-DE', '15:00'],
    ['de', '15:00'],
    ['en', `3:00${NBSP}PM`],
    ['no such tag!', `3:00${NBSP}PM`],
  ])('in %s', (locale, words) => {
    expect(time(at('2026-11-24T15:00Z'), clock(locale, 'Europe/London'))).toBe(words);
  });

  test.each([
    ['early', '2026-11-24T07:05Z', '07:05'],
    ['midnight', '2026-11-24T00:00Z', '00:00'],
  ])('%s keeps two digits where the region writes 24 hours', (_name, iso, words) => {
    expect(time(at(iso), LONDON)).toBe(words);
  });
});

describe('spans', () => {
  test.each([
    ['British', LONDON, '15:00–15:30'],
    ['American', clock('en-US', 'Europe/London'), `3:00${NBSP}–${NBSP}3:30${NBSP}PM`],
    ['fixed offset', clock('en-GB', 'UTC+5:30'), '20:30–21:00'],
  ])('%s', (_name, where, hours) => {
    expect(span(at('2026-11-24T15:00Z'), at('2026-11-24T15:30Z'), where).hours).toBe(hours);
  });

  test('a night names the day it ends on', () => {
    expect(span(at('2026-11-24T21:00Z'), at('2026-11-25T06:00Z'), LONDON)).toEqual({
      day: 'Tomorrow, Tuesday 24 November 2026',
      hours: '21:00 – Wednesday 25 November 2026, 06:00',
    });
  });

  test('a meeting that is one day in UTC may be two where the reader is', () => {
    const tokyo = clock('en-GB', 'Asia/Tokyo');
    expect(span(at('2026-11-24T14:30Z'), at('2026-11-24T15:30Z'), tokyo).hours).toBe(
      '23:30 – Wednesday 25 November 2026, 00:30',
    );
  });
});

describe('zones', () => {
  const WINTER = at('2026-11-24T15:00Z');
  test.each([
    ['Europe/London', 'London time (UTC+0)'],
    ['America/New_York', 'New York time (UTC−5)'],
    ['Asia/Kolkata', 'Kolkata time (UTC+5:30)'],
    ['Asia/Calcutta', 'Kolkata time (UTC+5:30)'],
    ['America/St_Johns', 'St Johns time (UTC−3:30)'],
    ['America/Argentina/Buenos_Aires', 'Buenos Aires time (UTC−3)'],
    ['Etc/UTC', 'UTC'],
    ['UTC', 'UTC'],
    ['UTC+2', 'UTC+2'],
  ])('%s', (zone, words) => {
    expect(zoneInFull(WINTER, clock('en-GB', zone))).toBe(words);
  });

  test('summer has another offset', () => {
    expect(offset(at('2026-07-01T12:00Z'), 'Europe/London')).toBe('UTC+1');
    expect(zoneName('Europe/London', LONDON.say)).toBe('London time');
    expect(
      ['Etc/GMT+5', 'Etc/GMT-14', 'Etc/GMT+0', 'Etc/UTC'].map((zone) => zoneName(zone, LONDON.say)),
    ).toEqual(['UTC−5', 'UTC+14', 'UTC', 'UTC']);
  });

  test('the list runs from west to east, each once', () => {
    const choices = zoneChoices(at('2026-07-01T12:00Z'), say('en-GB'));
    const offsets = choices.map(({ value }) => at('2026-07-01T12:00Z').setZone(value).offset);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    expect(new Set(choices.map(({ title }) => title)).size).toBe(choices.length);
    expect(choices.every(({ value }) => DateTime.fromMillis(0, { zone: value }).isValid)).toBe(true);
    expect(choices).toContainEqual({ title: 'London (UTC+1)', value: 'Europe/London' });
  });
});

describe('numbers', () => {
  test.each([
    ['+442033215200', '+44 203 321 5200'],
    ['+12525634478', '+1 252 563 4478'],
    ['+3612345678', '+36 1234 5678'],
    ['+35315260000', '+353 1526 0000'],
    ['+1 323-849-4874', '+1 323-849-4874'],
    ['0800 123', '0800 123'],
    ['<b>', '<b>'],
  ])('%s', (number, grouped) => {
    expect(groupPhone(number)).toBe(grouped);
  });

  test.each([
    ['2451236789033', '245 123 678 903 3'],
    ['321857692', '321 857 692'],
    ['abc', 'abc'],
    ['12', '12'],
  ])('%s', (digits, grouped) => {
    expect(groupDigits(digits)).toBe(grouped);
  });

  test('grouping loses no digit', () => {
    for (let length = 8; length <= 15; length += 1) {
      const number = `+${'9876543210123456'.slice(0, length)}`;
      expect(groupPhone(number).replaceAll(' ', '')).toBe(number);
    }
  });

  test.each([
    [1, '1 minute'],
    [45, '45 minutes'],
    [60, '1 hour'],
    [90, '1 hour, 30 minutes'],
    [121, '2 hours, 1 minute'],
  ])('%i minutes', (minutes, words) => {
    expect(duration(minutes, say('en-GB'))).toBe(words);
  });
});

describe('what people typed', () => {
  test.each([
    ['Q3', 'Q3'],
    ['lee@contoso.com', 'lee@contoso.com'],
    ['\u202egnp.exe\u2069', 'gnp.exe'],
    ['first.last@a.subdomain.example', 'first.\u200blast@\u200ba.\u200bsubdomain.\u200bexample'],
    ['W'.repeat(50), `${'W'.repeat(24)}\u200b${'W'.repeat(24)}\u200bWW`],
  ])('%s is shown so that it stays in its line', (text, words) => {
    expect(shown(text)).toBe(words);
  });

  test('is spoken without markup', () => {
    expect(plain('**a** <at>b</at> [c](d) `e`\u202e & f_g')).toBe('a at b /at c (d) e f g');
  });

  test('is listed, and counted past the limit', () => {
    const voice = say('en-GB');
    expect(names(['Ben'], voice, 3)).toBe('Ben');
    expect(names(['Ben', 'Lee', 'Sam'], voice, 3)).toBe('Ben, Lee and Sam');
    expect(names(['Ben', 'Lee', 'Sam', 'Mei'], voice, 2)).toBe('Ben, Lee and 2 more');
  });
});

test.each([
  [['Saved', 'Time zone: UTC'], 'Saved. Time zone: UTC.'],
  [['Sign out?', 'Yes'], 'Sign out? Yes.'],
  [['Write “sign in”', 'It says “No.”'], 'Write “sign in”. It says “No.”'],
  [['会議です。', 'Wait …'], '会議です。 Wait …'],
])('%j are read one after another', (sentences, words) => {
  expect(wordSentences(sentences, say('en-GB'))).toBe(words);
});

test('a text begins with a large letter, in the way of its language', () => {
  expect(['tomorrow', '明日', 'éte', ''].map((text) => startText(text, say('en-GB')))).toEqual([
    'Tomorrow',
    '明日',
    'Éte',
    '',
  ]);
});

describe('messages', () => {
  test.each(Object.entries(en))('%s can be compiled, and needs every name it has', (key, message) => {
    const params = new Proxy(
      {},
      {
        get: (_target, name) => (/count|minutes|hours/.test(String(name)) ? 2 : String(name)),
        has: () => true,
      },
    );
    const format = say('en-GB').text as (key: string, params: unknown) => string;
    expect(format(key, params)).toMatch(/\S/);
    if (message.includes('{')) expect(() => format(key, {})).toThrow();
  });

  test.each([
    ['en-US', 'en-US'],
    ['en-GB', 'en-GB'],
    ['da-DK', 'en-DK'],
    ['de-AT', 'de-AT'],
    ['fr', 'fr'],
    ['', 'en'],
    ['*', 'en'],
  ])('a reader of %s is told times in %s', (locale, spoken) => {
    expect(say(locale).locale).toBe(spoken);
  });

  test('what is remembered has a limit', () => {
    let made = 0;
    const make = memo(2, (key) => {
      made += 1;
      return { key };
    });
    const [first, again] = [make('a'), make('a')];
    expect(again).toBe(first);
    make('b');
    make('c');
    expect(make('a')).not.toBe(first);
    expect(made).toBe(4);
  });
});
