import { ADA } from '../../deploy/sandbox/people.ts';
import { dialogues } from './dialogue.ts';
import { ownWorld, signedIn } from './own-world.ts';

// What a yes, a no and what is said beside them are about, and when they are about nothing.
const world = await ownWorld({ before: signedIn(ADA) });

const Q3 = 'Q3 review on 4 March 2030 at 15:00';

dialogues(
  world,
  `
# “%1” under “Cancel this meeting?” cancels it
> ${Q3}
> cancel the Q3 meeting
= Q3 review
> %1
= none
| yes
| yes please
| ok
| yep, cancel it

# “%1” keeps it, and a “yes” after that is about nothing
> ${Q3}
> cancel the Q3 meeting
> %1
< notice.leftAsIs
> yes
= Q3 review
| no
| no wait, keep it
| never mind
| keep it
| stop
| oops no, dont
| no dont

# “%1” is no yes, and it is said that nothing is done yet
> ${Q3}
> cancel it
>> %1
< notice.notDoneYet
< again
= Q3 review
> yes
= none
| ok perfect thx
| perfect

# “ok thanks” cancels nothing
> ${Q3}
> cancel the Q3 meeting
> ok thanks
= Q3 review

# “yes” is about the last thing only: not about a cancellation before another meeting, or one that was kept
> ${Q3}
> cancel the Q3 meeting
> meeting on 5 March 2030 at 9:30 about roadmap
> yes
= Q3 review; roadmap
> cancel the Q3 meeting
* confirm.keep
> yes
= Q3 review; roadmap

# “yes” where nothing was asked changes nothing
> yes
< notice.nothingAsked

# a yes beside another wish is asked for once more, and the wish is carried out
> ${Q3}
> lunch on 5 March 2030 at 13:00
> cancel the lunch
>> yes, and move the Q3 review to 16:00
< "16:00"
< notice.notDoneYet
< again
= Q3 review, 4 March, 16:00; lunch, 5 March, 13:00

# a yes in words is not for the question of before once a button has asked something else
> ${Q3}
>> until 1
* meeting.newLink @ 1
>> yes
< notice.stillOpen
< again
= Q3 review, 15:00–15:30

# “no, the other one” asks the same of the other meeting, and each button is about the meeting on its card
> ${Q3}
> pricing on 5 March 2030 at 15:00
> cancel the pricing meeting
> no, the other one
< "Q3 review"
* confirm.yes @ 3
= Q3 review

# a meeting that was asked about and kept is the one that is spoken of
> ${Q3}
> pricing on 5 March 2030 at 15:00
> cancel the Q3 review
> no wait keep it
> move it to 4:30pm instead
= Q3 review, 4 March, 16:30–17:00; pricing, 5 March, 15:00–15:30

# “%1” closes what was asked last, and a “yes” after that makes nothing
>> tomorrow 3pm
< draft.title
>> meeting about budget
> %1
< notice.leftAsIs
// The draft before it is still open.
>> yes
< notice.stillOpen
< again
= none
| cancel it
| cancel budget
| never mind

# a “yes” after something else was said makes no draft, but shows it again; the next one makes it
>> tomorrow 3pm
>> help
>> yes
< notice.stillOpen
< again
= none
>> yes
= *

# the button of a draft after which something else was said still works
>> tomorrow 3pm
>> help
* draft.create @ 1
= *

# “%1” after “Cancel this meeting?” leaves it open: a “yes” asks once more, and the next one cancels
> ${Q3}
> cancel it
>> %1
>> yes
< notice.stillOpen
< again
= Q3 review
>> yes
= none
| what’s the link?
| my meetings
| zxcv qwer asdf
| help

# a “yes” after “Sign out?” and something else asks that once more
> ${Q3}
>> sign out
>> my meetings
>> yes
< notice.stillOpen
< again

# a “yes” that names what was asked is clearly about it
> ${Q3}
> cancel it
> my meetings
> yes please cancel
= none

# a cancellation that another meeting came after is asked once more, and of the meeting that it was about
> ${Q3}
> cancel it
> budget on 5 March 2030 at 14:00
> yes please cancel
< notice.stillOpen
< again
= Q3 review; budget
>> yes
= budget

# “create it” is no yes to “Cancel this meeting?”
> ${Q3}
> cancel the Q3 review
> create it
< confirm.yes
= Q3 review
> yes, cancel it
= none

# “%1”, which may be about the question, is named in a question of its own
> meeting about Q3 on 4 March 2030 at 15:00
> cancel it
>> %1
< %2
| add a passcode | "Passcode needed"
| make Ben co-organiser | "Ben"

# “%1”: where more than one is meant it goes one by one, and that is said
>> budget on 4 March 2030 at 10:00
>> audit on 4 March 2030 at 15:00
>> retro on 5 March 2030 at 15:00
>> %1
< notice.oneByOne
< "budget" & "audit" & %2
= budget; audit; retro
| cancel everything | "retro"
| cancel both | "retro"
| cancel everything on 4 March 2030 | !"retro"
| move both to 6 March 2030 | "retro"

# the one of several that is chosen is cancelled after a yes, and no other
>> budget on 4 March 2030 at 10:00
>> audit on 4 March 2030 at 15:00
>> retro on 5 March 2030 at 15:00
>> cancel all my meetings
>> the second one
< "audit"
>> yes
= budget; retro
`,
);
