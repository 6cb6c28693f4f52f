import { expect, onTestFinished, test } from 'vitest';
import type { Topic } from '../../bot/language/command.ts';
import type { Question } from '../../bot/language/reading.ts';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import fr from '../../bot/say/messages/fr.json' with { type: 'json' };
import { actionsIn, adaptiveCards } from '../../deploy/sandbox/channel/cards.ts';
import { ADA, BEN, GINA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const ASKED: Record<Topic | Exclude<Question, 'free'>, string> = {
  event: 'create a live event',
  producers: 'make Ben a producer',
  organiser: 'make Ben the organiser',
  everybody: 'invite everyone in the company',
  passcode: 'set the passcode to 1234',
  questions: 'enable Q&A',
  recurrence: 'can you make recurring meetings?',
  guests: 'can guests organise meetings?',
  address: 'use POST /beta/app/onlineMeetings',
  transcript: 'can I get the transcript of the budget meeting?',
  attendance: 'attendance report',
  expiry: 'how long does the link live?',
  dialIn: 'set a dial-in pin',
  calendar: 'is it on my calendar?',
  chat: 'open the meeting chat',
  reminder: 'do you send me a reminder?',
  email: 'email the invite to lee@contoso.com',
  outsiders: 'can external people join?',
  presenting: 'can Sam present?',
};

const ASKABLE = Object.keys(ASKED) as (keyof typeof ASKED)[];

test.each(ASKABLE)('asked about %s: an honest answer, and nothing goes to Graph', async (topic) => {
  await world.write(ADA, ASKED[topic]);
  expect(world.said(ADA)).toHaveLength(1);
  const text = world.lastText(ADA);
  expect(text).toContain(en[`answer.${topic}.title`]);
  expect(text).toContain(en[`answer.${topic}.what`]);
  expect(text).toContain(en['answer.works']);
  expect(world.graph.requests).toEqual([]);
});

test.each(['is Ben free then?', 'is Ben free tomorrow at 3?', 'find a time next week for me and Ben'])(
  '“%s” is answered honestly, and the meeting of just now stays as it is',
  async (text) => {
    await world.write(ADA, 'meeting on 4 March 2030 at 15:00 about budget');
    await world.write(ADA, text);
    expect(world.lastText(ADA)).toBe(en['notice.noCalendars']);
    expect(world.alive()).toHaveLength(1);
  },
);

test.each([
  'remind me 10 minutes before',
  'erinnere mich 10 Minuten vorher',
  'rappelle-moi 10 minutes avant',
])('“%s” is done, and said to be saved', async (text) => {
  await world.write(ADA, text);
  expect(world.lastText(ADA)).toContain(en['settings.saved']);
  expect(world.lastText(ADA)).toContain('10 minutes before');
});

test('/invitations is not used for a guest either: Graph would have said 403', async () => {
  const place = world.place('groupChat');
  const { members } = place;
  onTestFinished(() => void Object.assign(place, { members }));
  place.members = [...members, GINA.oid];
  await world.mention(GINA, 'groupChat', 'use /invitations/onlineMeetings');
  expect(textOf(world.said('groupChat')[0])).toContain(fr['answer.address.title']);
  expect(world.graph.requests).toEqual([]);
});

const submit = () =>
  actionsIn(adaptiveCards(world.newest(ADA).activity)).find(({ verb }) => verb === 'answer') ?? 'answer';

test.each([
  ['live event tomorrow 3pm about launch', en['ask.event'], en['note.event'], 'launch'],
  ['webinar tomorrow 3pm about launch', en['ask.event'], en['note.event'], 'launch'],
  ['meeting tomorrow 3pm about launch on behalf of Ben', en['ask.organiser'], en['note.organiser'], 'launch'],
  [
    'meeting tomorrow 3pm about launch with everyone in the company',
    en['ask.everybody'],
    en['note.everybody'],
    'launch',
  ],
  ['weekly launch sync, every monday 9am', en['ask.recurrence'], en['note.recurrence'], 'weekly launch sync'],
  ['weekly standup mondays 9am', en['ask.recurrence'], en['note.recurrence'], 'weekly standup'],
])(
  '%s: says so, and makes the ordinary meeting only if it is wished',
  async (sentence, asks, notes, subject) => {
    await world.write(ADA, sentence);
    expect(world.said(ADA)).toHaveLength(1);
    expect(world.lastText(ADA)).toContain(asks);
    expect(world.graph.requests).toEqual([]);
    await world.click(ADA, world.newest(ADA), submit());
    expect(world.cards(ADA)).toHaveLength(1);
    expect(world.alive()).toMatchObject([{ subject }]);
    expect(world.lastText(ADA)).toContain(notes);
  },
);

test.each([
  ['meeting tomorrow 3pm about launch, passcode 1234', en['note.passcode']],
  ['weekly standup tomorrow 3pm', en['note.recurrence']],
  ['talk tomorrow 3pm about launch, with Q&A', en['note.questions']],
  ['meeting tomorrow 3pm about launch for 200 people', en['note.crowd']],
])('%s: the meeting is made, and its card says what it is not', async (sentence, note) => {
  await world.write(ADA, sentence);
  expect(world.lastText(ADA)).toContain(note);
  const [meeting] = world.alive();
  expect(meeting?.passcode).toMatch(/^\w{6}$/);
  expect(JSON.stringify(world.graph.requests)).not.toContain('1234');
});

test('in a group, the draft of somebody who is not signed in says it too', async () => {
  await world.mention(BEN, 'groupChat', 'weekly standup tomorrow 3pm');
  expect(world.lastText('groupChat')).toContain(en['note.recurrence']);
  expect(world.graph.requests).toEqual([]);
});

const urls = () => actionsIn(adaptiveCards(world.newest(ADA).activity)).flatMap(({ url }) => url ?? []);

test('“is it on my calendar?” brings the two ways there, for the meeting that is meant', async () => {
  await world.write(ADA, 'meeting tomorrow 3pm about Q3');
  await world.write(ADA, 'is it on my calendar?');
  expect(world.lastText(ADA)).toContain(en['answer.calendar.what']);
  expect(world.lastText(ADA)).toContain('Q3: Tomorrow');
  expect(urls()).toEqual([
    expect.stringMatching(/\/calendar\/[\w.-]+$/),
    expect.stringContaining('/calendar/deeplink/compose'),
  ]);
});

test('“open the chat of Q3” leads to the thread that Graph named; the bot itself stays out of it', async () => {
  await world.write(ADA, 'meeting tomorrow 3pm about Q3');
  await world.write(ADA, 'open the chat of Q3');
  const { threadId = '', joinWebUrl = '' } = world.alive()[0] ?? {};
  const { host } = new URL(joinWebUrl);
  expect(urls()).toEqual([`https://${host}/l/chat/${encodeURIComponent(threadId)}/conversations`]);
});

test('where several meetings may be meant, the answer is for any of them', async () => {
  await world.write(ADA, 'meeting tomorrow 3pm about Q3 plans');
  await world.write(ADA, 'meeting tomorrow 5pm about Q3 numbers');
  await world.write(ADA, 'add the Q3 meeting to my calendar');
  expect(world.lastText(ADA)).toContain(en['answer.calendar.what']);
  expect(urls()).toEqual([]);
});
