import { describe, expect, test } from 'vitest';
import { AT_HAND, FRAME, readText } from './reading.ts';

const readIn = (text: string, locale: string) => readText(text, { ...FRAME, locale, context: AT_HAND });

describe('a length beside a verb', () => {
  test.each([
    ['make it 45 mins and add Chandra', 'en-GB', 45],
    ['make it 1 hour and add Sam back', 'en-GB', 60],
    ['add Chandra and make it an hour', 'en-GB', 60],
    ['30 min et ajoute Chandra', 'fr-FR', 30],
    ['mets 1h et rajoute Chandra', 'fr-FR', 60],
    ['füge Gina hinzu und mach 45 min draus', 'de-DE', 45],
  ])('%s: "add" brings people, and the length is the new one', (text, locale, minutes) => {
    const { command, way } = readIn(text, locale);
    expect(command).toMatchObject({ change: { minutes, invitees: [{}] } });
    expect(command).not.toHaveProperty('change.extendMinutes');
    expect(way).toBe('do');
  });

  test.each([
    ['add 15 minutes', 'en-GB', 15],
    ['extend it 30 min and add Chandra', 'en-GB', 30],
    ['add Chandra and extend it by 15 min', 'en-GB', 15],
    ['ajoute 15 min', 'fr-FR', 15],
    ['30 min verlängern', 'de-DE', 30],
  ])('%s: it gets so much longer', (text, locale, extendMinutes) => {
    expect(readIn(text, locale)).toMatchObject({ command: { change: { extendMinutes } }, way: 'do' });
  });

  test('a length behind people, which may be how much longer or how long, is shown first', () => {
    expect(readIn('add Ben and 45 min', 'en-GB').way).toBe('draft');
  });
});

describe('a length that is refused', () => {
  test.each([
    ['half an hour is too short, make it 1h15', 'en-GB', 75],
    ["15 mins isn't enough for that, 45 pls", 'en-GB', 45],
    ['is 45 mins enough? make it an hour', 'en-GB', 60],
    ['not 30 min but 45 min', 'en-GB', 45],
    ['30 min is too long, 20 is fine', 'en-GB', 20],
    ['30 min ist zu kurz, mach 45', 'de-DE', 45],
    ['reichen 30 min? lieber 45 min', 'de-DE', 45],
    ["30 min c'est trop court, mets 45", 'fr-FR', 45],
    ['une demi-heure ne suffit pas, mets une heure', 'fr-FR', 60],
  ])('%s: the other one is wanted', (text, locale, minutes) => {
    expect(readIn(text, locale).command).toMatchObject({ kind: 'reschedule', change: { minutes } });
  });

  test('two lengths of which none is refused are asked', () => {
    expect(readIn('30 min or 45 min', 'en-GB').way).toBe('ask');
  });
});

test.each([
  ['passe la à 1h30', 'fr-FR'],
  ['plutôt à 1h30', 'fr-FR'],
  ['mets la à 2h', 'fr-FR'],
])('%s: whether it is when it begins or how long it is, is asked', (text, locale) => {
  expect(readIn(text, locale)).toMatchObject({
    command: { needs: ['time'], change: { clock: null } },
    way: 'ask',
  });
});

test.each([
  ['décale la à 2h', '14:00'],
  ['passe-la à 13h30', '13:30'],
  ['mets la à 3h', '15:00'],
])('%s: it begins then', (text, clock) => {
  expect(readIn(text, 'fr-FR')).toMatchObject({ command: { change: { clock } }, way: 'do' });
});

test.each([
  ['oui les deux', 'fr-FR'],
  ['toutes les deux', 'fr-FR'],
  ['both', 'en-GB'],
  ['beide', 'de-DE'],
])('%s: two meetings are no hour', (text, locale) => {
  expect(readIn(text, locale).command.kind).not.toBe('reschedule');
});

test.each(["c'est possible dans 40 min plutôt ?", "c'est possible jeudi à 10h ?"])(
  '%s: a time that is asked about is offered, and nothing is said of series',
  (text) => {
    expect(readIn(text, 'fr-FR')).toMatchObject({ command: { kind: 'reschedule' }, way: 'draft' });
  },
);

test('“pr une heure” is how long it is', () => {
  expect(readIn('enfin 9h30, et pr une heure', 'fr-FR').command).toMatchObject({
    change: { clock: '09:30', minutes: 60 },
  });
});

test.each([
  ['start at 11 but still end at 12', 'en-GB'],
  ['start at 11 and still finish at 12', 'en-GB'],
  ['beginn 11 uhr, aber ende bleibt um 12', 'de-DE'],
  ['début à 11h mais toujours fin à 12h', 'fr-FR'],
])('%s: an end beside the start', (text, locale) => {
  const { command, way } = readIn(text, locale);
  expect(command).toMatchObject({ which: { subject: null }, change: { clock: '11:00', minutes: 60 } });
  expect(command).not.toHaveProperty('change.keepsEnd');
  expect(way).toBe('do');
});
