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
  ['can you give me the passcode of the roadmap review again', 'roadmap review'],
  ['what was the passcode?', null],
  ['link again please', null],
  ['show it again', null],
  ['who is coming?', null],
  ['I lost the link to the retro, can you post it here', 'retro'],
  ['dial in for Q3', 'q3'],
  ['link and passcode for Q3', 'q3'],
  ['the vendor call - phone number and pin?', 'vendor'],
  ['where do I find the link to release planning', 'release planning'],
  ['has anybody been invited to the design review yet?', 'design review'],
  ['what time is Q3 again?', 'q3'],
  ['repost the retro invite card', 'retro'],
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
  expect(parseText('show me the 16:30')).toMatchObject({ kind: 'show', which: { subject: null } });
  expect(parseText('link for the 3pm')).toMatchObject({ kind: 'show', which: { subject: null, day: null } });
  expect(parseText("link for tomorrow's standup")).toMatchObject({
    kind: 'show',
    which: { subject: 'standup', day: '2026-09-16' },
  });
});

test.each([
  ['none', 'the passcode of the door is 4411'],
  ['none', 'what time is it again?'],
  ['none', 'show it again and I scream'],
  ['none', 'show me the 16 slides'],
  ['none', 'who is coming to pick up the parcel'],
  ['none', 'which number do I call for IT support'],
  ['none', 'the link leaked yesterday'],
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
