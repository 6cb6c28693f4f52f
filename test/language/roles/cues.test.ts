import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { loadPack } from '../../../bot/language/pack.ts';
import { judgeOf } from '../../../bot/language/roles/cues.ts';
import type { Sentence } from '../../../bot/language/roles/facts.ts';
import type { Act } from '../../../bot/language/roles/labels.ts';
import type { Part } from '../../../bot/language/roles/roles.ts';
import { tokenize } from '../../../bot/language/text/tokens.ts';
import { findTimeSpans } from '../../../bot/language/time/find-times.ts';

const pack = loadPack('en');
const now = DateTime.fromISO('2026-09-15T09:40:00', { zone: 'Europe/London' });

/** A sentence whose subject stands between brackets. */
function read(marked: string): { sentence: Sentence; parts: Part[] } {
  const text = marked.replace(/[[\]]/g, '');
  const tokens = tokenize(text, pack.elided);
  const times = findTimeSpans(tokens, pack, { now, zone: 'Europe/London', locale: 'en-GB' });
  const from = marked.indexOf('[');
  const to = marked.indexOf(']') - 1;
  const first = tokens.findIndex((token) => token.from === from);
  const next = tokens.findIndex((token) => token.to === to) + 1;
  return { sentence: { tokens, times, pack }, parts: from < 0 ? [] : [{ role: 'subject', first, next }] };
}

test.each<[string, Act, string]>([
  ['book a call about [parking] tomorrow at 3pm', 'create', 'agrees'],
  ['[design review] friday 10am', 'create', 'fits'],
  ['cancel the standup', 'cancel', 'agrees'],
  ['please move my 3pm to 4pm', 'move', 'agrees'],
  // Why is told as well.
  ['please cancel the standup, Sam is on leave', 'cancel', 'begins'],
  ['Sam is on leave, please cancel the standup', 'cancel', 'silent'],
  ['would you move my 3pm to 4pm', 'move', 'agrees'],
  // A name may say anything, and is no act.
  ['[cancel culture] meeting friday 10am', 'create', 'fits'],
  ['cancel the standup', 'create', 'contradicts'],
  ['move my 3pm to 4pm', 'create', 'contradicts'],
  ["I'm out tomorrow at 3pm", 'create', 'contradicts'],
  ['we met tomorrow at 3pm', 'create', 'contradicts'],
  ['remind me tomorrow at 9', 'create', 'contradicts'],
  // What is told is heard inside what the model took for a subject, too.
  ['[the release went live] on friday', 'create', 'silent'],
  // Nothing speaks for it.
  ['[zubanti]', 'create', 'silent'],
])('%s: %s %s', (text, act, opinion) => {
  const { sentence, parts } = read(text);
  expect(judgeOf(sentence, { parts, unheard: [] })(act)).toBe(opinion);
});
