import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import { respond } from '../../deploy/sandbox/graph/calendar/attendees.ts';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { ownCalendarUser } from './calendar-user.ts';
import { textOf } from './messages.ts';
import { until } from './waiting.ts';

const LEE = 'lee@fabrikam.example';

const { world, calendar, mailed, events, seen, press } = await ownCalendarUser();

const ALONE = 'meeting on 4 March 2030 at 15:00 about Q3';
const Q3 = `${ALONE} with ${LEE} and ${BEN.upn}`;

/** A meeting whose two guests have been mailed. */
async function invited() {
  await world.write(ADA, Q3);
  await press(en['meeting.inviteGuests']);
  await world.confirm(ADA, world.newest(ADA), 'enter');
  expect(mailed('invitation').toSorted()).toEqual([BEN.upn, LEE].toSorted());
  calendar.mails.length = 0;
}

describe('a meeting that is to invite its guests', () => {
  const WISH = `${Q3} and invite them`;

  test('is shown first, the first time, and made as an event with its own meeting', async () => {
    await world.type(ADA, WISH);
    expect(seen()).toContain(`I’ll email an invitation to ${LEE} and ${BEN.upn}.`);
    expect([calendar.events, world.alive()]).toEqual([[], []]);
    await press(en['draft.createAndInvite']);
    expect(mailed('invitation').toSorted()).toEqual([BEN.upn, LEE].toSorted());
    expect(events()).toMatchObject([{ subject: 'Q3', joinUrl: world.alive()[0]?.joinWebUrl }]);
    expect(seen()).toContain(`${LEE} (invited)`);

    await world.type(ADA, WISH.replace('15:00', '18:00'));
    expect(events()).toHaveLength(2);
  });

  test('always does, once that is set', async () => {
    await world.type(ADA, 'always invite');
    await world.type(ADA, Q3);
    expect(mailed('invitation')).toHaveLength(2);
    expect(seen()).toContain(`${LEE} (invited)`);
  });

  test('has its options afterwards, read back', async () => {
    await world.type(ADA, `${WISH}, only I can present, record it`);
    await press(en['draft.createAndInvite']);
    expect(world.alive()[0]?.options).toMatchObject({
      allowedPresenters: 'organizer',
      recordAutomatically: true,
    });
    expect(seen()).toContain('Only you can present');
  });

  test('without a passcode has a meeting of its own, of which the event tells', async () => {
    await world.type(ADA, `${WISH}, no passcode`);
    await press(en['draft.createAndInvite']);
    expect(events()).toMatchObject([{ joinUrl: null }]);
    expect(events()[0]?.content).toContain(world.alive()[0]?.joinWebUrl);
    expect(seen()).toContain(en['note.eventIsLink']);
    expect(mailed('invitation')).toHaveLength(2);
    expect(world.alive()).toHaveLength(1);
  });

  test('has its link in the text of the event where Teams makes no meeting for it', async () => {
    calendar.softFailures = 1;
    await world.type(ADA, WISH);
    await press(en['draft.createAndInvite']);
    expect(events()).toHaveLength(1);
    expect(events()[0]?.content).toContain(world.alive()[0]?.joinWebUrl);
    expect(mailed('invitation')).toHaveLength(2);
    expect(mailed('update')).toHaveLength(2);
    expect(seen()).toContain(`${LEE} (invited)`);
  });

  test('is made without a calendar for a person who has none, which is said', async () => {
    calendar.withoutMailbox.add(ADA.oid);
    await world.type(ADA, WISH);
    await press(en['draft.createAndInvite']);
    expect(calendar.mails).toEqual([]);
    expect(world.alive()).toHaveLength(1);
    expect(seen()).toContain(en['note.noMailbox']);
  });

  test('in a group is shown to its asker first, and its card says nothing of answers', async () => {
    await world.mention(ADA, 'groupChat', WISH);
    const draft = world.newest('groupChat');
    expect(calendar.events).toEqual([]);
    await world.press(ADA, draft, en['draft.createAndInvite']);
    expect(mailed('invitation')).toHaveLength(2);
    const made = world.said('groupChat').filter((message) => world.seen(BEN, message).includes('Q3'));
    expect(made).not.toEqual([]);
    expect(made.map((message) => world.seen(BEN, message)).join()).not.toContain('(invited)');
  });

  test('is found a little later where Teams does not know its link at once', async () => {
    calendar.emptyLookups = 1;
    await world.type(ADA, WISH);
    await press(en['draft.createAndInvite']);
    expect(events()).toHaveLength(1);
    expect(seen()).toContain(`${LEE} (invited)`);
  });

  test('is made once where it was not found for long, and asked for again', async () => {
    calendar.emptyLookups = 4;
    await world.type(ADA, WISH);
    await press(en['draft.createAndInvite']);
    expect(seen()).toContain(en['problem.lost.title']);
    await press(en['problem.retry']);
    expect(events()).toHaveLength(1);
    expect(mailed('invitation')).toHaveLength(2);
    expect(seen()).toContain(`${LEE} (invited)`);
  });
});

describe('a meeting that is there', () => {
  test('is put into its organiser’s calendar, and nobody is mailed', async () => {
    await world.write(ADA, ALONE);
    await press(en['meeting.addToCalendar']);
    expect(events()).toMatchObject([{ organizer: ADA.oid, subject: 'Q3', attendees: [], joinUrl: null }]);
    expect(events()[0]?.content).toContain(world.alive()[0]?.joinWebUrl);
    expect(calendar.mails).toEqual([]);
    expect(seen()).toContain(en['meeting.onCalendar']);
    expect(seen()).not.toContain(en['meeting.addToCalendar']);
  });

  test('invites its guests once it has said who they are, and the next time at once', async () => {
    await world.write(ADA, Q3);
    await press(en['meeting.inviteGuests']);
    expect(seen()).toContain(`I’ll email an invitation to ${LEE}`);
    expect(calendar.mails).toEqual([]);
    await world.confirm(ADA, world.newest(ADA), 'enter');
    expect(mailed('invitation').toSorted()).toEqual([BEN.upn, LEE].toSorted());
    expect(seen()).toContain(`${LEE} (invited)`);

    await world.write(ADA, Q3.replace('15:00', '17:00'));
    await press(en['meeting.inviteGuests']);
    expect(mailed('invitation')).toHaveLength(4);
    expect(events()).toHaveLength(2);
  });

  test('has who answered on its card, when it is looked at', async () => {
    await invited();
    const [event] = events();
    if (event === undefined) throw new Error('no event');
    respond(event, BEN, 'accepted');
    const card = await world.ask(ADA, 'show Q3');
    expect(textOf(card)).toContain(`${BEN.upn} (accepted)`);
    expect(textOf(card)).toContain(`${LEE} (invited)`);
  });

  test('with nobody who can be mailed offers no invitation', async () => {
    await world.write(ADA, `${ALONE} with Kim`);
    expect(seen()).not.toContain(en['meeting.inviteGuests']);
    expect(seen()).toContain(en['meeting.addToCalendar']);
  });
});

describe('a meeting of the calendar', () => {
  test('is moved in the calendar, too, with one mail to each guest', async () => {
    await invited();
    await world.write(ADA, 'move Q3 to 4pm');
    expect(mailed('update').toSorted()).toEqual([BEN.upn, LEE].toSorted());
    expect(calendar.mails).toHaveLength(2);
    expect(events()[0]?.start.toISO()).toContain('T16:00');
    expect(world.alive()[0]?.startDateTime).toContain('T16:00');
    expect(seen()).toContain(en['note.guestsTold']);
  });

  test('gets a new guest, who alone is mailed', async () => {
    await invited();
    await world.write(ADA, 'add kim@fabrikam.example to Q3');
    expect(calendar.mails).toMatchObject([{ kind: 'invitation', to: 'kim@fabrikam.example' }]);
    expect(events()[0]?.attendees).toHaveLength(3);
  });

  test('moved in Outlook since, it is shown and found at its time there', async () => {
    await invited();
    const [event] = events();
    if (event === undefined) throw new Error('no event');
    Object.assign(event, { start: event.start.plus({ hours: 2 }), end: event.end.plus({ hours: 2 }) });
    expect(await world.answer(ADA, 'show Q3')).toContain('17:00');
  });

  test('is cancelled with a word to its guests, after its link is locked', async () => {
    await invited();
    await press(en['meeting.cancel']);
    expect(seen()).toContain(en['confirm.effectMailed']);
    const before = world.graph.requests.length;
    await world.click(ADA, world.newest(ADA), 'cancel', {
      asked: null,
      confirmed: true,
      comment: 'Sorry, I am ill.',
    });
    await world.idle();
    expect(mailed('cancellation').toSorted()).toEqual([BEN.upn, LEE].toSorted());
    expect(calendar.mails.map(({ comment }) => comment)).toEqual(['Sorry, I am ill.', 'Sorry, I am ill.']);
    expect(events()).toEqual([]);
    expect(world.alive()).toEqual([]);
    const changes = world.graph.requests.slice(before).filter(({ method }) => method !== 'GET');
    expect(
      changes.map(({ method, path }) => `${method} ${path.split('/').at(-1) === 'cancel' ? 'cancel' : ''}`),
    ).toEqual(['PATCH ', 'DELETE ', 'POST cancel']);
  });

  test('gets a new link by a new event, which is said before', async () => {
    await invited();
    await press(en['meeting.newLink']);
    expect(seen()).toContain(en['confirm.renewMailed']);
    await world.confirm(ADA, world.newest(ADA), 'regenerate');
    expect(mailed('invitation')).toHaveLength(2);
    expect(mailed('cancellation')).toHaveLength(2);
    expect(events()).toHaveLength(1);
    expect(world.alive()).toHaveLength(1);
  });

  test('offers to remove the event of the old link where Graph would not cancel it', async () => {
    await invited();
    await press(en['meeting.newLink']);
    world.faults.add({ service: 'graph', method: 'POST', path: /cancel$/ }, 500);
    await world.confirm(ADA, world.newest(ADA), 'regenerate');
    expect(events()).toHaveLength(2);
    expect(seen()).toContain(en['note.oldLinkAlive']);
    world.faults.clear();
    await press(en['meeting.removeOld']);
    expect(events()).toHaveLength(1);
    expect(mailed('cancellation')).toHaveLength(2);
  });

  test('is gone here when it was deleted in Outlook', async () => {
    await invited();
    const [event] = events();
    if (event) event.isGone = true;
    expect(await world.answer(ADA, 'show Q3')).toContain(en['ended.gone']);
  });
});

describe('nobody is mailed twice', () => {
  const POST = { service: 'graph', method: 'POST', path: /events$/ };

  test('by a second click', async () => {
    await invited();
    await world.write(ADA, Q3.replaceAll('Q3', 'budget').replace('15:00', '17:00'));
    const { id } = world.newest(ADA);
    const button = actionsIn(world.channel.cardsFor(ADA, id)[0] ?? {}).find(({ verb }) => verb === 'enter');
    if (button === undefined) throw new Error('there is no button');
    await Promise.all([1, 2].map(() => world.channel.execute(ADA, id, button)));
    await world.idle();
    expect(mailed('invitation')).toHaveLength(2);
    expect(events()).toHaveLength(2);
  });

  test.each([
    ['lost', { kind: 'drop', when: 'after' }],
    ['an error although it was made', { kind: 'slow', ms: 12_000, when: 'after' }],
  ] as const)('when Graph’s answer is %s', async (_name, fault) => {
    await world.write(ADA, Q3);
    await press(en['meeting.inviteGuests']);
    world.faults.add(POST, fault, 1);
    await world.confirm(ADA, world.newest(ADA), 'enter');
    world.faults.clear();
    // Where nobody knew whether it worked, the next message brings what came of it.
    await world.write(ADA, 'show Q3');
    expect(mailed('invitation').toSorted()).toEqual([BEN.upn, LEE].toSorted());
    expect(events()).toHaveLength(1);
    expect(seen()).toContain(`${LEE} (invited)`);
  });
});

test('a person without a mailbox is told, and nothing is made', async () => {
  calendar.withoutMailbox.add(ADA.oid);
  await world.write(ADA, ALONE);
  await press(en['meeting.addToCalendar']);
  await until(() => world.turns().at(-1)?.outcome === 'noMailbox');
  expect(calendar.events).toEqual([]);
  expect(world.alive()).toHaveLength(1);
});
