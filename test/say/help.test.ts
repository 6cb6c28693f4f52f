import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { type Reply, render } from '../../bot/say/render.ts';
import type { PhrasePlace } from '../../bot/say/words/phrases.ts';
import { readSamples } from '../../cards/samples.ts';
import { type Node, nodes, read } from '../cards/card.ts';
import { cardOf, draw, sampleOf } from '../cards/draw.ts';
import { readText } from '../language/reading.ts';

/** What help offers, in sight and folded away: the rows whose text is bold below the heading. */
function phrasesOf(card: unknown): { inSight: string[]; folded: string[] } {
  const bold = (all: readonly Node[]) =>
    all
      .filter(({ weight, style }) => weight === 'Bolder' && style !== 'heading')
      .map(({ text }) => String(text));
  const folded = bold(nodes(nodes(card).filter(({ isVisible }) => isVisible === false)));
  return { inSight: bold(nodes(card)).filter((phrase) => !folded.includes(phrase)), folded };
}

const unknown = (quoted: string, place: PhrasePlace = 'personal') =>
  cardOf(render({ kind: 'help', quoted, place }, sampleOf('help.asked').reader));

describe('help', () => {
  test.each([
    ['help.asked', ['meeting tomorrow 3pm about Q3', 'meet now', 'our standup room', 'my meetings']],
    [
      'help.group',
      [
        '@Parley tomorrow 3pm design review with @Sam',
        '@Parley meet now',
        '@Parley call in 20 minutes with lee@contoso.com',
        '@Parley our standup room',
      ],
    ],
  ])('%s begins with four phrases that work there', (name, phrases) => {
    expect(phrasesOf(draw(name)).inSight).toEqual(phrases);
  });

  test('in a person’s own chat a tap writes the phrase; in a group, where Teams would leave the mention out, none does', () => {
    const written = (name: string) =>
      nodes(draw(name))
        .filter(({ type }) => type === 'Action.Submit')
        .map(({ data }) => (data as { msteams: { value: string } }).msteams.value);
    expect(written('help.asked')).toEqual(phrasesOf(draw('help.asked')).inSight);
    expect(written('welcome.first')).toHaveLength(3);
    expect([...written('help.group'), ...written('welcome.group')]).toEqual([]);
  });

  test('in a group offers nothing that is private, and says where to ask for it', () => {
    const { folded } = phrasesOf(draw('help.group'));
    expect(folded.length).toBeGreaterThan(3);
    expect(folded.filter((phrase) => !phrase.startsWith('@Parley '))).toEqual([]);
    expect(folded.join()).not.toMatch(/my meetings|settings|sign/);
    expect(read(draw('help.group'))).toContain(en['help.private']);
  });

  const MEANT: Record<string, string> = {
    'our standup room': 'create',
    'my meetings': 'list',
    'move Q3 to 4pm': 'reschedule',
    'add lee@contoso.com to Q3': 'reschedule',
    'no lobby for Q3': 'reschedule',
    'link for Q3': 'show',
    'invitation for Q3 in French': 'invitation',
    'cancel the Q3 meeting': 'cancel',
    settings: 'settings',
    'sign out': 'signout',
  };

  test.each(
    ['help.asked', 'help.group', 'welcome.first', 'welcome.group'].flatMap((name) => {
      const { inSight, folded } = phrasesOf(draw(name));
      return [...inSight, ...folded].map((phrase) => [name, phrase]);
    }),
  )('%s: “%s” is understood', (_name, phrase = '') => {
    const text = phrase.replaceAll(/(?<!\w)@(\w+)/g, '<at>$1</at>');
    expect(readText(text).command.kind).toBe(MEANT[phrase.replace('@Parley ', '')] ?? 'create');
  });
});

describe('what an answer offers instead', () => {
  const answers = readSamples().filter(({ reply }) => reply.kind === 'answer' && !reply.about);
  const drawn = (place: PhrasePlace) =>
    answers.flatMap(({ reply, reader }) => {
      const { inSight } = phrasesOf(cardOf(render({ ...reply, place } as Reply, reader)));
      return inSight.filter((line) => en['answer.works'] !== line);
    });

  test.each(['personal', 'group'] as const)('is understood (%s)', (place) => {
    const phrases = [...new Set(drawn(place))];
    expect(phrases.length).toBeGreaterThan(8);
    const left = phrases.filter((phrase) => {
      const { command } = readText(phrase.replaceAll(/(?<!\w)@(\w+)/g, '<at>$1</at>'));
      return command.kind === 'none';
    });
    expect(left).toEqual([]);
  });

  test('in a group mentions the bot, and is nothing private', () => {
    const phrases = drawn('group');
    expect(phrases.filter((phrase) => !phrase.startsWith('@Parley '))).toEqual([]);
    expect(phrases.join()).not.toContain('my meetings');
  });
});

test.each([
  ['set timezone Berlin', 'set my time zone to Berlin'],
  ['linkk for Q3', 'link for Q3'],
])('“%s”: “%s” is an example, and no tap sends it', (quoted, phrase) => {
  const card = unknown(quoted);
  expect(read(card)).toContain(phrase);
  expect(nodes(card).filter(({ type }) => type === 'Action.Submit')).toEqual([]);
});

describe('what was not understood', () => {
  test.each([
    ['my meetngs', ['my meetings']],
    ['show my meetings pls', ['my meetings']],
    ['setings', ['settings']],
    ['helpp', ['help']],
    ['sign inn', ['sign in']],
    ['set timezone Berlin', ['set my time zone to Berlin']],
    ['when is the Q3 review?', []],
    ['who can organise', []],
    ['is Ben free tomorrow at 3?', []],
    ['asdf qwer', []],
    ['stop', []],
    ['no wait, keep it', []],
    ['could you maybe look into the thing from before', []],
  ])('“%s” is offered %j', (quoted, phrases) => {
    expect(phrasesOf(unknown(quoted)).inSight).toEqual(phrases);
  });

  test.each(['cancel teh Q3 meeting', 'sign me out', 'new linkk for Q3'])(
    '“%s” is offered nothing that deletes',
    (quoted) => {
      const { inSight } = phrasesOf(unknown(quoted));
      expect(inSight.filter((phrase) => /^(cancel|sign out|new link)/.test(phrase))).toEqual([]);
    },
  );

  test('where nothing is likely, what to do is said', () => {
    expect(read(unknown('when is the Q3 review?'))).toEqual([
      'Sorry, I didn’t get that',
      'when is the Q3 review?',
      en['help.what'],
      'To see what else I can do, write “help”.',
    ]);
    expect(read(unknown('when is the Q3 review?', 'group'))).toContain(
      'To see what else I can do, write “@Parley help”.',
    );
    expect(read(unknown('setings', 'group')).join()).not.toContain('settings');
  });
});
