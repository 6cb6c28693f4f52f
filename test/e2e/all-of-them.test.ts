import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

// Where more than one is meant it goes one by one, and that is said.
const world = await ownWorld({ before: signedIn(ADA) });

const make = async () => {
  await world.type(ADA, 'budget on 4 March 2030 at 10:00');
  await world.type(ADA, 'audit on 4 March 2030 at 15:00');
  await world.type(ADA, 'retro on 5 March 2030 at 15:00');
};

async function type(text: string): Promise<string[]> {
  const before = world.said(ADA).length;
  await world.type(ADA, text);
  return world.said(ADA).slice(before).map(textOf);
}

test.each([
  ['cancel everything', ['budget', 'audit', 'retro'], []],
  ['cancel both', ['budget', 'audit', 'retro'], []],
  ['cancel everything on 4 March 2030', ['budget', 'audit'], ['retro']],
  ['move both to 6 March 2030', ['budget', 'audit', 'retro'], []],
])('“%s”', async (text, listed, left) => {
  await make();
  const [said, question = ''] = await type(text);
  expect(said).toBe(en['notice.oneByOne']);
  for (const subject of listed) expect(question).toContain(subject);
  for (const subject of left) expect(question).not.toContain(subject);
  expect(world.alive()).toHaveLength(3);
});

test('the one that is chosen is cancelled after a yes, and no other', async () => {
  await make();
  await type('cancel all my meetings');
  const [asked] = await type('the second one');
  expect(asked).toContain('audit');
  await type('yes');
  expect(world.alive().map(({ subject }) => subject)).toEqual(['budget', 'retro']);
});
