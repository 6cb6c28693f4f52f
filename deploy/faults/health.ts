import { quantile } from '../bench/table.ts';

/** How the bot answered `/healthz` while it ran: how often it was asked, how often in vain, and how long it took, in milliseconds. */
export type Health = { asked: number; failed: number; p95: number; longest: number };

const LOOK_MS = 500;
/** Who asks a process whether it lives gives up after this, and then ends it. */
const PATIENCE_MS = 5_000;

/** Asks each process twice a second until the figures are wanted. `urls`: where they listen now. */
export function watchHealth(urls: () => readonly string[]): () => Health {
  const taken: number[] = [];
  let failed = 0;
  const ask = async (url: string) => {
    const started = performance.now();
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const isWell = await fetch(`${url}/healthz`, { signal }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isWell) taken.push(performance.now() - started);
    else failed += 1;
  };
  const asking = setInterval(() => urls().forEach((url) => void ask(url)), LOOK_MS).unref();
  return () => {
    clearInterval(asking);
    return {
      asked: taken.length + failed,
      failed,
      p95: Math.round(quantile(taken, 0.95)),
      longest: Math.round(quantile(taken, 1)),
    };
  };
}
