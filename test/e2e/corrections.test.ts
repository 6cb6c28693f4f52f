import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { nodes } from '../cards/card.ts';
import { dialogues } from './dialogue.ts';
import { cardOf, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

// What is said of a question or a change that is open is taken into it, or the person is told that it was not.
const world = await ownWorld({ before: signedIn(ADA) });

dialogues(
  world,
  `
# “%1” under “Morning or evening?” is the day of both hours
>> meeting at 7 tomorrow with Tom
>> %1
< "{friday:EEEE d MMMM}" & "07:00" & "19:00"
>> evening
= *, {friday}, 19:00
| {friday} actually
| make that {friday}
| no, {friday}

# everything that is said of an open question is kept until its time is known
>> meeting at 7 tomorrow with Tom
>> an hour
>> with Anna too
>> call it roadmap
>> {friday} evening
< "roadmap" & "Tom and Anna" & "19:00–20:00"
= roadmap, {friday}, 19:00

# an answer about the time that names somebody as well invites them
>> meeting at 7 tomorrow with Tom
>> 8pm, lee@contoso.com too
< "lee@contoso.com"
= *

# a part of the day that is not among the hours that were offered is not taken, and that is said
>> book 45 min on {friday} afternoon for roadmap
>> in the morning
< notice.notTaken
< "14:00"

# “%1” under a question without a time is about that meeting
>> call with Piotr on friday
>> %1
< ask.time & %2
| add lee@contoso.com | "lee@contoso.com"
| call it roadmap | "roadmap"
| remove Piotr | !"Piotr"

# “%1” that fits no meeting under an open question is said not to be taken, and the question follows
>> call with Piotr on friday
>> %1
< notice.notTaken
< ask.time
| make the roadmap longer to 16:30
| an hour later

# of several times a day alone leaves those of that day, and another day their hours
>> meeting on {friday} or {friday+7} at 10am or 2pm about budget
< "10:00" & "14:00"
>> {friday+7} please
>> afternoon
= budget, {friday+7}, 14:00

# a length under “Move that meeting, or create another?” is not taken for an answer, and the hour is not lost
>> demo on {friday} at 4pm with Tom
>> 4:30pm
< choice.another
>> an hour
< notice.notTaken
< again
>> move it
= demo, {friday}, 16:30

# “%1” of a meeting that is not made yet shows how far it is
>> call with Piotr on friday
>> %1
< notice.notMadeYet
< "Piotr"
| how long is it?
| what is the link?

# “%1” under two drafts changes neither without a word
>> meeting monday 10am and tuesday 2pm with Alex
>> %1
< notice.oneOfSeveral
< again
>> yes
= *, 10:00; *, 14:00
| make it an hour later
| make it 11am

# changes of one meeting that are said one after the other are made by one yes
>> demo on {friday} at 4pm with Tom and Kim
>> actually not Tom
< choice.change
>> and an hour earlier
< "Tom" & "15:00–15:30"
= demo, {friday}, 16:00
>> yes
< !"Tom" & "Kim"
= demo, {friday}, 15:00

# “%1” between two changes of one meeting does not lose the first
>> demo on {friday} at 4pm with Tom and Kim
>> actually not Tom
>> %1
>> and an hour earlier
>> yes
< !"Tom"
= demo, {friday}, 15:00
| help
| what’s the link?

# a draft is still corrected after something else was said
>> tomorrow 3pm
>> help
>> make it 4pm
>> yes
= –, 16:00–16:30

# a change that makes no difference to the one that is shown is said not to be taken
>> demo on {friday} at 4pm with Tom and Kim
>> actually not Tom
>> actually not Sam
< notice.notTaken
< again
>> yes
< meeting.changed & !"Tom"

# a time that cannot be is told at once, and not left out of the change that is shown
>> demo on {friday} at 00:05 with Tom and Kim
>> actually not Tom
>> move it to yesterday
< !choice.change & "That time has already passed"
= demo, {friday}, 00:05

# nor is it taken for "move it", where that was one of two answers
>> demo on {friday} at 10:00
>> at 4pm
< choice.move
>> move it to 3 January 2026
< "That time has already passed"
= demo, {friday}, 10:00

# what of two wishes was not understood is said before the other is made
>> demo on {friday} at 10:00
>> captions on and no copying
< choice.change & "“captions on”"

# what names a meeting that is still asked about is said of that one, whatever was shown since
>> sync with Kim
< ask.when
>> budget on {friday} at 10:00
>> budget on {friday} should be an hour shorter
>> make the sync {friday+7} at 3pm
= budget, {friday}; sync, {friday+7}, 15:00
>> workshop with Tom
< ask.when
>> and the budget?
>> cancel the workshop
< notice.leftAsIs
= budget, {friday}; sync, {friday+7}, 15:00

# a change that counts from the time of the one before it is not taken into it, and that is said
>> demo on {friday} at 4pm with Tom and Kim
>> actually not Tom
>> and an hour earlier
>> and one hour earlier
< notice.notTaken
< "15:00–15:30"

# an hour beside a guest answers the question that is open, and makes no other meeting
> budget on 4 March 2030
> 11, with Zoe
= budget, 4 March, 11:00
> who is invited?
< "Zoe"

# an hour after a newer meeting is not taken for the answer to an older question
> meeting about budget
> Q3 review on 4 March 2030 at 15:00
> 16:00
< "Q3 review"
= Q3 review, 4 March, 15:00

# what can only answer the older question does, though a newer meeting was shown since
> budget on 5 March 2030 at 7
> Q3 review on 4 March 2030 at 15:00
> pm
= Q3 review, 4 March, 15:00; budget, 5 March, 19:00

# %1, typed: “%2” and then “%3”
> %2
= none
> %3
= %4
// The question is not open any more.
> pm
= *
| the time | meeting tomorrow about pricing | 2pm | pricing, {+1}, 14:00
| a bare hour | meeting tomorrow about pricing | at 3 | pricing, {+1}, 15:00
| day and time | meeting about pricing | tomorrow at 2pm | pricing, {+1}, 14:00
| from and until | meeting on 4 March 2030 about pricing | 2pm to 3pm | pricing, 4 March, 14:00–15:00
| the half of the day | 7 tomorrow, budget | pm | budget, {+1}, 19:00
| the evening | 7 tomorrow, budget | evening | budget, {+1}, 19:00
| which of two dates | 03/04/2030 11am review | 3 April 2030 | review, 3 April, 11:00

# a day alone leaves the time open, which can be typed then
> meeting about pricing
> 4 March 2030
= none
> 2pm
= pricing, 4 March, 14:00–14:30

# what cannot be read as an answer leaves the question open, and it is said again
> meeting tomorrow about pricing
> the usual thingy
< notice.notTaken
< again
> 2pm
= pricing, {+1}, 14:00

# what is not to be cancelled is no question about a meeting that is still to be made
> meeting tomorrow about pricing
> don't cancel it
< notice.leftAsIs
> 2pm
= pricing, {+1}, 14:00

# the week, the part of the day and the day that were said stay with the question
> call about hiring next week
> tuesday
> 2pm
> meeting tomorrow evening about the budget
> at 7
> meeting at 7 tomorrow about the rota
> the day after tomorrow actually
> morning
= hiring, {tuesday}, 14:00; budget, {+1}, 19:00; rota, {+2}, 07:00

# “never mind” closes the question
> meeting tomorrow about pricing
> never mind
< notice.leftAsIs
> pm
= none

# “undo” takes back the question that was asked last, and no older change
> Q3 review on 4 March 2030 at 15:00
> add Zoe
> call with Marc tomorrow
> undo
unchanged
>> 2pm
unchanged

# an undo that names a meeting is about that one, whatever question is open
> Q3 review on 4 March 2030 at 15:00
> move Q3 to 4pm
> call with Marc tomorrow
> undo the Q3 change
= Q3 review, 4 March, 15:00–15:30
`,
);

test('the form that comes instead of a change says why, and what was not accepted stays in sight', async () => {
  await world.type(ADA, 'demo on 4 March 2030 at 4pm');
  await world.type(ADA, 'make it 7 or 8');
  const form = world.newest(ADA);
  expect(textOf(form)).toContain(en['edit.unclear']);
  const hidden = nodes(cardOf(form)).flatMap(({ isVisible, id }) => (isVisible === false ? [id] : []));
  expect(hidden).toEqual(['options']);
});

test.each(['make it 4pm', 'cancel the meeting', 'what’s the link'])(
  '“%s” under somebody else’s card is told who can do that, and where the link is',
  async (text) => {
    await world.signIn(BEN);
    await world.ask(BEN, 'meeting about budget on 5 March 2030 at 10am');
    await world.mention(ADA, 'groupChat', 'demo on 4 March 2030 at 3pm');
    const before = world.times();
    await world.mention(BEN, 'groupChat', text);
    expect(textOf(world.newest('groupChat'))).toBe(en['notice.noneOfYours']);
    expect(world.times()).toEqual(before);
  },
);
