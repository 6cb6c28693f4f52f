import { describe, expect, test } from 'vitest';
import { AT_HAND, FRAME, readText } from './reading.ts';

const readIn = (text: string, locale: string) => readText(text, { ...FRAME, locale, context: AT_HAND });

describe('yes and no to an option of the meeting at hand, with small words between', () => {
  test.each([
    ['recording after all not', 'en-GB', { record: false }],
    ['transcription actually no', 'en-GB', { transcribe: false }],
    ['chat off after all', 'en-GB', { chat: 'disabled' }],
    ['passcode back on', 'en-GB', { passcode: true }],
    ['aufzeichnung doch nicht', 'de-DE', { record: false }],
    ['aufnahme lieber nicht', 'de-DE', { record: false }],
    ['passcode doch lassen', 'de-DE', { passcode: true }],
    ['passcode wieder rein', 'de-DE', { passcode: true }],
    ['chat doch aus', 'de-DE', { chat: 'disabled' }],
    ['kamera doch aus', 'de-DE', { camera: false }],
    ["finalement pas d'enregistrement", 'fr-FR', { record: false }],
    ["l'enregistrement finalement pas", 'fr-FR', { record: false }],
    ['transcription finalement non', 'fr-FR', { transcribe: false }],
  ])('%s', (text, locale, options) => {
    expect(readIn(text, locale)).toMatchObject({
      command: { kind: 'reschedule', change: { options } },
      way: 'do',
    });
  });

  test.each([
    ['take out the passcode', 'en-GB'],
    ['get rid of the passcode pls', 'en-GB'],
    ['nimm das kennwort wieder raus', 'de-DE'],
    ['lass den passcode weg', 'de-DE'],
    ['vire le code secret', 'fr-FR'],
    ['enleve le mot de passe', 'fr-FR'],
    ['pas besoin de code', 'fr-FR'],
    ['tu peux enlever le code', 'fr-FR'],
  ])('%s: it is taken away', (text, locale) => {
    expect(readIn(text, locale)).toMatchObject({
      command: { change: { options: { passcode: false } } },
      way: 'do',
    });
  });

  test.each([
    ['keep the lobby', 'en-GB'],
    ['lobby doch lassen', 'de-DE'],
    ["garde la salle d'attente", 'fr-FR'],
  ])('%s: nobody else waits', (text, locale) => {
    expect(readIn(text, locale).command).not.toHaveProperty('change.options.lobby');
  });

  test.each([
    ['passcode please', 'en-GB'],
    ['need the passcode', 'en-GB'],
    ['passcode?', 'en-GB'],
    ['passcode bitte', 'de-DE'],
    ['le code stp', 'fr-FR'],
  ])('%s: it is only shown', (text, locale) => {
    expect(readIn(text, locale).command).toMatchObject({ kind: 'show', details: ['passcode'] });
  });

  test.each([
    ['enable transcription and remove Sam', { transcribe: true }],
    ['record it and take Sam off', { record: true }],
  ])('%s: a word that goes on says no or yes to something else', (text, options) => {
    expect(readIn(text, 'en-GB').command).toMatchObject({ change: { options } });
  });

  test('“muted mics on entry” switches no mics on', () => {
    expect(readIn('muted mics on entry', 'en-GB').command).not.toHaveProperty('change.options.mic', true);
  });
});
