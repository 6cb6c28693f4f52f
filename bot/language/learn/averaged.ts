import { pairOf, type SparseTable } from '../roles/weights.ts';

/**
 * Weights of an averaged perceptron, whole numbers throughout, so that every machine learns the same. Each update is
 * counted with the step it came at, and the average over all steps is taken at the end (Daumé's way).
 */
export class AveragedWeights {
  readonly weights: Int32Array;
  private readonly late: Float64Array;
  private step = 1;

  constructor(size: number) {
    this.weights = new Int32Array(size);
    this.late = new Float64Array(size);
  }

  /** Changes one weight. */
  update(index: number, by: number): void {
    this.weights[index] = (this.weights[index] ?? 0) + by;
    this.late[index] = (this.late[index] ?? 0) + by * this.step;
  }

  /** Says that one more example has been seen, or that so many are left as they are. */
  nextStep(steps = 1): void {
    this.step += steps;
  }

  /** The average of every weight over all steps. */
  average(): Float64Array {
    const averages = new Float64Array(this.weights.length);
    for (let index = 0; index < averages.length; index += 1)
      averages[index] = (this.weights[index] ?? 0) - (this.late[index] ?? 0) / this.step;
    return averages;
  }
}

/** What 127 stands for, and what is too small to be kept so that no more than `most` weights are. */
export type Precision = { scale: number; least: number };

/** The precision at which the largest weights are kept. The few that are larger than 127 are cut off. */
export function precisionOf(averages: Float64Array, most: number): Precision {
  const sizes = averages
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort();
  const scale = (sizes[Math.floor(sizes.length * 0.9995)] ?? 1) / 127;
  return { scale, least: Math.max(sizes[sizes.length - most - 1] ?? 0, scale / 2) };
}

/** Averages as whole numbers in one table, without those that are too small. */
export function quantize(
  averages: Float64Array,
  columnCount: number,
  { scale, least }: Precision,
): SparseTable {
  const start = new Uint32Array(averages.length / columnCount + 1);
  const pairs: number[] = [];
  for (let index = 0; index < averages.length; index += 1) {
    const average = averages[index] ?? 0;
    if (Math.abs(average) > least) {
      const weight = Math.max(-127, Math.min(127, Math.round(average / scale)));
      pairs.push(pairOf(index % columnCount, weight));
    }
    if ((index + 1) % columnCount === 0) start[(index + 1) / columnCount] = pairs.length;
  }
  return { start, pairs: Uint16Array.from(pairs) };
}
