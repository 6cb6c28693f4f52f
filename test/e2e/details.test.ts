import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const Q3 = 'Q3 review on 4 March 2030 at 15:00 with lee@contoso.com and kim@contoso.com';
const there = () => world.alive()[0];

test.each<[string, () => string]>([
  ['what’s the link?', () => `Q3 review: ${there()?.joinWebUrl}`],
  ['what’s the passcode?', () => `Q3 review: Passcode ${there()?.passcode}`],
  ['who’s coming?', () => 'Q3 review: lee@contoso.com and kim@contoso.com'],
  ['when is it?', () => 'Q3 review: Monday 4 March 2030, 15:00–15:30 London time (UTC+0)'],
  ['how long is it', () => 'Q3 review: 30 minutes'],
  ['who made this meeting', () => `Q3 review: ${en['details.yours']}`],
  ['wer kommt?', () => 'Q3 review: lee@contoso.com and kim@contoso.com'],
  ['quel est le lien ?', () => `Q3 review: ${there()?.joinWebUrl}`],
])('“%s” is answered with that alone, and its card stays the newest', async (text, line) => {
  const card = await world.ask(ADA, Q3);
  await world.ask(ADA, 'move it to 4pm');
  await world.ask(ADA, 'undo');
  const before = world.lastText(ADA);
  expect(await world.answer(ADA, text)).toBe(line());
  const [newest] = world.cards(ADA).slice(-1);
  expect(textOf(newest)).toBe(before);
  expect(textOf(card)).toBe(en['ended.newer']);
});

test('the number to dial has the conference ID beside it', async () => {
  await world.ask(ADA, Q3);
  const line = await world.answer(ADA, 'dial in number?');
  expect(line).toContain(en['meeting.toll']);
  expect(line.replaceAll(/\s/g, '')).toContain(`${there()?.conferenceId}#`);
  expect(line).not.toContain(en['meeting.meetingId']);
});

test('what two things are asked has two lines, and what a follow-up changes is the meeting that was asked about', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'budget on 5 March 2030 at 10:00');
  const lines = (await world.answer(ADA, 'link and passcode for Q3')).split('\n\n');
  expect(lines).toHaveLength(2);
  await world.ask(ADA, 'make it an hour');
  expect(world.alive().map(({ endDateTime }) => endDateTime.slice(11, 16))).toEqual(['16:00', '10:30']);
});

test('where nobody is invited, that is said', async () => {
  await world.ask(ADA, 'budget on 5 March 2030 at 10:00');
  expect(await world.answer(ADA, 'who is invited?')).toBe(`budget: ${en['details.nobody']}`);
});

test('of two on the day that is said it is asked which', async () => {
  await world.ask(ADA, 'budget on 8 March 2030 at 10:00 with lee@contoso.com');
  await world.ask(ADA, 'audit on 8 March 2030 at 15:00 with kim@contoso.com');
  const text = await world.answer(ADA, 'who’s invited to the 8 March 2030 one?');
  for (const subject of ['budget', 'audit']) expect(text).toContain(subject);
});

test('a meeting without a subject is called as on its card', async () => {
  await world.ask(ADA, 'meeting on 4 March 2030 at 15:00 with Dmitri');
  await world.ask(ADA, 'meeting on 5 March 2030 at 15:00 with Kim and Lee');
  expect(await world.answer(ADA, 'passcode?')).toMatch(/^Meeting with Kim and Lee: Passcode /);
  expect(await world.answer(ADA, 'how long is the one with Dmitri?')).toBe('Meeting with Dmitri: 30 minutes');
});

test('in a group the organizer’s question is answered there in one line', async () => {
  await world.mention(ADA, 'groupChat', 'design review on 4 March 2030 at 15:00 with @Ben', BEN);
  await world.mention(ADA, 'groupChat', 'who’s coming?');
  expect(world.lastText('groupChat')).toBe(`design review: ${BEN.name}`);
  expect(world.cards('groupChat')).toHaveLength(1);
});
