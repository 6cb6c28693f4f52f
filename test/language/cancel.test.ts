import { expect, test } from 'vitest';
import { AT_HAND, answerOf } from './reading.ts';

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
