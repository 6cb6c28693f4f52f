import type { Meeting, MeetingRequest } from '../meeting/meeting.ts';
import { type GraphClient, GraphError } from './client.ts';
import { type MeetingChange, readMeeting, toWire, toWireChange } from './wire.ts';

/** On whose behalf, under which correlation id, and in which language Graph words the invitation (BCP 47). */
export type Caller = { token: string; correlationId: string; language?: string };

/** The signed-in person's meetings in Graph. Everything throws GraphError. */
export type OnlineMeetings = {
  create(request: MeetingRequest, caller: Caller): Promise<Meeting>;
  get(graphId: string, caller: Caller): Promise<Meeting>;
  /** New times and subject under the same link. Graph wants both times or none; null removes the subject. */
  update(graphId: string, change: MeetingChange, caller: Caller): Promise<Meeting>;
  /** A meeting that is already gone counts as deleted. */
  delete(graphId: string, caller: Caller): Promise<void>;
};

export type OnlineMeetingsOptions = {
  client: GraphClient;
  joinHosts: readonly string[];
  templates: ReadonlyMap<string, string>;
};

const PATH = '/me/onlineMeetings';

/** The calls of Graph's onlineMeeting resource that Parley needs. */
export function createOnlineMeetings({
  client,
  joinHosts,
  templates,
}: OnlineMeetingsOptions): OnlineMeetings {
  const one = (graphId: string) => `${PATH}/${encodeURIComponent(graphId)}`;
  const read = (answer: unknown) => {
    try {
      return readMeeting(answer, joinHosts);
    } catch (error) {
      throw new GraphError(0, 'unreadable', null, error);
    }
  };
  return {
    create: async (request, caller) => {
      const body = toWire(request, templates);
      return read(await client({ method: 'POST', path: PATH, body, ...caller }));
    },
    get: async (graphId, caller) => read(await client({ method: 'GET', path: one(graphId), ...caller })),
    update: async (graphId, change, caller) =>
      read(await client({ method: 'PATCH', path: one(graphId), body: toWireChange(change), ...caller })),
    delete: async (graphId, caller) => {
      try {
        await client({ method: 'DELETE', path: one(graphId), ...caller });
      } catch (error) {
        if (!(error instanceof GraphError && error.status === 404)) throw error;
      }
    },
  };
}
