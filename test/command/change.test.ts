import { expect, test } from 'vitest';
import { parseText } from './reading.ts';

test.each([
  ['please prepone the townhall dry run to 3 pm', 'townhall dry run', { clock: '15:00' }],
  ['pre-pone Q3 by an hour', 'Q3', { shiftMinutes: -60 }],
  ['bring forward the Q3 review by 30 min', 'Q3 review', { shiftMinutes: -30 }],
  ['push Q3 back an hour', 'Q3', { shiftMinutes: 60 }],
  ['push the Q3 review out half an hour', 'Q3 review', { shiftMinutes: 30 }],
  ['15 minutes longer', null, { extendMinutes: 15 }],
  ['half an hour shorter', null, { extendMinutes: -30 }],
  ['an hour later please', null, { shiftMinutes: 60 }],
  ['make Q3 45 minutes', 'Q3', { minutes: 45 }],
  ['push back the retro by a day', 'retro', { shiftMinutes: 1440 }],
  ['make the retro an hour long', 'retro', { minutes: 60 }],
  ['make the retro 45 min instead', 'retro', { minutes: 45 }],
  ["let's do the retro on friday instead", 'retro', { day: '2026-09-18' }],
  ['retitle the retro as Budget', 'retro', { subject: 'Budget' }],
  ['rename Q3 review to "Budget"', 'Q3 review', { subject: 'Budget' }],
  ['call the Q3 review Budget', 'Q3 review', { subject: 'Budget' }],
  ['move Q3 to today 9am', 'Q3', { day: '2026-09-15', clock: '09:00' }],
  ['reschdule Q3 to 4pm', 'Q3', { clock: '16:00' }],
  ['call it Budget', null, { subject: 'Budget' }],
  ['postpone it by 2 days', null, { shiftMinutes: 2880 }],
  ['postpone Q3 by a week', 'Q3', { shiftMinutes: 10080 }],
  ['can we make the 3pm a 4pm', null, { clock: '16:00' }],
  ["let's do it friday 11 instead", null, { day: '2026-09-18', clock: '11:00' }],
  ['start the vendor call 15 minutes earlier', 'vendor', { shiftMinutes: -15 }],
  ['interview has to move to tomorrow 14:30', 'interview', { day: '2026-09-16', clock: '14:30' }],
  ['the retro needs to move to 4', 'retro', { clock: '16:00' }],
  ['the retro needs to be pushed back by an hour', 'retro', { shiftMinutes: 60 }],
  ['the retro has to start at 4', 'retro', { clock: '16:00' }],
  ['pricing needs 90 minutes, please change that', 'pricing', { minutes: 90 }],
  ['45 minutes is enough for it, shorten it please', null, { minutes: 45 }],
  ['change the title of my 3pm to hiring plan', null, { subject: 'hiring plan' }],
  ['the retro should be called "Sprint 12"', 'retro', { subject: 'Sprint 12' }],
  ['move the contract review to 4pm', 'contract review', { clock: '16:00' }],
  ['extend the form review by 15 minutes', 'form review', { extendMinutes: 15 }],
  ['move Q3 to 4-5pm', 'Q3', { clock: '16:00', minutes: 60 }],
  ['move Q3 to between 4 and 5', 'Q3', { clock: '16:00', minutes: 60 }],
  ['make it 3 to 4pm', null, { clock: '15:00', minutes: 60 }],
  ['scratch that, move Q3 to 4pm', 'Q3', { clock: '16:00' }],
  ['move the Q3 review tomorrow at 3 to 5pm', 'Q3 review', { clock: '17:00' }],
])('%s', (text, subject, change) => {
  expect(parseText(text)).toMatchObject({ kind: 'reschedule', which: { subject }, change });
});

test.each([
  ['nvm cancel the happy hour thing', { kind: 'cancel', which: { subject: 'happy hour thing' } }],
  ['close the design room', { kind: 'cancel', which: { subject: 'design room' } }],
  ['remove the Q3 review from my calendar', { kind: 'cancel', which: { subject: 'Q3 review' } }],
  ['never mind, cancel Q3', { kind: 'cancel', which: { subject: 'Q3' } }],
  ["we don't need the friday retro anymore", { kind: 'cancel', which: { subject: 'retro' } }],
  ['no need for the budget call any more', { kind: 'cancel', which: { subject: 'budget' } }],
  ['take the retro off the calendar', { kind: 'cancel', which: { subject: 'retro' } }],
  ['delete the meeting I just made', { kind: 'cancel', which: { subject: null } }],
  ["nix friday's retro", { kind: 'cancel', which: { subject: 'retro', day: '2026-09-18' } }],
  ['unbook the retro', { kind: 'cancel', which: { subject: 'retro' } }],
  ['whats my schedule tomorrow', { kind: 'list' }],
  ['anything booked tomorrow?', { kind: 'list' }],
  ['what formats do you understand', { kind: 'help' }],
  ['I need a fresh link', { kind: 'renew', which: { subject: null, start: null } }],
  ['give it a new link', { kind: 'renew', which: { subject: null, start: null } }],
  ['new passcode for Q3', { kind: 'renew', which: { subject: 'Q3' } }],
  ['the link of the demo leaked, make a new one', { kind: 'renew', which: { subject: 'demo' } }],
  ["the vendor call isn't needed anymore, please cancel", { kind: 'cancel', which: { subject: 'vendor' } }],
  ['cancel the contract review', { kind: 'cancel', which: { subject: 'contract review' } }],
  ['cancle the 3pm', { kind: 'cancel', which: { subject: null } }],
  ['call the design review board tomorrow 3pm', { kind: 'create' }],
  ['pull the team together tomorrow at 3pm', { kind: 'create' }],
  ['help me out, what commands are there?', { kind: 'help' }],
  ['what are the options?', { kind: 'help' }],
  ['cancel everything', { kind: 'cancel', which: { subject: 'all' } }],
  ["cancel the 7 o'clock", { kind: 'cancel', which: { subject: '7', day: null } }],
  ['cancel the Q3 review tomorrow at 3', { kind: 'cancel', which: { day: '2026-09-16' } }],
  ['move the Q3 review tomorrow at 3 to 5pm', { kind: 'reschedule', which: { day: '2026-09-16' } }],
  ['cancel the Q3 review at 3', { kind: 'cancel', which: { subject: 'Q3 review', day: null } }],
  ['new link', { kind: 'renew', which: { subject: null, start: null } }],
  ['new link for the 3pm', { kind: 'renew', which: { subject: null } }],
  [
    "new link for tomorrow's Q3 review",
    { kind: 'renew', which: { subject: 'Q3 review', day: '2026-09-16' } },
  ],
  ['always record my meetings', { kind: 'settings', change: null }],
  ['by default no lobby', { kind: 'settings', change: null }],
  ['show me everything you booked for me', { kind: 'list' }],
])('%s', (text, command) => {
  expect(parseText(text)).toMatchObject(command);
});

test.each([
  ["cancel tomorrow's 10am with Sam", '2026-09-16T10:00'],
  ["push tomorrow's 11:00 to 12", '2026-09-16T11:00'],
  ['could we start the 3pm at 3:15 instead', '2026-09-15T15:00'],
])('the day before a clock is the day of the meeting that is meant: %s', (text, start) => {
  const command = parseText(text);
  if (command.kind !== 'cancel' && command.kind !== 'reschedule') throw new Error(command.kind);
  expect(command.which.start?.toFormat("yyyy-MM-dd'T'HH:mm")).toBe(start);
});

test.each(['remove Sam from Q3', 'remove the lobby from the design room', 'drop Lee from the Q3 review'])(
  '%s: that is no order to cancel the meeting',
  (text) => {
    expect(parseText(text).kind).not.toBe('cancel');
  },
);

test.each(['move Q3 to yesterday 3pm', 'move Q3 to last friday 3pm', 'move Q3 to 3pm yesterday'])(
  '%s: a change that cannot be, and no new meeting',
  (text) => {
    expect(parseText(text)).toMatchObject({ kind: 'reschedule', which: { subject: 'Q3' }, needs: ['past'] });
  },
);

// What can be moved, renamed or deleted is not always a meeting.
test.each([
  'rename the file to budget_v2.xlsx',
  'extend the deadline to Friday 5pm?',
  'we need to extend the contract with Fabrikam by 6 months',
  'move the ticket to done',
  'delete the old branch please',
  'change the title of the document to Budget',
  'the product should be called Parley',
  'we missed the bus again, cancel',
])('%s', (text) => {
  expect(parseText(text).kind).toBe('none');
});
