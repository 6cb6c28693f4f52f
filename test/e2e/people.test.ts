import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import fr from '../../bot/say/messages/fr.json' with { type: 'json' };
import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
import { ADA, BEN, FELIX, GINA } from '../../deploy/sandbox/people.ts';
import { cardOf, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const SENTENCE = 'meeting tomorrow 3pm about the budget';

const world = await ownWorld();

test.each(['hi', SENTENCE, 'sign in'])(
  'a person of another tenant who writes "%s" is told, and nothing more',
  async (text) => {
    world.entra.consent(FELIX.oid);
    await world.write(FELIX, text);
    expect(world.lastText(FELIX)).toContain(en['problem.otherTenant.title']);
    expect(world.lastText(FELIX)).toContain(en['problem.otherTenant.next']);
    expect(world.said(FELIX)).toHaveLength(1);
    expect(world.entra.state.requests.filter(({ grant }) => grant === 'on_behalf_of')).toEqual([]);
  },
);

test('a tenant that is none of Entra’s is told the same, and is not in the log', async () => {
  const id = `a line of its own "} ${'x'.repeat(3_000)}`;
  await world.write(ADA, 'hi', { overrides: { channelData: { tenant: { id } } } });
  expect(world.lastText(ADA)).toContain(en['problem.otherTenant.title']);
  await until(() => world.log().includes('"tenant":"unknown"'));
  expect(world.log()).not.toContain('of its own');
});

test('a token of another tenant’s person is refused in their own chat too', async () => {
  world.entra.consent(FELIX.oid);
  const value = { id: 'e', connectionName: '', token: await world.entra.ssoToken(FELIX) };
  expect(await world.invoke(FELIX, 'signin/tokenExchange', value)).toMatchObject({ status: 412 });
  expect(world.entra.state.requests.filter(({ grant }) => grant === 'on_behalf_of')).toEqual([]);
});

test('somebody without a directory account is told what they need', async () => {
  const from = { id: '29:1-somebody', name: 'Somebody' };
  await world.write(ADA, SENTENCE, { overrides: { from } });
  expect(world.lastText(ADA)).toContain(en['problem.personalAccount.title']);
  expect(world.graph.requests).toEqual([]);
});

test('a guest whom Graph lets make no meetings is told so after signing in', async () => {
  world.entra.consent(GINA.oid);
  await world.write(GINA, SENTENCE);
  expect(world.said(GINA)).toHaveLength(2);
  expect(world.lastText(GINA)).toContain(fr['problem.forbidden.title']);
  expect(world.alive()).toEqual([]);
});

test('two people are kept apart', async () => {
  await world.signIn(ADA, BEN);
  await Promise.all([world.write(ADA, SENTENCE), world.write(BEN, SENTENCE)]);
  expect(world.organizers().sort()).toEqual([ADA.oid, BEN.oid].sort());
  for (const person of [ADA, BEN]) {
    const own = world.alive().find(({ organizer }) => organizer === person.oid);
    expect(world.cards(person)).toHaveLength(1);
    expect(JSON.stringify(world.said(person)[0]?.activity)).toContain(own?.joinWebUrl);
  }
});

test('one person’s sign-out leaves the other signed in', async () => {
  await world.signIn(ADA, BEN);
  await world.signOut(ADA);
  await world.write(BEN, 'sign in');
  expect(world.lastText(BEN)).toBe(en['notice.alreadySignedIn']);
});

test.each<[string, string, string]>([
  ['nothing', '', en['help.title']],
  ['blanks', ' \n\t ', en['help.title']],
  ['only what nobody sees', '\u200b\u202e\u0000', en['help.title']],
  ['only markup', '<p>&nbsp;</p>', en['help.title']],
  ['a greeting', 'hi', en['help.title']],
  ['a call for help', 'help', en['help.title']],
  ['a command of other bots', '/help', en['help.title']],
  ['a picture', '🦆', en['help.unknown']],
  ['nonsense', 'qwertz asdfgh yxcvbn', en['help.unknown']],
  ['20,000 characters', 'meeting '.repeat(2_500), en['notice.tooLong']],
  ['20,000 brackets', '<'.repeat(20_000), en['notice.tooLong']],
  ['2,000 digits', '1'.repeat(2_000), en['help.unknown']],
])('%s gets a clear answer', async (_name, text, answer) => {
  const { status } = await world.channel.say(ADA, world.chat(ADA).id, text);
  expect(status).toBe(200);
  expect(world.lastText(ADA)).toContain(answer);
  expect(world.said(ADA)).toHaveLength(1);
});

test('a phrase of the help is written by a tap', async () => {
  await world.signIn(ADA);
  await world.write(ADA, 'help');
  const help = world.newest(ADA);
  const tap = actionsIn(cardOf(help)).find(({ title }) => title === en['phrase.create']);
  if (tap === undefined) throw new Error('nothing to tap');
  await world.channel.submit(ADA, help.id, tap);
  await until(() => world.alive().length === 1);
  const written = world.chat(ADA).messages.filter(({ author }) => author.kind === 'person');
  expect(written.map(({ activity }) => activity.text)).toEqual(['help', en['phrase.create']]);
  expect(world.alive()).toMatchObject([{ subject: 'Q3', organizer: ADA.oid }]);
});

test('only the mention of the bot gets help, in a group and in a channel: with what can be written there', async () => {
  for (const type of ['groupChat', 'channel'] as const) {
    await world.mention(ADA, type, '');
    expect(world.lastText(type)).toContain(en['help.title']);
    expect(world.lastText(type)).toContain(en['help.private']);
    await world.mention(ADA, type, 'qwertz asdfgh');
    expect(world.said(type)).toHaveLength(2);
    expect(world.lastText(type)).toContain('@Parley help');
  }
});

test.each<[string, string]>([
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the very text that a template would fill
  ['a template’s own marks', '${$root.id} ${title} ${if(true, 1, 2)}'],
  ['markdown', 'plan **bold** [link](https://evil.example) # head'],
  ['quotes and backslashes', 'C:\\temp\\new "quoted" \\u0041'],
  ['a script', 'alert(1) // javascript:alert(1)'],
  ['other scripts', 'بودجه 予算 бюджет 🎉'],
])('%s in a subject stay text', async (_name, subject) => {
  await world.signIn(ADA);
  await world.write(ADA, `meeting tomorrow 3pm about "${subject.replaceAll('"', '')}"`);
  const [meeting] = world.alive();
  expect(meeting?.subject).toBe(subject.replaceAll('"', ''));
  // What would look like an address has invisible breaks, so that no client makes a link of it.
  const shown = textOf(world.cards(ADA)[0]).replaceAll('\u200b', '');
  expect(shown).toContain(meeting?.subject);
});

test.each<[string, string]>([
  ['tags', 'meeting tomorrow 3pm about <b>bold</b> <img src=x onerror=alert(1)> budget'],
  ['control characters', 'meeting tomorrow 3pm about bud\u0007get\u0000 \u202egnitem\u202c'],
  ['a mention that is none', 'meeting tomorrow 3pm about <at>Ben Castellanos</at> budget'],
])('%s in a message lose their power on the way', async (_name, text) => {
  await world.signIn(ADA);
  await world.write(ADA, text);
  const subject = world.alive()[0]?.subject ?? '';
  expect(subject).not.toMatch(/[<>\p{Cc}\u202a-\u202e]/u);
  expect(world.graph.requests[0]?.body).not.toHaveProperty('participants');
});

test('what was not understood is said back as text', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the very text that a template would fill
  const text = 'qwertz ${$root} **asdfgh**';
  await world.write(ADA, text);
  expect(world.lastText(ADA)).toContain(text);
});

test.each<[string, object]>([
  [
    'mentions that are nonsense',
    { entities: [null, 7, { type: 'mention' }, { type: 'mention', text: '(((', mentioned: 3 }] },
  ],
  [
    'a thousand mentions',
    {
      entities: Array.from({ length: 1_000 }, (_, i) => ({
        type: 'mention',
        text: `<at>${i}</at>`,
        mentioned: { id: `29:${i}`, name: `${i}` },
      })),
    },
  ],
  ['a zone of Mars', { localTimezone: 'Mars/Olympus', entities: [] }],
  ['a language that is none', { locale: '../../etc/passwd', entities: [] }],
  ['a time that is none', { timestamp: 'yesterday', localTimestamp: 'tomorrow' }],
  ['a value', { value: { some: 'thing' } }],
  ['attachments', { attachments: [{ contentType: 'image/png', contentUrl: 'http://169.254.169.254/' }] }],
])('an activity with %s is answered like any other', async (_name, overrides) => {
  await world.write(ADA, 'help', { overrides });
  expect(world.lastText(ADA)).toContain(en['help.title']);
});
