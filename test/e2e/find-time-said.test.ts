import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { CALENDAR_PERMISSIONS } from './calendar-user.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

// Ada has not agreed to the calendar: a search waits for that, and meanwhile she says the time herself.
const world = await ownWorld({ env: { CALENDAR: 'on' }, before: signedIn(ADA) });

const made = () =>
  world
    .alive()
    .map(({ subject, startDateTime, endDateTime }) =>
      [
        subject,
        DateTime.fromISO(startDateTime, { zone: ADA.zone }).toFormat('ccc d MMM HH:mm'),
        DateTime.fromISO(endDateTime).diff(DateTime.fromISO(startDateTime), 'minutes').minutes,
      ].join(' '),
    )
    .toSorted();
const LUNCH = 'lunch Mon 4 Mar 12:00 30';

describe('a day or an hour that is said while a time is looked for', () => {
  test.each([
    ['find an hour with Ben on 5 March 2030', 'then at 3pm'],
    ['finde am 5. März 2030 eine Stunde mit Ben', 'dann um 15 Uhr'],
    ['trouve-moi une heure avec Chandra le 5 mars 2030', '15h alors'],
  ])('%s · %s: is about that, and about no other meeting', async (find, time) => {
    await world.type(ADA, 'lunch on 4 March 2030 at noon with Gina');
    await world.type(ADA, find);
    await world.type(ADA, time);
    expect(made()).toHaveLength(2);
    expect(made()).toContain(LUNCH);
    expect(made().join()).toContain('Tue 5 Mar 15:00 60');
    expect(world.lastText(ADA)).toMatch(/Ben|Chandra/);
  });

  test('of the days that were named before, and the hour is asked with the same people', async () => {
    await world.type(ADA, 'find an hour with Ben next week');
    await world.type(ADA, 'friday');
    expect(world.lastText(ADA)).toContain('Ben');
    await world.type(ADA, '3pm');
    const friday = DateTime.now().setZone(ADA.zone).plus({ weeks: 1 }).set({ weekday: 5 });
    expect(made().join()).toContain(friday.toFormat("ccc d MMM '15:00 60'"));
  });

  test('what is no time is said not to be taken', async () => {
    await world.type(ADA, 'lunch on 4 March 2030 at noon with Gina');
    await world.type(ADA, 'find an hour with Ben on 5 March 2030');
    const before = world.said(ADA).length;
    await world.type(ADA, 'add Kim');
    expect(world.said(ADA).slice(before).map(textOf)[0]).toBe(en['notice.notTaken']);
    expect(made()).toEqual([LUNCH]);
  });

  test('a meeting that was spoken of since is meant', async () => {
    await world.type(ADA, 'find an hour with Ben on 5 March 2030');
    await world.type(ADA, 'lunch on 4 March 2030 at noon with Gina');
    await world.type(ADA, 'make it 1pm');
    expect(made()).toEqual(['lunch Mon 4 Mar 13:00 30']);
  });
});

describe('where one time was offered', () => {
  const own = async () => {
    for (const { oid } of [ADA, BEN]) world.entra.consent(oid, CALENDAR_PERMISSIONS);
    await world.type(ADA, 'lunch on 4 March 2030 at noon with Gina');
    await world.type(ADA, 'is ben@contoso.example free on 5 March 2030 at 3pm?');
  };

  test('another one moves no other meeting', async () => {
    await own();
    await world.type(ADA, 'then at 4pm');
    expect(made()).toEqual([LUNCH]);
  });
});
