import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { dialogues } from './dialogue.ts';
import { buttonOn } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA, BEN), env: { CREATE_LIMIT: '0' } });

const Q3 = 'Q3 review on 4 March 2030 at 15:00 with lee@contoso.com';
const scope = () => (world.alive()[0]?.options.lobbyBypassSettings as { scope: string } | undefined)?.scope;

test.each([
  ['a length', 'make it an hour', () => world.alive()[0]?.endDateTime.slice(11, 16), '15:30'],
  ['a name', 'call it roadmap', () => world.alive()[0]?.subject, 'Q3 review'],
  ['an option', 'no lobby', () => scope(), 'organization'],
  ['encryption', 'make it encrypted', () => world.alive()[0]?.options.isEndToEndEncryptionEnabled, false],
])('“undo” takes back %s, and a second one does it again', async (_name, text, read, before) => {
  await world.ask(ADA, Q3);
  expect(read()).toBe(before);
  await world.ask(ADA, text);
  const after = read();
  expect(after).not.toBe(before);
  await world.ask(ADA, 'undo');
  expect(read()).toBe(before);
  await world.ask(ADA, 'undo');
  expect(read()).toBe(after);
});

test('“undo” of an option that was not set before says that it cannot be taken back, and changes nothing', async () => {
  await world.ask(ADA, Q3);
  const language = () => world.alive()[0]?.options.meetingSpokenLanguageTag;
  expect(language()).toBeNull();
  await world.ask(ADA, 'spoken language French');
  expect(language()).toMatch(/^fr/);
  expect(await world.answer(ADA, 'undo')).toBe(en['notice.noUndoOfOption']);
  await world.ask(ADA, 'spoken language German');
  await world.ask(ADA, 'undo');
  expect(language()).toMatch(/^fr/);
});

dialogues(
  world,
  `
# “%1” takes the last move back
> ${Q3}
> move Q3 to 4pm
> %1
= Q3 review, 4 March 2030, 15:00–15:30
| undo
| undo that
| change it back

# “undo” where nothing was moved says so, and cancels nothing
> ${Q3}
> undo
< notice.nothingToUndo
= Q3 review, 4 March 2030, 15:00–15:30

# “undo” to a time that has passed says so
> call now about Q3
> move Q3 to 4 March 2030 at 16:00
> undo
< notice.timePassed
= Q3, 4 March 2030, 16:00

# “undo” brings a guest back who was taken off
> ${Q3}
> remove Lee
< !"lee@contoso.com"
> undo
< "lee@contoso.com"

# “undo” takes back the last change only, and nothing once there is a new link
> ${Q3}
> make it 4pm
> call it roadmap
> undo
= Q3 review, 4 March, 16:00
> new link for Q3
> yes
> undo
< notice.nothingToUndo

# “%1” after a cancellation makes the same meeting once more, with its guests and a new link
> ${Q3}
> cancel it
> yes
= none
> %1
// Whoever has the old link must get the new one.
< "lee@contoso.com" & meeting.renewed & note.oldLinkLocked
= Q3 review, 4 March, 15:00
| undo
| bring it back
| make it again

# “again on another day” after a cancellation is about that meeting
> ${Q3}
> cancel it
> yes
> again on 6 March 2030
= Q3 review, 6 March, 15:00

# “undo” after a cancellation and another change is about that change
> budget on 5 March 2030 at 10:00
> ${Q3}
> cancel the Q3 review
> yes
> move budget to 11am
> undo
= budget, 5 March, 10:00

# what was cancelled comes back though its hour is taken by now, by a button
> fitting on 4 March 2030 at 15:00 with Zoe
> banquet on 4 March 2030 at 16:00
> move the banquet to 15:00
>> yes
> cancel the fitting
> yes
>> undo
< "fitting"
* draft.createAnyway
= banquet; fitting

# and by a typed yes
> fitting on 4 March 2030 at 15:00 with Zoe
> banquet on 4 March 2030 at 16:00
> move the banquet to 15:00
>> yes
> cancel the fitting
> yes
>> undo
>> yes
= banquet; fitting

# “%1” makes another a week after it, with its name, its hour and its guests
> ${Q3}
> %1
< "lee@contoso.com"
= Q3 review, 4 March, 15:00; Q3 review, 11 March, 15:00
| same time next week
| the same next week
| same again next week

# in a group nobody else undoes what the organizer did
group> design review on 4 March 2030 at 15:00
group> make it 4pm
Ben group> undo
= design review, 4 March, 16:00
group> cancel it
Ben group> yes
= design review
group> yes
Ben group> undo
< notice.noneOfYours
= none
group> undo
= design review, 4 March, 16:00
`,
);

test('the card of a cancelled meeting makes it once more, by a click, and once only', async () => {
  for (const text of [Q3, 'cancel it']) await world.ask(ADA, text);
  const card = await world.ask(ADA, 'yes');
  const button = buttonOn(card, en['ended.again']);
  for (const _ of [1, 2]) await world.click(ADA, card, button);
  expect(world.alive()).toMatchObject([{ subject: 'Q3 review', startDateTime: '2030-03-04T15:00:00Z' }]);
  expect(world.alive()[0]?.joinWebUrl).not.toBe(world.graph.meetings[0]?.joinWebUrl);
});

test('a move that was done before another is not done again, whenever it is brought', async () => {
  await world.write(ADA, Q3);
  const first = await world.channel.say(ADA, world.chat(ADA).id, 'move Q3 to 4pm');
  await world.idle();
  await world.write(ADA, 'move Q3 to 5pm');
  await world.restart();
  // What the store remembers of messages that were handled is gone.
  const db = new DatabaseSync(world.storeFile());
  db.exec("DELETE FROM claimed WHERE key LIKE 'activity:%'");
  db.close();
  await world.channel.deliver(first.activity);
  await world.idle();
  expect(world.alive()).toMatchObject([{ startDateTime: expect.stringContaining('T17:00') }]);
});
