import { expect, test } from 'vitest';
import { read } from './card.ts';
import { draw } from './draw.ts';

test('each of several drafts says what is at its time already, and which of them mails nobody', () => {
  const words = read(draw('drafts.calendar'));
  const [first, second] = [words.indexOf('Design review'), words.indexOf('Budget')];
  const clash = words.indexOf('Your calendar has Dentist at 15:15.');
  expect(clash).toBeGreaterThan(first);
  expect(clash).toBeLessThan(second);
  expect(words.indexOf('I won’t email anyone about this one.')).toBeGreaterThan(second);
  expect(words).toContain('I’ll email an invitation to lee@contoso.com.');
});

test('what is left out is named by its reason', () => {
  const words = read(draw('drafts.group'));
  expect(words).toContain('Left out, because that time has passed: Stand-up');
  expect(words).toContain('Left out: Retro. Ask me for it in a message of its own.');
  expect(words).toContain('I wasn’t sure about “swiftly”.');
});
