import { expect, test } from 'vitest';
import { AT_HAND, FRAME, readText } from './reading.ts';

const readIn = (text: string, locale: string) => readText(text, { ...FRAME, locale, context: AT_HAND });

test.each([
  ['move it to after lunch thursday', 'en-GB'],
  ['push it to first thing friday', 'en-GB'],
  ['move it to friday before noon', 'en-GB'],
  ['verschieb es auf freitag nach dem essen', 'de-DE'],
  ['lieber freitag vor der mittagspause', 'de-DE'],
  ['plutôt jeudi après manger', 'fr-FR'],
  ['décale à jeudi en fin de matinée', 'fr-FR'],
])('%s: the hour is asked, for the old one need not be in it', (text, locale) => {
  expect(readIn(text, locale)).toMatchObject({
    command: { kind: 'reschedule', needs: ['time'] },
    way: 'ask',
  });
});

test.each([
  ['move it to thursday same time', 'en-GB'],
  ['verschieb es auf freitag gleiche zeit', 'de-DE'],
  ['décale à jeudi même heure', 'fr-FR'],
])('%s: the hour stays', (text, locale) => {
  expect(readIn(text, locale)).toMatchObject({ command: { kind: 'reschedule', needs: [] }, way: 'do' });
});

test.each([
  ['make it half past', 'en-GB'],
  ['can you make that 20 past instead', 'en-GB'],
  ['mach es viertel nach', 'de-DE'],
])('%s: the minutes of an hour that is not said are asked about', (text, locale) => {
  expect(readIn(text, locale).command).toMatchObject({ kind: 'reschedule', needs: ['time'] });
});
