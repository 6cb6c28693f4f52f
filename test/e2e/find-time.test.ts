import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import type { CardAction, Message } from '../../deploy/sandbox/channel/model.ts';
import { block } from '../../deploy/sandbox/graph/calendar/attendees.ts';
import { ADA, BEN, CHANDRA, type Person } from '../../deploy/sandbox/people.ts';
import { CALENDAR_PERMISSIONS } from './calendar-user.ts';
import { buttonOn, cardOf, meetingCards, signInCards, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';

/** Ada and Ben have agreed to the calendar, so that Teams signs them in silently. */
const world = await ownWorld({
  env: { CALENDAR: 'on' },
  before: async (own) => {
    await own.reset();
    for (const { oid } of [ADA, BEN]) own.entra.consent(oid, CALENDAR_PERMISSIONS);
    await own.type(ADA, 'find a time on 4 March 2030');
    own.chat(ADA).messages.length = 0;
    own.graph.reset();
  },
});

/** A Monday, far off: nothing in it depends on when the test runs. */
const FIND = 'find 30 minutes on 4 March 2030 with ben@contoso.example';
const busy = (person: Person, start: string, end: string, showAs?: 'tentative' | 'oof') =>
  block(world.graph.calendar, person, {
    start: `2030-03-04T${start}Z`,
    end: `2030-03-04T${end}Z`,
    subject: 'Dentist',
    ...(showAs && { showAs }),
  });
const times = (message: Message) =>
  actionsIn(cardOf(message)).flatMap(({ verb, title }) => (verb === 'answer' ? [title] : []));
const votesOn = (message: Message): [CardAction, CardAction] =>
  actionsIn(cardOf(message)).filter(({ verb }) => verb === 'vote') as [CardAction, CardAction];
const made = () =>
  world
    .alive()
    .map(({ startDateTime }) =>
      DateTime.fromISO(startDateTime, { zone: ADA.zone }).toFormat('ccc d MMM HH:mm'),
    );
const MONDAY = 'Mon 4 Mar';

describe('in a chat of two', () => {
  test('the times at which London and New York both work, and one press makes the meeting', async () => {
    busy(BEN, '15:30', '16:00');
    await world.type(ADA, FIND);
    const card = world.newest(ADA);
    expect(textOf(card)).toContain('Times that suit everyone');
    expect(times(card)).toEqual([
      `${MONDAY}, 14:00–14:30`,
      `${MONDAY}, 15:00–15:30`,
      `${MONDAY}, 16:30–17:00`,
    ]);
    await world.press(ADA, card, `${MONDAY}, 14:00–14:30`);
    expect(made()).toEqual(['Mon 4 Mar 14:00']);
    expect(world.lastText(ADA)).toContain(BEN.upn);
    expect(world.cards(ADA)).toHaveLength(1);
  });

  test('pressed twice it is one meeting', async () => {
    await world.type(ADA, FIND);
    const card = world.newest(ADA);
    await Promise.all([1, 2].map(() => world.press(ADA, card, `${MONDAY}, 14:00–14:30`)));
    expect(made()).toHaveLength(1);
  });

  test('a time that was taken meanwhile is said, makes nothing, and others are offered', async () => {
    await world.type(ADA, FIND);
    const card = world.newest(ADA);
    const old = actionsIn(cardOf(card));
    expect(old.map(({ title }) => title)).toEqual([
      `${MONDAY}, 14:00–14:30`,
      `${MONDAY}, 15:00–15:30`,
      `${MONDAY}, 16:00–16:30`,
    ]);
    busy(BEN, '14:00', '14:30');
    await world.press(ADA, card, `${MONDAY}, 14:00–14:30`);
    expect(made()).toEqual([]);
    const newer = world.newest(ADA);
    expect(textOf(newer)).toContain('Mon 4 Mar 14:00 has just been taken');
    expect(times(newer)).toEqual([`${MONDAY}, 15:00–15:30`, `${MONDAY}, 16:00–16:30`]);
    // A button of the card as it was, from another device, chooses nothing of the newer card.
    await world.click(ADA, newer, old[1] ?? '');
    expect(made()).toEqual([]);
    await world.press(ADA, world.newest(ADA), `${MONDAY}, 15:00–15:30`);
    expect(made()).toEqual(['Mon 4 Mar 15:00']);
  });

  test.each(['the second one', '3pm', '15:00'])('“%s” chooses, too', async (words) => {
    await world.type(ADA, FIND);
    await world.type(ADA, words);
    expect(made()).toEqual(['Mon 4 Mar 15:00']);
  });

  test('a time that was not offered chooses nothing, and the card comes again', async () => {
    await world.type(ADA, FIND);
    await world.type(ADA, '9pm');
    expect(made()).toEqual([]);
    expect(times(world.newest(ADA))).toHaveLength(3);
  });

  test('people who cannot be seen are named, and never free', async () => {
    world.graph.calendar.hidden.add(BEN.oid);
    await world.type(ADA, 'find a time with ben@contoso.example and lee@fabrikam.example on 4 March 2030');
    const text = world.lastText(ADA);
    expect(text).toContain('Times that suit everyone I can see');
    expect(text).toContain('I can’t see the calendar of ben@contoso.example and lee@fabrikam.example');
    expect(times(world.newest(ADA))[0]).toBe(`${MONDAY}, 09:00–09:30`);
  });

  test('who might have something on is named, and nobody’s appointments are told', async () => {
    busy(BEN, '14:00', '15:00');
    busy(BEN, '15:00', '17:00', 'tentative');
    await world.type(ADA, FIND);
    const card = world.newest(ADA);
    expect(times(card)[0]).toBe(`${MONDAY}, 15:00–15:30`);
    expect(textOf(card)).toContain('ben@contoso.example may be busy');
    expect(JSON.stringify(world.said(ADA))).not.toContain('Dentist');
    expect(world.output()).not.toContain('Dentist');
  });

  test('nothing there: why, and the next days', async () => {
    busy(BEN, '00:00', '23:59', 'oof');
    await world.type(ADA, FIND);
    const card = world.newest(ADA);
    expect(textOf(card)).toContain('Someone’s busy all that time');
    expect(times(card)).toEqual([
      'Tue 5 Mar, 14:00–14:30',
      'Tue 5 Mar, 15:00–15:30',
      'Wed 6 Mar, 14:00–14:30',
      'Wed 6 Mar, 15:00–15:30',
      'Thu 7 Mar, 14:00–14:30',
    ]);
    await world.type(ADA, 'find 30 minutes on 3 March 2030');
    expect(world.lastText(ADA)).toContain('outside someone’s working hours');
  });

  test('Graph is down: Try again finds them', async () => {
    const asking = { service: 'graph', method: 'POST', path: /getSchedule$/ } as const;
    world.faults.add(asking, 503);
    await world.type(ADA, FIND);
    expect(world.lastText(ADA)).toContain(en['problem.unavailable.title']);
    world.faults.clear();
    await world.press(ADA, world.newest(ADA), en['problem.retry']);
    expect(times(world.newest(ADA))).toHaveLength(3);
  });

  test('Graph is down when a time is chosen: Try again looks at it once more before it makes it', async () => {
    await world.type(ADA, FIND);
    const asking = { service: 'graph', method: 'POST', path: /getSchedule$/ } as const;
    world.faults.add(asking, 503);
    await world.press(ADA, world.newest(ADA), `${MONDAY}, 14:00–14:30`);
    world.faults.clear();
    busy(BEN, '14:00', '14:30');
    await world.press(ADA, world.newest(ADA), en['problem.retry']);
    expect(made()).toEqual([]);
    expect(world.lastText(ADA)).toContain('Mon 4 Mar 14:00 has just been taken');
  });

  test('with “always invite” it is an event, and its guest is mailed once, also where the answer was lost', async () => {
    await world.type(ADA, 'always invite');
    await world.type(ADA, FIND);
    const making = { service: 'graph', method: 'POST', path: /events$/ } as const;
    const looking = { service: 'graph', method: 'GET', path: /calendarView/ } as const;
    world.faults.add(making, { kind: 'drop', when: 'after' }, 1);
    world.faults.add(looking, 503);
    await world.press(ADA, world.newest(ADA), `${MONDAY}, 14:00–14:30`);
    expect(made()).toHaveLength(1);
    world.faults.clear();
    // What Ada is busy with by now is this very meeting.
    await world.press(ADA, world.newest(ADA), en['problem.retry']);
    expect(world.graph.calendar.events).toHaveLength(1);
    expect(world.graph.calendar.mails.map(({ to, kind }) => [to, kind])).toEqual([[BEN.upn, 'invitation']]);
    expect(made()).toEqual(['Mon 4 Mar 14:00']);
    expect(world.cards(ADA)).toHaveLength(1);
  });

  test('somebody who has not agreed to it is asked once, and the search goes on', async () => {
    world.entra.state.consents.delete(CHANDRA.oid);
    world.entra.consent(CHANDRA.oid, ['OnlineMeetings.ReadWrite']);
    await world.type(CHANDRA, 'find a time on 4 March 2030');
    expect(signInCards(world.said(CHANDRA))).toHaveLength(1);
    expect(world.graph.requests.filter(({ path }) => path.includes('getSchedule'))).toEqual([]);
    world.entra.consent(CHANDRA.oid, CALENDAR_PERMISSIONS);
    const [card] = signInCards(world.said(CHANDRA));
    await world.finishSignIn(CHANDRA, card);
    expect(times(world.newest(CHANDRA)).length).toBeGreaterThan(0);
  });
});

describe('one time', () => {
  const ASK = 'is ben@contoso.example free on 4 March 2030 at 3pm?';

  test('free: yes, and “yes” makes the meeting', async () => {
    await world.type(ADA, ASK);
    const card = world.newest(ADA);
    expect(textOf(card)).toContain(`${MONDAY}, 15:00–15:30: yes, that works`);
    expect(textOf(card)).toContain('You and ben@contoso.example are free.');
    expect(times(card)).toEqual([`Create: ${MONDAY}, 15:00–15:30`]);
    await world.type(ADA, 'yes');
    expect(made()).toEqual(['Mon 4 Mar 15:00']);
  });

  test('busy: no, and the nearest times instead', async () => {
    busy(BEN, '15:00', '16:00');
    await world.type(ADA, ASK);
    const card = world.newest(ADA);
    expect(textOf(card)).toContain(`${MONDAY}, 15:00–15:30: no, that doesn’t work`);
    expect(textOf(card)).toContain('ben@contoso.example is busy.');
    expect(times(card).slice(0, 2)).toEqual([`${MONDAY}, 14:30–15:00`, `${MONDAY}, 16:00–16:30`]);
  });

  test('now is not past', async () => {
    await world.type(ADA, 'is ben@contoso.example free now?');
    expect(world.lastText(ADA)).toMatch(/Today, .*: yes, that works/);
    expect(times(world.newest(ADA))).toEqual([expect.stringMatching(/^Create: Today/)]);
  });

  test('hidden: unknown, and not free', async () => {
    world.graph.calendar.hidden.add(BEN.oid);
    await world.type(ADA, ASK);
    expect(world.lastText(ADA)).toContain(`${MONDAY}, 15:00–15:30: I can’t tell`);
    expect(world.lastText(ADA)).toContain('I can’t see the calendar of ben@contoso.example.');
  });
});

describe('in a group', () => {
  const ask = async (text: string, person = ADA) => {
    await world.mention(person, 'groupChat', text);
    return world.newest('groupChat');
  };
  /** London, New York and a calendar in Kolkata, whose hours are read by London’s clock. */
  const ALL = 'when are we all free on 4 March 2030';

  const seenBy = (person: Person) => world.seenIn('groupChat', person);

  test('everybody’s times are for the asker, who makes the meeting for all', async () => {
    const card = await ask(ALL);
    expect(times(card)).toEqual([
      `${MONDAY}, 14:00–14:30`,
      `${MONDAY}, 15:00–15:30`,
      `${MONDAY}, 16:00–16:30`,
    ]);
    expect(seenBy(BEN)).toEqual([]);
    await world.press(ADA, card, `${MONDAY}, 15:00–15:30`);
    expect(made()).toEqual(['Mon 4 Mar 15:00']);
    expect(meetingCards(seenBy(BEN))).toHaveLength(1);
    const [meeting] = world.alive();
    expect(meeting?.attendees.map(({ upn }) => upn)).toEqual([BEN.upn, CHANDRA.upn]);
  });

  test('where Teams does not say who is there, the asker’s free times are not taken for everybody’s', async () => {
    const clear = world.faults.add({ service: 'channel', path: /pagedmembers/ }, 403);
    const card = await ask(ALL);
    clear();
    expect(textOf(card)).toContain(en['notice.membersUnknown']);
    expect(times(card)).toEqual([]);
  });

  test('a vote: everybody’s counts once a time, the asker makes it, and nobody else', async () => {
    const card = await ask(ALL);
    await world.press(ADA, card, en['free.vote']);
    const [poll] = seenBy(BEN);
    if (!poll) throw new Error('Ben sees no vote');
    expect(seenBy(ADA)).toEqual([poll]);
    const [first, second] = votesOn(poll);
    // At once, and twice: each counts, once for each time.
    await Promise.all([
      world.click(BEN, poll, second),
      world.click(CHANDRA, poll, second),
      world.click(ADA, poll, first),
    ]);
    await world.idle();
    await world.click(BEN, poll, first);
    const text = world.lastText('groupChat');
    expect(text).toContain('2 votes');
    const both = [BEN.name, CHANDRA.name];
    expect(text.split('\n').filter((line) => both.every((name) => line.includes(name)))).toHaveLength(1);
    await world.click(BEN, poll, first);
    expect(world.lastText('groupChat')).toMatch(new RegExp(`: ${ADA.name}$`, 'm'));
    const create = `Create: ${MONDAY}, 15:00–15:30`;
    await world.press(CHANDRA, world.newest('groupChat'), create);
    expect(made()).toEqual([]);
    await world.press(ADA, poll, create);
    expect(made()).toEqual(['Mon 4 Mar 15:00']);
    expect(meetingCards([poll])).toHaveLength(1);
    // The vote is over.
    await world.click(BEN, poll, second);
    expect(made()).toHaveLength(1);
    expect(meetingCards([poll])).toHaveLength(1);
  });

  test('nobody else can begin a vote, and nobody votes from another chat', async () => {
    const card = await ask(ALL);
    const begin = buttonOn(card, en['free.vote']);
    await world.type(BEN, 'help');
    await world.click(BEN, world.newest(BEN), begin);
    expect(seenBy(BEN)).toEqual([]);
    await world.press(ADA, card, en['free.vote']);
    const [poll] = seenBy(BEN);
    if (!poll) throw new Error('Ben sees no vote');
    const [first] = votesOn(poll);
    await world.click(BEN, world.newest(BEN), first);
    expect(textOf(poll)).not.toContain(BEN.name);
  });

  test('a vote is worded for its asker, whoever votes', async () => {
    await world.press(ADA, await ask(ALL), en['free.vote']);
    const [poll] = seenBy(BEN);
    if (!poll) throw new Error('Ben sees no vote');
    const [first] = votesOn(poll);
    await world.click(BEN, poll, first);
    expect(textOf(poll)).toContain(`${MONDAY}, 14:00–14:30`);
    await world.click(CHANDRA, poll, first);
    expect(textOf(poll)).toMatch(/2 votes/);
  });

  test('an asker who has not agreed to it signs in first, and the search goes on', async () => {
    world.entra.state.consents.delete(BEN.oid);
    await ask(ALL, BEN);
    const [card] = signInCards(seenBy(BEN));
    expect(seenBy(ADA)).toEqual([]);
    world.entra.consent(BEN.oid, CALENDAR_PERMISSIONS);
    await world.finishSignIn(BEN, card);
    // By the clock of New York.
    expect(times(world.newest('groupChat'))[0]).toMatch(/^Mon, Mar 4, 9:00/);
  });
});
