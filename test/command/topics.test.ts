import { expect, test } from 'vitest';
import { TOPICS, type Topic } from '../../bot/command/command.ts';
import { parseText } from './reading.ts';

const ASKED: Record<Topic, readonly string[]> = {
  event: [
    'create a live event',
    'webinar',
    'I need a webinar',
    'can you make live events?',
    'how do I set up a town hall?',
    'do you support webinars?',
    'please schedule a townhall',
  ],
  producers: ['make Sam a producer', 'add <at>Sam</at> as a contributor', 'who are the producers?'],
  organiser: [
    'make Sam the organiser',
    'make <at>Sam</at> the organizer',
    'change the organiser',
    'book it as <at>Sam</at>',
    'create meetings on behalf of my manager',
    'can <at>Sam</at> be the organiser?',
    "schedule it in Sam's name",
  ],
  everybody: [
    'invite everyone in the company',
    'invite the whole organisation',
    'add 1,200 people',
    'how many people can join?',
  ],
  passcode: [
    'set the passcode to 1234',
    'change the passcode to apple',
    'Set a passcode of 1234 to 5678',
    'use passcode 998877',
    'can I choose the passcode?',
    'set my own passcode',
    'change the password',
    'I want my own passcode',
  ],
  questions: ['enable Q&A', 'can we have Q&A?', 'is there a Q and A?', 'turn on questions and answers'],
  recurrence: [
    'can you make recurring meetings?',
    'make it weekly',
    'repeat it every week',
    'make the Q3 meeting recurring',
    'do you support recurring meetings?',
  ],
  guests: [
    'can guests organise meetings?',
    'let guests create meetings',
    'can external people book meetings?',
    'can I use my personal account?',
    'does it work with a hotmail account?',
    'sign in with my private account',
  ],
  address: [
    'use POST /app/onlineMeetings',
    'POST /app/onlineMeetings tomorrow at 3',
    'why not POST https://graph.microsoft.com/beta/app/onlineMeetings?',
    'can you call POST /invitations/abc/invitedUser/onlineMeetings?',
    'try /applications/1234/onlineMeetings',
    'use the beta API',
  ],
  transcript: [
    'get the transcript of the Q3 meeting',
    'where is the recording?',
    'send me the recording of yesterday’s call',
    'transcript for Q3',
    'was the meeting yesterday recorded?',
    'show me the recap',
  ],
  attendance: [
    'attendance report',
    'who attended the Q3 meeting?',
    'how many people joined yesterday',
    'get me the attendance list for Q3',
    'who didn’t show up?',
  ],
  expiry: [
    'how long does the link live?',
    'when does the link expire',
    'does the link expire?',
    'how long is the link valid?',
    'link expiry',
    'until when does the room work?',
  ],
  dialIn: [
    'dial-in PIN',
    'set a dial-in pin',
    'change the dial-in number',
    'why is there no dial-in?',
    'what is the organiser PIN',
    'give me a toll-free number',
  ],
  calendar: [
    'is it on my calendar?',
    'put it in my calendar',
    'add the Q3 meeting to my outlook calendar',
    'why is the meeting not in my calendar?',
    'add to calendar',
    'calendar file',
  ],
  chat: [
    'open the meeting chat',
    'open the chat',
    'where is the chat?',
    'go to the chat of Q3',
    'meeting chat',
  ],
};

const cases = TOPICS.flatMap((topic) => ASKED[topic].map((text) => [text, topic] as const));

test.each(cases)('“%s” is about %s', (text, topic) => {
  expect(parseText(text)).toMatchObject({ kind: 'topic', topic });
});

test.each([
  ['create', 'meeting about webinar planning tomorrow 3pm'],
  ['create', 'webinar prep call tomorrow 3pm'],
  ['create', 'discuss the webinar tomorrow 3pm'],
  ['create', 'organiser sync tomorrow 3pm'],
  ['create', 'meeting tomorrow 3pm with <at>Sam</at> as co-organiser'],
  ['create', 'only the organiser can present, tomorrow 3pm'],
  ['create', 'attendance report review tomorrow 3pm'],
  ['create', 'Q&A session tomorrow 3pm'],
  ['create', 'calendar review tomorrow 3pm'],
  ['create', 'put a meeting in my calendar tomorrow 3pm'],
  ['create', 'chat with Sam tomorrow 3pm'],
  ['create', 'start a chat with <at>Sam</at>'],
  ['create', 'transcript tool demo friday 10am'],
  ['create', 'recording studio visit tomorrow 3pm'],
  ['create', 'give me a meeting with recording tomorrow 3pm'],
  ['create', 'phone number migration review tomorrow 3pm'],
  ['create', 'guest list review tomorrow 3pm'],
  ['create', 'invite <at>Sam</at> tomorrow 3pm'],
  ['create', 'meeting with passcode 3pm tomorrow'],
  ['create', 'link for the standup room'],
  ['list', 'my calendar'],
  ['list', 'what’s on my calendar'],
  ['renew', 'new link for Q3'],
  ['settings', 'invitations in French'],
  ['signin', 'sign in'],
  ['help', 'how do I make a meeting?'],
  ['none', 'the recording was great'],
  ['none', 'who is joining at 4?'],
  ['none', 'I was on the phone'],
])('%s: %s', (kind, text) => {
  expect(parseText(text).kind).toBe(kind);
});

test.each([
  ['is it on my calendar?', null],
  ['put it in my calendar', null],
  ['why is the meeting not in my calendar?', null],
  ['add the Q3 meeting to my outlook calendar', 'q3'],
  ['is the design review in my calendar?', 'design review'],
  ['open the meeting chat', null],
  ['go to the chat of Q3', 'q3'],
])('“%s” is about the meeting %s', (text, subject) => {
  expect(parseText(text)).toMatchObject({ which: { subject } });
});

test('what depends on no meeting names none', () => {
  expect(parseText('how long does the link live?')).toEqual({ kind: 'topic', topic: 'expiry' });
});
