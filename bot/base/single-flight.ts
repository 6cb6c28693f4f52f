/** Lets callers that want the same at the same time share one request. */
type SingleFlight<T> = {
  /** Joins the request that is running for this key, or starts one. `isCurrent`: whether it has not been dropped since. */
  run(key: string, ask: (isCurrent: () => boolean) => Promise<T>): Promise<T>;
  /** Detaches the running request: the next caller starts a new one. */
  drop(key: string): void;
};

type Memory = {
  /** A success is kept and returned from then on. */
  keepsSuccess?: boolean;
  /** How long after a failure all callers get that failure, so that many callers do not become many requests. */
  failureMs?: number;
};

/** Keeps running requests by key, and finished ones as far as `Memory` says. */
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
