import { expect, test } from 'vitest';
import { AT_HAND, FRAME, readText } from './reading.ts';

const named = (...names: string[]) => names.map((name) => ({ kind: 'name', name }));

test.each([
  ['réunion demain 15h avec Ben', 'fr-FR', ['Ben']],
  ['point jeudi 11h avec ben et Chandra', 'fr-FR', ['ben', 'Chandra']],
  ['réunion lundi 15h avec Sam', 'fr-FR', ['Sam']],
  ['réunion lundi 10h avec Mme Avril', 'fr-FR', ['Mme Avril']],
  ['Treffen morgen 10 Uhr mit Frau Sonntag', 'de-DE', ['Frau Sonntag']],
  ['Treffen morgen 10 Uhr mit Herrn Jung und Frau Kurz', 'de-DE', ['Herrn Jung', 'Frau Kurz']],
  ['call with will, mark and sue on friday 3pm', 'en-GB', ['will', 'mark', 'sue']],
  ['call with Mr Sunday tomorrow 3pm', 'en-GB', ['Mr Sunday']],
  ['call with Just and Will tomorrow 3pm', 'en-GB', ['Just', 'Will']],
  ['call with ola and will tomorrow 3pm', 'en-GB', ['ola', 'will']],
  ['Treffen mit Anna und Will morgen 10 Uhr', 'de-DE', ['Anna', 'Will']],
])('%s: a small word, or one of time, is somebody’s name beside a word for people', (text, locale, names) => {
  const { command, way } = readText(text, { ...FRAME, locale });
  expect(command).toMatchObject({ kind: 'create', needs: [], invitees: named(...names) });
  expect(way).toBe('do');
});

test.each([
  ['ajoute Ben', 'fr-FR', { invitees: named('Ben') }],
  ['mets ben dedans', 'fr-FR', { invitees: named('ben') }],
  ['sans Ben', 'fr-FR', { leaving: named('Ben') }],
  ['retire Sam', 'fr-FR', { leaving: named('Sam'), day: null }],
  ['nimm Ernst raus', 'de-DE', { leaving: named('Ernst') }],
  ['add June', 'en-GB', { invitees: named('June'), day: null }],
  ['drop mark', 'en-GB', { leaving: named('mark') }],
])('%s: so it is where somebody comes or leaves', (text, locale, change) => {
  const { command } = readText(text, { ...FRAME, locale, context: AT_HAND });
  expect(command).toMatchObject({ kind: 'reschedule', change });
});

test.each([
  ["c'est quand celle avec ben", 'show'],
  ['annule celle avec Ben', 'cancel'],
])('%s: so it is where it says which meeting', (text, kind) => {
  const { command } = readText(text, { ...FRAME, locale: 'fr-FR', context: AT_HAND });
  expect(command).toMatchObject({ kind, which: { people: [{ kind: 'name' }] } });
});

test.each([
  ['ben, réunion demain 15h avec Anne', 'fr-FR', ['Anne'], '2026-09-16'],
  ['réunion demain 15h avec euh ben Anne', 'fr-FR', ['Anne'], '2026-09-16'],
  ['réunion avec Anne sam 15h', 'fr-FR', ['Anne'], '2026-09-19'],
  ['kurz mit Miriam Freitag 10 Uhr', 'de-DE', ['Miriam'], '2026-09-18'],
  ['call with Ola may 5 2027 3pm', 'en-GB', ['Ola'], '2027-05-05'],
])('%s: elsewhere it is the small word or the time that it is', (text, locale, names, day) => {
  const { command } = readText(text, { ...FRAME, locale });
  expect(command).toMatchObject({ kind: 'create', invitees: named(...names) });
  expect(command.kind === 'create' && command.when?.start.toISODate()).toBe(day);
});

test.each([
  ['Miriam muss auch dabei sein, kim auch', ['kim', 'Miriam']],
  ['Miriam muss auch dabei sein', ['Miriam']],
])('%s: a verb at the end is nobody', (text, names) => {
  const { command } = readText(text, { ...FRAME, locale: 'de-DE', context: AT_HAND });
  expect(command).toMatchObject({ kind: 'reschedule', change: { invitees: named(...names) } });
});

test.each(['add Kim back', 'add Kim back in'])('%s: who comes back has no other name', (text) => {
  const { command } = readText(text, { ...FRAME, context: AT_HAND });
  expect(command).toMatchObject({ change: { invitees: named('Kim') } });
});

test.each([
  ['lunch with Ben and Tuesday at 3 budget', 'en-GB'],
  ['réunion 10h avec Luc et jeudi 11h point budget', 'fr-FR'],
])('%s: a weekday behind somebody is a day, and nobody', (text, locale) => {
  const { command, way } = readText(text, { ...FRAME, locale });
  expect(command).toMatchObject({ kind: 'create', invitees: [{ kind: 'name' }] });
  expect(way).toBe('draft');
});
