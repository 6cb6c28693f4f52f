import { expect, test } from 'vitest';
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA, BEN, CHANDRA, FELIX } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const KNOWN = { '@Ben': BEN, '@Chandra': CHANDRA, '@Felix': FELIX };

/** Ada writes into a place with others; the newest card is the answer. */
async function say(text: string, type: 'groupChat' | 'channel' = 'groupChat'): Promise<Message> {
  const named = [...text.matchAll(/@(?:Ben|Chandra|Felix)/g)].map(
    ([name]) => KNOWN[name as keyof typeof KNOWN],
  );
  await world.say(ADA, type, text, { mentions: ['bot', ...named] });
  return world.newest(type);
}

const attendees = () =>
  world.alive().map(({ attendees }) => attendees.map(({ id, upn, role }) => [id, upn, role]));
const presenters = () => world.alive().map(({ options }) => options.allowedPresenters);

test('a co-organiser is one by id and upn; everybody else is an attendee', async () => {
  const card = await say('@Parley tomorrow 3pm design review with @Ben, co-organiser @Chandra');
  expect(attendees()).toEqual([
    [
      [BEN.oid, BEN.upn, 'attendee'],
      [CHANDRA.oid, CHANDRA.upn, 'coorganizer'],
    ],
  ]);
  expect(textOf(card)).toContain(`Co-organiser: ${CHANDRA.name}`);
});

test('only who is named can present, and everybody comes with a role', async () => {
  const card = await say('@Parley tomorrow 3pm design review with @Ben, only @Chandra can present');
  expect(presenters()).toEqual(['roleIsPresenter']);
  expect(attendees()).toEqual([
    [
      [BEN.oid, BEN.upn, 'attendee'],
      [CHANDRA.oid, CHANDRA.upn, 'presenter'],
    ],
  ]);
  expect(textOf(card)).toContain(`Only the organiser and ${CHANDRA.name} can present`);
});

test('who is named twice comes once, with the most that was asked of them', async () => {
  await say('@Parley tomorrow 3pm design review with @Ben, co-organiser @Ben, presenters @Ben and @Chandra');
  expect(attendees()).toEqual([
    [
      [BEN.oid, BEN.upn, 'coorganizer'],
      [CHANDRA.oid, CHANDRA.upn, 'presenter'],
    ],
  ]);
});

test('people outside of the directory come as guests, and the card says why', async () => {
  const card = await say('@Parley tomorrow 3pm design review, co-organiser kim@fabrikam.example');
  expect(attendees()).toEqual([[]]);
  expect(textOf(card)).toContain('kim@fabrikam.example');
  expect(textOf(card)).toContain('Only people in your organisation can be co-organisers or presenters');
});

test('somebody of another organisation who is in the conversation is a guest without a role', async () => {
  world.place('groupChat').members.push(FELIX.oid);
  const card = await say('@Parley tomorrow 3pm design review with @Ben, co-organiser @Felix');
  world.place('groupChat').members.pop();
  expect(attendees()).toEqual([
    [
      [BEN.oid, BEN.upn, 'attendee'],
      [FELIX.oid, FELIX.upn, 'attendee'],
    ],
  ]);
  expect(textOf(card)).toContain(`so ${FELIX.name} comes as a guest`);
});

test('a name that nobody bears is said back, with the way to name somebody', async () => {
  await world.write(ADA, 'meeting tomorrow 3pm about Q3, co-organiser Zebedee');
  expect(world.lastText(ADA)).toContain('Zebedee');
  expect(world.lastText(ADA)).toContain('@mention them');
});

test('where nobody who is named can present only the organiser does, and the card says so', async () => {
  const card = await say('@Parley tomorrow 3pm design review, presenters: kim@fabrikam.example');
  expect(presenters()).toEqual(['organizer']);
  expect(textOf(card)).toContain('so only the organiser can present');
});

test('roles of a meeting that is there are changed with the whole list, under the same link', async () => {
  await say('@Parley tomorrow 3pm design review with @Ben');
  const link = world.alive()[0]?.joinWebUrl;
  await say('@Parley make @Chandra co-organiser of the design review');
  expect(attendees()).toEqual([
    [
      [BEN.oid, BEN.upn, 'attendee'],
      [CHANDRA.oid, CHANDRA.upn, 'coorganizer'],
    ],
  ]);
  await say('@Parley only @Ben can present in the design review');
  expect(presenters()).toEqual(['roleIsPresenter']);
  expect(attendees()).toEqual([
    [
      [BEN.oid, BEN.upn, 'presenter'],
      [CHANDRA.oid, CHANDRA.upn, 'coorganizer'],
    ],
  ]);
  expect(world.alive()).toMatchObject([{ joinWebUrl: link }]);
  await say('@Parley move the design review to 5pm');
  expect(attendees()[0]?.map(([, , role]) => role)).toEqual(['presenter', 'coorganizer']);
});

test('a new link keeps the roles', async () => {
  await say('@Parley tomorrow 3pm design review with @Ben as presenter, co-organiser @Chandra');
  const before = attendees();
  await say('@Parley new link for the design review');
  await say('@Parley yes');
  expect(world.graph.meetings).toHaveLength(2);
  expect(world.alive()).toHaveLength(1);
  expect(attendees()).toEqual(before);
  expect(presenters()).toEqual(['roleIsPresenter']);
});
