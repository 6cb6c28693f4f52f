import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { dialogues } from './dialogue.ts';
import { READ, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const Q3 = 'Q3 review on 4 March 2030 at 15:00';
const GUESTS = `${Q3} with lee@contoso.com and kim@contoso.com`;
const meeting = (subject: string) => world.alive().find((candidate) => candidate.subject === subject);

test.each<[string, string, string, string]>([
  ['move Q3 to 4pm', 'Q3 review', '2030-03-04T16:00:00Z', '2030-03-04T16:30:00Z'],
  ['make it 45 minutes', 'Q3 review', '2030-03-04T15:00:00Z', '2030-03-04T15:45:00Z'],
  ['rename it to Q3 numbers', 'Q3 numbers', '2030-03-04T15:00:00Z', '2030-03-04T15:30:00Z'],
])(
  '“%s” changes the meeting and keeps its link; its older card points to the new one',
  async (text, subject, start, end) => {
    const card = await world.ask(ADA, Q3);
    const link = world.alive()[0]?.joinWebUrl;
    await world.ask(ADA, text);
    expect(world.alive()).toMatchObject([
      { subject, startDateTime: start, endDateTime: end, joinWebUrl: link },
    ]);
    expect(textOf(card)).toBe(en['ended.newer']);
    expect(world.lastText(ADA)).toContain(subject);
  },
);

test('however often a meeting is changed or shown, its newest card shows it, and the others are one line', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'move Q3 to 4pm');
  await world.ask(ADA, 'show me the Q3 meeting');
  await world.ask(ADA, 'move Q3 to 5pm');
  const older = () => world.said(ADA).slice(0, 3).map(textOf);
  expect(world.said(ADA)).toHaveLength(4);
  expect(older()).toEqual(Array(3).fill(en['ended.newer']));
  expect(world.lastText(ADA)).toContain('17:00–17:30');
  // The first of its buttons goes back to what was before.
  await world.click(ADA, world.newest(ADA), 'change');
  expect(world.lastText(ADA)).toContain('16:00–16:30');
  expect(older()).toEqual(Array(3).fill(en['ended.newer']));
  await world.click(ADA, world.newest(ADA), 'cancel', { confirmed: true });
  expect(world.said(ADA).map(textOf).join()).not.toContain(en['ended.newer']);
  expect(world.said(ADA)).toHaveLength(4);
});

dialogues(
  world,
  `
# “cancel …” asks once, and both cards say that it is cancelled
> ${Q3}
> cancel the Q3 meeting
< confirm.yes
= Q3 review
* confirm.yes
1< ended.cancelled
2< ended.cancelled
= none

# a meeting that is cancelled by a typed yes is told whole on one card, and on its older ones in one line
> ${Q3}
> move Q3 to 4pm
> cancel it
> yes
< ended.again
1< ended.cancelled & !"Q3"
2< ended.cancelled & !"Q3"

# where several fit, one question with a button each; the answer changes that one only
> budget on 4 March 2030 at 15:00
> budget on 5 March 2030 at 11:00
> move the budget meeting to 4pm
< "11:00"
unchanged
* /11:00/
= budget, 4 March, 15:00; budget, 5 March, 16:00

# “%1”, which nobody made
> ${Q3}
> %1
< notice.noSuchMeeting
= Q3 review, 4 March, 15:00
| move the offsite to 4pm
| cancel the offsite
| new link for the offsite
| link for the offsite

# “link for …” asks which where several fit
> budget on 4 March 2030 at 15:00
> budget on 5 March 2030 at 11:00
> link for the budget
< which.show
* /11:00/
< "11:00"

# among others, what somebody made elsewhere is neither named nor touched
> redundancies on 4 March 2030 at 15:00
group> move the redundancies meeting to 5 March 2030
< notice.noneOfYours
group> cancel the redundancies meeting
< notice.noneOfYours
unchanged
= redundancies, 4 March

# "it" is the meeting that was spoken of last, not the one that was made last
> ${Q3}
> budget on 5 March 2030 at 10:00
> our standup room
> move the Q3 review to 16:00
> make it 45 minutes
> rename it to Q3 numbers
= Q3 numbers, 16:00–16:45; budget, 10:00–10:30; standup room

# “%1” shows the card of that meeting, and nothing is changed
> ${Q3}
> budget on 5 March 2030 at 10:00
> %1
< "Q3 review"
unchanged
> make it 45 minutes
= Q3 review, 15:00–15:45; budget, 10:00–10:30
| link for Q3
| what’s the passcode for the Q3 review?
| who is invited to Q3
| show me the Q3 review

# “remove … from Q3” takes a guest off the list, and says that the link still works
> ${GUESTS}
> remove kim@contoso.com from Q3
< "lee@contoso.com" & !"kim@contoso.com" & note.guestsLeft
> remove Bo from Q3
< notice.noSuchGuest
> who is invited to Q3
< "lee@contoso.com"

# “%1” is answered with that alone, and its card stays the newest
> ${GUESTS}
> move it to 4pm
> undo
> %1
< %2 & !meeting.join
1< ended.newer
3< meeting.join
| who’s coming? | "Q3 review: lee@contoso.com and kim@contoso.com"
| wer kommt? | "Q3 review: lee@contoso.com and kim@contoso.com"
| when is it? | "Q3 review: Monday 4 March 2030, 15:00–15:30 London time (UTC+0)"
| how long is it | "Q3 review: 30 minutes"
| who made this meeting | "Q3 review: ${en['details.yours']}"
| what’s the link? | "Q3 review: https://"
| quel est le lien ? | "Q3 review: https://"
| what’s the passcode? | "Q3 review: Passcode "
| link and passcode for Q3 | "Passcode "
| when is it in Kolkata? | "Q3 review: Monday 4 March 2030, 20:30–21:00 Kolkata time (UTC+5:30)"
| is it recorded? | "Q3 review: Doesn’t record automatically"
| is there a lobby? | "Q3 review: Guests from outside wait in the lobby"

# what a follow-up changes is the meeting that was asked about
> ${Q3}
> budget on 5 March 2030 at 10:00
> link and passcode for Q3
> make it an hour
= Q3 review, 15:00–16:00; budget, 10:00–10:30

# where nobody is invited, that is said
> budget on 5 March 2030 at 10:00
> who is invited?
< "budget: ${en['details.nobody']}"

# of two on the day that is said it is asked which
> budget on 8 March 2030 at 10:00 with lee@contoso.com
> audit on 8 March 2030 at 15:00 with kim@contoso.com
> who’s invited to the 8 March 2030 one?
< "budget" & "audit"

# a meeting without a subject is called as on its card
> meeting on 4 March 2030 at 15:00 with Dmitri
> meeting on 5 March 2030 at 15:00 with Kim and Lee
> passcode?
< "Meeting with Kim and Lee: Passcode "
> how long is the one with Dmitri?
< "Meeting with Dmitri: 30 minutes"

# in a group the organizer’s question is answered there in one line
group> design review on 4 March 2030 at 15:00 with @Ben
group> who’s coming?
< "design review: ${BEN.name}" & !meeting.join
`,
);

test('a link, a passcode and a number to dial are answered as Graph gave them', async () => {
  await world.ask(ADA, Q3);
  const [there] = world.alive();
  const lines = (await world.answer(ADA, 'link and passcode for Q3')).split('\n\n');
  expect(lines).toEqual([`Q3 review: ${there?.joinWebUrl}`, `Q3 review: Passcode ${there?.passcode}`]);
  const line = await world.answer(ADA, 'dial in number?');
  expect(line).toContain(en['meeting.toll']);
  expect(line.replaceAll(/\s/g, '')).toContain(`${there?.conferenceId}#`);
  expect(line).not.toContain(en['meeting.meetingId']);
});

test('a time that cannot be is asked with the form, filled with how things are', async () => {
  await world.ask(ADA, 'Q3 review on 30 March 2030 at 01:30');
  const form = await world.ask(ADA, 'move Q3 to 31 March 2030');
  expect(textOf(form)).toContain(en['edit.dst']);
  await world.click(ADA, form, 'change', { ...world.form(ADA, form), time: '03:30' });
  await until(() => meeting('Q3 review')?.startDateTime === '2030-03-31T02:30:00Z');
});

test('a time that has passed is told, and the form shows it on the clock of the meeting', async () => {
  await world.ask(ADA, Q3);
  await world.ask(ADA, 'set my time zone to Tokyo');
  const form = await world.ask(ADA, 'move the Q3 review to 7pm yesterday');
  expect(textOf(form)).toContain(en['edit.past']);
  expect(world.form(ADA, form)).toMatchObject({ date: '2030-03-05', time: '10:00' });
  expect(meeting('Q3 review')?.startDateTime).toContain('2030-03-04T15:00');
});

test.each(['move it to after lunch on 4 March 2030', 'verschieb es auf den 4. März 2030 nach dem Essen'])(
  '“%s”: the form has the day, and no hour before one is chosen',
  async (text) => {
    await world.ask(ADA, 'meeting on 8 March 2030 at 3pm about budget');
    const form = await world.ask(ADA, text);
    expect(world.form(ADA, form)).toMatchObject({ date: '2030-03-04', time: '' });
    expect(meeting('budget')?.startDateTime).toContain('2030-03-08');
  },
);

test.each([
  ['push Q3 by an hour', { startDateTime: '2030-03-04T16:00:00Z' }],
  ['new link for Q3', { startDateTime: '2030-03-04T15:00:00Z' }],
])(
  '“%s”, whose answer did not get through and which is delivered again, is done once',
  async (text, expected) => {
    await world.ask(ADA, Q3);
    const message = world.message(ADA, text);
    const mend = ['POST', 'PUT'].map((method) => world.faults.add({ service: 'channel', method }, 500));
    expect((await world.channel.deliver(message)).status).toBe(500);
    const made = structuredClone(world.graph.meetings);
    expect(world.alive()).toMatchObject([expected]);
    for (const off of mend) off();
    expect((await world.channel.deliver(message)).status).toBe(200);
    expect(world.graph.meetings).toEqual(made);
    await until(() => world.said(ADA).length === 2);
  },
);

test('a meeting of a channel is changed and cancelled from the chat of two, and the channel sees it', async () => {
  await world.mention(ADA, 'channel', 'design review on 4 March 2030 at 15:00');
  const [card] = world.said('channel');
  await world.ask(ADA, 'move design review to 4pm');
  expect(textOf(card)).toContain(en['meeting.seenMoved']);
  expect(textOf(card)).toContain('16:00');
  expect(textOf(card)).not.toContain(en['meeting.newLink']);
  const question = await world.ask(ADA, 'cancel design review');
  await world.confirm(ADA, question, 'cancel');
  expect(textOf(card)).toContain(en['ended.cancelled']);
  expect(world.said(ADA)).toHaveLength(2);
  expect(world.said('channel')).toHaveLength(1);
});

test('“add … to Q3” adds a guest to that meeting and keeps its link', async () => {
  await world.ask(ADA, `${Q3} with cy@fabrikam.com`);
  await world.ask(ADA, 'budget on 5 March 2030 at 10:00');
  const link = meeting('Q3 review')?.joinWebUrl;
  const card = await world.ask(ADA, 'add lee@fabrikam.com to Q3');
  for (const words of ['lee@fabrikam.com', 'cy@fabrikam.com', en['note.shareLink']])
    expect(textOf(card)).toContain(words);
  expect(meeting('Q3 review')?.joinWebUrl).toBe(link);
  expect(await world.answer(ADA, 'who is invited to Q3')).toContain('lee@fabrikam.com');
});

test('in a channel, somebody who is mentioned is added to a meeting that was made there', async () => {
  await world.mention(ADA, 'channel', 'design review on 4 March 2030 at 15:00');
  await world.mention(ADA, 'channel', 'add @Ben', BEN);
  expect(JSON.stringify(meeting('design review')?.attendees)).toContain(BEN.oid);
  await world.mention(ADA, 'channel', 'remove @Ben from the design review', BEN);
  expect(meeting('design review')?.attendees).toEqual([]);
});

test('who wants something else with a meeting that is worked on hears so, and nothing of it is lost', async () => {
  const card = await world.ask(ADA, Q3);
  const before = world.alive()[0]?.joinWebUrl ?? '';
  await world.click(ADA, card, 'cancel');
  const data = { ...world.dataOf(ADA, card, 'cancel'), ...READ };
  await world.click(ADA, card, 'view');
  world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'slow', ms: 2_500 }, 1);
  const renewed = world.clickAndConfirm(ADA, card, 'regenerate');
  await until(() => world.faults.list().length === 0);
  await world.channel.execute(ADA, card.id, { type: 'Action.Execute', verb: 'cancel', data });
  expect(card.notices.get(ADA.oid)).toBe(en['notice.otherWork']);
  await renewed;
  await until(() => textOf(card).includes(en['note.oldLinkLocked']));
  expect(world.alive()).toHaveLength(1);
  expect(JSON.stringify(card.activity)).not.toContain(before);
  await world.clickAndConfirm(ADA, card, 'cancel');
  expect(world.alive()).toEqual([]);
}, 30_000);

test('the same button pressed twice is answered twice with what came of it', async () => {
  const card = await world.ask(ADA, Q3);
  await world.click(ADA, card, 'regenerate');
  world.faults.add({ service: 'graph', method: 'POST' }, { kind: 'slow', ms: 1_000 }, 1);
  const both = await Promise.all([1, 2].map(() => world.confirm(ADA, card, 'regenerate')));
  expect(both).toMatchObject([{ shown: 'card' }, { shown: 'card' }]);
  for (const { body } of both) expect(JSON.stringify(body)).toContain(world.alive()[0]?.joinWebUrl);
  expect(world.sent('POST')).toHaveLength(2);
  expect(world.alive()).toHaveLength(1);
});
