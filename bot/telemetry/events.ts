/**
 * One turn, as the log has it. Ids of people and meetings, names, texts, links and tokens have no place here:
 * the type is the whole vocabulary.
 */
export type TurnEvent = {
  /** Correlation id: Graph's `client-request-id`, and its first eight characters on error cards. */
  reference: string;
  turn: string;
  /** What came of it: an outcome's name. A turn that failed has a fault of its reference in its place. */
  outcome: string;
  place: string;
  tenant: string;
  milliseconds: number;
};

/** Teams has refused something that it does elsewhere, and another way was taken; `status` is what it answered. */
export type RefusedEvent = { capability: string; status: number; place: string };

/** One call to Graph with its retries. No path, because paths carry the ids of meetings. */
export type GraphEvent = {
  /** The turn it belongs to. */
  reference: string;
  method: string;
  /** Of the last answer; 0 when none came. */
  status: number;
  milliseconds: number;
  retries: number;
  /** Answers that asked to slow down (429). */
  throttled: number;
};
