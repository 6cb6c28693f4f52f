import type { GraphAnswer, GraphClient, GraphRequest } from './client.ts';
import { GraphError } from './graph-error.ts';

/** On whose behalf, under which correlation id, and in which language Graph words the invitation (BCP 47). */
export type Caller = {
  token: string;
  /** Whose meetings: `/me` with a person's token, `/users/{object id}` with the app's own. */
  home: string;
  correlationId: string;
  language?: string;
  /** Gets another token, where that needs no person. Called once, when Graph refuses this one with 401. */
  another?(): Promise<string>;
};

/** A request below what belongs to the caller. */
export type OwnRequest = Pick<GraphRequest, 'method' | 'path' | 'body' | 'prefer' | 'etag'>;

/** Calls Graph in a caller's name, below `root` of what belongs to them. Throws GraphError. */
export function callAs(client: GraphClient, root: string) {
  return async ({ home, another, ...caller }: Caller, request: OwnRequest): Promise<GraphAnswer> => {
    const whole = { ...request, ...caller, path: `${home}${root}${request.path}` };
    try {
      return await client(whole);
    } catch (error) {
      if (!isAnswered(error, 401) || !another) throw error;
      return client({ ...whole, token: await another() });
    }
  };
}

/** What was read of an answer. Throws GraphError where it cannot be read. */
export function readAnswer<T>({ body }: GraphAnswer, read: (body: unknown) => T): T {
  try {
    return read(body);
  } catch (error) {
    throw new GraphError(0, 'unreadable', { cause: error });
  }
}

/** Whether Graph has answered with one of these statuses. */
export const isAnswered = (error: unknown, ...statuses: number[]): error is GraphError =>
  error instanceof GraphError && statuses.includes(error.status);
