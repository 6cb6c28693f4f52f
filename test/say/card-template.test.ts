import { globSync, readFileSync } from 'node:fs';
import { Template } from 'adaptivecards-templating';
import { expect, test } from 'vitest';
import { filler, outline } from '../../bot/say/card-template.ts';

const CASES: [string, unknown][] = [
  ['words and numbers', { title: 'Q3', revision: 2, isRoom: false }],
  ['nothing', { empty: [], none: null, text: '' }],
  ['lists in lists', { groups: [{ facts: [{ label: 'a', value: 'b' }] }, { facts: [] }], names: ['a', 'b'] }],
  ['what looks like a template', { title: ['$', '{title}'].join(''), text: '$data' }],
];

test.each(CASES)('%s come together again', (_name, data) => {
  const { shape, values } = outline(data);
  expect(filler(JSON.parse(shape))(values)).toEqual(data);
});

test('the same structure is the same shape; another length is another', () => {
  const shapeOf = (data: unknown) => outline(data).shape;
  expect(shapeOf({ names: ['a', 'b'] })).toBe(shapeOf({ names: ['c', 7] }));
  expect(shapeOf({ names: ['a', 'b'] })).not.toBe(shapeOf({ names: ['a'] }));
});

test('what is filled twice does not show through', () => {
  const fill = filler(JSON.parse(outline({ fixed: [], facts: [{ label: 'a' }] }).shape));
  const [first, second] = [fill(['one']), fill(['two'])];
  expect([first, second]).toEqual([
    { fixed: [], facts: [{ label: 'one' }] },
    { fixed: [], facts: [{ label: 'two' }] },
  ]);
});

// What the shortcut rests on. A condition or a sum in a template would need the values when it is expanded.
test.each(globSync('cards/*.json'))('%s asks only what is there', (file) => {
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain('$when');
  for (const [expression] of text.matchAll(/\$\{[^}]*\}/g)) expect(expression).toMatch(/^\$\{[$\w.]+\}$/);
});

test.each(globSync('cards/samples/*.json'))('%s comes out as the library alone would expand it', (file) => {
  const [, name = ''] = /samples[\\/](\w+)\./.exec(file) ?? [];
  const template = new Template(JSON.parse(readFileSync(`cards/${name}.json`, 'utf8')));
  const data = JSON.parse(readFileSync(file, 'utf8'));
  const { shape, values } = outline(data);
  const viaShape = filler(template.expand({ $root: JSON.parse(shape) }))(values);
  expect(viaShape).toEqual(template.expand({ $root: data }));
});
