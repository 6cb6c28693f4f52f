import { describe, expect, test } from 'vitest';
import type { Context } from '../../bot/language/reading.ts';
import { AT_HAND, answerOf, FRAME, readText } from './reading.ts';

const at = (clock: string, day = '15') => `2026-09-${day}T${clock}:00+01:00`;

/** A meeting of half an hour that was made and last spoken of here so many minutes ago; null where that was elsewhere. */
const meeting = (subject: string, day: string, minutesAgo: number | null, attendees: string[] = []) => ({
  ...{ subject, start: at('14:00', day), end: at('14:30', day), attendees },
  ...(minutesAgo !== null && { minutesAgo, madeMinutesAgo: minutesAgo }),
});

/** The first of these was spoken of last. */
const conversation = (...meetings: ReturnType<typeof meeting>[]): Context => {
  const [{ attendees: _, ...focus } = meeting('', '15', 0)] = meetings;
  return { open: null, focus: { ...focus, minutesAgo: 1 }, meetings };
};

describe('the later and the earlier of two', () => {
  test.each([
    ['the later one should be 5', 'en-GB', 'Retro', at('17:00')],
    ['push the earlier one by half an hour', 'en-GB', 'Q3', at('14:30')],
    ['the later one also 30 min later', 'en-GB', 'Retro', at('16:30')],
    ['die spätere auch ne halbe Stunde nach hinten', 'de-DE', 'Retro', at('16:30')],
    ['verschieb die frühere auf 13 Uhr', 'de-DE', 'Q3', at('13:00')],
    ['la plus tardive aussi une demi-heure plus tard', 'fr-FR', 'Retro', at('16:30')],
    ['celle de plus tard à 17h', 'fr-FR', 'Retro', at('17:00')],
  ])('%s', (text, locale, which, start) => {
    const answer = answerOf(text, AT_HAND, locale);
    expect(answer).toMatchObject({ intent: 'reschedule', which, start, attendees: [], needs: null });
  });

  test.each([
    ['cancel the later one', 'en-GB'],
    ['sag die spätere ab', 'de-DE'],
  ])('%s', (text, locale) => {
    expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'cancel', which: 'Retro' });
  });

  test('somebody is invited to it, and it is nobody’s name', () => {
    const answer = answerOf('lad Gina zur späteren ein', AT_HAND, 'de-DE');
    expect(answer).toMatchObject({ intent: 'reschedule', which: 'Retro', attendees: ['Gina'] });
  });

  test('of the two that were spoken of last here', () => {
    const three = conversation(
      meeting('Plan', '16', 1),
      meeting('Sync', '17', 3),
      meeting('Old', '18', null),
    );
    const answer = answerOf('move the later one to 4pm', three);
    expect(answer).toMatchObject({ which: 'Sync', start: at('16:00', '17') });
    expect(answer).not.toHaveProperty('draft');
  });

  test.each([
    ['move the later one to 4pm', 'en-GB'],
    ['verschieb die frühere auf 9 Uhr', 'de-DE'],
    ['mets la plus tôt à 9h', 'fr-FR'],
  ])('of several others it is asked which: %s', (text, locale) => {
    const three = conversation(
      meeting('Plan', '16', 1),
      meeting('Sync', '17', null),
      meeting('Old', '18', null),
    );
    expect(answerOf(text, three, locale)).toMatchObject({ intent: 'reschedule', needs: ['which'] });
  });
});

describe('the first and the last of those that were spoken of here just now', () => {
  const older = meeting('Old', '15', 150);

  test.each([
    ['move the first one to 4pm', 'en-GB', 'Plan', at('16:00', '16')],
    ['schieb die erste auf 16 Uhr', 'de-DE', 'Plan', at('16:00', '16')],
    ['la première à 16h', 'fr-FR', 'Plan', at('16:00', '16')],
  ])(
    '%s: an older one would be the first of the list, so it is shown first',
    (text, locale, which, start) => {
      const context = conversation(meeting('Sync', '17', 1), meeting('Plan', '16', 3), older);
      expect(answerOf(text, context, locale)).toMatchObject({ which, start, draft: true });
    },
  );

  test('where the list says the same it is done', () => {
    const context = conversation(meeting('Sync', '17', 1), meeting('Plan', '16', 3), older);
    const answer = answerOf('move the last one to 4pm', context);
    expect(answer).toMatchObject({ which: 'Sync', start: at('16:00', '17') });
    expect(answer).not.toHaveProperty('draft');
  });

  test('of three, only the last two may be meant', () => {
    const context = conversation(
      meeting('Sync', '17', 1),
      meeting('Plan', '16', 3),
      meeting('Demo', '15', 5),
    );
    expect(answerOf('move the first one to 4pm', context)).toMatchObject({ which: 'Demo', draft: true });
    expect(answerOf('move the last one to 4pm', context)).not.toHaveProperty('draft');
  });

  test('the first that was made may not be the first to begin', () => {
    const context = conversation(meeting('Plan', '16', 1), meeting('Sync', '17', 3));
    expect(answerOf('move the first one to 4pm', context)).toMatchObject({ which: 'Plan', draft: true });
  });
});

test.each([
  ['the last one an hour later', 'en-GB'],
  ['die letzte eine Stunde später', 'de-DE'],
  ['la dernière une heure plus tard', 'fr-FR'],
])('%s: one of the drafts that are shown, and no older meeting', (text, locale) => {
  const open = { kind: 'confirm' as const, areDrafts: true as const };
  const context = { ...conversation(meeting('Old', '15', 20)), open };
  const { command } = readText(text, { ...FRAME, locale, context });
  expect(command).toMatchObject({ kind: 'reschedule', which: { start: null, day: null } });
  expect(command).not.toMatchObject({ which: { subject: 'Old' } });
});
