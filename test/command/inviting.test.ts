import { expect, test } from 'vitest';
import { parseText } from './reading.ts';

const names = (text: string) => {
  const command = parseText(text);
  if (command.kind !== 'reschedule') return command.kind;
  const { change, which } = command;
  const people = (change.invitees ?? []).map((one) => (one.kind === 'email' ? one.email : one.name));
  return `${people.join(', ')} → ${which.subject ?? which.start?.toFormat('HH:mm') ?? 'it'}`;
};

test.each([
  ['add Sam to Q3', 'Sam → Q3'],
  ['please add Sam to the Q3 meeting', 'Sam → Q3'],
  ['add <at>Sam Okafor</at> to Q3', 'Sam Okafor → Q3'],
  ['invite lee@contoso.com to Q3', 'lee@contoso.com → Q3'],
  ['invite Sam and Ana Lopez to the design review', 'Sam, Ana Lopez → design review'],
  ["can you add <at>Sam</at> to tomorrow's standup?", 'Sam → standup'],
  ['add Sam to the 3pm', 'Sam → 15:00'],
  ['loop Ana into the retro', 'Ana → retro'],
  ['invite sam and ana to q3', 'sam, ana → q3'],
  ['add Sam to it', 'Sam → it'],
  ['add Sam to the invite please', 'Sam → it'],
  ['add <at>Sam</at> too', 'Sam → it'],
  ['also add <at>Sam</at>', 'Sam → it'],
  ['add lee@contoso.com', 'lee@contoso.com → it'],
  ['<at>Sam</at> should be there too', 'Sam → it'],
  ['forgot lee@contoso.com, please add her', 'lee@contoso.com → it'],
  ['can <at>Mia Roth</at> join my 3pm? add her', 'Mia Roth → 15:00'],
  ['put <at>Mia Roth</at> on the 3pm', 'Mia Roth → 15:00'],
  ['forward the demo to <at>Sam</at>', 'Sam → demo'],
])('%s', (text, expected) => {
  expect(names(text)).toBe(expected);
});

test.each([
  ['remove Sam from Q3', { subject: 'Q3' }],
  ['take <at>Sam</at> off the design review', { subject: 'design review' }],
  ["uninvite Sam from tomorrow's standup", { subject: 'standup', day: '2026-09-16' }],
])('%s', (text, which) => {
  expect(parseText(text)).toMatchObject({
    kind: 'reschedule',
    which,
    change: { leaving: [expect.objectContaining({ name: 'Sam' })] },
  });
});

test.each([
  ['create', 'invite <at>Sam</at> to the demo tomorrow at 3pm'],
  ['none', 'put <at>Sam</at> on the payroll'],
  ['none', 'forward the file to <at>Sam</at>'],
  ['none', "<at>Sam</at> can't make it to work today"],
  ['none', '<at>Sam</at> is on holiday, take him some flowers'],
  ['none', 'can <at>Mia</at> join the gym with me?'],
  ['none', 'replace the toner in the printer'],
  ['none', 'forgot my badge, please add a visitor badge'],
  ['cancel', 'take the retro off the calendar'],
  ['cancel', 'remove the budget meeting from my calendar'],
  ['cancel', 'drop the 3pm'],
  ['none', 'remove Sam from the group chat'],
  ['none', 'take the bins from the shed'],
  ['create', 'add <at>Sam</at> to a call tomorrow 3pm'],
  ['create', 'invite <at>Sam</at> to a demo'],
  ['create', 'invite <at>Sam</at> tomorrow 3pm'],
  ['create', 'add Sam to Q3 tomorrow 3pm'],
  ['none', 'add milk to the shopping list'],
  ['none', 'add budget to q3'],
  ['create', 'invite everyone to a demo tomorrow 3pm'],
  ['create', 'invite the whole company to Q3'],
  ['none', 'add Sam to the group chat'],
  ['none', 'add Sam to the payroll'],
  ['none', 'add dates to the meeting'],
  ['none', 'add Q3 numbers to the agenda'],
  ['none', 'add 15 minutes to the retro'],
  ['none', 'I added Sam to Q3'],
])('%s: %s', (kind, text) => {
  expect(parseText(text).kind).toBe(kind);
});

test('a role, an option or another time is no guest', () => {
  for (const text of [
    'add Sam as co-organiser to Q3',
    'add a passcode to Q3',
    'bring the retro forward to 4pm',
  ])
    expect(parseText(text)).not.toHaveProperty('change.invitees');
});

test.each([
  'replace <at>Sam</at> with <at>Mia Roth</at> in Q3',
  'swap <at>Sam</at> for <at>Mia Roth</at> in Q3',
])('%s', (text) => {
  expect(parseText(text)).toMatchObject({
    kind: 'reschedule',
    which: { subject: 'Q3', people: [] },
    change: { leaving: [{ name: 'Sam' }], invitees: [{ name: 'Mia Roth' }] },
  });
});

test('whoever cannot come is taken out where somebody asks for it', () => {
  expect(parseText("<at>Sam</at> can't make it, take her out")).toMatchObject({
    kind: 'reschedule',
    which: { subject: null, people: [] },
    change: { leaving: [{ name: 'Sam' }] },
  });
});
