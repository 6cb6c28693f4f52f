import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { inBrowser, ownPage } from './own-page.ts';

inBrowser('the calendar and the inbox on the page', async () => {
  const { world, open } = await ownPage();

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
