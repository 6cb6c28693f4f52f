/** Joins callers that want the same at the same time to one request. */
export type SingleFlight<T> = {
  /** What is underway for this key, or begins it. `isCurrent` answers whether it has been dropped since. */
  run(key: string, ask: (isCurrent: () => boolean) => Promise<T>): Promise<T>;
  /** Forgets what is underway: the next caller begins anew. */
  drop(key: string): void;
};

type Memory = {
  /** Keeps a success, and answers with it from then on. */
  keepsSuccess?: boolean;
  /** For so long after a failure all callers are given that failure, so that many callers do not become many requests. */
  failureMs?: number;
};

/** Remembers what is underway, and afterwards only what `Memory` says. */
export function createSingleFlight<T>({ keepsSuccess = false, failureMs = 0 }: Memory = {}): SingleFlight<T> {
  const underway = new Map<string, Promise<T>>();
  return {
    run: (key, ask) => {
      const found = underway.get(key);
      if (found !== undefined) return found;
      const isCurrent = () => underway.get(key) === flight;
      const forget = () => void (isCurrent() && underway.delete(key));
      const flight: Promise<T> = ask(isCurrent);
      underway.set(key, flight);
      flight.then(
        () => keepsSuccess || forget(),
        () => (failureMs > 0 ? void setTimeout(forget, failureMs).unref() : forget()),
      );
      return flight;
    },
    drop: (key) => void underway.delete(key),
  };
}
