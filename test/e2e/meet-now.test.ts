import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { adaptiveCards } from '../../deploy/sandbox/channel/cards.ts';
import { ADA, BEN, CHANDRA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

/** Start and length in minutes, as Graph was told. */
function asked(): { start: DateTime; minutes: number } {
  const { body } = world.graph.requests.find(({ method }) => method === 'POST') ?? {};
  const { startDateTime, endDateTime } = body as Record<string, string>;
  const start = DateTime.fromISO(startDateTime ?? '');
  return { start, minutes: DateTime.fromISO(endDateTime ?? '').diff(start, 'minutes').minutes };
}

test.each([
  ['meet now', 60],
  ['meet now for 20 minutes', 20],
  ['start a call', 60],
])('%s: it begins with the message and lasts %i minutes', async (sentence, minutes) => {
  const before = DateTime.now();
  await world.write(ADA, sentence);
  expect(asked().minutes).toBe(minutes);
  expect(asked().start >= before.minus({ seconds: 1 }) && asked().start <= DateTime.now()).toBe(true);
  const text = world.lastText(ADA);
  expect(text).toContain(en['meeting.on']);
  if (minutes === 60) expect(text).toContain('You didn’t say how long, so it’s 1 hour.');
  expect(world.alive()).toHaveLength(1);
});

test('Graph is told no meetingType: it is read only', async () => {
  await world.write(ADA, 'meet now');
  const { body } = world.graph.requests[0] ?? {};
  expect(Object.keys(body as object)).not.toContain('meetingType');
});

test('in one’s own chat somebody else can only be named: the link must be passed on', async () => {
  await world.write(ADA, 'call with Ben now');
  expect(world.lastText(ADA)).toContain('Ben');
  expect(world.lastText(ADA)).toContain(en['note.shareLink']);
});

test.each(['groupChat', 'channel'] as const)(
  'in a %s, who is mentioned is invited and told',
  async (type) => {
    const { message } = await world.mention(ADA, type, 'call with @Ben now', BEN);
    const [card, ...others] = world.said(type);
    expect(others).toEqual([]);
    expect(textOf(card)).toContain(en['meeting.seenOn']);
    expect(card?.thread).toBe(message.thread);
    const { msteams } = adaptiveCards(card?.activity ?? { type: '' })[0] ?? {};
    expect(msteams).toMatchObject({ entities: [{ mentioned: { id: BEN.teamsId } }] });
    expect(world.alive()[0]?.attendees).toMatchObject([{ id: BEN.oid }]);
    expect(asked().minutes).toBe(60);
  },
);

test('who signs in first still gets a meeting that begins with the message', async () => {
  world.entra.consent(CHANDRA.oid);
  const before = DateTime.now();
  await world.mention(CHANDRA, 'groupChat', 'call with @Ben now', BEN);
  expect(world.cards('groupChat')).toHaveLength(1);
  expect(world.alive()[0]?.attendees).toMatchObject([{ id: BEN.oid }]);
  expect(asked().start.diff(before, 'seconds').seconds).toBeLessThan(5);
});
