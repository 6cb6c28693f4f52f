import { expect, test } from 'vitest';
import { createOf, nameOf } from './reading.ts';

test.each([
  ['a week today at 11am - cycle to work scheme', 'cycle to work scheme'],
  ['tomorrow 3pm – road to zero workshop', 'road to zero workshop'],
  ['tomorrow at 3pm, meeting to plan the offsite', 'plan the offsite'],
  ['Meeting on friday at 2:15pm, subject line: Trustee induction', 'Trustee induction'],
  ['pls schedule friday 2:00 PM w/ anita@contoso.com subj: warehouse wifi', 'warehouse wifi'],
  ['set a meeting for fri, 5 pm. Topic is parking validation', 'parking validation'],
  ['Subject is bins, tomorrow 3pm', 'bins'],
  ['can meet 3pm today? abt the durian cake order', 'durian cake order'],
  ['diarise friday 2pm: fire safety audit', 'fire safety audit'],
  ['set aside 2.5 hours wed 1pm for tax workshop', 'tax workshop'],
  ['carve out an hour tomorrow 3pm: roadmap', 'roadmap'],
  ["monday's fine, say 2pm, gutter quotes", 'gutter quotes'],
  ['next monday 10:30 to 11:30 hrs sprint demo', 'sprint demo'],
  ['tdy 6.30pm pantry restock', 'pantry restock'],
  ['standup tomorrow 9am: bring the numbers', 'standup'],
  ['block 3-4:30 today for quarterly taxes', 'quarterly taxes'],
  ['set up a sync for 1pm PT tomorrow on the vendor portal', 'vendor portal'],
  ['howzit, set up 14h30 tomorrow for roster changes', 'roster changes'],
  ['put us down for quarter to four tomorrow on the budget claim', 'budget claim'],
  ['standup tomorrow 9am for the platform team', 'standup'],
  ['lock in thursday 11am for the loft', 'loft'],
  ['can we push a 30 min invite for 3pm to jo@contoso.com: donor list', 'donor list'],
  ['chuck a meeting in for 3pm friday, vans', 'vans'],
  ['meeting room 3, wed 1pm, excavator hire', 'excavator hire'],
  ['conference room B friday 2pm – bins', 'bins'],
  ['grand, book tues 2.30pm for hay bale storage', 'hay bale storage'],
  ['kia ora, can we book 10am tomorrow on kiwifruit pallets', 'kiwifruit pallets'],
  ["g'day, tomorrow 3pm for bins", 'bins'],
  ['hiya mate, can you book 3pm friday for bins', 'bins'],
  ['nvm, book friday 10am for the new shed', 'new shed'],
  ['early next week with Marcel, buoy maintenance', 'buoy maintenance'],
  ['late tomorrow afternoon with Jo, drains', 'drains'],
  ['mid next week, boiler check', 'boiler check'],
  ['tomorrow 3pm about "a **bold** x"', 'a **bold** x'],
  ['a call called Roof tomorrow 3pm', 'Roof'],
  ['launch tomorrow 3pm', 'launch'],
  ['tomorrow 3pm: launch', 'launch'],
])('topic: %s', (text, subject) => {
  expect(createOf(text).subject).toBe(subject);
});

test.each([
  ['set up a meeting between Fatima and Joel tomorrow 4pm', ['Fatima', 'Joel']],
  ['call between Sam Lee and Tom Ray friday 10am: vans', ['Sam Lee', 'Tom Ray']],
  ['meeting between 2 and 3 tomorrow about vans', []],
  ["friday 2pm talk, attendees shouldn't be able to unmute", []],
])('people: %s', (text, names) => {
  expect(createOf(text).invitees.map(nameOf)).toEqual(names);
});

test.each([
  ["we'll be speaking German", { language: 'de' }],
  ["we're going to speak Spanish", { language: 'es' }],
  ["attendees shouldn't be able to unmute", { mic: false }],
  ['participants must not be able to unmute themselves', { mic: false }],
  ['nobody can unmute', { mic: false }],
  ['attendees can unmute', { mic: true }],
  ["guests won't be able to use their camera", { camera: false }],
])('an afterthought with a verb in it: %s', (said, options) => {
  expect(createOf(`friday 10am audit prep, ${said}`)).toMatchObject({ subject: 'audit prep', options });
});

test.each([
  ['chuck in 20min today at 1pm with jo@contoso.com', 20],
  ['slot in 15 mins at 4pm on the rota', 15],
  ['can I get 45 with Noor tomorrow 10am', 45],
  ['need 20 with Tom at 3 tomorrow re: vans', 20],
  ['quick 15 tomorrow 9am with Noor', 15],
  ['need 30 chairs meeting tomorrow 3pm', null],
])('length: %s', (text, minutes) => {
  expect(createOf(text).minutes).toBe(minutes);
});
