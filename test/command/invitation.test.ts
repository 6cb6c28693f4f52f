import { expect, test } from 'vitest';
import { createOf, parseText } from './reading.ts';

const NOTHING = { subject: null, start: null, day: null, people: [] };

test.each<[string, object, string | null]>([
  ['show me the invitation', NOTHING, null],
  ['copy the invitation', NOTHING, null],
  ['what’s the invitation text?', NOTHING, null],
  ['invite text in German please', NOTHING, 'de'],
  ['invitation in French', NOTHING, 'fr'],
  ['translate the invitation into Polish', NOTHING, 'pl'],
  ['invitation for Q3', { ...NOTHING, subject: 'q3' }, null],
  ['invitation for Q3 in French', { ...NOTHING, subject: 'q3' }, 'fr'],
  ['give me the French invitation for Q3', { ...NOTHING, subject: 'q3' }, 'fr'],
  [
    'can I have the invitation for the design review in German?',
    { ...NOTHING, subject: 'design review' },
    'de',
  ],
])('%s', (text, which, language) => {
  expect(parseText(text)).toEqual({ kind: 'invitation', which, language });
});

test('a meeting that is there can be named by its time', () => {
  expect(parseText('invitation for the 3pm in Spanish')).toMatchObject({
    kind: 'invitation',
    language: 'es',
  });
  expect(parseText("invitation for tomorrow's standup")).toMatchObject({
    kind: 'invitation',
    which: { subject: 'standup', day: '2026-09-16' },
  });
});

test.each([
  ['settings', 'invitations in French'],
  ['settings', 'my invitations in German'],
  ['settings', 'set the invitation language to French'],
  ['create', 'send an invite to <at>Sam</at> tomorrow 3pm'],
  ['create', 'send the invite for tomorrow 3pm about Q3'],
  ['create', 'invitation for tomorrow 3pm'],
  ['create', 'invite <at>Sam</at> tomorrow 3pm'],
  ['create', 'invitation design review tomorrow 3pm'],
  ['none', 'the invitation was nice'],
])('%s: %s', (kind, text) => {
  expect(parseText(text).kind).toBe(kind);
});

test.each([
  ['meeting tomorrow 3pm, invitation in Japanese', { invitation: 'ja' }],
  ['meeting tomorrow 3pm about Q3 with the invitation in Japanese', { invitation: 'ja' }],
  ['meeting tomorrow 3pm, Japanese invitation', { invitation: 'ja' }],
  ['meeting tomorrow 3pm, in Japanese', { language: 'ja' }],
  ['meeting tomorrow 3pm, in French, invitation in German', { language: 'fr', invitation: 'de' }],
])('%s', (text, options) => {
  expect(createOf(text).options).toEqual(options);
});
