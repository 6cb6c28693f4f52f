import { expect, test } from 'vitest';
import { parseText } from './reading.ts';

const NOTHING = { subject: null, start: null, day: null, people: [] };

test.each<[string, string | null]>([
  ['link for Q3', 'q3'],
  ['send me the link for Q3', 'q3'],
  ['can you resend the link for the retro?', 'retro'],
  ['what’s the passcode for Q3', 'q3'],
  ['passcode for Q3 please', 'q3'],
  ['dial-in for Q3', 'q3'],
  ['where’s the dial-in for Q3?', 'q3'],
  ['get the dial-in numbers for Q3', 'q3'],
  ['meeting id for Q3', 'q3'],
  ['join link for the design review', 'design review'],
  ['give me the details of the design review', 'design review'],
  ['send me the Q3 link', 'q3'],
  ['what’s the link?', null],
  ['who is invited to Q3', 'q3'],
  ['who’s coming to the design review?', 'design review'],
  ['guest list for Q3', 'q3'],
  ['when is the Q3 review?', 'q3 review'],
  ['show me the Q3 meeting', 'q3'],
  ['passcode for our standup room', 'standup room'],
  ['send the link for Q3 to lee@contoso.com', 'q3'],
  ['share the link for Q3 with everyone', 'q3'],
  // Its card has the button for a new one, which nobody has asked for yet.
  ['the link for Q3 is broken', 'q3'],
])('%s', (text, subject) => {
  expect(parseText(text)).toEqual({ kind: 'show', which: { ...NOTHING, subject } });
});

test('somebody to whom it is sent is no guest by whom it is found', () => {
  expect(parseText('send <at>Sam</at> the link for Q3')).toEqual({
    kind: 'show',
    which: { ...NOTHING, subject: 'q3' },
  });
});

test('a meeting that is there can be named by its time', () => {
  expect(parseText('link for the 3pm')).toMatchObject({ kind: 'show', which: { subject: null, day: null } });
  expect(parseText("link for tomorrow's standup")).toMatchObject({
    kind: 'show',
    which: { subject: 'standup', day: '2026-09-16' },
  });
});

test.each([
  ['create', 'a link for tomorrow 3pm'],
  ['create', 'link for tomorrow 3pm'],
  ['create', 'I need a link for Q3'],
  ['create', 'give me the staff room link'],
  ['create', 'link to the triage room please'],
  ['create', 'open the incident room'],
  ['renew', 'new link for Q3'],
  ['reschedule', 'no passcode for Q3'],
  ['reschedule', 'add a passcode for Q3'],
  ['list', 'when is my next meeting?'],
  ['list', 'show my meetings'],
  ['settings', 'show my settings'],
  ['invitation', 'show me the invitation for Q3'],
  ['topic', 'send me the recording of Q3'],
  ['topic', 'how do I dial in to Q3?'],
  ['topic', 'change the dial-in number for Q3'],
  ['none', 'thanks, the link for thursday worked fine'],
  ['none', 'the address for the offsite is 5 Main St'],
  ['none', 'who is on call this weekend?'],
  ['none', 'who’s coming at 3?'],
  ['none', "when's the demo going to be ready?"],
  ['none', 'what’s the wifi password?'],
  ['none', 'show me the way'],
  ['none', 'send me the deck'],
  ['none', 'the link in your mail was for the wrong doc'],
  ['none', 'who is the new guest for dinner'],
])('%s: %s', (kind, text) => {
  expect(parseText(text).kind).toBe(kind);
});
