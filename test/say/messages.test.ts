import { globSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };

const CATALOGUES = globSync('bot/say/messages/*.json').map((file) => {
  const messages = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
  return { tag: file.slice(file.lastIndexOf('/') + 1, -'.json'.length), messages };
});
const KEYS = Object.keys(en);
const FILES = globSync('bot/{say,server}/**/*.ts');

type Element = { type: number; value?: string; options?: Record<string, { value: Element[] }> };
const [LITERAL, POUND] = [0, 7];

/** The names of a message's arguments, those inside of plurals and selects included. */
function argumentsOf(message: string): string[] {
  const walk = (elements: readonly Element[]): string[] =>
    elements.flatMap(({ type, value = '', options = {} }) => [
      ...(type === LITERAL || type === POUND ? [] : [value]),
      ...Object.values(options).flatMap((option) => walk(option.value)),
    ]);
  const ast = new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst();
  return [...new Set(walk(ast as Element[]))].sort();
}

/** The keys that a string or template literal can stand for. */
function keysOf(literal: string): string[] {
  const fixed = literal.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'));
  const pattern = new RegExp(`^${fixed.join('[\\w-]+')}$`);
  return fixed.length === 1 ? KEYS.filter((key) => key === literal) : KEYS.filter((key) => pattern.test(key));
}

const LITERALS = /'([\w.-]+)'|`((?:[\w.-]|\$\{[^}]*\})*\.(?:[\w.-]|\$\{[^}]*\})*)`/g;
const literalsIn = (code: string) =>
  [...code.matchAll(LITERALS)].map(([, plain, parts]) => plain ?? parts ?? '');

/** Every call of text(): its first argument, and its second where it has one. */
function* callsIn(code: string): Generator<{ key: string; values: string | null }> {
  for (const { index } of code.matchAll(/\btext\((?!key\b)/g)) {
    const parts = [''];
    let depth = 0;
    for (const character of code.slice(index + 'text('.length)) {
      if (')]}'.includes(character)) depth -= 1;
      if (depth < 0) break;
      if ('([{'.includes(character)) depth += 1;
      if (character === ',' && depth === 0) parts.push('');
      else parts[parts.length - 1] += character;
    }
    const [key = '', values = ''] = parts.map((part) => part.trim());
    yield { key, values: values === '' ? null : values };
  }
}

const CALLS = FILES.flatMap((file) =>
  [...callsIn(readFileSync(file, 'utf8'))].map((call) => ({ file, ...call })),
);

test('how sentences follow one another is in the catalogues, and not in code', () => {
  const glue = /\.join\('(?:[.:,;] ?| )'\)|`[^`]*\}[.:,] [^`]*`|`[^`]*\} \$\{/;
  const guilty = FILES.filter((file) => !/server\/http/.test(file)).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => glue.test(line) && !/key|locale|zoneIn|digits/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(guilty).toEqual([]);
});

test('every message is said somewhere', () => {
  const code = FILES.map((file) => readFileSync(file, 'utf8')).join('\n');
  const used = new Set(literalsIn(code).flatMap(keysOf));
  // Of a room the same is said otherwise.
  const chosen = [...code.matchAll(/\bforKind\(([^,]+),/g)].flatMap(([, key = '']) => literalsIn(key));
  const ofRooms = new Set(chosen.flatMap(keysOf).map((key) => `${key}Room`));
  const isSaid = (key: string) => used.has(key) || ofRooms.has(key);
  expect(KEYS.filter((key) => !isSaid(key))).toEqual([]);
});

// A key that is put together names one of several messages: rendering every sample proves those.
const EXACT = CALLS.filter(
  ({ key }) => !key.includes('`') && literalsIn(key).some((one) => KEYS.includes(one)),
);

test.each(EXACT)('text($key, $values) gives every argument', ({ key, values }) => {
  const keys = literalsIn(key).flatMap(keysOf);
  const wanted = [...new Set(keys.flatMap((one) => argumentsOf(en[one as keyof typeof en])))].sort();
  if (values === null) return expect(wanted).toEqual([]);
  // A variable, or members that are spread in, are proven by the samples too.
  if (!values.startsWith('{') || values.includes('...')) return expect(wanted).not.toEqual([]);
  const names = [...flat(values.slice(1, -1)).matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name]) => name);
  expect(names.sort()).toEqual(wanted);
});

/** Without what stands in brackets. */
function flat(code: string): string {
  const next = code.replaceAll(/\([^()]*\)/g, '');
  return next === code ? code : flat(next);
}

test.each(CATALOGUES)('$tag has what every catalogue has, with the same arguments', ({ tag, messages }) => {
  const isRegion = tag.includes('-');
  if (!isRegion) expect(messages.map(([key]) => key).sort()).toEqual(KEYS.toSorted());
  for (const [key, message] of messages) {
    const original = en[key as keyof typeof en];
    expect(original, key).toBeDefined();
    expect(argumentsOf(message), key).toEqual(argumentsOf(original));
    if (isRegion) expect(message).not.toBe(original);
    expect(message).not.toMatch(/'|\.\.\.|\bplease wait\b/i);
  }
});

test('American English spells as Americans do', () => {
  const american = CATALOGUES.find(({ tag }) => tag === 'en-US')?.messages ?? [];
  const all = Object.values({ ...en, ...Object.fromEntries(american) });
  expect(all.filter((message) => /organis|licence/.test(message))).toEqual([]);
});

const STIFF =
  /\b(shall|everybody|somebody|anybody|cannot|(do|does|did|is|are|was|were|has|have|could|would|need) not|I am|you are|(I|you|they) will|makes? (a|an|the|any|another|Teams|online) meetings?)\b/i;

test.each(CATALOGUES)('$tag has contractions and everyday words', ({ messages }) => {
  expect(messages.filter(([, message]) => STIFF.test(message))).toEqual([]);
});
