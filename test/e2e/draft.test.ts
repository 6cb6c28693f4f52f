import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { dialogues } from './dialogue.ts';
import { ownWorld, signedIn } from './own-world.ts';

// What may have been read wrongly, or falls on another meeting, is shown first, and made by one click or a typed yes.
const world = await ownWorld({ before: signedIn(ADA) });

const Q3 = 'meeting on 4 March 2030 at 15:00 about Q3';
const HIS = 'catch up with Ben on 4 March 2030 at 3pm his time';
const CLASH = en['draft.clash'].replace('{subject}', 'Q3').replace('{time}', '15:00');

dialogues(
  world,
  `
# a doubted meeting is shown with what made it unsure, and one click makes it, once
>> 4 March 2030 at 15:00
< draft.title & draft.unsure
= none
* draft.create
= –, 4 March 2030, 15:00

# a typed “yes” makes it, “no” lets it go
>> 4 March 2030 at 15:00
> no
< notice.leftAsIs
> yes
= none
>> 4 March 2030 at 15:00
> yes
= –, 4 March 2030, 15:00

# what is read as a change because meetings are called so is read the same when it goes on
> Budgetrunde on 4 March 2030 at 15:00
> Budgetrunde on 11 March 2030 at 15:00
>> verschieb die Budgetrunde auf 18. März 2030
< which.change
> the second one
> yes
= Budgetrunde, 4 March, 15:00; Budgetrunde, 18 March, 15:00

# an end that may be the evening or the next morning is shown before it is taken
> ${Q3.replace('15:00', '16:00')}
>> until 11
< "16:00–23:00"
= Q3, 16:00–16:30
> yes
= Q3, 16:00–23:00

# an undo that may have been read wrongly names what it takes back
> ${Q3} with Lee
> move it to 4pm and add Kim
>> nee, doch wie zuvor
< "15:00–15:30" & "Kim"
* choice.undoIt
= Q3, 4 March, 15:00

# “%1” under a draft corrects the draft, and touches no meeting
>> tomorrow 3pm
>> %1
< draft.title
= none
>> yes
= %2
| make it 4pm | –, 16:00–16:30
| 4pm | –, 16:00–16:30
| half an hour later | –, 15:30–16:00
| make it an hour | –, 15:00–16:00
| call it roadmap | roadmap, 15:00–15:30

# corrections add up; a guest is added and taken off again
>> tomorrow 3pm
>> make it 4pm
>> call it roadmap
>> add lee@contoso.com and kim@contoso.com
< draft.title & "kim@contoso.com"
>> remove kim@contoso.com
>> create it
< "lee@contoso.com" & !"kim@contoso.com"
= roadmap, 16:00–16:30

# somebody who is named under a draft without a verb is invited
>> tomorrow 3pm
>> with Anna
< draft.title & "Anna"

# the button of a draft that was corrected since shows the new one, and makes nothing
>> tomorrow 3pm
>> make it 4pm
* draft.create @ 1
= none
1< "16:00"
* draft.create @ 1
= –, 16:00–16:30

# a meeting that is named is changed beside the draft, and one that was made before it stays
>> ${Q3}
>> ${Q3.replace('Q3', 'budget')}
>> make it 4pm
= Q3, 15:00–15:30; budget, 16:00–16:30
>> meeting on 4 March 2030 at 16:00 about roadmap
< draft.title
>> move Q3 to 5pm
= Q3, 17:00–17:30; budget, 16:00–16:30

# %1 at the time of one that is there is said first, and made by one click
>> ${Q3}
>> meeting on 4 March 2030 at 15:00 about %2
< "${CLASH}"
= Q3
* draft.createAnyway
= Q3; %2
| the same sentence | Q3
| another meeting | budget

# “no” to that makes none, “yes” makes it
>> ${Q3}
>> ${Q3}
>> no
= Q3
>> ${Q3}
>> yes
= Q3; Q3

# a time that was typed to a question is said, too
>> ${Q3}
>> meeting about budget
>> 4 March 2030 at 3pm
< "${CLASH}"
= Q3

# a meeting is moved to a time that is taken only after a click
>> ${Q3}
>> meeting on 4 March 2030 at 10:00 about budget
>> move budget to 3pm
< "${CLASH}" & choice.changeAnyway
= Q3; budget, 4 March, 10:00
* choice.changeIt
= Q3; budget, 4 March, 15:00

# a length alone, and a time that is free, need no click
>> ${Q3}
>> ${Q3.replace('Q3', 'budget')}
>> yes
>> make it 45 minutes
>> move it to 5pm
< "17:00"
= Q3; budget, 4 March, 17:00–17:45

// “3pm his time”: nothing is made until it is known whose time that is.
# nothing is made without a zone
> ${HIS}
< "Which time zone is Ben in?" & !"London time"
* ask.submit
= none
> make it 45 min
= none

# “%1”, typed to that question, answers it
> ${HIS}
> %1
= *, 4 March, 20:00
| New York
| he's in New York
`,
);

test('whose zone is not known is asked, with a field to choose it', async () => {
  const question = await world.ask(ADA, HIS);
  await world.press(ADA, question, en['ask.submit'], { zone: 'America/New_York' });
  expect(world.times().map(([, ...hours]) => hours)).toEqual([['20:00', '20:30']]);
});

test('in a group nobody reads what else the asker has at that time', async () => {
  await world.signIn(BEN);
  // Its name must not be able to stand in a passcode by chance.
  await world.type(ADA, Q3.replace('Q3', 'redundancies'));
  const text = 'meeting on 4 March 2030 at 15:00 about budget';
  await world.mention(ADA, 'groupChat', text);
  expect(world.lastText('groupChat')).not.toContain('redundancies');
  expect(world.subjects()).toEqual(['redundancies', 'budget']);
  await world.mention(BEN, 'groupChat', text);
  expect(world.said('groupChat')).toHaveLength(2);
  expect(world.subjects()).toEqual(['redundancies', 'budget', 'budget']);
});
