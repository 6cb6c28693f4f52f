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
