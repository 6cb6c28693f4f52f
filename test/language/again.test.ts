import { expect, test } from 'vitest';
import { AT_HAND, answerOf, FRAME, readText } from './reading.ts';

const at = (clock: string, day: string) => `2026-09-${day}T${clock}:00+01:00`;

test.each([
  ['same again next week', 'en-GB'],
  ['das gleiche nochmal nächste woche', 'de-DE'],
])('%s is a week later at the same hour', (text, locale) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({
    intent: 'create',
    subject: 'Q3',
    start: at('14:00', '22'),
    end: at('14:30', '22'),
    needs: null,
  });
});

test.each([
  ['same again a week later', 'en-GB', at('14:00', '22'), undefined],
  ['same again the week after', 'en-GB', at('14:00', '22'), undefined],
  ['and again the following week', 'en-GB', at('14:00', '22'), undefined],
  ['again two days later at 9', 'en-GB', at('09:00', '17'), undefined],
  ['pareil la semaine suivante', 'fr-FR', at('14:00', '22'), undefined],
  ['dasselbe in der Woche darauf', 'de-DE', at('14:00', '22'), undefined],
  ['eine Woche später nochmal', 'de-DE', at('14:00', '22'), true],
  ['la même une semaine plus tard', 'fr-FR', at('14:00', '22'), undefined],
])('%s: counted from the meeting at hand', (text, locale, start, draft) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'create', start, ...(draft && { draft }) });
});

test.each([
  ['encore une semaine plus tard', 'fr-FR'],
  ['noch eine Woche später', 'de-DE'],
  ['nochmal um eine Woche verschieben', 'de-DE'],
])('%s: the meeting at hand is moved once more', (text, locale) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'reschedule', start: at('14:00', '22') });
});

test.each(['same again the week after next', 'same again a week later on Thursday'])(
  '%s: the day is asked',
  (text) => expect(answerOf(text, AT_HAND)).toMatchObject({ intent: 'create', start: null }),
);

test.each([
  ['another one at 2 tomorrow with Ola about pricing', 'en-GB'],
  ['same again on thursday but with Ola', 'en-GB'],
  ['das gleiche nochmal am Freitag, aber mit Ola', 'de-DE'],
  ['la même chose vendredi mais avec Ola', 'fr-FR'],
])('%s: who is named comes in the place of the others', (text, locale) => {
  const { command } = readText(text, { ...FRAME, locale, context: AT_HAND });
  expect(command).toMatchObject({ kind: 'create', invitees: [{ name: 'Ola' }], notCopied: 'all' });
});

test.each([
  ['same again on thursday, with Ola as well', 'en-GB'],
  ['same again friday plus Ola', 'en-GB'],
  ['same again friday at 3 with the same people and Ola', 'en-GB'],
  ['das gleiche nochmal am Freitag, auch mit Ola', 'de-DE'],
  ['pareil vendredi, avec Ola aussi', 'fr-FR'],
])('%s: who is named comes beside the others', (text, locale) => {
  const { command } = readText(text, { ...FRAME, locale, context: AT_HAND });
  expect(command).toMatchObject({ kind: 'create', invitees: [{ name: 'Ola' }] });
  expect(command).not.toHaveProperty('notCopied');
});

test('who is said not to come again does not', () => {
  const { command } = readText('same again friday without Sam', { ...FRAME, context: AT_HAND });
  expect(command).toMatchObject({ invitees: [], notCopied: [{ name: 'Sam' }] });
});
