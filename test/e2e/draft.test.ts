import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const draft = async (text: string) => {
  await world.type(ADA, text);
  expect(world.lastText(ADA)).toContain(en['draft.title']);
  return world.newest(ADA);
};

test.each<[string, [string | null, string, string]]>([
  ['make it 4pm', [null, '16:00', '16:30']],
  ['4pm', [null, '16:00', '16:30']],
  ['half an hour later', [null, '15:30', '16:00']],
  ['make it an hour', [null, '15:00', '16:00']],
  ['call it roadmap', ['roadmap', '15:00', '15:30']],
])('“%s” under a draft corrects the draft, and touches no meeting', async (text, corrected) => {
  await draft('tomorrow 3pm');
  await draft(text);
  expect(world.times()).toEqual([]);
  await world.type(ADA, 'yes');
  expect(world.times()).toEqual([corrected]);
});

test('corrections add up; a guest is added and taken off again', async () => {
  await draft('tomorrow 3pm');
  await draft('make it 4pm');
  await draft('call it roadmap');
  const added = await draft('add lee@contoso.com and kim@contoso.com');
  expect(textOf(added)).toContain('kim@contoso.com');
  await draft('remove kim@contoso.com');
  await world.type(ADA, 'create it');
  expect(world.times()).toEqual([['roadmap', '16:00', '16:30']]);
  const made = world.lastText(ADA);
  expect(made).toContain('lee@contoso.com');
  expect(made).not.toContain('kim@contoso.com');
});

test('somebody who is named under a draft without a verb is invited', async () => {
  await draft('tomorrow 3pm');
  expect(textOf(await draft('with Anna'))).toContain('Anna');
});

test('the button of a draft that was corrected since shows the new one, and makes nothing', async () => {
  const older = await draft('tomorrow 3pm');
  await draft('make it 4pm');
  await world.press(ADA, older, en['draft.create']);
  expect(world.times()).toEqual([]);
  expect(textOf(older)).toContain('16:00');
  await world.press(ADA, older, en['draft.create']);
  expect(world.times()).toEqual([[null, '16:00', '16:30']]);
});

test('a meeting that is named is changed beside the draft, and one that was made before it stays', async () => {
  await world.type(ADA, 'meeting on 4 March 2030 at 15:00 about Q3');
  await world.type(ADA, 'meeting on 4 March 2030 at 15:00 about budget');
  await world.type(ADA, 'make it 4pm');
  expect(world.times()).toEqual([
    ['Q3', '15:00', '15:30'],
    ['budget', '16:00', '16:30'],
  ]);
  await draft('meeting on 4 March 2030 at 16:00 about roadmap');
  await world.type(ADA, 'move Q3 to 5pm');
  expect(world.times()[0]).toEqual(['Q3', '17:00', '17:30']);
});
