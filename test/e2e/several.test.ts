import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, CHANDRA, type Person } from '../../deploy/sandbox/people.ts';
import { cardOf, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ before: signedIn(ADA, BEN) });

const BOTH = 'meeting monday 9am and wednesday 9am';
const days = () =>
  world
    .alive()
    .map(({ startDateTime }) => DateTime.fromISO(startDateTime, { zone: ADA.zone }).toFormat('ccc HH:mm'));
const press = (person: Person, message: Message) => world.press(person, message, /./);

test('two meetings of one message are two drafts on one card, and one click makes both', async () => {
  await world.type(ADA, BOTH);
  const drafts = world.newest(ADA);
  expect(textOf(drafts)).toContain('09:00–09:30');
  expect(world.alive()).toEqual([]);
  await press(ADA, drafts);
  expect(days()).toEqual(['Mon 09:00', 'Wed 09:00']);
  expect(world.cards(ADA)).toHaveLength(2);
  // Another click shows what there is.
  await press(ADA, drafts);
  expect(days()).toHaveLength(2);
});

describe('what is said of one of them', () => {
  const THREE = 'hiring sync monday 9am, vendor call tuesday 2pm and lunch wednesday noon';

  test('changes that one, leaves one out, and one yes makes what is shown then', async () => {
    await world.type(ADA, THREE);
    const first = world.newest(ADA);
    await world.type(ADA, 'the vendor call should be an hour');
    await world.type(ADA, 'drop the lunch');
    await world.type(ADA, 'make the first one 10am');
    const shown = textOf(world.newest(ADA));
    expect(shown).toContain('14:00–15:00');
    expect(shown).not.toContain('lunch');
    // The button of an older card shows what there is now, and makes nothing.
    await press(ADA, first);
    expect(world.alive()).toEqual([]);
    await world.type(ADA, 'yes');
    expect(days()).toEqual(['Mon 10:00', 'Tue 14:00']);
  });

  test('a word that fits more than one of them changes none, and that is said', async () => {
    await world.type(ADA, 'budget monday 9am and budget wednesday 9am');
    const drafts = world.newest(ADA);
    await world.type(ADA, 'cancel the budget one');
    await world.type(ADA, 'make it 11am');
    expect(world.said(ADA).slice(-2).map(textOf)).toEqual([en['notice.oneOfSeveral'], textOf(drafts)]);
  });
});

test('“yes” makes both, “no” none', async () => {
  await world.type(ADA, BOTH);
  await world.type(ADA, 'no');
  await world.type(ADA, 'yes');
  expect(world.alive()).toEqual([]);
  await world.type(ADA, BOTH);
  await world.type(ADA, 'yes');
  expect(days()).toEqual(['Mon 09:00', 'Wed 09:00']);
  expect(world.cards(ADA)).toHaveLength(2);
});

test.each([
  ['the last one an hour later', ['Mon 09:00', 'Wed 10:00']],
  ['cancel the last one', ['Mon 09:00']],
  ['cancel the first one', ['Wed 09:00']],
])('“%s” under drafts of several is about them, and about no older meeting', async (text, left) => {
  await world.type(ADA, 'meeting now about deploys');
  const [deploys] = days();
  await world.type(ADA, 'sync monday 9am and wednesday 9am');
  await world.type(ADA, text);
  await world.type(ADA, 'yes');
  expect(days()).toEqual([deploys, ...left]);
});

test('the click is answered when all cards are there: a process that dies before leaves the draft with its button', async () => {
  await world.type(ADA, BOTH);
  const { id } = world.newest(ADA);
  world.faults.add({ service: 'channel', method: 'POST' }, { kind: 'slow', ms: 400 });
  const { status } = await world.channel.execute(ADA, id, 'create');
  expect(status).toBe(200);
  expect(world.cards(ADA)).toHaveLength(2);
  world.faults.clear();
  await world.idle();
});

describe('where Graph fails at the second', () => {
  const making = { service: 'graph', method: 'POST' } as const;

  /** Ada agrees to both, and Graph answers the second with this status. */
  async function failSecond(status: number) {
    await world.type(ADA, BOTH);
    world.faults.add(making, { kind: 'slow', ms: 300, when: 'after' }, 1);
    const pressed = press(ADA, world.newest(ADA));
    await until(() => world.faults.list().length === 0);
    world.faults.add(making, status);
    await pressed;
    expect(days()).toEqual(['Mon 09:00']);
    expect(world.cards(ADA)).toHaveLength(1);
    expect(world.lastText(ADA)).toContain('The first one is ready. This is about the next one');
  }

  test('the first is shown, and “Try again” makes the second, however often it takes', async () => {
    await failSecond(503);
    await world.press(ADA, world.newest(ADA), en['problem.retry']);
    expect(world.lastText(ADA)).toContain('The first one is ready.');
    expect(world.cards(ADA)).toHaveLength(1);
    world.faults.clear();
    await world.press(ADA, world.newest(ADA), en['problem.retry']);
    expect(days()).toEqual(['Mon 09:00', 'Wed 09:00']);
    expect(world.cards(ADA)).toHaveLength(2);
  });

  test('for good, the first is shown all the same', async () => {
    await failSecond(403);
    expect(world.lastText(ADA)).toContain(en['problem.forbidden.next']);
    expect(JSON.stringify(cardOf(world.newest(ADA)))).not.toContain(en['problem.retry']);
  });
});

test('what somebody has at one of these times is said', async () => {
  await world.type(ADA, 'meeting monday 9am about Alpha');
  await world.type(ADA, `${BOTH} about Beta`);
  const clash = en['draft.clash'].replace('{subject}', 'Alpha').replace('{time}', '09:00');
  expect(world.lastText(ADA).split(clash)).toHaveLength(2);
});

test('what has to be asked about is left out, and said to be', async () => {
  await world.type(ADA, 'budget monday 9am and webinar about security tuesday 9am and retro wednesday 9am');
  expect(world.lastText(ADA)).toContain(en['draft.leftAlone'].replace('{what}', 'security'));
  await world.type(ADA, 'yes');
  expect(days()).toEqual(['Mon 09:00', 'Wed 09:00']);
});

test('of two with an hour each, one whose half of the day is open is left out, and with whom it is', async () => {
  await world.type(ADA, 'on 5 March 2030 at 7 with Gina, at 10 with Kim');
  const text = world.lastText(ADA);
  expect(text).toContain(en['draft.leftAlone'].replace('{what}', 'Meeting with Gina'));
  await world.type(ADA, 'yes');
  expect(days()).toEqual(['Tue 10:00']);
});

test('a name that fits two people of the group is asked once, and means the same person each time', async () => {
  const twins = [BEN, CHANDRA].map((person) => world.people.find(({ oid }) => oid === person.oid));
  for (const twin of twins) if (twin) twin.name = `Robin ${twin.name.split(' ')[1]}`;
  await world.mention(ADA, 'groupChat', `${BOTH} with Robin`);
  await world.click(ADA, world.newest('groupChat'), 'answer', { who0: CHANDRA.oid });
  expect(world.alive()).toEqual([]);
  await press(ADA, world.newest('groupChat'));
  expect(days()).toEqual(['Mon 09:00', 'Wed 09:00']);
  const invited = world.alive().map(({ attendees }) => JSON.stringify(attendees));
  expect(invited.filter((people) => people.includes(CHANDRA.oid))).toHaveLength(2);
  for (const [i, twin] of twins.entries()) if (twin) twin.name = [BEN, CHANDRA][i]?.name ?? '';
});

test('in a group only the asker makes them', async () => {
  await world.mention(ADA, 'groupChat', BOTH);
  const drafts = world.newest('groupChat');
  expect(drafts.onlyFor).toBe(ADA.oid);
  await expect(async () => press(BEN, drafts)).rejects.toThrow();
  await press(ADA, drafts);
  expect(days()).toEqual(['Mon 09:00', 'Wed 09:00']);
  expect(world.cards('groupChat')).toHaveLength(2);
});
