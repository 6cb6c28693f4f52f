import { expect, test } from 'vitest';
import { readLine } from '../../bot/language/learn/template.ts';
import type { Context } from '../../bot/language/reading.ts';
import { AT_HAND, answerOf, FRAME, readText } from './reading.ts';

const QUESTION: Context = {
  open: { kind: 'question', needs: ['time'], subject: 'Launch', start: '2026-09-17' },
  focus: null,
  meetings: [],
};
const CONFIRM: Context = { ...AT_HAND, open: { kind: 'confirm' } };

const said = (text: string, locale: string, context?: Context) => {
  const { command, way } = readText(text, { ...FRAME, locale, ...(context && { context }) });
  return { kind: way === 'leave' ? 'none' : command.kind, way };
};

test.each([
  ['Lou prefers 11:10', 'en-GB', AT_HAND, 'reschedule'],
  ['he says 10:30 is fine', 'en-GB', QUESTION, 'answer'],
  ['sie sagt, 10:30 passt ihr', 'de-DE', QUESTION, 'answer'],
  ['elle dit que 10h30 lui va', 'fr-FR', QUESTION, 'answer'],
  ["yes I'm sure, he knows already", 'en-GB', CONFIRM, 'confirm'],
])('“%s” means something only where it stands', (text, locale, context, kind) => {
  expect(said(text, locale)).not.toMatchObject({ kind, way: 'do' });
  expect(said(text, locale, context)).toMatchObject({ kind });
});

test.each([
  ['budget review tomorrow 4pm with Kim', 'en-GB', QUESTION, 'create'],
  ['cancel the Retro', 'en-GB', CONFIRM, 'cancel'],
  ['the 4pm bus was late again', 'en-GB', AT_HAND, 'none'],
  ['hmm let me ask her first', 'en-GB', QUESTION, 'none'],
])('“%s” means the same wherever it stands', (text, locale, context, kind) => {
  expect(said(text, locale)).toMatchObject({ kind });
  expect(said(text, locale, context)).toMatchObject({ kind });
});

test('a line of a corpus may say where it is said', () => {
  expect(readLine('card: move| make {which:it} 4')).toMatchObject({ act: 'move', situation: 'card' });
  expect(readLine('move| make {which:it} 4')).not.toHaveProperty('situation');
  expect(() => readLine('elsewhere: move| make {which:it} 4')).toThrow('"elsewhere" is no situation');
});

test.each([
  ['stell für Freitag ein Treffen mit helga@contoso.de ein', 'de-DE', ['time']],
  ['demain 15h point budget, septante-cinq minutes', 'fr-FR', []],
  ['morgen zw. 10 und 11 Uhr Angebotsvergleich', 'de-DE', []],
])('“%s”: an article is no hour, and what people write for numbers is read', (text, locale, needs) => {
  const { command } = readText(text, { ...FRAME, locale });
  expect(command).toMatchObject({ kind: 'create', needs });
  if (text.includes('septante')) expect(command).toMatchObject({ minutes: 75 });
});

test('a new meeting without a wish is no refusal', () => {
  const { command } = readText('Nächsten Montag 08:30 Standup, bitte nicht aufzeichnen', {
    ...FRAME,
    locale: 'de-DE',
  });
  expect(command).toMatchObject({ kind: 'create', options: { record: false } });
});

test.each([
  ['drop retro', 'en-GB', 'cancel'],
  ['forget the retro', 'en-GB', 'cancel'],
  ['supprime retro stp', 'fr-FR', 'cancel'],
  ['et le retro, tout le monde doit pouvoir présenter', 'fr-FR', 'reschedule'],
])('“%s”: what a meeting of theirs is called is no guest of the one at hand', (text, locale, intent) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent, which: 'Retro', attendees: [] });
});

const LATER = { start: '2026-09-15T17:00:00+01:00', end: '2026-09-15T17:30:00+01:00', attendees: [] };
const TEAMS: Context = {
  ...AT_HAND,
  meetings: [...AT_HAND.meetings, { ...LATER, subject: 'marketing' }],
};

test.each([
  ['sync tomorrow 3pm with marketing', 'create', ['marketing']],
  ['move it to 5pm with marketing', 'reschedule', ['marketing']],
  ['cancel it, marketing is fine', 'cancel', []],
])(
  '“%s”: a team may be called as a meeting is, and “it” is the meeting at hand',
  (text, intent, attendees) => {
    const { which, ...said } = answerOf(text, TEAMS);
    expect(said).toMatchObject({ intent, attendees });
    expect(which).not.toBe('marketing');
  },
);

const HUDDLE = { subject: 'Zorblat', start: '2026-09-16T16:00:00+01:00', end: '2026-09-16T16:30:00+01:00' };
const KNOWN: Context = { ...AT_HAND, meetings: [...AT_HAND.meetings, { ...HUDDLE, attendees: [] }] };

test.each([
  ['lose the zorblat', 'en-GB', 'cancel'],
  ['forget the zorblat', 'en-GB', 'cancel'],
  ['put the zorblat on friday', 'en-GB', 'reschedule'],
  ['laisse tomber le zorblat', 'fr-FR', 'cancel'],
  ['zorblat kann weg', 'de-DE', 'cancel'],
])('“%s”: what one of the person’s meetings is called is that meeting', (text, locale, kind) => {
  const { command } = readText(text, { ...FRAME, locale, context: KNOWN });
  expect(command).toMatchObject({ kind, which: { subject: expect.stringMatching(/^zorblat$/i) } });
});

test('a name in another clause is not taken for the meeting that “it” is, and two names are shown first', () => {
  const frame = { ...FRAME, context: KNOWN };
  const { command } = readText('make it 4pm, the zorblat room is free then', frame);
  expect(command).toMatchObject({ kind: 'reschedule', which: { subject: null } });
  for (const text of ['lunch with the retro crowd at 12', 'meet the retro people at 4'])
    expect(readText(text, frame).way).toBe('draft');
});

test.each([
  ['client bailed', 'en-GB'],
  ['we won’t need it after all', 'en-GB'],
  ['hat sich erledigt', 'de-DE'],
  ['c’est plus la peine', 'fr-FR'],
])('“%s” behind a card asks whether to cancel that meeting, and no other', (text, locale) => {
  const { command } = readText(text, { ...FRAME, locale, context: AT_HAND });
  expect(command).toEqual({ kind: 'cancel', which: { subject: null, start: null, day: null, people: [] } });
});

test('a yes with a question about what is shown is none', () => {
  expect(said('still on friday, yes?', 'en-GB', CONFIRM)).toMatchObject({ kind: 'none' });
  expect(said('yes', 'en-GB', CONFIRM)).toMatchObject({ kind: 'confirm' });
});

test('a guest who is called as a meeting is can be taken off', () => {
  const [q3, ...more] = KNOWN.meetings;
  const context = { ...KNOWN, meetings: [{ ...q3, attendees: ['zorblat'] }, ...more] } as Context;
  const { command } = readText('take zorblat off the guests', { ...FRAME, context });
  expect(command).toMatchObject({ kind: 'reschedule', change: { leaving: [{ name: 'zorblat' }] } });
});

test('of two wishes for one option the one said last counts', () => {
  const text = 'put a passcode on that... actually no, take the passcode off';
  const { command } = readText(text, { ...FRAME, context: AT_HAND });
  expect(command).toMatchObject({ kind: 'reschedule', change: { options: { passcode: false } } });
});
