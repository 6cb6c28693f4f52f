import { setTimeout as wait } from 'node:timers/promises';

/** How much people write. */
export type Load = {
  /** So many commands in all. */
  commands: number;
  /** How many people write at the same time. */
  atOnce: number;
  /** Commands one after the other, and then somebody else writes. */
  each: number;
  /** So many begin in a second, as long as somebody is free to write; null for as many as can be. */
  perSecond: number | null;
};

type Writer = { command(): Promise<void> };

/** Lets people write until all is written, or `stop` is called, or `isOver`; `done` resolves when the last answer is there. */
export function startLoad(people: readonly Writer[], load: Load, isOver: () => boolean) {
  let left = load.commands;
  const free = [...people];
  const begun = performance.now();
  const inTurn = async () => {
    const number = load.commands - left;
    left -= 1;
    if (load.perSecond !== null)
      await wait(Math.max(0, begun + (number / load.perSecond) * 1_000 - performance.now()));
  };
  const live = async () => {
    while (left > 0 && !isOver()) {
      const person = free.shift();
      if (person === undefined) return;
      for (let written = 0; written < load.each && left > 0 && !isOver(); written += 1) {
        await inTurn();
        await person.command();
      }
      free.push(person);
    }
  };
  const done = Promise.all(Array.from({ length: load.atOnce }, live)).then(() => undefined);
  return {
    done,
    stop: () => {
      left = 0;
    },
  };
}
