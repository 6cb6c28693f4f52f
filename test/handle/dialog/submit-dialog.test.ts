import { expect, test } from 'vitest';
import { invitedIn, readPeople } from '../../../bot/handle/dialog.ts';

const invite = (id: string) => invitedIn(readPeople({ people: [{ id, name: 'Kim' }], who: '0' }));

test.each(['kim@fabrikam.example', 'kim+budget@fabrikam.example', 'jörg.müller@bücher.example'])(
  '%s is an address of the form',
  (id) => expect(invite(id)).toEqual([{ invitee: { kind: 'email', email: id }, role: null }]),
);

test.each(['kim@fabrikam.example\r\nBcc: x@y.example', 'kim\u202e@fabrikam.example', '@', 'a b@c.example'])(
  'what is no address is named on the card, and mailed to nobody: %j',
  (id) => expect(invite(id)).toEqual([{ invitee: { kind: 'name', name: 'Kim' }, role: null }]),
);

test('a person of the organization is looked up by their id', () => {
  expect(invite('a1f0c3d2')).toEqual([
    { invitee: { kind: 'mention', id: 'a1f0c3d2', name: 'Kim' }, role: null },
  ]);
});
