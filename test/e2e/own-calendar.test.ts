import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { block } from '../../deploy/sandbox/graph/calendar/attendees.ts';
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { CALENDAR_PERMISSIONS, ownCalendarUser } from './calendar-user.ts';
import { textOf } from './messages.ts';

const { world, calendar, events, seen, press } = await ownCalendarUser();

/** What was asked of the calendar once is at hand afterwards: the bot asks nobody to agree only to look. */
async function agreedToCalendar() {
  await world.type(ADA, 'meeting on 3 March 2030 at 8:00 about breakfast');
  await press(en['meeting.addToCalendar']);
}

const Q3 = 'meeting on 4 March 2030 at 15:00 about Q3';

describe('a meeting at a time at which the calendar has something', () => {
  const dentist = () =>
    block(calendar, ADA, { start: '2030-03-04T15:15', end: '2030-03-04T16:00', subject: 'Dentist' });

  test('is said first, and made by one click', async () => {
    await agreedToCalendar();
    dentist();
    await world.type(ADA, Q3);
    expect(seen()).toContain('Your calendar has Dentist at 15:15.');
    expect(world.subjects()).toEqual(['breakfast']);
    await press(en['draft.createAnyway']);
    expect(world.subjects()).toEqual(['breakfast', 'Q3']);
  });

  test('a day that is taken as a whole is no appointment', async () => {
    await agreedToCalendar();
    block(calendar, ADA, { start: '2030-03-04T00:00', end: '2030-03-05T00:00', subject: 'Holiday' });
    await world.type(ADA, Q3);
    expect(world.alive()).toHaveLength(2);
  });

  test('in a group nobody reads of it', async () => {
    await agreedToCalendar();
    dentist();
    await world.mention(ADA, 'groupChat', Q3);
    expect(world.said('groupChat').map(textOf).join()).not.toContain('Dentist');
    expect(world.lastText('groupChat')).toContain('Q3');
  });

  test('nobody is asked to agree to the calendar only to look', async () => {
    dentist();
    await world.type(ADA, Q3);
    expect(world.alive()).toHaveLength(1);
  });
});

describe('a meeting of the calendar that was not made here', () => {
  const mails = () => calendar.mails.map(({ kind, to }) => `${kind} ${to}`);
  const LEE = 'lee@fabrikam.example';

  /** The bot forgets that it made it, and so it is as if somebody had made it in Outlook. */
  async function madeElsewhere() {
    await world.type(ADA, `meeting tomorrow at 15:00 about Q3 with ${LEE} and invite them`);
    await press(en['draft.createAndInvite']);
    expect(mails()).toEqual([`invitation ${LEE}`]);
    calendar.mails.length = 0;
    await world.signOut(ADA);
    await world.signIn(ADA);
    await agreedToCalendar();
  }

  test('is listed, and marked', async () => {
    await madeElsewhere();
    await world.type(ADA, 'my meetings');
    expect(seen()).toMatch(/Q3\nTomorrow.*, from your calendar/);
    expect(seen().match(/from your calendar/g)).toHaveLength(1);
  });

  test('is moved, with a mail to its guest', async () => {
    await madeElsewhere();
    await world.type(ADA, 'move Q3 to 4pm');
    expect(mails()).toEqual([`update ${LEE}`]);
    expect(
      events()
        .find(({ subject }) => subject === 'Q3')
        ?.start.setZone(ADA.zone).hour,
    ).toBe(16);
    expect(seen()).toContain(`${LEE} (invited)`);
  });

  test('is cancelled after a question', async () => {
    await madeElsewhere();
    await world.type(ADA, 'cancel Q3');
    expect(mails()).toEqual([]);
    await world.type(ADA, 'yes');
    expect(mails()).toEqual([`cancellation ${LEE}`]);
    expect(world.subjects()).toEqual(['breakfast']);
  });

  test('is left as it is where Graph does not find its meeting in time, and nobody is said to be its organizer', async () => {
    await madeElsewhere();
    calendar.emptyLookups = 10;
    await world.type(ADA, 'move Q3 to 4pm');
    expect(world.lastText(ADA)).toBe(en['notice.notFoundYet']);
    expect(mails()).toEqual([]);
    calendar.emptyLookups = 0;
    await world.type(ADA, 'move Q3 to 4pm');
    expect(mails()).toEqual([`update ${LEE}`]);
  });

  test('is not touched where somebody else organises it', async () => {
    world.entra.consent(BEN.oid, CALENDAR_PERMISSIONS);
    await world.signIn(BEN);
    await world.type(BEN, `meeting tomorrow at 15:00 about Q3 with ${ADA.upn} and invite them`);
    await world.press(BEN, world.newest(BEN), en['draft.createAndInvite']);
    await agreedToCalendar();
    await world.type(ADA, 'cancel Q3');
    expect(world.lastText(ADA)).toContain(en['notice.notOrganiser']);
    expect(mails()).toEqual([`invitation ${ADA.upn}`]);
  });
});

test('guests who were added in another program stay when others are invited', async () => {
  await world.type(ADA, `${Q3} with ${BEN.upn} and put it on my calendar`);
  const [event] = events();
  const added = { address: 'kim@fabrikam.example', name: 'Kim', response: 'accepted', type: 'required' };
  event?.attendees.push(added as never);
  await press(en['meeting.inviteGuests']);
  await world.confirm(ADA, world.newest(ADA), 'enter');
  const left = calendar.events.flatMap(({ attendees }) => attendees.map(({ address }) => address));
  expect(left.toSorted()).toEqual([BEN.upn, 'kim@fabrikam.example'].toSorted());
  expect(calendar.mails.filter(({ kind }) => kind === 'cancellation')).toEqual([]);
});

test('once a guest has been mailed, the card says no more that nobody was', async () => {
  await world.type(ADA, Q3);
  await press(en['meeting.addToCalendar']);
  await world.type(ADA, `add ${BEN.upn} to Q3`);
  expect(seen()).toContain(en['meeting.notInvited']);
  await press(en['meeting.inviteGuests']);
  await world.confirm(ADA, world.newest(ADA), 'enter');
  expect(calendar.mails.map(({ kind, to }) => [kind, to])).toEqual([['invitation', BEN.upn]]);
  expect(seen()).not.toContain(en['meeting.notInvited']);
  expect(seen()).not.toContain(en['note.shareLink']);
});

test('who is to be invited while a draft is open is invited to no other meeting', async () => {
  await world.type(ADA, `${Q3} and put it on my calendar`);
  await world.type(ADA, `team sync every monday 10am with ${BEN.upn}`);
  const draft = seen();
  expect(draft).toContain('team sync');
  await world.type(ADA, 'and invite him');
  expect(seen()).toBe(draft);
  expect(calendar.mails).toEqual([]);
});
