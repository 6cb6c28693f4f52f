import type { Channel } from './channel.ts';
import type { Entra } from './entra.ts';
import type { Fault, Faults } from './faults.ts';
import type { Graph } from './graph.ts';
import type { Holdings } from './page/shapes.ts';
import type { Licence, Person } from './people.ts';

type World = { entra: Entra; graph: Graph; channel: Channel; faults: Faults; people: readonly Person[] };

/** What goes wrong while the switch is on. */
type Trouble =
  | { label: string; service: string; fault: Fault }
  | { label: string; licence: Partial<Licence> }
  | { label: string; apply(world: World, on: boolean): void };

const GRAPH = 'graph';
const TROUBLES: Record<string, Trouble> = {
  throttled: {
    label: 'Graph is throttled (429)',
    service: GRAPH,
    fault: { kind: 'status', status: 429, retryAfter: 1 },
  },
  slow: { label: 'Graph is slow (3 s)', service: GRAPH, fault: { kind: 'slow', ms: 3_000 } },
  down: { label: 'Graph is down (503)', service: GRAPH, fault: { kind: 'status', status: 503 } },
  refused: { label: 'Graph refuses (403)', service: GRAPH, fault: { kind: 'status', status: 403 } },
  noDialIn: { label: 'Nobody has Audio Conferencing', licence: { audioConferencing: false } },
  noTeams: { label: 'Nobody has a Teams licence', licence: { teams: false } },
  admin: {
    label: 'Only administrators may consent',
    apply: ({ entra }, on) => entra.requireAdminConsent(on),
  },
  withdrawn: {
    label: 'Forget all consent now',
    apply: ({ entra, people }, on) => {
      for (const { oid } of on ? people : []) entra.withdrawConsent(oid);
    },
  },
};

/** The drawer of the page: what the stand-ins hold, and the troubles that can be switched on. */
export function createSwitches(world: World) {
  const undo = new Map<string, () => void>();
  return {
    holdings: (): Holdings => ({
      ...meetingsOf(world),
      consents: world.people
        .filter(({ oid }) => world.entra.state.consents.get(oid)?.size)
        .map(({ name }) => name),
      refusals: world.channel.state.refusals.map(
        ({ method, status, reason }) => `${method} ${status}: ${reason}`,
      ),
      switches: Object.entries(TROUBLES).map(([name, { label }]) => ({ name, label, on: undo.has(name) })),
    }),
    flip(name: string, on: boolean): void {
      const trouble = TROUBLES[name];
      if (!trouble || on === undo.has(name)) return;
      if (!on) {
        undo.get(name)?.();
        undo.delete(name);
      } else if (name === 'withdrawn') start(world, trouble);
      else undo.set(name, start(world, trouble));
    },
  };
}

function start(world: World, trouble: Trouble): () => void {
  if ('fault' in trouble) {
    return world.faults.add({ match: { service: trouble.service }, fault: trouble.fault });
  }
  if ('apply' in trouble) {
    trouble.apply(world, true);
    return () => trouble.apply(world, false);
  }
  const before = world.people.map((person) => ({ person, licence: { ...person.licence } }));
  for (const { licence } of world.people) Object.assign(licence, trouble.licence);
  return () => {
    for (const { person, licence } of before) {
      for (const key of Object.keys(trouble.licence) as (keyof Licence)[]) person.licence[key] = licence[key];
    }
  };
}

function meetingsOf({ graph, people }: World): Pick<Holdings, 'meetings' | 'deleted'> {
  const alive = graph.meetings.filter(({ isDeleted }) => !isDeleted);
  const meetings = alive.map((meeting) => ({
    id: meeting.id,
    subject: meeting.subject ?? '',
    organiser: people.find(({ oid }) => oid === meeting.organizer)?.name ?? meeting.organizer,
    start: meeting.startDateTime,
    end: meeting.endDateTime,
    joinUrl: meeting.joinWebUrl,
  }));
  return { meetings, deleted: graph.meetings.length - alive.length };
}
