import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const Q3 = 'Q3 review on 4 March 2030 at 15:00 with Kim and Lee';

test.each([
  ['another one on 5 March 2030 at 14:00 with Zoe about pricing', ['Zoe'], ['Kim', 'Lee']],
  ['same again on 5 March 2030, with Zoe too', ['Kim', 'Lee', 'Zoe'], []],
  ['same again on 5 March 2030 without Kim', ['Lee'], ['Kim']],
])('“%s” is with those who are meant', async (text, coming, others) => {
  await world.ask(ADA, Q3);
  const card = textOf(await world.ask(ADA, text));
  for (const name of coming) expect(card).toContain(name);
  for (const name of others) expect(card).not.toContain(name);
  expect(world.alive()).toHaveLength(2);
});

test('a move and a removal in one message are both done', async () => {
  await world.ask(ADA, Q3);
  const after = await world.answer(ADA, 'move it 30 mins later and remove Kim');
  expect(after).toContain('Lee');
  expect(after).not.toContain('Kim');
  expect(world.alive()[0]?.startDateTime).toContain('T15:30');
});

test.each(['add Zoe but not Pat', 'drop Pat, add Zoe'])(
  '“%s”: where somebody leaves who is no guest, the rest is shown first and made by a yes',
  async (text) => {
    await world.ask(ADA, Q3);
    await world.type(ADA, text);
    const shown = world.lastText(ADA);
    expect(shown).toContain(en['choice.change']);
    expect(shown).toContain('Zoe');
    expect(shown).not.toContain('Pat');
    await world.type(ADA, 'yes');
    expect(world.lastText(ADA)).toContain('Kim, Lee and Zoe');
  },
);

test('who is asked in without a name is asked for', async () => {
  await world.ask(ADA, Q3);
  expect(await world.answer(ADA, 'add')).toBe(en['notice.nobodyNamed']);
});

test.each(['sync tomorrow 3pm with everyone', 'meeting tomorrow at 15:00 with the whole team'])(
  '“%s” makes the meeting, and says who is not invited',
  async (text) => {
    await world.ask(ADA, text);
    expect(world.lastText(ADA)).toContain(en['note.unnamed']);
    expect(world.alive()).toHaveLength(1);
  },
);

test('in a channel, somebody who is mentioned comes in the place of somebody else', async () => {
  await world.mention(ADA, 'channel', 'design review on 4 March 2030 at 15:00 with Kim');
  await world.mention(ADA, 'channel', 'drop Kim, add @Ben instead', BEN);
  expect(world.alive()).toMatchObject([{ subject: 'design review', attendees: [{ id: BEN.oid }] }]);
});
