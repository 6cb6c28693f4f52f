import { expect, test } from 'vitest';
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownCalendarUser } from './calendar-user.ts';

const { world, events, mailed } = await ownCalendarUser();
const LEE = 'lee@fabrikam.example';

test('a new link for one of several meetings leaves the others in the calendar', async () => {
  await world.type(ADA, 'always invite my guests');
  await world.type(ADA, `meeting monday 9am and monday 11am with ${LEE}`);
  await world.type(ADA, 'yes');
  const starts = () => events().map(({ start }) => start);
  const before = starts();
  expect(before).toHaveLength(2);
  for (const card of world.cards(ADA)) await world.clickAndConfirm(ADA, card, 'regenerate');
  expect(starts().toSorted()).toEqual(before.toSorted());
  expect(mailed('invitation')).toEqual([LEE, LEE, LEE, LEE]);
  expect(mailed('cancellation')).toEqual([LEE, LEE]);
});
