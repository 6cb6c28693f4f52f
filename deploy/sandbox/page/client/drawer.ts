import type { Failure, Holdings } from '../../switches.ts';
import type { Command } from '../commands.ts';
import { holdings, send } from './api.ts';
import { createAside } from './aside.ts';
import { h } from './dom.ts';

/** The drawer on the right: what Graph and Entra remember, and what can be made to go wrong. */
export function createDrawer(drawer: HTMLElement, button: HTMLElement) {
  const meetings = h('section', {});
  const consents = h('section', {});
  const graph = h('section', {});
  const switches = h('section', {});
  const refusals = h('section', {});
  let asked = 0;

  const aside = createAside(drawer, button, 'Behind the scenes', load);
  drawer.append(meetings, h('h3', {}, 'Make it fail'), graph, switches, consents, refusals);

  /** What was asked before a switch was flipped must not turn it back. */
  const set = (command: Command) => {
    asked += 1;
    void send(command).then(load);
  };

  async function load(): Promise<void> {
    asked += 1;
    const mine = asked;
    const held = await holdings();
    if (mine !== asked) return;
    meetings.replaceChildren(...drawMeetings(held));
    drawRefusals(refusals, held.refusals);
    drawGraph(graph, held.graph, (failure) => set({ kind: 'fail', ...failure }));
    const given = held.consents.map(({ oid, name, given }) => ({ name: oid, label: name, on: given }));
    if (!consents.hasChildNodes()) consents.append(h('h3', {}, 'Has consented'));
    drawSwitches(consents, given, (oid, on) => set({ kind: 'consent', oid, on }));
    drawSwitches(switches, held.switches, (name, on) => set({ kind: 'switch', name, on }));
    const fails = held.graph.current.error !== '' || held.switches.some(({ on }) => on);
    button.classList.toggle('failing', fails);
    button.title = fails ? 'Behind the scenes: something is made to fail' : 'Behind the scenes';
  }

  return {
    open: aside.open,
    /** Something happened. */
    refresh: () => {
      if (aside.isOpen() || button.classList.contains('failing')) aside.loadSoon();
    },
  };
}

type Switch = Holdings['switches'][number];
type GraphTrouble = Holdings['graph'];

/** Draws them once; afterwards only says which are on, so that the focus stays where it is. */
function drawSwitches(
  section: HTMLElement,
  all: readonly Switch[],
  flipped: (name: string, on: boolean) => void,
): void {
  for (const { name, label, on } of all) {
    let box = section.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`);
    if (!box) {
      const fresh = h('input', { type: 'checkbox', role: 'switch', name });
      fresh.addEventListener('change', () => flipped(name, fresh.checked));
      section.append(h('label', { class: 'switch' }, fresh, label));
      box = fresh;
    }
    box.checked = on;
  }
}

/** What Graph answers instead, when, and how often. */
function drawGraph(section: HTMLElement, trouble: GraphTrouble, chosen: (failure: Failure) => void): void {
  if (!section.hasChildNodes()) section.append(...graphFields(trouble, chosen));
  const [error, step, once] = fieldsIn(section);
  error.value = trouble.current.error;
  step.value = trouble.current.step;
  once.checked = trouble.current.once;
  section.classList.toggle('failing', error.value !== '');
}

function graphFields({ errors, steps }: GraphTrouble, chosen: (failure: Failure) => void): HTMLElement[] {
  const option = ({ id, title }: { id: string; title: string }) => h('option', { value: id }, title);
  const groups = [...new Set(errors.map(({ group }) => group))].map((group) =>
    h('optgroup', { label: group }, ...errors.filter((each) => each.group === group).map(option)),
  );
  const error = h('select', {}, option({ id: '', title: 'As usual' }), ...groups);
  const step = h('select', {}, ...steps.map(option));
  const once = h('input', { type: 'checkbox', role: 'switch' });
  const tell = () => chosen({ error: error.value, step: step.value, once: once.checked });
  for (const field of [error, step, once]) field.addEventListener('change', tell);
  return [
    h('label', { class: 'field' }, 'Graph answers', error),
    h('label', { class: 'field' }, 'when it is asked to', step),
    h('label', { class: 'switch' }, once, 'Only the next time'),
  ];
}

function fieldsIn(section: HTMLElement): [HTMLSelectElement, HTMLSelectElement, HTMLInputElement] {
  const [error, step] = section.querySelectorAll('select');
  const once = section.querySelector('input');
  if (!error || !step || !once) throw new Error('The drawer has lost its fields.');
  return [error, step, once];
}

function drawMeetings({ meetings: all, deleted }: Holdings): HTMLElement[] {
  const rows = all.map(({ subject, organiser, start, end }) =>
    h('li', {}, h('strong', {}, subject || 'No subject'), h('span', {}, `${organiser}, ${span(start, end)}`)),
  );
  return [
    h('h3', {}, `Meetings in Graph: ${all.length}${deleted > 0 ? ` (and ${deleted} deleted)` : ''}`),
    h('ul', { class: 'held' }, ...rows),
  ];
}

function drawRefusals(section: HTMLElement, lines: readonly string[]): void {
  section.replaceChildren();
  if (lines.length === 0) return;
  const rows = lines.map((line) => h('li', {}, line));
  section.append(h('h3', {}, 'Refused, as the real services would'), h('ul', { class: 'held' }, ...rows));
}

function span(start: string, end: string): string {
  const from = new Date(start);
  const minutes = Math.round((new Date(end).getTime() - from.getTime()) / 60_000);
  return `${from.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${minutes} min`;
}
