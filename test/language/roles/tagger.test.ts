import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LABEL_COUNT, labelOf, mayFollow } from '../../../bot/language/roles/labels.ts';
import { partsOf } from '../../../bot/language/roles/roles.ts';
import {
  bestLabels,
  FEATURES,
  packWeights,
  scoreLabels,
  withRules,
} from '../../../bot/language/roles/tagger.ts';
import { addRow, packTable, pairOf, unpackTable } from '../../../bot/language/roles/weights.ts';

const weight = fc.integer({ min: -50, max: 50 });
const transitions = fc
  .array(weight, { minLength: (LABEL_COUNT + 1) * LABEL_COUNT, maxLength: (LABEL_COUNT + 1) * LABEL_COUNT })
  .map((weights) => withRules(Int32Array.from(weights)));

function scoreOf(labels: readonly number[], scores: Int32Array, weights: Int32Array): number {
  return labels.reduce((sum, label, at) => {
    const before = at === 0 ? LABEL_COUNT : (labels[at - 1] ?? 0);
    return sum + (scores[at * LABEL_COUNT + label] ?? 0) + (weights[before * LABEL_COUNT + label] ?? 0);
  }, 0);
}

test('no sequence of labels is better than the one that is found', () => {
  const three = fc.array(weight, { minLength: 3 * LABEL_COUNT, maxLength: 3 * LABEL_COUNT });
  fc.assert(
    fc.property(three, transitions, (scores, weights) => {
      const emissions = Int32Array.from(scores);
      const found = [...bestLabels(emissions, weights)];
      let best = Number.NEGATIVE_INFINITY;
      for (let one = 0; one < LABEL_COUNT; one += 1)
        for (let two = 0; two < LABEL_COUNT; two += 1)
          for (let last = 0; last < LABEL_COUNT; last += 1)
            best = Math.max(best, scoreOf([one, two, last], emissions, weights));
      expect(scoreOf(found, emissions, weights)).toBe(best);
    }),
    { numRuns: 50 },
  );
});

test('no part goes on that has not begun, in a text of any length', () => {
  fc.assert(
    fc.property(fc.array(weight, { maxLength: 40 * LABEL_COUNT }), transitions, (scores, weights) => {
      const whole = scores.slice(0, scores.length - (scores.length % LABEL_COUNT));
      const labels = bestLabels(Int32Array.from(whole), weights);
      expect(labels.every((label, at) => mayFollow(at === 0 ? 0 : (labels[at - 1] ?? 0), label))).toBe(true);
    }),
  );
});

test('a table comes out of its bytes as it went in, and a damaged one is refused', () => {
  const table = {
    start: Uint32Array.from([0, 2, 2, 3]),
    pairs: Uint16Array.from([pairOf(0, -128), pairOf(4, 7), pairOf(2, 127)]),
  };
  const bytes = packTable(table);
  expect(unpackTable(bytes, 3)).toEqual(table);
  expect(() => unpackTable(bytes.slice(0, -1), 3)).toThrow('npm run learn');
  const scores = new Int32Array(5);
  addRow(table, 0, scores);
  expect([...scores]).toEqual([-128, 0, 0, 0, 7]);
});

test('labels are scored by the weights of all features, whatever these are', () => {
  const rows = 40;
  const weights = fc.array(
    fc.array(fc.integer({ min: -128, max: 127 }), { minLength: LABEL_COUNT, maxLength: LABEL_COUNT }),
    {
      minLength: rows,
      maxLength: rows,
    },
  );
  const features = fc.array(fc.nat({ max: rows - 1 }), { minLength: 2 * FEATURES, maxLength: 2 * FEATURES });
  fc.assert(
    fc.property(weights, features, (table, list) => {
      const pairs = table.flatMap((row) => row.map((weight, label) => pairOf(label, weight)));
      const start = Uint32Array.from({ length: rows + 1 }, (_none, row) => row * LABEL_COUNT);
      const scores = scoreLabels(
        packWeights({ start, pairs: Uint16Array.from(pairs) }),
        Uint32Array.from(list),
      );
      const expected = [0, 1].flatMap((token) =>
        Array.from({ length: LABEL_COUNT }, (_none, label) =>
          list
            .slice(token * FEATURES, (token + 1) * FEATURES)
            .reduce((sum, row) => sum + (table[row]?.[label] ?? 0), 0),
        ),
      );
      expect([...scores]).toEqual(expected);
    }),
  );
});

test('labels become parts; what says which meeting keeps its subject and guests', () => {
  const labels = Uint8Array.from([
    0,
    labelOf('which', true),
    labelOf('which.subject', true),
    labelOf('which.subject', false),
    labelOf('which', false),
    labelOf('which.guest', true),
    0,
    labelOf('guest', true),
    labelOf('guest', true),
  ]);
  expect(partsOf(labels)).toEqual([
    { role: 'which', first: 1, next: 6, subjects: [{ first: 2, next: 4 }], guests: [{ first: 5, next: 6 }] },
    { role: 'guest', first: 7, next: 8 },
    { role: 'guest', first: 8, next: 9 },
  ]);
});
