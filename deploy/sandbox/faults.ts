/** What goes wrong. */
export type Fault =
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string>; retryAfter?: number }
  /** Answers as usual, `ms` later; with `after`, what was asked for has happened by then. */
  | { kind: 'slow'; ms: number; when?: 'after' }
  /** Never answers; the connection stays open. */
  | { kind: 'hang' }
  /** An answer of so many MB, as fast as it is taken; or one that never ends, a letter each tenth of a second. */
  | { kind: 'flood'; status: number; megabytes: number }
  | { kind: 'trickle'; status: number }
  /** The connection breaks: before anything happened, or after it did and the answer is lost. */
  | { kind: 'drop'; when: 'before' | 'after' };

/** Which requests it hits. What is left out matches everything; a string matches the whole path. */
export type Match = { service?: string; method?: string; path?: string | RegExp };

/** What goes wrong, with which requests, and how many more it hits. */
type Rule = { match: Match; fault: Fault; left: number };

/** The switchboard of everything that goes wrong; the stand-ins share one. */
export type Faults = {
  /**
   * Adds a rule behind the others; a number is the status that is answered. `times`: how many requests it hits before it
   * is spent; without it, all until cleared. The answer takes the rule back.
   */
  add(match: Match, fault: Fault | number, times?: number): () => void;
  clear(): void;
  /** The first rule that matches, counted as used; null where all is well. */
  take(request: { service: string; method: string; path: string }): Fault | null;
  /** The rules still in force. */
  list(): readonly Rule[];
};

/** One switchboard for all stand-ins: the sandbox page and the tests put faults in, the servers take them out. */
export function createFaults(): Faults {
  let rules: Rule[] = [];
  return {
    add(match, wrong, times = Number.POSITIVE_INFINITY) {
      const fault: Fault = typeof wrong === 'number' ? { kind: 'status', status: wrong } : wrong;
      const rule = { match, fault, left: times };
      rules.push(rule);
      return () => {
        rules = rules.filter((other) => other !== rule);
      };
    },
    clear() {
      rules = [];
    },
    take(request) {
      const hit = rules.find(({ match }) => matches(match, request));
      if (!hit) return null;
      hit.left -= 1;
      rules = rules.filter(({ left }) => left > 0);
      return hit.fault;
    },
    list: () => rules,
  };
}

function matches(match: Match, request: { service: string; method: string; path: string }): boolean {
  if (match.service && match.service !== request.service) return false;
  if (match.method && match.method.toUpperCase() !== request.method) return false;
  if (typeof match.path === 'string') return match.path === request.path;
  return match.path
    ? new RegExp(match.path.source, match.path.flags.replace(/[gy]/g, '')).test(request.path)
    : true;
}
