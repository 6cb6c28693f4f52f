import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

/** All acutes before all graves below: normalization has to bring each grave past every acute. */
const MARKS = '\u0301'.repeat(20_000) + '\u0316'.repeat(20_000);
const mentionOf = (name: string, written = name) => ({
  text: `help <at>${written}</at>`,
  entities: [{ type: 'mention', text: `<at>${written}</at>`, mentioned: { id: BEN.teamsId, name } }],
});

/** The longest that the bot let another request wait while it worked, in milliseconds. */
async function longestWait(work: Promise<void>): Promise<number> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  let longest = 0;
  while (!isOver) {
    const asked = performance.now();
    expect((await fetch(`${world.bot.url}/healthz`)).status).toBe(200);
    longest = Math.max(longest, performance.now() - asked);
    await wait(5);
  }
  await over;
  return longest;
}

test.each<[string, object]>([
  ['the text', { text: `meeting tomorrow 3pm about a${MARKS}` }],
  ['the name', { text: 'help', from: { ...from(), name: `a${MARKS}` } }],
  ['a mention', mentionOf(`a${MARKS}`)],
  ['a mention without a letter', mentionOf(MARKS)],
  ['the name of a mention', mentionOf(MARKS, BEN.name)],
])('40,000 combining marks in %s keep nobody waiting', async (_name, overrides) => {
  const waits: number[] = [];
  // A machine with other work can be late by itself, but not three times.
  for (let i = 0; i < 3 && !waits.some((ms) => ms < 200); i += 1)
    waits.push(await longestWait(world.write(ADA, 'hi', { overrides })));
  expect(Math.min(...waits)).toBeLessThan(200);
  expect(world.said(ADA)).toHaveLength(waits.length);
});

function from() {
  return { id: ADA.teamsId, aadObjectId: ADA.oid };
}
