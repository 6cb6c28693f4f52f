/** Decides whether one more request of Teams can be answered in time. */
export type Admission = {
  /** Whether it cannot: Teams should deliver it again, here or to another replica. */
  isFull(): boolean;
  /** Counts a request until the promise is settled. */
  count(answered: Promise<unknown>): void;
};

/** Teams delivers again after 15 s, and waits no longer for what it has delivered. */
const LONGEST_MS = 10_000;
/** So many may always wait. */
const FEW = 64;
/** How long is counted how many are answered. */
const WINDOW_MS = 2_000;

/**
 * How long a new request would wait is how many wait now, divided by how many are answered in a time. It is counted while
 * more than a few wait, so that many who come at once are not taken for too many. `now` is in milliseconds.
 */
export function createAdmission(now: () => number): Admission {
  let waiting = 0;
  let window = { since: now(), answered: 0 };
  /** Answered in a millisecond, in the window before; null where few waited. */
  let rate: number | null = null;

  function look(): void {
    const passed = now() - window.since;
    // Where nobody has been answered yet, as after a burst while Graph is slow, nothing is known of how fast it goes.
    const least = window.answered === 0 ? LONGEST_MS : WINDOW_MS;
    if (waiting >= FEW && passed < least) return;
    rate = waiting < FEW ? null : window.answered / passed;
    window = { since: now(), answered: 0 };
  }

  return {
    isFull: () => {
      look();
      return rate !== null && waiting > rate * LONGEST_MS;
    },
    count: (answered) => {
      waiting += 1;
      const end = () => {
        waiting -= 1;
        window.answered += 1;
        look();
      };
      answered.then(end, end);
    },
  };
}
