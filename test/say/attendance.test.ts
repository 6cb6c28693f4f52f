import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import type { Guest, Participant } from '../../bot/meeting/meeting.ts';
import { render } from '../../bot/say/render.ts';

const at = (iso: string) => DateTime.fromISO(iso, { zone: 'Europe/London' });
const reader = { locale: 'en-GB', zone: 'Europe/London', now: at('2026-12-02T09:00') };

function told(
  people: readonly Participant[],
  guests: readonly Guest[] = [],
  subject: string | null = 'Q3',
): string {
  const times = { start: at('2026-12-01T15:00'), end: at('2026-12-01T15:30') };
  const rendered = render(
    {
      kind: 'attendance',
      subject,
      zone: 'Europe/London',
      guests,
      ...times,
      attendance: { start: at('2026-12-01T15:02'), end: at('2026-12-01T15:41'), people },
    },
    reader,
  );
  return rendered.kind === 'text' ? rendered.text : '';
}

const person = (name: string, minutes: number): Participant => ({ id: name, address: null, name, minutes });
const lee: Guest = { kind: 'email', email: 'lee@fabrikam.example' };

test('when it really was, who came and how long, and who did not', () => {
  expect(told([person('Ben', 29.4), person('Kim', 0.2)], [lee])).toBe(
    [
      'Q3: Yesterday, Tuesday 1 December 2026, 15:02–15:41',
      '2 people came: Ben (29 minutes) and Kim (1 minute)',
      'Invited and not there: lee@fabrikam.example',
    ].join('\n\n'),
  );
});

test('nobody', () => {
  expect(told([])).toContain('Nobody came.');
});

test('a long list is cut, and says so', () => {
  const many = Array.from({ length: 40 }, (_, i) => person(`P${i}`, 5));
  expect(told(many)).toContain('40 people came');
  expect(told(many)).toContain('10 more');
});

test('nobody’s name or subject is markup', () => {
  const evil = '[x](https://evil.example) **b** <at>Everyone</at>';
  expect(told([person(evil, 5)], [{ kind: 'email', email: evil }], evil)).not.toMatch(/[<>[\]*]/);
});

test('guests who were not there, by id or address; of a bare name nobody knows', () => {
  const people = [
    { ...person('Ben', 3), id: 'b1' },
    { id: null, address: 'Lee@Fabrikam.example', name: 'Lee', minutes: 3 },
  ];
  const member = (id: string, upn: string) => ({ kind: 'member' as const, id, upn, name: id });
  const guests: Guest[] = [
    member('b1', 'ben@contoso.example'),
    member('k1', 'kim@contoso.example'),
    lee,
    { kind: 'email', email: 'mo@fabrikam.example' },
    { kind: 'name', name: 'Sam' },
  ];
  expect(told(people, guests)).toMatch(/not there: k1 and mo@fabrikam\.example$/);
});
