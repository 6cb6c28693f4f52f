import type { State } from './channel/state.ts';
import type { Entra } from './entra.ts';
import type { Fault, Faults } from './faults.ts';
import { DOCUMENTED_ERRORS } from './graph/documented-errors.ts';
import type { Graph } from './graph.ts';
import type { Licence, Person, Policy } from './people.ts';

type World = {
  entra: Entra;
  graph: Graph;
  channel: { state: State };
  faults: Faults;
  people: readonly Person[];
};

/** What goes wrong while the switch is on. */
type Trouble =
  | { label: string; licence: Partial<Licence> }
  | { label: string; policy: Partial<Policy> }
  | { label: string; channel: Partial<State> }
  | { label: string; begin(world: World): () => void };

const TROUBLES: ReadonlyMap<string, Trouble> = new Map<string, Trouble>([
  ['noTeams', { label: 'Nobody has a Teams licence', licence: { teams: false } }],
  ['noDialIn', { label: 'Nobody has Audio Conferencing', licence: { audioConferencing: false } }],
  ['noPremium', { label: 'Nobody has Teams Premium', licence: { premium: false } }],
  ['noEncryption', { label: 'The policy has no end-to-end encryption', policy: { encryption: false } }],
  ['noRecording', { label: 'The policy has no recording', policy: { recording: false } }],
  ['noTranscription', { label: 'The policy has no transcription', policy: { transcription: false } }],
  ['allPresent', { label: 'The policy lets everyone present', policy: { presenters: false } }],
  ['kept', { label: 'Encryption and language stay as they were made', begin: keepUncertain }],
  ['admin', { label: 'Only administrators may consent', begin: adminConsent }],
  ['context', { label: 'Conditional access wants a second factor', begin: stepUp }],
  ['noAccess', { label: 'No application access policy', begin: withoutAccess }],
  ['publicOnly', { label: 'No private messages: the bot may not (403)', channel: { targeted: 'refused' } }],
  ['oldClients', { label: 'No private messages: the client is too old (400)', channel: { targeted: 'old' } }],
  ['noReactions', { label: 'No reactions by the bot', channel: { takesReactions: false } }],
  ['noSilence', { label: 'No silent sign-in in group chats: it fails', channel: { groupSignIn: 'failure' } }],
  [
    'silence',
    { label: 'No silent sign-in in group chats: nothing comes', channel: { groupSignIn: 'nothing' } },
  ],
  ['noMailbox', { label: 'Nobody has a mailbox in Exchange Online', begin: withoutMailbox }],
  ['noLink', { label: 'Events are made without their link', begin: withoutLinks }],
  ['frozen', { label: 'The bot may not change its messages', begin: frozenMessages }],
]);

/** What Graph answers instead of the usual, and to what; an empty `error` is none. `once`: the next time only. */
export type Failure = { error: string; step: string; once: boolean };

/** What Graph can be made to fail at, and the method by which it is asked. */
const STEPS = [
  { id: '', title: 'anything' },
  { id: 'POST', title: 'make a meeting' },
  { id: 'PATCH', title: 'change a meeting' },
  { id: 'DELETE', title: 'delete a meeting' },
  { id: 'GET', title: 'look at a meeting' },
] as const;

/** What the stand-ins hold besides messages. */
export type Holdings = ReturnType<ReturnType<typeof createSwitches>['holdings']>;

/** The drawer of the page: what the stand-ins hold, and what can be switched there. */
export function createSwitches(world: World) {
  const { people, entra } = world;
  const undo = new Map<string, () => void>();
  const graph = createGraphTrouble(world.faults);
  const locals = people.filter(({ tenantId }) => tenantId === entra.state.homeTenant);

  const flip = (name: string, on: boolean) => {
    const trouble = TROUBLES.get(name);
    if (!trouble || on === undo.has(name)) return;
    if (on) undo.set(name, start(world, trouble));
    else undo.get(name)?.();
    if (!on) undo.delete(name);
  };
  const consent = (oid: string, on: boolean) => {
    if (on) return entra.consent(oid);
    entra.withdrawConsent(oid);
    entra.revoke(oid);
  };

  return {
    holdings: () => ({
      ...meetingsOf(world),
      consents: locals.map(({ oid, name }) => {
        return { oid, name, given: (entra.state.consents.get(oid)?.size ?? 0) > 0 };
      }),
      refusals: world.channel.state.refusals.map(
        ({ method, status, reason }) => `${method} ${status}: ${reason}`,
      ),
      switches: [...TROUBLES].map(([name, { label }]) => ({ name, label, on: undo.has(name) })),
      graph: graph.view(),
    }),
    flip,
    consent,
    fail: graph.set,
  };
}

/** One documented error of Graph at a time: of two that fit the same request only the first would be seen. */
function createGraphTrouble(faults: Faults) {
  const none: Failure = { error: '', step: '', once: false };
  let current = none;
  let clear: () => void = () => undefined;
  const errors = DOCUMENTED_ERRORS.map(({ id, title, fault }) => ({ id, title, group: groupOf(fault) }));
  return {
    view: () => {
      const fault = faultOf(current.error);
      // A fault for one request is gone when it has hit, and a test may clear them all.
      if (!faults.list().some((rule) => rule.fault === fault)) current = { ...current, error: '' };
      return { errors, steps: [...STEPS], current };
    },
    set: ({ error, step, once }: Failure) => {
      clear();
      const fault = faultOf(error);
      const method = STEPS.find(({ id }) => id === step)?.id ?? '';
      current = { error: fault ? error : '', step: method, once };
      if (!fault) return;
      const match = { service: 'graph', ...(method === '' ? {} : { method }) };
      clear = faults.add(match, fault, once ? 1 : undefined);
    },
  };
}

const faultOf = (error: string) => DOCUMENTED_ERRORS.find(({ id }) => id === error)?.fault ?? null;

function groupOf(fault: Fault): string {
  if (fault.kind !== 'status') return 'Slow, or no answer';
  if (fault.status === 429) return 'Throttled';
  return fault.status >= 400 && fault.status < 500 ? 'Refused' : 'Out of order';
}

function start(world: World, trouble: Trouble): () => void {
  if ('begin' in trouble) return trouble.begin(world);
  if ('channel' in trouble) return change(world.channel.state, trouble.channel);
  const changes = world.people.map((person) =>
    'licence' in trouble ? change(person.licence, trouble.licence) : change(person.policy, trouble.policy),
  );
  return () => {
    for (const changeBack of changes) changeBack();
  };
}

/** Other switches may have changed other members meanwhile. */
function change<T extends object>(target: T, values: Partial<T>): () => void {
  const before = { ...target };
  Object.assign(target, values);
  return () => {
    for (const name of Object.keys(values) as (keyof T)[]) target[name] = before[name];
  };
}

function stepUp({ graph }: World): () => void {
  graph.requireContext('c1');
  return () => graph.requireContext(null);
}

function keepUncertain({ graph }: World): () => void {
  graph.setUncertain('kept');
  return () => graph.setUncertain('changed');
}

function withoutAccess({ graph }: World): () => void {
  const before = [...graph.policy];
  graph.policy.clear();
  return () => {
    for (const name of before) graph.policy.add(name);
  };
}

function adminConsent({ entra }: World): () => void {
  return change(entra.state, { needsAdmin: true });
}

function withoutLinks({ graph }: World): () => void {
  return change(graph.calendar, { softFailures: Number.POSITIVE_INFINITY });
}

function withoutMailbox({ graph, people }: World): () => void {
  const { withoutMailbox: without } = graph.calendar;
  for (const { oid } of people) without.add(oid);
  return () => without.clear();
}

function frozenMessages({ faults }: World): () => void {
  return faults.add({ service: 'channel', method: 'PUT' }, 403);
}

function meetingsOf({ graph, people }: World) {
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
