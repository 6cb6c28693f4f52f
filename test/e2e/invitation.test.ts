import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import type { Json, Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { cardOf, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const languages = (method: string) =>
  world.graph.requests
    .filter((request) => request.method === method)
    .map(({ headers }) => headers['accept-language']);

async function press(message: Message, title: string, inputs: Json = {}, person: Person = ADA) {
  return world.press(person, message, title, inputs);
}

const Q3 = 'meeting tomorrow 3pm about Q3';
const grouped = (digits: string) => new RegExp([...digits].join('\\s?'));

test('the button shows everything for joining, in the person’s own language, and nothing for the organiser', async () => {
  const card = await world.ask(ADA, Q3);
  await press(card, en['meeting.invite']);
  expect(world.said(ADA)).toHaveLength(2);
  const text = world.lastText(ADA);
  const [meeting] = world.alive();
  expect(text).toMatch(/^Invitation\n/);
  expect(text).toMatch(/Q3\n.*15:00.*15:30.*(GMT|BST)/);
  expect(text).toContain(meeting?.joinWebUrl);
  expect(text).toMatch(grouped(meeting?.joinMeetingId ?? '-'));
  expect(text).toMatch(grouped(meeting?.conferenceId ?? '-'));
  expect(text).toContain(meeting?.passcode);
  expect(text).not.toContain('meetingOptions');
  expect(text).not.toMatch(/<|%25|&#/);
  expect(languages('GET')).toEqual(['en-GB']);
});

test.each([
  ['Japanese', 'ja', '会議 ID', /\d+年\d+月\d+日/],
  ['German', 'de', 'Besprechungs-ID', /\d+\. \p{L}+ \d{4}/u],
  ['French', 'fr', 'ID de réunion', /\d+(er)? \p{L}+ \d{4}/u],
])('“invitation for Q3 in %s”: Graph’s words and the time are in it', async (name, tag, words, day) => {
  await world.ask(ADA, Q3);
  const said = await world.ask(ADA, `invitation for Q3 in ${name}`);
  expect(textOf(said)).toContain(`Invitation in ${name}`);
  expect(textOf(said)).toContain(words);
  expect(textOf(said)).toMatch(day);
  expect(textOf(said)).toContain(world.alive()[0]?.joinWebUrl);
  expect(languages('GET').sort()).toEqual([tag, 'en'].sort());
});

test('asked for together with the meeting, it comes with its card', async () => {
  await world.write(ADA, `${Q3}, invitation in German`);
  expect(world.said(ADA)).toHaveLength(2);
  expect(languages('POST')).toEqual(['de']);
  expect(JSON.stringify(world.graph.requests[0]?.body)).not.toContain('SpokenLanguage');
  expect(world.cards(ADA)).toHaveLength(1);
  expect(world.lastText(ADA)).toContain('Kenncode');
});

test('a language that Teams does not have is said, and the invitation is in English', async () => {
  await world.ask(ADA, Q3);
  const said = await world.ask(ADA, 'the invitation in Welsh');
  expect(textOf(said)).toContain('Teams has no invitation in Welsh, so here’s the English one.');
  expect(textOf(said)).toContain('Passcode');
});

test('“invitations in French” holds for the button, too', async () => {
  await world.ask(ADA, 'invitations in French');
  const card = await world.ask(ADA, Q3);
  expect(languages('POST')).toEqual(['fr']);
  await press(card, en['meeting.invite']);
  expect(world.lastText(ADA)).toContain('Code secret');
});

test('its card changes the language in place, and sends it as a message to copy whole', async () => {
  await world.ask(ADA, Q3);
  const said = await world.ask(ADA, 'show me the invitation');
  const { body } = await press(said, en['invitation.show'], { language: 'es' });
  expect(textOf((body as { value: Json }).value)).toContain('Código de acceso');
  await until(() => world.lastText(ADA).includes('Código de acceso'));
  expect(world.said(ADA)).toHaveLength(2);
  await press(world.newest(ADA), en['invitation.send']);
  expect(world.said(ADA)).toHaveLength(3);
  const { activity } = world.newest(ADA);
  expect(activity).toMatchObject({ textFormat: 'plain' });
  expect(activity.attachments ?? []).toEqual([]);
  expect(activity.text?.split('\n')[0]).toBe('Q3');
  expect(activity.text).toContain(world.alive()[0]?.joinWebUrl);
  expect(activity.text).toContain(`Código de acceso: ${world.alive()[0]?.passcode}`);
});

test('without a licence for dial-in or a passcode the text has neither', async () => {
  await world.signIn(BEN);
  await world.ask(BEN, 'meeting tomorrow 3pm about Q3, no passcode');
  const said = await world.ask(BEN, 'invitation for Q3');
  expect(textOf(said)).toMatch(/^Invitation\n/);
  expect(textOf(said)).not.toMatch(/Passcode|Phone conference ID/);
  expect(textOf(said)).toContain(world.alive()[0]?.joinWebUrl);
});

test('a room’s invitation names no time', async () => {
  await world.ask(ADA, 'our standup room');
  const said = await world.ask(ADA, 'invitation for the standup room');
  expect(textOf(said)).toContain('standup room');
  expect(textOf(said)).not.toContain(String(DateTime.now().year));
  expect(textOf(said)).toContain(world.alive()[0]?.joinWebUrl);
});

test('several meetings that fit are asked about, none is said so', async () => {
  await world.ask(ADA, 'meeting tomorrow 3pm about Q3 numbers');
  await world.ask(ADA, 'meeting tomorrow 5pm about Q3 plans');
  const asked = await world.ask(ADA, 'invitation for Q3');
  expect(textOf(asked)).toContain(en['which.invite']);
  const [first] = actionsIn(cardOf(asked)).filter(({ verb }) => verb === 'answer');
  await world.click(ADA, asked, first ?? 'answer');
  expect(world.lastText(ADA)).toContain('Q3 numbers\n');
  const none = await world.ask(ADA, 'invitation for the picnic');
  expect(textOf(none)).toBe(en['notice.noSuchMeeting']);
});

test('in a channel it stands in the thread that asked, without buttons, and only its organiser gets it', async () => {
  const place = world.place('channel');
  const { message } = await world.channel.say(ADA, place.id, `@Parley ${Q3}`, { mentions: ['bot'] });
  await until(() => world.said('channel').length === 1);
  const thread = message.thread ?? '';
  await world.channel.say(ADA, place.id, '@Parley invitation in French', { mentions: ['bot'], thread });
  await until(() => world.said('channel').length === 2);
  const invitation = world.said('channel')[1] as Message;
  expect(invitation.thread).toBe(thread);
  expect(textOf(invitation)).toContain('ID de réunion');
  expect(actionsIn(cardOf(invitation))).toEqual([]);
  await world.signIn(BEN);
  await world.channel.say(BEN, place.id, '@Parley invitation for Q3', { mentions: ['bot'], thread });
  await until(() => world.said('channel').length === 3);
  // Between tests everyone is signed out, and hears that where nothing is left.
  const nothing = [en['notice.noSuchMeeting'], en['notice.forgotMeetings']];
  expect(nothing).toContain(textOf(world.said('channel')[2]));
});

test('a meeting whose invitation Graph will not hand out is made all the same', async () => {
  const match = { service: 'graph', method: 'GET' };
  world.faults.add(match, 403);
  await world.write(ADA, `${Q3}, invitation in German`);
  expect(world.said(ADA)).toHaveLength(2);
  expect(world.alive()).toHaveLength(1);
  expect(world.lastText(ADA)).toBe(en['notice.invitationLater']);
});

test('who clicks twice gets one', async () => {
  const card = await world.ask(ADA, Q3);
  const results = await Promise.all([press(card, en['meeting.invite']), press(card, en['meeting.invite'])]);
  expect(results.map(({ body }) => (body as { value: unknown }).value)).toEqual([
    en['notice.invited'],
    en['notice.invited'],
  ]);
  // The click is answered first, and the message follows.
  await until(() => world.said(ADA).length > 1);
  await world.idle();
  expect(world.said(ADA)).toHaveLength(2);
});
