import { describe, expect, test } from 'vitest';
import type { Missed } from '../../bot/meeting/granted-options.ts';
import type { Offer } from '../../bot/meeting/options.ts';
import { isOver, kindOf } from '../../bot/meeting/record.ts';
import { NOW, record } from './record.ts';

const OFFER: Offer = { lacks: new Set(), templates: [], labels: [] };
const REFUSED = { option: 'mic', why: 'policy', wish: false, is: true } as Missed;
const ROOM = { externalId: 'x', isFirst: true };
const [meeting, room] = [kindOf({}), kindOf({ room: ROOM })];

describe('a meeting and a room', () => {
  test('a passcode can be had by a meeting, and by no room', () => {
    expect(meeting.selectPossible({ passcode: true }, OFFER).options).toEqual({ passcode: true });
    expect(room.selectPossible({ passcode: true }, OFFER)).toMatchObject({
      options: {},
      missed: [{ option: 'passcode', why: 'room' }],
    });
    expect([meeting.isFixedByLink, room.isFixedByLink]).toEqual([true, false]);
  });

  test('what Graph refused stays wished in a meeting, and is asked for anew in a room', () => {
    const change = { before: {}, wanted: { mic: false }, sent: { mic: false }, refused: [REFUSED] };
    expect([meeting.optionsAfter(change), room.optionsAfter(change)]).toEqual([{ mic: false }, {}]);
    expect([meeting.keepMissed([REFUSED], {}), room.keepMissed([REFUSED], {})]).toEqual([[REFUSED], []]);
    expect(meeting.keepMissed([REFUSED], { mic: true })).toEqual([]);
  });

  test('a meeting is over when it has ended, a room when Graph drops it', () => {
    const past = record({ id: 'a', start: '2026-03-26T10:00' });
    const expires = NOW.toMillis() + 1;
    expect(isOver(past, NOW.toMillis())).toBe(true);
    expect(isOver({ ...past, room: ROOM, expires }, NOW.toMillis())).toBe(false);
    expect(isOver({ ...past, room: ROOM, expires }, expires)).toBe(true);
  });
});
