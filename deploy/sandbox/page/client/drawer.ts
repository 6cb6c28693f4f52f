import type { Holdings } from '../shapes.ts';
import { flip, holdings } from './api.ts';
import { h, ICONS, icon } from './dom.ts';

/** The drawer on the right: what Graph and Entra remember, and what can be made to go wrong. */
export function createDrawer(drawer: HTMLElement, button: HTMLElement) {
  const setOpen = (isOpen: boolean) => {
    drawer.toggleAttribute('hidden', !isOpen);
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) void load();
    else button.focus();
  };
  button.addEventListener('click', () => setOpen(drawer.hasAttribute('hidden')));
  drawer.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') setOpen(false);
  });

  async function load(): Promise<void> {
    const held = await holdings();
    drawer.replaceChildren(
      h(
        'header',
        {},
        h('h2', {}, 'What the stand-ins hold'),
        h(
          'button',
          { type: 'button', class: 'tool', 'aria-label': 'Close', onclick: () => setOpen(false) },
          icon(ICONS.close),
        ),
      ),
      ...meetings(held),
      h('h3', {}, 'Consent given by'),
      h('p', {}, held.consents.join(', ') || 'nobody yet'),
      h('h3', {}, 'Make it fail'),
      ...held.switches.map(toggle),
      ...(held.refusals.length > 0
        ? [h('h3', {}, 'Refused, as the real services would'), list(held.refusals)]
        : []),
    );
  }

  function toggle({ name, label, on }: Holdings['switches'][number]): HTMLElement {
    const box = h('input', { type: 'checkbox', role: 'switch', checked: on });
    box.addEventListener('change', () => void flip(name, box.checked).then(load));
    return h('label', { class: 'switch' }, box, label);
  }

  return {
    refresh: () => {
      if (!drawer.hasAttribute('hidden') && !drawer.contains(document.activeElement)) void load();
    },
  };
}

function meetings({ meetings: all, deleted }: Holdings): HTMLElement[] {
  const rows = all.map(({ subject, organiser, start, end }) =>
    h('li', {}, h('strong', {}, subject || 'No subject'), h('span', {}, `${organiser}, ${span(start, end)}`)),
  );
  return [
    h('h3', {}, `Meetings in Graph: ${all.length}${deleted > 0 ? ` (and ${deleted} deleted)` : ''}`),
    h('ul', { class: 'held' }, ...rows),
  ];
}

const list = (lines: string[]) => h('ul', { class: 'held' }, ...lines.map((line) => h('li', {}, line)));

function span(start: string, end: string): string {
  const from = new Date(start);
  const minutes = Math.round((new Date(end).getTime() - from.getTime()) / 60_000);
  return `${from.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${minutes} min`;
}
