import { DateTime } from 'luxon';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { cardOf } from './messages.ts';
import { inBrowser, ownPage } from './own-page.ts';

/** Runs on the page: a browser hands pasted text over like this. */
const paste = (text: string) => `{
  const clipboardData = new DataTransfer();
  clipboardData.setData('text', ${JSON.stringify(text)});
  document.getElementById('text').dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
}`;

inBrowser('dialogs and the mailbox on the page', async () => {
  const { world, open } = await ownPage();

  describe('Meeting about this', () => {
    let page: Page;
    beforeEach(async () => {
      page = await open();
      await page.getByRole('button', { name: 'Q3 launch' }).click();
    });

    const dialog = () => page.getByRole('dialog');
    const messages = () => page.getByRole('log', { name: 'Messages' });

    async function write(text: string) {
      const box = page.getByRole('textbox', { name: 'Type a message' });
      await box.fill(text);
      await box.press('Enter');
    }

    /** Ada chooses it on what Ben has written. */
    async function openOnMessage() {
      await page.getByLabel('You are').selectOption(BEN.oid);
      await page.getByRole('button', { name: 'Q3 launch' }).click();
      await write('Could we talk about the Q3 numbers tomorrow at 15:00?');
      await page.getByLabel('You are').selectOption(ADA.oid);
      await page.getByRole('button', { name: 'Q3 launch' }).click();
      const message = messages().getByRole('article', { name: BEN.name }).last();
      await message.hover();
      await message.getByLabel('More').click();
      await message.getByRole('button', { name: 'Meeting about this' }).click();
      await dialog().getByRole('button', { name: en['draft.create'] }).waitFor();
    }

    test('a message becomes a card in the compose box, after one consent', async () => {
      await openOnMessage();
      expect(await dialog().getByLabel(en['edit.subjectLabel']).inputValue()).toBe('Q3 numbers');
      await dialog().getByRole('button', { name: en['draft.create'] }).click();
      const signIn = dialog().getByRole('button', { name: en['signin.button'] });
      const [popup] = await Promise.all([page.waitForEvent('popup'), signIn.click()]);
      await popup.getByRole('button', { name: 'Accept' }).click();
      const send = page.getByRole('button', { name: 'Send the card' });
      await send.waitFor();
      expect(await dialog().count()).toBe(0);
      await send.click();
      await messages().getByRole('link', { name: 'Join online' }).waitFor();
      expect(world.alive()).toMatchObject([{ subject: 'Q3 numbers', organizer: ADA.oid }]);
      world.channel.state.refusals.length = 0;
    });

    test('the page in the dialog signs in silently whoever has consented', async () => {
      world.entra.consent(ADA.oid);
      await page.getByRole('button', { name: 'Meeting about this' }).click();
      await dialog().getByLabel(en['ask.dateLabel']).fill('2027-03-01');
      await dialog().getByLabel(en['ask.timeLabel']).fill('15:00');
      await dialog().getByRole('button', { name: en['draft.create'] }).click();
      await page.getByRole('button', { name: 'Discard it' }).click();
      expect(world.alive()).toMatchObject([{ organizer: ADA.oid }]);
      world.channel.state.refusals.length = 0;
    });

    test('the address of a meeting, put into a message, becomes its card', async () => {
      await world.signIn(ADA);
      await world.write(ADA, 'meeting tomorrow 3pm about Q3');
      const actions = actionsIn(cardOf(world.newest(ADA)));
      const address = actions.find(({ title }) => title === en['meeting.calendarFile'])?.url;
      await page.evaluate(paste(String(address)));
      await page.getByRole('button', { name: 'Send the card' }).click();
      await messages().getByRole('link', { name: 'Join online' }).waitFor();
    });

    test('closing it makes nothing', async () => {
      await page.getByRole('button', { name: 'Meeting about this' }).click();
      await dialog().getByRole('button', { name: en['draft.create'] }).waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => dialog().count()).toBe(0);
      expect(world.graph.meetings).toEqual([]);
      expect(world.channel.state.dialogs.size).toBe(0);
    });
  });

  describe('the calendar and the inbox', () => {
    /** Makes an event at Graph tomorrow at 15:00 in London, and invites Ben. */
    async function invite(organizer: Person): Promise<void> {
      const { oid, tenantId: tid } = organizer;
      const exp = Math.floor(Date.now() / 1000) + 600;
      const aud = world.entra.state.resources.graph;
      const token = await world.entra.sign({ aud, tid, oid, exp, scp: 'Calendars.ReadWrite' });
      const day = DateTime.now().setZone(ADA.zone).plus({ days: 1 }).toISODate();
      const at = (time: string) => ({ dateTime: `${day}T${time}`, timeZone: ADA.zone });
      const { status } = await fetch(`${world.graph.url}/v1.0/me/events`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          ...{ subject: 'Q3', start: at('15:00:00'), end: at('15:30:00'), isOnlineMeeting: true },
          attendees: [{ emailAddress: { address: BEN.upn, name: BEN.name } }],
        }),
      });
      expect(status).toBe(201);
    }

    async function look(person: Person) {
      const page = await open(`/#as=${person.oid}`);
      await page.getByRole('button', { name: 'Calendar and inbox' }).click();
      return {
        page,
        calendar: page.getByRole('region', { name: 'Calendar' }),
        inbox: page.getByRole('region', { name: 'Inbox' }),
      };
    }

    test('an invitation is in the guest’s inbox, and their answer in both calendars', async () => {
      await invite(ADA);
      const ben = await look(BEN);
      await ben.inbox.getByText('Invitation: Q3').waitFor();
      // New York: five hours behind London, on its own clock.
      await ben.calendar.getByText(/10:00–10:30, Ada Okafor/).waitFor();
      await ben.calendar.getByRole('button', { name: 'Accept' }).click();
      await ben.calendar.getByText('Ben Castellanos: accepted').waitFor();
      expect(world.graph.calendar.events).toMatchObject([{ attendees: [{ response: 'accepted' }] }]);
      const ada = await look(ADA);
      await ada.calendar.getByText('Ben Castellanos: accepted').waitFor();
      await ada.inbox.getByText('Inbox: 0').waitFor();
    });

    test('Escape closes it, and the focus is where it was', async () => {
      const { page } = await look(ADA);
      await page.keyboard.press('Escape');
      const button = page.getByRole('button', { name: 'Calendar and inbox' });
      expect(await button.getAttribute('aria-expanded')).toBe('false');
      expect(await page.evaluate('document.activeElement.id')).toBe('mailbox');
    });
  });
});
