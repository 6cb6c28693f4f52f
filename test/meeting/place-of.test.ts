import { expect, test } from 'vitest';
import { type Origin, placeOf } from '../../bot/meeting/record.ts';

const REFERENCE = { serviceUrl: '', bot: '', teamsId: '', name: '', locale: 'en', zone: null };
const of = (conversation: string, origin?: Pick<Origin, 'conversation' | 'place'>) =>
  placeOf({ conversation, conversationReference: { ...REFERENCE, ...(origin && { origin }) } });

test.each<[string, Origin['place']]>([
  ['19:a@thread.skype', 'channel'],
  ['19:a@thread.skype', 'groupChat'],
  ['19:a@thread.tacv2', 'channel'],
  ['19:a@thread.v2', 'groupChat'],
  ['a:1', 'personal'],
])('%s is a %s where Teams said so', (conversation, place) => {
  expect(of(conversation, { conversation, place })).toBe(place);
});

test('another thread of the same channel is the same place', () => {
  const origin = { conversation: '19:a@thread.skype;messageid=1', place: 'channel' as const };
  expect(of('19:a@thread.skype;messageid=2', origin)).toBe('channel');
});

test.each<[string, Origin['place']]>([
  ['19:a@thread.tacv2', 'channel'],
  ['19:a@thread.skype;messageid=1', 'channel'],
  ['19:a@thread.v2', 'groupChat'],
  ['a:1', 'personal'],
])('%s is a %s by its id, in a record that does not say or whose card stands elsewhere now', (id, place) => {
  expect(of(id)).toBe(place);
  const elsewhere = place === 'channel' ? ('personal' as const) : ('channel' as const);
  expect(of(id, { conversation: '19:elsewhere@thread.v2', place: elsewhere })).toBe(place);
});
