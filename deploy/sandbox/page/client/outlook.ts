import type { OutlookView } from '../../outlook.ts';
import { outlook, send } from './api.ts';
import { createAside } from './aside.ts';
import { h } from './dom.ts';

const KINDS: Record<OutlookView['mails'][number]['kind'], string> = {
  invitation: 'Invitation',
  update: 'Updated',
  cancellation: 'Canceled',
  undeliverable: 'Undeliverable',
};

const RESPONSES = {
  notResponded: 'no answer yet',
  accepted: 'accepted',
  tentativelyAccepted: 'maybe',
  declined: 'declined',
};

/** The other drawer on the right: the calendar and the inbox of the person who is played. */
export function createOutlook(aside: HTMLElement, button: HTMLElement, viewer: () => { oid: string }) {
  const calendar = h('section', { 'aria-label': 'Calendar' });
  const inbox = h('section', { 'aria-label': 'Inbox' });

  const drawer = createAside(aside, button, 'Outlook', load);
  aside.append(calendar, inbox);

  async function load(): Promise<void> {
    const { oid } = viewer();
    const seen = await outlook(oid);
    if (oid !== viewer().oid) return;
    const answer = (event: string, accepts: boolean) => () =>
      void send({ kind: 'respond', as: oid, event, accepts }).then(load);
    calendar.replaceChildren(
      h('h3', {}, `Calendar: ${seen.events.length}`),
      h('ul', { class: 'held' }, ...seen.events.map((event) => drawEvent(event, answer))),
    );
    inbox.replaceChildren(
      h('h3', {}, `Inbox: ${seen.mails.length}`),
      h('ul', { class: 'held' }, ...seen.mails.map(drawMail)),
    );
  }

  return {
    /** Something happened, or somebody else is played. */
    refresh: () => {
      if (drawer.isOpen()) drawer.loadSoon();
    },
  };
}

type EventView = OutlookView['events'][number];

function drawEvent(
  { key, subject, when, organiser, isSeries, joinUrl, guests, response }: EventView,
  answer: (event: string, accepts: boolean) => () => void,
): HTMLElement {
  const about = [when, isSeries && 'series', organiser, joinUrl === null && 'no link'];
  const people = guests.map(({ name, response: theirs }) => `${name}: ${RESPONSES[theirs]}`).join(', ');
  const choice = (title: string, accepts: boolean) =>
    h('button', { type: 'button', onclick: answer(key, accepts) }, title);
  return h(
    'li',
    {},
    h('strong', {}, subject || 'No subject'),
    h('span', {}, about.filter((part) => part !== false).join(', ')),
    people !== '' && h('span', {}, people),
    response === 'notResponded' && h('span', {}, choice('Accept', true), ' ', choice('Decline', false)),
  );
}

function drawMail({ kind, subject, when, comment, at }: OutlookView['mails'][number]): HTMLElement {
  return h(
    'li',
    {},
    h('strong', {}, `${KINDS[kind]}: ${subject || 'No subject'}`),
    h('span', {}, `${when} (sent ${at})`),
    comment !== null && h('span', {}, comment),
  );
}
