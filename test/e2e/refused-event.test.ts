import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownCalendarUser } from './calendar-user.ts';
import { until } from './waiting.ts';

const { world, calendar, events, mailed, seen, press } = await ownCalendarUser();
const LEE = 'lee@fabrikam.example';
const Q3 = `meeting tomorrow 11am about Q3 with ${LEE}`;
const finding = { service: 'graph', method: 'GET', path: /onlineMeetings/ } as const;
const changing = { service: 'graph', method: 'PATCH', path: /onlineMeetings/ } as const;

async function typeInviting(text: string) {
  await world.type(ADA, 'always invite my guests');
  await world.type(ADA, text);
}

describe('an event of which Graph refuses the online meeting for good', () => {
  test('is cancelled, its guests are told, and so is its organizer', async () => {
    await world.type(ADA, 'always invite my guests');
    world.faults.add(finding, 403);
    await world.type(ADA, Q3);
    expect(events()).toEqual([]);
    expect([mailed('invitation'), mailed('cancellation')]).toEqual([[LEE], [LEE]]);
    expect(seen()).toContain(en['problem.undone.mailed']);
    world.faults.clear();
    await world.type(ADA, Q3);
    expect(events()).toHaveLength(1);
    expect(mailed('invitation')).toEqual([LEE, LEE]);
    expect(world.cards(ADA)).toHaveLength(1);
  });

  test('without guests it leaves the calendar again', async () => {
    world.faults.add(finding, 403);
    await world.type(ADA, 'meeting tomorrow 11am about Q3 and put it on my calendar');
    expect(events()).toEqual([]);
    expect(seen()).toContain(en['problem.undone.quiet']);
  });

  test('if Teams made none, the one that was to be made for it', async () => {
    calendar.softFailures = 1;
    world.faults.add({ service: 'graph', method: 'POST', path: /onlineMeetings/ }, 403);
    await typeInviting(Q3);
    expect(events()).toEqual([]);
    expect(seen()).toContain(en['problem.undone.mailed']);
  });

  test('is found by “Try again” if it can’t be cancelled either', async () => {
    world.faults.add(finding, 403);
    world.faults.add({ service: 'graph', method: 'POST', path: /cancel$/ }, 403);
    await typeInviting(Q3);
    expect(seen()).toContain(en['problem.mailed.what']);
    world.faults.clear();
    await press(en['problem.retry']);
    expect(events()).toHaveLength(1);
    expect(mailed('invitation')).toEqual([LEE]);
    expect(world.cards(ADA)).toHaveLength(1);
  });

  test.each([401, 403, 404])('an answer of %i to its options doesn’t cancel it', async (status) => {
    await world.type(ADA, 'always invite my guests');
    world.faults.add(changing, status);
    await world.type(ADA, `${Q3}, no lobby`);
    world.faults.clear();
    expect(events()).toHaveLength(1);
    expect(mailed('cancellation')).toEqual([]);
  });
});

test('a new link that is refused halfway leaves the meeting and its guests as they were, and works later', async () => {
  await typeInviting(Q3);
  const card = world.newest(ADA);
  const [before] = events();
  world.faults.add(finding, 403);
  const { body } = await world.clickAndConfirm(ADA, card, 'regenerate');
  world.faults.clear();
  expect(JSON.stringify(body)).toContain(en['problem.undone.unchanged']);
  expect(events()).toEqual([before]);
  expect([mailed('invitation'), mailed('cancellation')]).toEqual([[LEE, LEE], [LEE]]);
  // What was asked of the meeting before shows it as it is now.
  await world.confirm(ADA, card, 'regenerate');
  await world.clickAndConfirm(ADA, card, 'regenerate');
  expect(events()).toHaveLength(1);
  expect(events()).not.toEqual([before]);
});

test('guests who have their invitation are not said to have none, and another try invites nobody twice', async () => {
  await world.type(ADA, 'always invite my guests');
  const heal = world.faults.add({ service: 'graph', method: 'GET', path: /\/onlineMeetings/ }, 500);
  await world.write(ADA, `meeting on 4 March 2030 at 15:00 about Q3 with ${LEE}`);
  const card = world.newest(ADA);
  expect(world.seen(ADA, card)).toContain(en['problem.mailed.what']);
  expect(world.seen(ADA, card)).not.toContain(en['problem.unavailable.what']);
  heal();
  await world.click(ADA, card, 'create');
  expect(world.cards(ADA)).toHaveLength(1);
  expect(calendar.mails.map(({ to, kind }) => [to, kind])).toEqual([[LEE, 'invitation']]);
  expect(calendar.events).toHaveLength(1);
});

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

test('“and invite them” holds for each of them', async () => {
  await world.type(ADA, `meeting monday 9am and tuesday 9am with ${LEE} and invite them`);
  expect(seen()).toContain(en['draft.mails'].replace('{names}', LEE));
  expect(seen()).not.toContain(en['draft.unmailed']);
  await world.type(ADA, 'yes');
  expect(events()).toHaveLength(2);
  expect(mailed('invitation')).toEqual([LEE, LEE]);
});

test('the second of them is refused for good: its guests are told, and the first stays', async () => {
  await world.type(ADA, `meeting monday 9am and tuesday 9am with ${LEE} and invite them`);
  world.faults.add(finding, { kind: 'slow', ms: 300, when: 'after' }, 1);
  const typed = world.type(ADA, 'yes');
  await until(() => world.faults.list().length === 0);
  world.faults.add(finding, 403);
  await typed;
  expect(events()).toHaveLength(1);
  expect([mailed('invitation'), mailed('cancellation')]).toEqual([[LEE, LEE], [LEE]]);
  expect(world.cards(ADA)).toHaveLength(1);
  expect(seen()).toContain(en['problem.undone.mailed']);
});
