import { expect, test } from 'vitest';
import { crowdOf } from '../../bot/meeting/crowd.ts';
import type { Guest } from '../../bot/meeting/meeting.ts';

const members = (count: number): Guest[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: 'member',
    id: `id-${i}`,
    upn: `${i}@contoso.example`,
    name: `Person ${i}`,
  }));
const outsiders: Guest[] = Array.from({ length: 200 }, (_, i) => ({
  kind: 'email',
  email: `${i}@fabrikam.example`,
}));

test.each<[number, ReturnType<typeof crowdOf>]>([
  [0, 'fits'],
  [150, 'fits'],
  [151, 'chatDuringMeeting'],
  [1_000, 'chatDuringMeeting'],
  [1_001, 'tooMany'],
])('%i members: %s', (count, expected) => {
  expect(crowdOf(members(count))).toBe(expected);
});

test('who is on no list of Teams does not count', () => {
  expect(crowdOf([...members(150), ...outsiders])).toBe('fits');
});
