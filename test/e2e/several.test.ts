import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN, CHANDRA } from '../../deploy/sandbox/people.ts';
import { dialogues } from './dialogue.ts';
import { cardOf } from './messages.ts';
import { callBothRobin, ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ before: signedIn(ADA, BEN) });

const BOTH = 'meeting monday 9am and wednesday 9am';
const leftAlone = (what: string) => en['draft.leftAlone'].replace('{what}', what);
const press = (person: typeof ADA) => world.press(person, world.newest('groupChat'), /./);
const starts = () => world.alive().map(({ startDateTime }) => startDateTime);

dialogues(
  world,
  `
# two meetings of one message are two drafts on one card, and one click makes both
>> ${BOTH}
< "09:00–09:30"
= none
* Create both
= *, Mon, 09:00; *, Wed, 09:00
1< meeting.join
2< meeting.join

# what is said of one of them changes that one, leaves one out, and one yes makes what is shown then
>> hiring sync monday 9am, vendor call tuesday 2pm and lunch wednesday noon
>> the vendor call should be an hour
>> drop the lunch
>> make the first one 10am
< "14:00–15:00" & !"lunch"
// The button of an older card shows what there is now, and makes nothing.
* /./ @ 1
= none
>> yes
= *, Mon, 10:00; *, Tue, 14:00

# a word that fits more than one of them changes none, and that is said
>> budget monday 9am and budget wednesday 9am
>> cancel the budget one
>> make it 11am
< notice.oneOfSeveral
< again

# “yes” makes both, “no” none
>> ${BOTH}
>> no
>> yes
= none
>> ${BOTH}
>> yes
< meeting.join
< meeting.join
= *, Mon, 09:00; *, Wed, 09:00

# “%1” under drafts of several is about them, and about no older meeting
>> meeting now about deploys
>> sync monday 9am and wednesday 9am
>> %1
>> yes
= deploys; %2
| the last one an hour later | *, Mon, 09:00; *, Wed, 10:00
| cancel the last one | *, Mon, 09:00
| cancel the first one | *, Wed, 09:00

# what somebody has at one of these times is said
>> meeting monday 9am about Alpha
>> ${BOTH} about Beta
< "${en['draft.clash'].replace('{subject}', 'Alpha').replace('{time}', '09:00')}"

# what has to be asked about is left out, and said to be
>> budget monday 9am and webinar about fire safety tuesday 9am and retro wednesday 9am
< "${leftAlone('fire safety')}"
>> yes
= *, Mon, 09:00; *, Wed, 09:00

# of two with an hour each, one whose half of the day is open is left out, and with whom it is
>> on 5 March 2030 at 7 with Gina, at 10 with Kim
< "${leftAlone('Meeting with Gina')}"
>> yes
= *, Tue, 10:00
`,
);

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
    const pressed = world.press(ADA, world.newest(ADA), /./);
    await until(() => world.faults.list().length === 0);
    world.faults.add(making, status);
    await pressed;
    expect(starts()).toHaveLength(1);
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
    expect(starts()).toHaveLength(2);
    expect(world.cards(ADA)).toHaveLength(2);
  });

  test('for good, the first is shown all the same', async () => {
    await failSecond(403);
    expect(world.lastText(ADA)).toContain(en['problem.forbidden.next']);
    expect(JSON.stringify(cardOf(world.newest(ADA)))).not.toContain(en['problem.retry']);
  });
});

test('a name that fits two people of the group is asked once, and means the same person each time', async () => {
  callBothRobin(world);
  await world.mention(ADA, 'groupChat', `${BOTH} with Robin`);
  await world.click(ADA, world.newest('groupChat'), 'answer', { who0: CHANDRA.oid });
  expect(world.alive()).toEqual([]);
  await press(ADA);
  expect(starts()).toHaveLength(2);
  const invited = world.alive().map(({ attendees }) => JSON.stringify(attendees));
  expect(invited.filter((people) => people.includes(CHANDRA.oid))).toHaveLength(2);
});

test('in a group only the asker makes them', async () => {
  await world.mention(ADA, 'groupChat', BOTH);
  expect(world.newest('groupChat').onlyFor).toBe(ADA.oid);
  await expect(async () => press(BEN)).rejects.toThrow();
  await press(ADA);
  expect(starts()).toHaveLength(2);
  expect(world.cards('groupChat')).toHaveLength(2);
});
