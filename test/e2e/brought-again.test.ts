import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

/** What the store remembers of messages that were handled is gone. */
function forgetMessages(): void {
  const db = new DatabaseSync(world.storeFile());
  db.exec("DELETE FROM claimed WHERE key LIKE 'activity:%'");
  db.close();
}

test('a move that was done before another is not done again, whenever it is brought', async () => {
  await world.write(ADA, 'meeting on 4 March 2030 at 15:00 about Q3');
  const first = await world.channel.say(ADA, world.chat(ADA).id, 'move Q3 to 4pm');
  await world.idle();
  await world.write(ADA, 'move Q3 to 5pm');
  expect(world.alive()).toMatchObject([{ startDateTime: expect.stringContaining('T17:00') }]);
  await world.restart();
  forgetMessages();
  await world.channel.deliver(first.activity);
  await world.idle();
  expect(world.alive()).toMatchObject([{ startDateTime: expect.stringContaining('T17:00') }]);
});
