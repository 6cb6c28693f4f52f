import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { meetingCards, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const LOCKED = { lobbyBypassSettings: { scope: 'organizer', isDialInBypassEnabled: false } };
const locking = { service: 'graph', method: 'PATCH' } as const;
/** What was done to one meeting, in order. */
const doneTo = (id: string) =>
  world.graph.requests
    .filter(({ path }) => path.endsWith(encodeURIComponent(id)))
    .map(({ method }) => method);

async function make(text = 'meeting tomorrow 3pm about Q3') {
  const card = await world.ask(ADA, text);
  return { card, link: world.alive()[0]?.joinWebUrl ?? '' };
}

describe('who opens the link of a meeting that was removed', () => {
  test('is let in by Teams while it was not locked: the stand-in does what people report of Graph', async () => {
    const { link } = await make();
    for (const meeting of world.graph.meetings) meeting.isDeleted = true;
    expect(world.graph.open(link, BEN)).toBe('meeting');
    expect(world.alive()).toHaveLength(1);
  });

  test.each([
    [
      'a meeting with a new link',
      'meeting tomorrow 3pm about Q3, no lobby',
      'regenerate',
      'note.oldLinkLocked',
    ],
    ['a meeting that is cancelled', 'meeting tomorrow 3pm about Q3, no lobby', 'cancel', 'ended.locked'],
    ['a room with a new link', 'our standup room, no lobby', 'regenerate', 'note.oldLinkLockedRoom'],
    ['a room that is closed', 'our standup room, no lobby', 'cancel', 'ended.locked'],
  ] as const)('waits in the lobby: %s', async (_name, text, verb, told) => {
    const { card, link } = await make(text);
    await world.clickAndConfirm(ADA, card, verb);
    const old = world.graph.meetings[0];
    expect(old).toMatchObject({ isDeleted: true, options: { ...LOCKED, allowMeetingChat: 'disabled' } });
    expect(doneTo(old?.id ?? '').slice(-2)).toEqual(['PATCH', 'DELETE']);
    expect(textOf(card)).toContain(en[told]);
    expect(world.graph.open(link, BEN)).toBe('lobby');
    expect(world.graph.meetings[0]?.isDeleted).toBe(true);
  });

  test.each([
    ['refuses the lock', { kind: 'status', status: 400 }],
    [
      'answers that the lobby is as it was',
      { kind: 'status', status: 200, body: { lobbyBypassSettings: { scope: 'everyone' } } },
    ],
  ] as const)('is not said to wait in the lobby where Graph %s', async (_name, fault) => {
    const { card } = await make();
    world.faults.add(locking, fault, 1);
    await world.clickAndConfirm(ADA, card, 'regenerate');
    expect(textOf(card)).toContain(en['note.oldLinkRemoved']);
    expect(textOf(card)).not.toContain('lobby');
    expect(world.alive()).toHaveLength(1);
    world.faults.add(locking, fault, 1);
    await world.clickAndConfirm(ADA, card, 'cancel');
    expect(textOf(card)).toContain(en['ended.removed']);
    expect(textOf(card)).not.toContain('lobby');
    expect(world.alive()).toEqual([]);
  });
});

describe('a new link is asked for first', () => {
  test('by the button: nothing happens until the person says yes', async () => {
    const { card, link } = await make();
    await world.click(ADA, card, 'regenerate');
    expect(world.seen(ADA, card)).toContain(en['confirm.renewTitle']);
    expect(world.graph.requests.map(({ method }) => method)).toEqual(['POST']);
    await world.click(ADA, card, 'view');
    expect(world.seen(ADA, card)).toContain(en['meeting.join']);
    expect(world.alive()).toMatchObject([{ joinWebUrl: link }]);
  });

  test.each(['regenerate', 'cancel'])(
    'a second click within a second of the question is no yes: %s',
    async (verb) => {
      const { card, link } = await make();
      for (const _ of [1, 2]) await world.channel.execute(ADA, card.id, verb);
      expect(card.notices.get(ADA.oid)).toBe(en['notice.tooSoon']);
      expect(world.alive()).toMatchObject([{ joinWebUrl: link }]);
      await wait(1_100);
      await world.click(ADA, card, verb);
      expect(world.alive()[0]?.joinWebUrl).not.toBe(link);
    },
  );

  test('by words, too', async () => {
    const { link } = await make();
    const asked = await world.ask(ADA, 'new link for Q3');
    await world.click(ADA, asked, 'answer');
    expect(asked.notices.get(ADA.oid)).toBe(en['notice.tooSoon']);
    expect(world.alive()).toMatchObject([{ joinWebUrl: link }]);
    await world.confirm(ADA, asked, 'answer');
    expect(world.alive()[0]?.joinWebUrl).not.toBe(link);
    expect(world.alive()).toHaveLength(1);
  });

  test('two clicks where *Save* was never reach a new link', async () => {
    const { card, link } = await make('meeting on 4 March 2030 at 16:00 about Q3');
    await world.click(ADA, card, 'change');
    const form = { date: '2030-03-04', time: '16:00', minutes: '30', subject: 'Q4' };
    await world.click(ADA, card, 'change', form);
    expect(card.editedAt).not.toBeNull();
    const [first] = JSON.stringify(card.activity).match(/"verb":"\w+"/g) ?? [];
    expect(first).toBe('"verb":"change"');
    expect(world.alive()).toMatchObject([{ joinWebUrl: link }]);
  });
});

describe('encryption and spoken language of a meeting that is there', () => {
  test.each([
    ['make it encrypted', { isEndToEndEncryptionEnabled: true }],
    ['set the language to French', { meetingSpokenLanguageTag: 'fr-FR' }],
  ])('“%s” is changed under the same link', async (words, options) => {
    const { link } = await make();
    const card = await world.ask(ADA, words);
    expect(meetingCards([card])).toHaveLength(1);
    expect(world.alive()).toMatchObject([{ joinWebUrl: link, options }]);
    expect(textOf(card)).toContain(en['meeting.changed']);
  });

  test.each([
    ['keeps it as it was', () => world.graph.setUncertain('kept')],
    ['refuses it', () => world.faults.add(locking, 400, 1)],
  ])('a new link is offered where Graph %s, and not before', async (_name, trouble) => {
    const { link } = await make();
    trouble();
    const asked = await world.ask(ADA, 'make it encrypted');
    expect(textOf(asked)).toContain(en['confirm.renewNeeded']);
    expect(world.alive()).toMatchObject([
      { joinWebUrl: link, options: { isEndToEndEncryptionEnabled: false } },
    ]);
    await world.confirm(ADA, asked, 'answer');
    expect(textOf(asked)).toContain(en['note.oldLinkLocked']);
    expect(world.alive()).toMatchObject([{ options: { isEndToEndEncryptionEnabled: true } }]);
  });
});
