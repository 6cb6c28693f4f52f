import { describe, expect, test } from 'vitest';
import { addNamed, askedOf, dedupeGuests, measureGuestList } from '../../bot/meeting/guest-list.ts';
import type { Guest, Role } from '../../bot/meeting/meeting.ts';

const member = (name: string, role?: Role): Guest => ({
  kind: 'member',
  id: `id-${name}`,
  upn: `${name}@contoso.example`,
  name,
  ...(role && { role }),
});
const email = (address: string, role?: Role): Guest => ({
  kind: 'email',
  email: address,
  ...(role && { role }),
});
const brief = (guests: readonly Guest[]) =>
  guests.map((guest) => [guest.kind === 'email' ? guest.email : guest.name, guest.role ?? null]);

test('everybody who was named, in order, with what was asked of them', () => {
  const [sam, lee, kim] = ['Sam', 'Lee', 'Kim'].map((name) => ({ kind: 'name' as const, name }));
  if (!sam || !lee || !kim) throw new Error('nobody');
  expect(askedOf([sam], { coorganisers: [lee], namedPresenters: [kim, sam] })).toEqual([
    { invitee: sam, role: null },
    { invitee: lee, role: 'coorganizer' },
    { invitee: kim, role: 'presenter' },
    { invitee: sam, role: 'presenter' },
  ]);
});

describe('everybody once', () => {
  test.each<[string, Guest[], [string, Role | null][]]>([
    ['guest and presenter', [member('Sam'), member('Sam', 'presenter')], [['Sam', 'presenter']]],
    [
      'presenter and co-organiser',
      [member('Sam', 'presenter'), member('Sam', 'coorganizer')],
      [['Sam', 'coorganizer']],
    ],
    ['co-organiser and guest', [member('Sam', 'coorganizer'), member('Sam')], [['Sam', 'coorganizer']]],
    [
      'an address in capitals',
      [email('a@x.example'), email('A@X.example', 'presenter')],
      [['a@x.example', 'presenter']],
    ],
    [
      'two people',
      [member('Sam'), member('Lee')],
      [
        ['Sam', null],
        ['Lee', null],
      ],
    ],
    ['not the organiser', [member('Ada', 'presenter'), member('Lee')], [['Lee', null]]],
  ])('%s', (_name, guests, expected) => {
    expect(brief(dedupeGuests(guests, 'id-Ada'))).toEqual(expected);
  });
});

describe('with those who are named now', () => {
  const before = [member('Sam', 'presenter'), member('Lee', 'coorganizer'), member('Kim')];
  test.each<[string, Guest[], [string, Role | null][]]>([
    [
      'new presenters replace the old',
      [member('Kim', 'presenter')],
      [
        ['Sam', null],
        ['Lee', 'coorganizer'],
        ['Kim', 'presenter'],
      ],
    ],
    [
      'a new co-organiser leaves the others',
      [member('Kim', 'coorganizer')],
      [
        ['Sam', 'presenter'],
        ['Lee', 'coorganizer'],
        ['Kim', 'coorganizer'],
      ],
    ],
    [
      'somebody new comes along',
      [member('Ben', 'coorganizer')],
      [
        ['Sam', 'presenter'],
        ['Lee', 'coorganizer'],
        ['Kim', null],
        ['Ben', 'coorganizer'],
      ],
    ],
  ])('%s', (_name, named, expected) => {
    expect(brief(addNamed(before, named, 'id-Ada'))).toEqual(expected);
  });
});

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

test.each<[number, ReturnType<typeof measureGuestList>]>([
  [0, 'fits'],
  [150, 'fits'],
  [151, 'chatDuringMeeting'],
  [1_000, 'chatDuringMeeting'],
  [1_001, 'tooMany'],
])('%i members: %s', (count, expected) => {
  expect(measureGuestList(members(count))).toBe(expected);
});

test('who is on no list of Teams does not count', () => {
  expect(measureGuestList([...members(150), ...outsiders])).toBe('fits');
});
