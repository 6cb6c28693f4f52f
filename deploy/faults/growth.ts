/** Seconds that something was looked at, its size at the end, and by how much it grew in an hour at the rate of the second half. */
export type Growth = { seconds: number; megabytes: number; perHour: number };

/** The straight line through the second half of the samples (milliseconds, MB): the first is spent on growing up. */
export function growthOf(samples: readonly (readonly [number, number])[]): Growth {
  const half = samples.slice(Math.floor(samples.length / 2));
  const [at, size] = [meanOf(half.map(([ms]) => ms)), meanOf(half.map(([, mb]) => mb))];
  const over = half.reduce((sum, [ms, mb]) => sum + (ms - at) * (mb - size), 0);
  const under = half.reduce((sum, [ms]) => sum + (ms - at) ** 2, 0);
  const last = samples.at(-1) ?? [0, 0];
  const perHour = under === 0 ? 0 : (over / under) * 3_600_000;
  return {
    seconds: Math.round(last[0] / 1_000),
    megabytes: Math.round(last[1]),
    perHour: Math.round(perHour * 10) / 10,
  };
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, one) => sum + one, 0) / (values.length || 1);

/** The largest of the first half of the values, and of the second; 0 where there are none. */
export function mostOfHalves(values: readonly number[]): readonly [number, number] {
  const middle = Math.floor(values.length / 2);
  const mostOf = (some: readonly number[]) => some.reduce((one, other) => Math.max(one, other), 0);
  return [mostOf(values.slice(0, middle)), mostOf(values.slice(middle))];
}

const TENTH = 0.1;

/**
 * What is compared of a run of so many commands: the second tenth of them, because the first is spent on growing up, and the last.
 * By commands and not by time, because a machine that others use may stand still for minutes.
 */
export function compared(commands: number) {
  const tenth = Math.floor(commands * TENTH);
  return { first: [tenth, 2 * tenth], last: [commands - tenth, commands] } as const;
}
