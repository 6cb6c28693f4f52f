import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn, adaptiveCards } from '../../deploy/sandbox/channel/cards.ts';
import type { Json } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, CHANDRA, type Person } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld();

const posts = () => world.sent('POST');

/** The card that a sentence leads to, once there is one. */
async function cardFor(person: Person, sentence: string): Promise<{ card: Json; text: string }> {
  await world.write(person, sentence);
  const [card] = adaptiveCards(world.cards(person)[0]?.activity ?? { type: '' });
  return { card: card ?? {}, text: textOf(card) };
}

/** Wall-clock time some days from now where a person is, as Graph is told. */
function at(person: Person, days: number, clock: string): string {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const day = DateTime.now().setZone(person.zone).plus({ days });
  return (
    day.set({ hour, minute, second: 0, millisecond: 0 }).toUTC().toISO({ suppressMilliseconds: true }) ?? ''
  );
}

const grouped = (digits: string) => new RegExp([...digits].join('\\s?'));

// Graph answers in two spellings by turns, so each card is asked for twice.
test.each(['first', 'second'])('the card has everything that Graph knows (%s spelling)', async (which) => {
  await world.signIn(ADA);
  if (which === 'second') await cardFor(ADA, 'meeting friday 10am about something else');
  world.chat(ADA).messages.length = 0;
  const { card, text } = await cardFor(ADA, 'meeting tomorrow 3pm about the Q3 budget');
  const meeting = world.alive().at(-1);
  expect(text).toContain('Q3 budget');
  expect(text).toMatch(/Tomorrow/);
  expect(text).toContain('15:00–15:30');
  expect(text).toContain('London time');
  expect(text).toMatch(grouped(meeting?.joinMeetingId ?? '-'));
  expect(text).toMatch(grouped(meeting?.conferenceId ?? '-'));
  expect(text).toContain(meeting?.passcode);
  expect(text).toMatch(grouped(`118${meeting?.conferenceId.slice(0, 7)}`));
  expect(text).toContain('+44 20 7946 0123');
  expect(text).toContain('+44 808 157 0123');
  expect(text).not.toContain(en['meeting.notOnCalendar']);
  expect(text).toContain('You didn’t say how long, so it’s 30 minutes.');
  const join = actionsIn(card).find(({ title }) => title === en['meeting.join']);
  expect(join).toMatchObject({ type: 'Action.OpenUrl', url: meeting?.joinWebUrl });
  const calendar = actionsIn(card).find(({ title }) => title === en['meeting.calendarOutlook']);
  expect(calendar?.url).toContain('/calendar/deeplink/compose');
  expect(card.fallbackText).toContain(meeting?.joinWebUrl);
  expect(card.speak).toContain('Q3 budget');
  expect(actionsIn(card).flatMap(({ verb }) => verb ?? [])).toEqual([
    'change',
    'regenerate',
    'invite',
    'cancel',
  ]);
});

test('a meeting of which only a person is known is called by them: on its card, in the list and in Outlook', async () => {
  await world.signIn(ADA);
  const { card, text } = await cardFor(ADA, 'call with Lee tomorrow 3pm');
  const title = 'Meeting with Lee';
  expect(text).toContain(title);
  const outlook = actionsIn(card).find((action) => action.title === en['meeting.calendarOutlook']);
  expect(new URL(String(outlook?.url)).searchParams.get('subject')).toBe(title);
  expect(await world.answer(ADA, 'my meetings')).toContain(title);
});

test('without the licence for dial-in the card says why there is none', async () => {
  await world.signIn(BEN);
  const { text } = await cardFor(BEN, 'meeting tomorrow 3pm about the Q3 budget');
  expect(text).toMatch(/No phone dial-in: .* no Audio Conferencing/);
  expect(text).not.toContain('+1');
  expect(text).toContain(world.alive()[0]?.passcode);
});

/** What Graph is told of a meeting of tomorrow, between two times of this person's clock. */
const told = (person: Person, from: string, to: string, more: object = {}) => ({
  subject: 'budget',
  startDateTime: at(person, 1, from),
  endDateTime: at(person, 1, to),
  joinMeetingIdSettings: { isPasscodeRequired: true },
  ...more,
});
const BUDGET = 'meeting tomorrow 3pm about budget';

test.each<[string, Person, string, () => object]>([
  ['a time', ADA, BUDGET, () => told(ADA, '15:00', '15:30')],
  [
    'a range, west of Greenwich',
    BEN,
    'design review tomorrow 3-4:30pm',
    () => told(BEN, '15:00', '16:30', { subject: 'design review' }),
  ],
  [
    'a length, half an hour off the whole hours',
    CHANDRA,
    'meeting tomorrow 11:00 for 45 min about budget',
    () => told(CHANDRA, '11:00', '11:45'),
  ],
])('Graph is told exactly this: %s', async (_name, person, sentence, body) => {
  await world.signIn(person);
  await cardFor(person, sentence);
  expect(posts()).toMatchObject([{ path: '/v1.0/me/onlineMeetings', oid: person.oid, status: 201 }]);
  expect(posts()[0]?.body).toEqual(body());
  expect(posts()[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    prefer: 'include-unknown-enum-members',
    'client-request-id': expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
  });
});

test('the correlation id is the reference of the turn in the log', async () => {
  await world.signIn(ADA);
  await cardFor(ADA, 'meeting tomorrow 3pm about budget');
  const created = () => world.turns().findLast(({ outcome }) => outcome === 'created');
  await until(() => created()?.reference === posts()[0]?.headers['client-request-id']);
});

test('a guest by e-mail stands on the card and in Outlook’s page, with the hint to pass the link on', async () => {
  await world.signIn(ADA);
  const { card, text } = await cardFor(ADA, 'meeting tomorrow 3pm about budget with lee@contoso.com');
  expect(text).toContain('lee@contoso.com');
  expect(text).toContain(en['note.shareLink']);
  const outlook = actionsIn(card).find(({ title }) => title === en['meeting.calendarOutlook']);
  expect(new URL(String(outlook?.url)).searchParams.get('to')).toBe('lee@contoso.com');
});

test('the hint comes again with another guest only, and not on each card that follows', async () => {
  await world.signIn(ADA);
  await cardFor(ADA, 'meeting tomorrow 3pm about budget with lee@contoso.com');
  const moved = await world.ask(ADA, 'move it to 4pm');
  expect(textOf(moved)).toContain('lee@contoso.com');
  expect(textOf(moved)).not.toContain(en['note.shareLink']);
  expect(await world.answer(ADA, 'add mia@contoso.com')).toContain(en['note.shareLink']);
});

test('a mention of somebody whom the channel does not know is shown, and not sent', async () => {
  await world.signIn(ADA);
  await world.write(ADA, 'meeting tomorrow 3pm about budget with @Ben', { mentions: [BEN] });
  expect(world.lastText(ADA)).toContain(BEN.name);
  expect(posts()[0]?.body).not.toHaveProperty('participants');
  expect(world.channel.state.refusals.splice(0)).toMatchObject([{ method: 'GET', status: 404 }]);
});

test.each(['groupChat', 'channel'] as const)(
  'in a %s, people who are mentioned are attendees with id and upn, and the card stays there',
  async (type) => {
    await world.signIn(ADA);
    const text = 'meeting tomorrow 3pm about budget with @Ben and @Chandra';
    const asked = await world.mention(ADA, type, text, BEN, CHANDRA);
    expect(world.cards(type)).toHaveLength(1);
    const attendees = [BEN, CHANDRA].map(({ oid, upn }) => ({ identity: { user: { id: oid } }, upn }));
    expect(posts()[0]?.body).toEqual(told(ADA, '15:00', '15:30', { participants: { attendees } }));
    const [card] = world.said(type);
    expect(textOf(card)).toContain(BEN.name);
    expect(card?.thread).toBe(asked.message.thread);
    expect(world.said(ADA)).toEqual([]);
  },
);

test('my meetings lists what was made, with links', async () => {
  await world.signIn(ADA);
  await cardFor(ADA, 'meeting tomorrow 3pm about budget');
  await cardFor(ADA, 'meeting tomorrow 5pm about hiring');
  expect(world.alive()).toHaveLength(2);
  await world.write(ADA, 'my meetings');
  const list = world.said(ADA).at(-1);
  expect(textOf(list)).toMatch(/budget[\s\S]*hiring/);
  const links = actionsIn(adaptiveCards(list?.activity ?? { type: '' })).flatMap(({ url }) => url ?? []);
  expect(links).toEqual(world.alive().map(({ joinWebUrl }) => joinWebUrl));
});
