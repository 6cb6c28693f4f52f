import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { throughPopup } from './popup.ts';

const CALENDAR = 'Calendars.ReadWrite';
const SCOPES = {
  meetings: 'https://graph.microsoft.com/OnlineMeetings.ReadWrite',
  calendar:
    'https://graph.microsoft.com/OnlineMeetings.ReadWrite https://graph.microsoft.com/Calendars.ReadWrite',
};
const SENTENCE = 'meeting on 4 March 2030 at 15:00 about Q3';

/** Everybody has agreed to online meetings, and to nothing else. */
const world = await ownWorld({ env: { CALENDAR: 'on' }, before: signedIn(ADA) });

const exchanges = () =>
  world.entra.state.requests
    .filter(({ grant }) => grant === 'on_behalf_of')
    .map(({ scope, status }) => [scope.split(' openid')[0], status]);
const events = () => world.graph.calendar.events.filter(({ isGone }) => !isGone);
const agreed = () => [...(world.entra.state.consents.get(ADA.oid) ?? [])];

/** Presses *Add to my calendar* on the newest card. */
async function addToCalendar(person = ADA) {
  const message = world.newest(person);
  await world.press(person, message, en['meeting.addToCalendar']);
  return message;
}

test('a meeting asks for one permission, as it always did', async () => {
  await world.write(ADA, SENTENCE);
  expect(world.alive()).toHaveLength(1);
  expect(agreed()).toEqual(['OnlineMeetings.ReadWrite']);
  expect(exchanges().filter(([scope]) => scope !== SCOPES.meetings)).toEqual([]);
});

describe('the calendar', () => {
  test('is asked for when it is first wanted, once, and the click goes on', async () => {
    await world.write(ADA, SENTENCE);
    const message = await addToCalendar();
    const signIn = message.signIns.get(ADA.oid);
    expect(signIn).toMatchObject({ state: 'button', card: { text: en['signin.calendar'] } });
    expect(events()).toEqual([]);

    const popup = await throughPopup(world, world.channel.openSignIn(ADA, message.id), ADA);
    expect(popup).toMatchObject({ status: 200, result: 'ok' });
    expect(popup.consentPage).toContain('Read and write your calendar');
    await world.finishSignIn(ADA, message);
    expect(events()).toMatchObject([{ subject: 'Q3', organizer: ADA.oid }]);
    expect(agreed().toSorted()).toEqual([CALENDAR, 'OnlineMeetings.ReadWrite']);

    await world.write(ADA, SENTENCE.replace('15:00', '17:00'));
    await addToCalendar();
    expect(events()).toHaveLength(2);
    expect(exchanges().filter(([scope]) => scope === SCOPES.calendar)).toEqual([
      [SCOPES.calendar, 400],
      [SCOPES.calendar, 200],
    ]);
  });

  test('who says no has everything else as before', async () => {
    await world.write(ADA, SENTENCE);
    const message = await addToCalendar();
    const popup = await throughPopup(world, world.channel.openSignIn(ADA, message.id), ADA, 'decline');
    expect(popup.result).toBe('declined');
    await world.channel.failSignIn(ADA, message.id, 'CancelledByUser');
    await world.write(ADA, 'move Q3 to 4pm');
    expect(world.alive()).toMatchObject([{ startDateTime: expect.stringContaining('T16:00') }]);
    expect(events()).toEqual([]);
    expect(agreed()).toEqual(['OnlineMeetings.ReadWrite']);
  });

  test('where only an administrator may agree, the page says so', async () => {
    await world.signIn(BEN);
    world.entra.requireAdminConsent(true);
    await world.write(BEN, SENTENCE);
    const message = await addToCalendar(BEN);
    const popup = await throughPopup(world, world.channel.openSignIn(BEN, message.id), BEN);
    expect(popup.result).toBe('admin');
    expect(popup.html).toContain('adminconsent');
    expect(events()).toEqual([]);
  });

  test('signing out forgets its token, too', async () => {
    world.entra.consent(ADA.oid, [CALENDAR]);
    await world.write(ADA, SENTENCE);
    await addToCalendar();
    expect(events()).toHaveLength(1);
    await world.signOut(ADA);
    await world.signIn(ADA);
    await world.write(ADA, SENTENCE);
    await addToCalendar();
    expect(exchanges().filter(([scope]) => scope === SCOPES.calendar)).toEqual([
      [SCOPES.calendar, 200],
      [SCOPES.calendar, 200],
    ]);
  });
});
