import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const Q3 = 'Q3 review on 4 March 2030 at 15:00';
const meeting = (subject: string) => world.alive().find((candidate) => candidate.subject === subject);

test.each<[string, string, string, string]>([
  ['move Q3 to 4pm', 'Q3 review', '2030-03-04T16:00:00Z', '2030-03-04T16:30:00Z'],
  ['make it 45 minutes', 'Q3 review', '2030-03-04T15:00:00Z', '2030-03-04T15:45:00Z'],
  ['rename it to Q3 numbers', 'Q3 numbers', '2030-03-04T15:00:00Z', '2030-03-04T15:30:00Z'],
])(
  '“%s” changes the meeting and keeps its link; its older card points to the new one',
  async (text, subject, start, end) => {
    const card = await world.ask(ADA, Q3);
    const link = world.alive()[0]?.joinWebUrl;
    await world.ask(ADA, text);
    expect(world.alive()).toMatchObject([
      { subject, startDateTime: start, endDateTime: end, joinWebUrl: link },
    ]);
    expect(textOf(card)).toBe(en['ended.newer']);
    expect(world.lastText(ADA)).toContain(subject);
  },
);

test('however often a meeting is changed or shown, its newest card shows it, and the others are one line', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'move Q3 to 4pm');
  await world.ask(ADA, 'show me the Q3 meeting');
  await world.ask(ADA, 'move Q3 to 5pm');
  const older = () => world.said(ADA).slice(0, 3).map(textOf);
  expect(world.said(ADA)).toHaveLength(4);
  expect(older()).toEqual(Array(3).fill(en['ended.newer']));
  expect(world.lastText(ADA)).toContain('17:00–17:30');
  // The first of its buttons goes back to what was before.
  await world.click(ADA, world.newest(ADA), 'change');
  expect(world.lastText(ADA)).toContain('16:00–16:30');
  expect(older()).toEqual(Array(3).fill(en['ended.newer']));
  await world.click(ADA, world.newest(ADA), 'cancel', { confirmed: true });
  expect(world.said(ADA).map(textOf).join()).not.toContain(en['ended.newer']);
  expect(world.said(ADA)).toHaveLength(4);
});

test('“cancel …” asks once, and both cards say that it is cancelled', async () => {
  const card = await world.ask(ADA, Q3);
  const question = await world.ask(ADA, 'cancel the Q3 meeting');
  expect(textOf(question)).toContain(en['confirm.yes']);
  expect(world.alive()).toHaveLength(1);
  await world.confirm(ADA, question, 'cancel');
  expect(textOf(card)).toContain(en['ended.cancelled']);
  expect(textOf(question)).toContain(en['ended.cancelled']);
  expect(world.alive()).toEqual([]);
});

test('a meeting that is cancelled by a typed yes is told whole on one card, and on its older ones in one line', async () => {
  const cards = [await world.ask(ADA, Q3), await world.ask(ADA, 'move Q3 to 4pm')];
  await world.ask(ADA, 'cancel it');
  const told = await world.answer(ADA, 'yes');
  expect(told).toContain(en['ended.again']);
  expect(cards.map(textOf)).toEqual([en['ended.cancelled'], en['ended.cancelled']]);
});

test('where several fit, one question with a button each; the answer changes that one only', async () => {
  await world.ask(ADA, 'budget on 4 March 2030 at 15:00');
  await world.ask(ADA, 'budget on 5 March 2030 at 11:00');
  const question = await world.ask(ADA, 'move the budget meeting to 4pm');
  expect(world.sent('PATCH')).toEqual([]);
  expect(textOf(question)).toContain('11:00');
  await world.click(ADA, question, 'answer', { choice: 1 });
  expect(
    world
      .alive()
      .map(({ startDateTime }) => startDateTime)
      .sort(),
  ).toEqual(['2030-03-04T15:00:00Z', '2030-03-05T16:00:00Z']);
});

test.each(['move the offsite to 4pm', 'cancel the offsite', 'new link for the offsite'])(
  '“%s”, which nobody made',
  async (text) => {
    await world.ask(ADA, Q3);
    expect(await world.answer(ADA, text)).toBe(en['notice.noSuchMeeting']);
    expect(meeting('Q3 review')).toMatchObject({ startDateTime: '2030-03-04T15:00:00Z', isDeleted: false });
  },
);

test('a time that cannot be is asked with the form, filled with how things are', async () => {
  await world.ask(ADA, 'Q3 review on 30 March 2030 at 01:30');
  const form = await world.ask(ADA, 'move Q3 to 31 March 2030');
  expect(textOf(form)).toContain(en['edit.dst']);
  await world.click(ADA, form, 'change', {
    date: '2030-03-31',
    time: '03:30',
    minutes: '30',
    subject: 'Q3 review',
  });
  await until(() => meeting('Q3 review')?.startDateTime === '2030-03-31T02:30:00Z');
});

const DELIVERIES = [
  ['push Q3 by an hour', { startDateTime: '2030-03-04T16:00:00Z' }],
  ['new link for Q3', { startDateTime: '2030-03-04T15:00:00Z' }],
] as const;

test.each(DELIVERIES)(
  '“%s”, whose answer did not get through and which is delivered again, is done once',
  async (text, expected) => {
    await world.ask(ADA, Q3);
    const message = world.message(ADA, text);
    const mend = ['POST', 'PUT'].map((method) => world.faults.add({ service: 'channel', method }, 500));
    expect((await world.channel.deliver(message)).status).toBe(500);
    const made = structuredClone(world.graph.meetings);
    expect(world.alive()).toMatchObject([expected]);
    for (const off of mend) off();
    expect((await world.channel.deliver(message)).status).toBe(200);
    expect(world.graph.meetings).toEqual(made);
    await until(() => world.said(ADA).length === 2);
  },
);

test('among others, what somebody made elsewhere is neither named nor touched', async () => {
  await world.ask(ADA, 'redundancies on 4 March 2030 at 15:00');
  for (const text of ['move the redundancies meeting to 5 March 2030', 'cancel the redundancies meeting'])
    await world.mention(ADA, 'groupChat', text);
  expect(world.said('groupChat').map(textOf)).toEqual(Array(2).fill(en['notice.noneOfYours']));
  expect(world.graph.requests.map(({ method }) => method)).toEqual(['POST']);
});

test('a meeting of a channel is changed and cancelled from the chat of two, and the channel sees it', async () => {
  await world.mention(ADA, 'channel', 'design review on 4 March 2030 at 15:00');
  const [card] = world.said('channel');
  await world.ask(ADA, 'move design review to 4pm');
  expect(textOf(card)).toContain(en['meeting.seenMoved']);
  expect(textOf(card)).toContain('16:00');
  expect(textOf(card)).not.toContain(en['meeting.newLink']);
  const question = await world.ask(ADA, 'cancel design review');
  await world.confirm(ADA, question, 'cancel');
  expect(textOf(card)).toContain(en['ended.cancelled']);
  expect(world.said(ADA)).toHaveLength(2);
  expect(world.said('channel')).toHaveLength(1);
});

test('where more fit or exist than a card can show, it says how many', async () => {
  for (let day = 1; day <= 12; day += 1) await world.write(ADA, `budget on ${day} March 2030 at 15:00`);
  expect(world.said(ADA)).toHaveLength(12);
  expect(await world.answer(ADA, 'cancel budget')).toContain('7 more match');
  expect(await world.answer(ADA, 'my meetings')).toContain(en['meetings.later']);
});

test('"it" is the meeting that was spoken of last, not the one that was made last', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'budget on 5 March 2030 at 10:00');
  await world.ask(ADA, 'our standup room');
  await world.ask(ADA, 'move the Q3 review to 16:00');
  await world.ask(ADA, 'make it 45 minutes');
  await world.ask(ADA, 'rename it to Q3 numbers');
  const times = ({ startDateTime, endDateTime }: { startDateTime: string; endDateTime: string }) =>
    (Date.parse(endDateTime) - Date.parse(startDateTime)) / 60_000;
  expect(world.alive().map((one) => [one.subject, times(one)])).toEqual([
    ['Q3 numbers', 45],
    ['budget', 30],
    ['standup room', 60],
  ]);
});

test('a time that has passed is told, and the meeting stays where it is', async () => {
  await world.ask(ADA, Q3);
  const form = await world.ask(ADA, 'move the Q3 review to 3am yesterday');
  expect(textOf(form)).toContain(en['edit.past']);
  expect(meeting('Q3 review')?.startDateTime).toContain('2030-03-04T15:00');
});

test('the form shows a clock that was said elsewhere on the clock of the meeting', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'set my time zone to Tokyo');
  const form = await world.ask(ADA, 'move the Q3 review to 7pm yesterday');
  expect(textOf(form)).toContain(en['edit.past']);
  expect(world.form(ADA, form)).toMatchObject({ date: '2030-03-05', time: '10:00' });
});

test.each([
  'link for Q3',
  'what’s the passcode for the Q3 review?',
  'who is invited to Q3',
  'show me the Q3 review',
])('“%s” shows the card of that meeting, and nothing is changed', async (text) => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'budget on 5 March 2030 at 10:00');
  const made = structuredClone(world.graph.meetings);
  const card = await world.ask(ADA, text);
  expect(textOf(card)).toContain('Q3 review');
  expect(world.graph.meetings).toEqual(made);
  await world.ask(ADA, 'make it 45 minutes');
  expect(meeting('Q3 review')?.endDateTime).toContain('15:45');
});

test('“link for …” asks which where several fit, and says so where there is none', async () => {
  await world.ask(ADA, 'budget on 4 March 2030 at 15:00');
  await world.ask(ADA, 'budget on 5 March 2030 at 11:00');
  const question = await world.ask(ADA, 'link for the budget');
  expect(textOf(question)).toContain(en['which.show']);
  await world.click(ADA, question, 'answer', { choice: 1 });
  expect(textOf(question)).toContain('11:00');
  expect(await world.answer(ADA, 'link for the offsite')).toBe(en['notice.noSuchMeeting']);
});

test('“add … to Q3” adds a guest to that meeting and keeps its link', async () => {
  await world.ask(ADA, `${Q3} with cy@fabrikam.com`);
  await world.ask(ADA, 'budget on 5 March 2030 at 10:00');
  const link = meeting('Q3 review')?.joinWebUrl;
  const card = await world.ask(ADA, 'add lee@fabrikam.com to Q3');
  expect(textOf(card)).toContain('lee@fabrikam.com');
  expect(textOf(card)).toContain('cy@fabrikam.com');
  expect(textOf(card)).toContain(en['note.shareLink']);
  expect(meeting('Q3 review')?.joinWebUrl).toBe(link);
  expect(await world.answer(ADA, 'who is invited to Q3')).toContain('lee@fabrikam.com');
});

test('“remove … from Q3” takes a guest off the list, and says that the link still works', async () => {
  await world.ask(ADA, `${Q3} with cy@fabrikam.com and lee@fabrikam.com`);
  const card = await world.ask(ADA, 'remove cy@fabrikam.com from Q3');
  expect(textOf(card)).toContain('lee@fabrikam.com');
  expect(textOf(card)).not.toContain('cy@fabrikam.com');
  expect(textOf(card)).toContain(en['note.guestsLeft']);
  expect(await world.answer(ADA, 'remove Bo from Q3')).toBe(en['notice.noSuchGuest']);
  expect(await world.answer(ADA, 'who is invited to Q3')).toContain('lee@fabrikam.com');
});

test('in a channel, somebody who is mentioned is added to a meeting that was made there', async () => {
  await world.mention(ADA, 'channel', 'design review on 4 March 2030 at 15:00');
  await world.mention(ADA, 'channel', 'add @Ben', BEN);
  expect(JSON.stringify(meeting('design review')?.attendees)).toContain(BEN.oid);
  await world.mention(ADA, 'channel', 'remove @Ben from the design review', BEN);
  expect(meeting('design review')?.attendees).toEqual([]);
});
