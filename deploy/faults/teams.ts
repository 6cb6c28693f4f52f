import { setTimeout as wait } from 'node:timers/promises';
import type { Message } from '../sandbox/channel/model.ts';
import type { Person } from '../sandbox/people.ts';
import type { StandIns } from '../sandbox/standins.ts';
import type { Random } from './random.ts';

/** How a message came to the bot. `deliveries` goes on growing, one a time it was brought; `isTaken`: at last it was answered with 200. */
export type Sent = { message: Message; deliveries: readonly string[]; isTaken: boolean };

/** Teams waits longer each time, and gives up after the fourth. */
const PAUSES_MS = [1_000, 5_000, 10_000, 15_000];

/**
 * A person writes, and Teams brings it to the bot as Teams does: again where there was no answer or a bad one, up to
 * four times. Now and then it comes twice although all was well: at once, or when newer messages have come already.
 */
export async function write(
  { channel }: StandIns,
  { person, text, conversation }: { person: Person; text: string; conversation: string },
  random: Random,
): Promise<Sent> {
  const { message, activity, status } = await channel.say(person, conversation, text, { mentions: [] });
  const deliveries = [`first ${status}`];
  const again = async () => {
    const begun = new Date().toISOString().slice(14, 23);
    const { status } = await channel.deliver(activity);
    deliveries.push(`${begun}–${new Date().toISOString().slice(14, 23)} ${status}`);
    return status;
  };
  const strays = random.chance(0.25) ? random.whole(1, 4) : 0;
  const isLate = random.chance(0.5);
  const delays = Array.from({ length: strays }, () => (isLate ? random.whole(1, 20_000) : 0));
  for (const delay of delays) channel.aside(() => wait(delay).then(() => again()));
  let answer = status ?? 0;
  for (const pause of PAUSES_MS) {
    if (answer === 200) break;
    await wait(pause);
    answer = await again();
  }
  return { message, deliveries, isTaken: answer === 200 };
}
