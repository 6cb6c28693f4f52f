import { setTimeout as wait } from 'node:timers/promises';
import type { BotProcess } from './bot-process.ts';
import type { StandIns } from './standins.ts';

const LOOK_MS = 10;

/** Resolves when the channel has delivered everything to these bots, and all of them have finished their work. */
export async function untilIdle(
  channel: StandIns['channel'],
  bots: () => readonly BotProcess[],
): Promise<void> {
  for (;;) {
    await channel.idle();
    const counts = await Promise.all(bots().map((bot) => bot.underway()));
    // What they sent meanwhile may have made the channel bring something: a sign-in card does.
    if (counts.every((count) => count === 0) && channel.underway() === 0) return;
    await wait(LOOK_MS);
  }
}

/** Whether it has come to its end by then. */
export const within = (work: Promise<void>, ms: number): Promise<boolean> =>
  Promise.race([work.then(() => true), wait(ms).then(() => false)]);
