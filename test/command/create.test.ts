import { expect, test } from 'vitest';
import { createOf, nameOf } from './reading.ts';

test.each([
  ['tomorrow 2pm about the Q1 forecast', 'Q1 forecast'],
  ['tomorrow 2pm re: laptop swap', 'laptop swap'],
  ['about the May release tomorrow at 3pm', 'May release'],
  ['tuesday 11am about the August pilot for 30 min', 'August pilot'],
  ['monday at 1pm about the Thursday numbers', 'Thursday numbers'],
  ['tomorrow 10am about the 14 July launch', '14 July launch'],
  ['tomorrow 1pm re: Java 21 bump', 'Java 21 bump'],
  ['tomorrow 3pm about the 5pm deadline', '5pm deadline'],
  ['tomorrow at 3pm to discuss the pricing page', 'pricing page'],
  ['tomorrow at 3pm to plan the offsite', 'plan the offsite'],
  ['call about "Winter menu" tomorrow 2pm', 'Winter menu'],
  ["'Vision day' tomorrow 3pm", 'Vision day'],
  ['tomorrow 3pm titled Backlog grooming', 'Backlog grooming'],
  ['thursday 3pm\nTopic: hoist repairs', 'hoist repairs'],
  ['2027 plan tomorrow 3pm', '2027 plan'],
  ['5G rollout tomorrow 3pm', '5G rollout'],
  ['Monday metrics review tomorrow 3pm', 'Monday metrics review'],
  ['tomorrow 3pm Monday metrics review', 'Monday metrics review'],
  ['Windows 11 migration tomorrow 2pm', 'Windows 11 migration'],
  ['1:1 with Sam tomorrow at 3', '1:1'],
  ['24/7 support rota thursday 2pm', '24/7 support rota'],
  ['travel policy Q&A friday 11am', 'travel policy Q&A'],
  ['on-call cover tomorrow 6am', 'on-call cover'],
  ['wellbeing drop-in tomorrow 10am', 'wellbeing drop-in'],
  ['tomorrow 10am, pricing, packaging and print', 'pricing, packaging and print'],
  ['friday 14:00 in room 4.08, shelf audit', 'shelf audit'],
  ['put a meeting in for Friday 13:00, Budget forecast', 'Budget forecast'],
  ['hey, can you please set up a quick call tomorrow 3pm', null],
  ['tomorrow 3pm', null],
  ["let's catch up tomorrow at 4pm", null],
])('subject: %s', (text, subject) => {
  expect(createOf(text).subject).toBe(subject);
});

test.each([
  ['tomorrow 3pm with bo@contoso.com', ['bo@contoso.com']],
  ['tomorrow 3pm with <at>Ana Ruiz</at> & <at>Bo</at>', ['Ana Ruiz', 'Bo']],
  ['<at>Wei Tan</at> and I need 30 min tomorrow 2pm', ['Wei Tan']],
  ['tomorrow 3pm with <at>April May Summers</at>', ['April May Summers']],
  ['tomorrow 3pm with Ana, Bo and Cy about hiring', ['Ana', 'Bo', 'Cy']],
  ['tomorrow 3pm with the night crew', ['night crew']],
  ['tomorrow 3pm with the marketing team next to nobody', ['marketing team']],
  ['tomorrow 3pm with Dr. Lee', ['Dr. Lee']],
  ['tomorrow 3pm with Bo Li (bo@contoso.com)', ['bo@contoso.com']],
  ['tomorrow 3pm, bo@contoso.com and me', ['bo@contoso.com']],
  ['tomorrow 3pm with me', []],
  ['tomorrow 3pm with lunch', []],
  ['R&D stand tomorrow 3pm with bo@contoso.com, R&D budget', ['bo@contoso.com']],
  ['tomorrow 3pm budget, co-organiser <at>Luis</at>', []],
])('people: %s', (text, names) => {
  expect(createOf(text).invitees.map(nameOf)).toEqual(names);
});

test('a mention keeps its id', () => {
  const [invitee] = createOf('tomorrow 3pm with <at>Ana</at>').invitees;
  expect(invitee).toEqual({ kind: 'mention', name: 'Ana', id: null });
});

test.each([
  ['with a passcode', { passcode: true }],
  ['no passcode', { passcode: false }],
  ['no password needed', { passcode: false }],
  ['record it', { record: true }],
  ["don't record", { record: false }],
  ['record and transcribe', { record: true, transcribe: true }],
  ['with transcription', { transcribe: true }],
  ['end-to-end encrypted', { encrypted: true }],
  ['e2e encrypted', { encrypted: true }],
  ['in French', { language: 'fr' }],
  ['invitation in German', { invitation: 'de' }],
  ['everyone can skip the lobby', { lobby: 'everyone' }],
  ['no lobby', { lobby: 'everyone' }],
  ['only invited people bypass the lobby', { lobby: 'invited' }],
  ['people in my org skip the lobby', { lobby: 'organization' }],
  ['nobody bypasses the lobby but me', { lobby: 'organizer' }],
  ['everyone waits in the lobby', { lobby: 'organizer' }],
  ['only I can present', { presenters: 'organizer' }],
  ['everyone can present', { presenters: 'everyone' }],
  ['only people in our org can present', { presenters: 'organization' }],
  ['chat off', { chat: 'disabled' }],
  ['no chat and cameras off', { chat: 'disabled', camera: false }],
  ['chat only during the meeting', { chat: 'limited' }],
  ['mute everyone', { mic: false }],
  ['people can use mic and camera', { mic: true, camera: true }],
  ['template Broadcast', { template: 'broadcast' }],
  ['co-host bo@contoso.com', { coorganisers: [{ kind: 'email', email: 'bo@contoso.com' }] }],
  ['make <at>Tessa</at> co-organizer', { coorganisers: [{ kind: 'mention', name: 'Tessa', id: null }] }],
])('option: %s', (said, options) => {
  expect(createOf(`payroll friday 2pm, ${said}`)).toMatchObject({ subject: 'payroll', options });
  expect(createOf(`friday 2pm ${said}, payroll`)).toMatchObject({ subject: 'payroll', options });
});

test.each([
  'passcode reset flow',
  'recording studio tour',
  'medical record review',
  'lobby redesign',
  'chat feature planning',
  'encrypted backups review',
  'French translations',
  'camera shop opening',
  'template library',
])('no option: %s', (subject) => {
  expect(createOf(`friday 2pm about ${subject}`)).toMatchObject({ subject, options: {} });
  expect(createOf(`${subject} friday 2pm`)).toMatchObject({ subject, options: {} });
});

test('"a chat on Thursday" switches no chat on', () => {
  expect(createOf('chat on Thursday at 2').options).toEqual({});
});

test.each([
  ['meet now with <at>Grace</at> about the printer queue', 'now', 'printer queue'],
  ['spin up a meeting immediately', 'now', null],
  ['start a meeting', 'now', null],
  ['open the kanban room', 'room', 'kanban room'],
  ['link to the triage room please', 'room', 'triage room'],
  ['meeting room booking tomorrow 3pm', 'scheduled', 'meeting room booking'],
])('mode: %s', (text, mode, subject) => {
  expect(createOf(text)).toMatchObject({ mode, subject });
});

test.each([
  ['release review needs to happen tomorrow 3pm', 'release review'],
  ['the design review needs to take place monday 2pm', 'design review'],
  ['retro needs to be tomorrow 3pm', 'retro'],
  ['tomorrow 3pm about what needs to happen', 'what needs to happen'],
  ['standup mondays and wednesdays 9am', 'standup'],
  ['tomorrow 3pm about the mondays and fridays roster', 'mondays and fridays roster'],
  ['chat with the candidate for CFO tomorrow 3pm', 'chat with the candidate for CFO'],
  ['meeting tomorrow 3pm for 99999 minutes', null],
  ['meeting in 100000 days', null],
  ['meeting tomorrow 3pm about 5000 hours of video', '5000 hours of video'],
  ['meeting tomorrow 3pm about budget for 5000 hours', 'budget for 5000 hours'],
])('%s: the subject is %s', (text, subject) => {
  expect(createOf(text).subject).toBe(subject);
});

test('a candidate for something is nobody’s name', () => {
  expect(createOf('interview with candidate for the backend role tomorrow 3pm').invitees).toEqual([]);
  expect(createOf('interview with Ana for the backend role tomorrow 3pm').invitees).toHaveLength(1);
});
