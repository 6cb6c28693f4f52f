import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

// A time alone, right after a card: it moves that meeting, or is another one's.
const world = await ownWorld({ before: signedIn(ADA) });

const spans = () =>
  world
    .alive()
    .map(({ startDateTime, endDateTime }) => [startDateTime.slice(11, 16), endDateTime.slice(11, 16)]);

test.each(['enfin 9h30, et pr une heure', '9:30 for an hour'])(
  '“%s” is offered with its length, and may be another meeting of that length',
  async (text) => {
    await world.ask(ADA, 'meeting on 4 March 2030 at 15:00 about budget');
    await world.ask(ADA, '10:00');
    const question = await world.ask(ADA, text);
    expect(textOf(question)).toContain('09:30–10:30');
    await world.press(ADA, question, en['choice.another']);
    await world.write(ADA, 'yes');
    expect(spans()).toEqual([
      ['15:00', '15:30'],
      ['09:30', '10:30'],
    ]);
  },
);
