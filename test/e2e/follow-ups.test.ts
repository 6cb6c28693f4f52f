import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN, type Person } from '../../deploy/sandbox/people.ts';
import { dialogues } from './dialogue.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const Q3 = 'Q3 review on 4 March 2030 at 15:00';

dialogues(
  world,
  `
# “%1” moves by minutes, never to a time of day
> ${Q3}
> %1
= Q3 review, 4 March 2030, %2
| delay it by 10 | 15:10–15:40
| push it by 15 | 15:15–15:45
| postpone by 20 | 15:20–15:50
| delay by 15 | 15:15–15:45
| delay Q3 by 10 | 15:10–15:40
| delay it by ten | 15:10–15:40
| shift it 15 earlier | 14:45–15:15
| extend by 30 minutes | 15:00–16:00
| shorten to 20 min | 15:00–15:20

# “%1” changes the meeting last shown, whatever else is at that time
> meeting on 4 March 2030 at 16:00 about budget
> meeting on 5 March 2030 at 9:30 about roadmap
> ${Q3}
> %1
= budget, 4 March, 16:00–16:30; roadmap, 5 March, 09:30–10:00; Q3 review, %2
| make it 5 | 4 March, 17:00–17:30
| make it 90 | 4 March, 15:00–16:30
| make it 5 March 2030 | 5 March, 15:00–15:30
| can we do 9:30 instead? | 4 March, 09:30–10:00
| let's do 5 March 2030 instead | 5 March, 15:00–15:30

# “%1” to an hour that is taken, which is said first
> meeting on 4 March 2030 at 16:00 about budget
> ${Q3}
> %1
< "budget"
>> yes
= budget, 4 March, 16:00–16:30; Q3 review, 4 March, 16:00–16:30
| make it 4pm
| make that 4pm

# “%1” takes a guest off the meeting at hand, and cancels nothing
> ${Q3} with lee@contoso.com and kim@contoso.com
< "lee@contoso.com"
> %1
< "kim@contoso.com" & !"lee@contoso.com" & !confirm.yes
= Q3 review, 4 March, 15:00–15:30
| remove lee@contoso.com
| remove Lee
| take lee off
| drop Lee

# “remove …” of nobody who is invited asks whether to cancel the meeting that is called so
> meeting on 5 March 2030 at 15:00 about Kimchi
> ${Q3} with lee@contoso.com
> remove Kimchi
< confirm.yes
= Kimchi; Q3 review

# “%1” is with those who are meant
> ${Q3} with Kim and Lee
> %1
< %2
= Q3 review; *
| another one on 5 March 2030 at 14:00 with Zoe about pricing | "Zoe" & !"Kim" & !"Lee"
| same again on 5 March 2030, with Zoe too | "Kim" & "Lee" & "Zoe"
| same again on 5 March 2030 without Kim | "Lee" & !"Kim"

# a move and a removal in one message are both done
> ${Q3} with Kim and Lee
> move it 30 mins later and remove Kim
< "Lee" & !"Kim"
= Q3 review, 4 March, 15:30–16:00

# “%1”: where somebody leaves who is no guest, the rest is shown first and made by a yes
> ${Q3} with Kim and Lee
>> %1
< choice.change & "Zoe"
>> yes
< "Kim, Lee and Zoe"
| add Zoe but not Pat
| drop Pat, add Zoe

# who is asked in without a name is asked for
> ${Q3} with Kim and Lee
> add
< notice.nobodyNamed

# “%1” makes the meeting, and says who is not invited
> %1
< note.unnamed
= *
| sync tomorrow 3pm with everyone
| meeting tomorrow at 15:00 with the whole team

# “%1” right after a card corrects the time of that meeting
> meeting tomorrow 3pm about budget
> %1
= budget, {+1}, %2
| actually 4pm | 16:00
| sorry, 4pm | 16:00
| 4pm instead | 16:00
| start it at half 4 | 16:30

# “%1” right after a card asks whether it moves that meeting or makes another
> meeting tomorrow 3pm about budget
> %1
< choice.another & "budget, tomorrow 15:00"
= budget, {+1}, 15:00
* /^Move it to .*%2$/
= budget, {+1}, %2
| 16:00 | 16:00
| 4pm | 16:00
| at half past 4 | 16:30

# “%1” is offered with its length, and may be another meeting of that length
> meeting on 4 March 2030 at 15:00 about budget
> 10:00
> %1
< "09:30–10:30"
* choice.another
> yes
= *, 15:00–15:30; *, 09:30–10:30
| enfin 9h30, et pr une heure
| 9:30 for an hour

# “Create another”, pressed, works for a time that was corrected
> ${Q3}
> 10:00
> or rather 9:30, and for an hour
* choice.another
= *; *

# “create another”, typed, works for a time that was corrected
> ${Q3}
> 10:00
> or rather 9:30, and for an hour
> create another
= *; *

# “Create another” makes it, without the meeting of before being touched
> meeting tomorrow 3pm about budget
> tomorrow 4pm
* choice.another
= budget, {+1}, 15:00; –, {+1}, 16:00

# “%1” says which of the two, “yes” does not, “no” leaves everything as it is
> meeting tomorrow 3pm about budget
> tomorrow 5pm
> no
< notice.leftAsIs
> tomorrow 4pm
> yes
< again
= budget, {+1}, 15:00
> %1
= %2
| move it | budget, {+1}, 16:00
| create it | budget, {+1}, 15:00; –, {+1}, 16:00

# “tomorrow instead” keeps the time of day
> meeting on {+4} 3pm about budget
> tomorrow instead
= budget, {+1}, 15:00

# a time alone where nothing was shown is offered as a meeting; a message that says more makes one
>> tomorrow 3pm
= none
* draft.create
> meeting tomorrow 4pm about roadmap
= –, {+1}, 15:00; roadmap, {+1}, 16:00

# “%1” after a change does not sound as if it were undone
> ${Q3}
> move Q3 to 4pm
> %1
< notice.nothingOpen
> undo
= Q3 review, 4 March, 15:00–15:30
| actually no
| never mind

# “same again next week” after a cancellation is a week later
> meeting on {+3} at 10am about pricing
> cancel it
> yes
> same again next week
= pricing, {+10}, 10:00

# “make a new one on Monday” is another meeting and no new link
> ${Q3}
> and make a new one on 11 March 2030
= Q3 review, 4 March, 15:00; Q3 review, 11 March, 15:00

# “%1” does nothing, and the person is told which language is read
> ${Q3}
> %1
< notice.language
= Q3 review, 4 March, 15:00–15:30
| cancela la reunión de mañana
| przenieś spotkanie Q3 na 16:00
| 会議を16時に変更して

# “%1” where nothing was asked is answered with nothing
> ${Q3}
>> %1
< nothing
= Q3 review
| ok
| 👍
| thanks
| great
| perfect
| ok thanks

# a name that only stands in a title is no guest, and nobody is asked to cancel that meeting
> meeting on 4 March 2030 at 15:00 about Sam’s move
> remove Sam
< notice.noSuchGuest

# a card that is shown again has no stale news over it
> ${Q3}
> make it 4pm
< meeting.moved
> show me the card
< "Q3 review" & !meeting.moved

# “%1” of a meeting that is so already changes nothing, and says so
> demo on {friday} at 4pm with Tom
>> %1
< notice.alreadySo
unchanged
| make it 4pm
| call it demo
| add Tom

# “leave it at 4pm” leaves it, whenever it is
> demo on {friday} at 3pm
>> leave it at 4pm
< notice.leftAsIs
= demo, {friday}, 15:00

# a change that names nobody who is invited is no question without a change
> demo on {friday} at 4pm with Kim
>> actually not Tom
< notice.noSuchGuest

# “sign out” with nothing to lose signs out at once
> sign out
< notice.signedOut
`,
);

test('a day without a clock is in the form, where the clock is asked for', async () => {
  await world.ask(ADA, Q3);
  const form = await world.ask(ADA, 'tomorrow morning instead');
  const tomorrow = DateTime.now().setZone(ADA.zone).plus({ days: 1 }).toISODate();
  expect(world.form(ADA, form)).toMatchObject({ date: tomorrow, time: '' });
  expect(world.times()).toEqual([['Q3 review', '15:00', '15:30']]);
});

test.each<[string, ...Person[]]>([['remove Ben'], ['take Ben off'], ['take @Ben off', BEN]])(
  'in a channel, “%s” takes a guest off the meeting that Graph has',
  async (text, ...mentioned) => {
    await world.mention(ADA, 'channel', 'design review on 4 March 2030 at 15:00 with @Ben', BEN);
    expect(world.alive()[0]?.attendees).toMatchObject([{ id: BEN.oid }]);
    await world.mention(ADA, 'channel', text, ...mentioned);
    expect(world.alive()).toMatchObject([{ subject: 'design review', attendees: [] }]);
  },
);

test('in a channel, somebody who is mentioned comes in the place of somebody else', async () => {
  await world.mention(ADA, 'channel', 'design review on 4 March 2030 at 15:00 with Kim');
  await world.mention(ADA, 'channel', 'drop Kim, add @Ben instead', BEN);
  expect(world.alive()).toMatchObject([{ subject: 'design review', attendees: [{ id: BEN.oid }] }]);
});

test('“sign out” asks once and says what is lost; afterwards the truth is told', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'meeting on 5 March 2030 at 9:30 about roadmap');
  const question = await world.ask(ADA, 'sign out');
  expect(textOf(question)).toContain('your 2 upcoming meetings');
  expect(await world.answer(ADA, 'no')).toBe(en['notice.leftAsIs']);
  const card = await world.ask(ADA, 'move Q3 to 4pm');
  await world.press(ADA, await world.ask(ADA, 'sign out'), en['choice.signoutYes']);
  await world.click(ADA, card, 'cancel');
  expect(card.notices.get(ADA.oid)).toBe(en['notice.forgotMeetings']);
  for (const text of ['my meetings', 'cancel the Q3 meeting'])
    expect(await world.answer(ADA, text)).toBe(en['notice.forgotMeetings']);
  expect(world.alive()).toHaveLength(2);
});
