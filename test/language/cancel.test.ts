import { expect, test } from 'vitest';
import { AT_HAND, answerOf, FRAME, readText } from './reading.ts';

test.each([
  ['supprime cette réunion', 'fr-FR'],
  ['efface ce rendez-vous svp', 'fr-FR'],
  ['vire ce call', 'fr-FR'],
  ['annule la plus tardive', 'fr-FR'],
  ['delete that meeting', 'en-GB'],
  ['scrap this call please', 'en-GB'],
  ['lösch diesen Termin', 'de-DE'],
  ['lösch die frühere', 'de-DE'],
])('%s: what points at a meeting is cancelled, after a yes', (text, locale) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'cancel' });
});

test.each(['annule cette modif', 'annule ça'])('%s: a change is taken back', (text) => {
  expect(answerOf(text, AT_HAND, 'fr-FR')).toMatchObject({ intent: 'undo' });
});

test('where it was asked which meeting, a word that may cancel chooses', () => {
  const open = { kind: 'question' as const, needs: [], subject: null, start: null };
  expect(answerOf('nimm die spätere', { ...AT_HAND, open }, 'de-DE')).not.toMatchObject({ intent: 'cancel' });
});

const whichOf = (text: string, locale: string) =>
  readText(text, { ...FRAME, locale, context: AT_HAND }).command;

test.each([
  ['cancel everything', 'en-GB', null],
  ['cancel all my meetings', 'en-GB', null],
  ['scrap both of them', 'en-GB', null],
  ['cancel everything on thursday', 'en-GB', '2026-09-17'],
  ['sag alles ab', 'de-DE', null],
  ['alle Besprechungen absagen', 'de-DE', null],
  ['sag am Donnerstag alles ab', 'de-DE', '2026-09-17'],
  ['tout annuler', 'fr-FR', null],
  ["annule tout ce que j'ai jeudi", 'fr-FR', '2026-09-17'],
  ['annule les deux', 'fr-FR', null],
])('%s: more than one is meant', (text, locale, day) => {
  const which = { isAll: true, subject: null, day };
  expect(whichOf(text, locale)).toMatchObject({ kind: 'cancel', which });
});

test.each([
  ['cancel all hands', 'en-GB'],
  ['cancel the meeting for everyone', 'en-GB'],
  ['sag die Besprechung für alle ab', 'de-DE'],
  ['annule la réunion pour tous', 'fr-FR'],
  ["cancel it, that's all", 'en-GB'],
])('%s: one is meant', (text, locale) => {
  expect(whichOf(text, locale)).not.toMatchObject({ which: { isAll: true } });
});
