import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { NEEDS } from '../../bot/language/command.ts';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { render } from '../../bot/say/render.ts';
import { readSamples } from '../../cards/samples.ts';
import { type Node, nodes, texts } from './card.ts';
import { fault } from './schema.ts';

const SAMPLES = readSamples();
/** What a card may do: open a page, ask the bot, show what was folded away, and write for the person. */
const TAKEN = ['Action.OpenUrl', 'Action.Execute', 'Action.ToggleVisibility', 'Action.Submit'];
const LOCALES = ['en', 'en-GB', 'en-US', 'de-DE', 'fr-FR'];
/** User text in samples that looks like a binding and must come out as it went in. */
const BAIT = /\$\{\$root\.id[}…]/g;

const cases = SAMPLES.flatMap((sample) => {
  return LOCALES.map((locale) => [`${sample.name} in ${locale}`, sample, locale] as const);
});

describe.each(cases)('%s', (_name, sample, locale) => {
  const rendered = render(sample.reply, { ...sample.reader, locale });
  if (rendered.kind !== 'card') throw new Error(`${sample.name} is not a card`);
  const { card, summary } = rendered;
  const all = nodes(card);
  const actions = all.filter(({ type }) => type.startsWith('Action.'));
  const folded = all.filter(({ isVisible }) => isVisible === false).flatMap(nodes);
  const isRefresh = (action: Node) => action === (card.refresh as { action?: Node } | undefined)?.action;

  test('is a valid Adaptive Card 1.5 that Teams takes', () => {
    expect(fault(card)).toBeNull();
    // For an address Teams takes no newer one.
    expect(card.version).toBe(sample.reply.kind === 'link' ? '1.3' : '1.5');
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(25 * 1024);
  });

  test('has every field filled', () => {
    const left = texts(card).filter(({ text }) => text.replaceAll(BAIT, '').includes('${'));
    expect(left).toEqual([]);
    expect(JSON.stringify(card)).not.toMatch(/null|undefined|\[object|NaN|Invalid/);
    for (const { type, text } of all) {
      if (type === 'TextBlock' || type === 'TextRun') expect(text).toMatch(/\S/);
    }
  });

  test('is read aloud, summed up, and has words for old clients', () => {
    for (const words of [card.speak, card.fallbackText, summary]) expect(words).toMatch(/\S/);
    expect(`${card.speak} ${summary}`).not.toMatch(/[<>[\]*`\u202a-\u202e]/);
  });

  test('wraps, has a heading, and labels its inputs', () => {
    for (const node of all) {
      if (node.type === 'TextBlock') expect(node).toMatchObject({ wrap: true });
      // A switch is named by the sentence beside it.
      if (node.type.startsWith('Input.'))
        expect(node.type === 'Input.Toggle' ? node.title : node.label).toMatch(/\S/);
    }
    expect(all.some(({ type, style }) => type === 'TextBlock' && style === 'heading')).toBe(true);
    expect(
      all.some(({ type, items, columns }) => type !== 'AdaptiveCard' && [items, columns].some(isEmpty)),
    ).toBe(false);
  });

  test('has at most six buttons in a row with its menu and six in sight, each with a name and a way back', () => {
    const rows = all.flatMap(({ actions }) => (Array.isArray(actions) ? [actions as Node[]] : []));
    const inSight = rows.flat().filter((action) => action.mode !== 'secondary' && !folded.includes(action));
    for (const buttons of [...rows, inSight]) expect(buttons.length).toBeLessThanOrEqual(6);
    for (const action of actions) {
      expect(action.title).toMatch(/\S/);
      if (action.type === 'Action.OpenUrl') expect(action.url).toMatch(/^https:\/\//);
      if (action.type === 'Action.Execute' && !isRefresh(action)) {
        const { verb, data, title } = action;
        const fallback = { type: 'Action.Submit', title, data: { verb, ...(data as object) } };
        expect(action.fallback).toMatchObject(fallback);
      }
    }
    expect(actions.filter(({ type }) => !TAKEN.includes(type))).toEqual([]);
    // In a dialog only Action.Submit does anything; elsewhere a click is an Action.Execute, or says something.
    if (sample.reply.kind === 'newMeeting') {
      expect(actions).toMatchObject([{ type: 'Action.Submit', data: { verb: 'meet', id: sample.reply.id } }]);
      return;
    }
    for (const { data, title } of actions.filter(({ type }) => type === 'Action.Submit'))
      expect(data).toEqual({ msteams: { type: 'imBack', value: title } });
  });
});

describe.each(SAMPLES.filter(({ name }) => name.endsWith('.hostile')))('$name', ({ reply, reader }) => {
  const rendered = render(reply, reader);
  const card = rendered.kind === 'card' ? rendered.card : {};
  const all = nodes(card);

  test('shows what people typed in TextRuns and inputs only, where no markup is read, and as mentions', () => {
    const blocks = all.filter(({ type }) => !['TextRun', 'Input.Text'].includes(type));
    const mentions = all.flatMap(({ type, text }) => (type === 'mention' ? [String(text)] : []));
    const words = blocks
      .filter(({ type }) => type !== 'mention')
      .flatMap(({ text, value }) => texts([text, value]))
      .map(({ text }) => mentions.reduce((rest, mention) => rest.replace(mention, ''), text));
    expect(words.filter((text) => /evil|<|Everyone/.test(text))).toEqual([]);
  });

  test('says what people typed without markup on buttons, labels and choices, and in mentions', () => {
    const named = all.flatMap(({ title, label, choices, mentioned }) =>
      texts([title, label, choices, mentioned]),
    );
    expect(named.filter(({ name, text }) => name !== 'id' && /[<>[\]*`_\u202a-\u202e]/.test(text))).toEqual(
      [],
    );
    for (const { type, text } of all)
      if (type === 'mention') expect(text).toMatch(/^<at>[^<>[\]*`_]+<\/at>$/);
  });
});

test('every mention stands in a text letter for letter, or Teams refuses the card', () => {
  const told = SAMPLES.flatMap(({ reply, reader }) => {
    const rendered = render(reply, reader);
    const all = nodes(rendered.kind === 'card' ? rendered.card : null);
    const blocks = all.filter(({ type }) => type === 'TextBlock').map(({ text }) => String(text));
    const mentions = all.filter(({ type }) => type === 'mention').map(({ text }) => String(text));
    const inBlocks = blocks.flatMap((text) => text.match(/<at>.*?<\/at>/g) ?? []);
    expect(inBlocks).toEqual(mentions);
    return mentions;
  });
  expect(told.length).toBeGreaterThan(3);
});

test('there is a sample for every kind of card, and a hostile one wherever people typed something', () => {
  const names = SAMPLES.map(({ name }) => name);
  const kinds = readdirSync(new URL('../../cards', import.meta.url)).flatMap((file) => {
    return file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : [];
  });
  expect(kinds.length).toBeGreaterThan(10);
  expect(kinds.filter((kind) => !SAMPLES.some(({ reply }) => reply.kind === kind))).toEqual([]);
  const typed = kinds.filter((kind) => !['problem', 'settings', 'welcome'].includes(kind));
  expect(typed.filter((kind) => !names.includes(`${kind}.hostile`))).toEqual([]);
});

test('there is a sample for every problem, note and need', () => {
  const has = (kind: string, word: string) =>
    SAMPLES.some(({ reply }) => reply.kind === kind && JSON.stringify(reply).includes(`"${word}"`));
  const said = (pattern: RegExp) => Object.keys(en).flatMap((key) => pattern.exec(key)?.[1] ?? []);
  const problems = said(/^problem\.(\w+)\.title$/);
  const notes = said(/^note\.(\w+?)(?:Room)?$/);
  expect([problems.length, notes.length, NEEDS.length].every((count) => count > 3)).toBe(true);
  expect(problems.filter((problem) => !has('problem', problem))).toEqual([]);
  expect(notes.filter((note) => !has('meeting', note))).toEqual([]);
  expect(NEEDS.filter((need) => !has('ask', need))).toEqual([]);
});

test.each([
  ['a misspelt element', (card: Card) => ({ ...card, body: [{ type: 'TextBlok', text: 'x' }] })],
  ['a text without text', (card: Card) => ({ ...card, body: [{ type: 'TextBlock' }] })],
  ['an unknown size', (card: Card) => ({ ...card, body: [{ type: 'TextBlock', text: 'x', size: 'Huge' }] })],
  ['an action that leads nowhere', (card: Card) => ({ ...card, actions: [{ type: 'Action.OpenUrl' }] })],
])('the schema finds %s', (_name, spoil) => {
  const good = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'x' }] };
  expect(fault(good)).toBeNull();
  expect(fault(spoil(good))).toMatch(/body|actions/);
});

type Card = Record<string, unknown>;

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}
