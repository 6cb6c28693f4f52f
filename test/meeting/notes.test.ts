import { expect, test } from 'vitest';
import { isFollowUp, notesOnGuests } from '../../bot/meeting/notes.ts';

const BEN = { kind: 'member', id: 'b', upn: 'ben@contoso.com', name: 'Ben' } as const;
const LEE = { kind: 'email', email: 'lee@contoso.com' } as const;
const CROWD = Array.from({ length: 151 }, (_, i) => ({ ...BEN, id: `${i}` }));

test.each([
  [[], [], []],
  [[BEN], [], []],
  [[BEN, LEE], [], ['shareLink']],
  [[BEN, LEE], [LEE], []],
  [[LEE], [BEN, LEE], []],
  [CROWD, [], ['bigList']],
  [CROWD, CROWD, []],
  [[...CROWD, LEE], CROWD, ['shareLink', 'bigList']],
] as const)('guests are spoken of when they are new', (guests, before, notes) => {
  expect(notesOnGuests(guests, before)).toEqual(notes);
});

test('a new link and a change follow on something; a new meeting does not', () => {
  expect(isFollowUp(['oldLinkLocked'])).toBe(true);
  expect(isFollowUp(['changed', 'guestsLeft'])).toBe(true);
  expect(isFollowUp(['roomMade'])).toBe(false);
});
