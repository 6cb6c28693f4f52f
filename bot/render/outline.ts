/** Data as JSON without its words and numbers, each replaced by a mark that says which of `values` it was. */
type Outline = { shape: string; values: readonly unknown[] };

/** Takes data apart. What has the same structure has the same shape, whatever it says. */
export function outline(data: unknown): Outline {
  const values: unknown[] = [];
  const shape = JSON.stringify(data, (_name, value: unknown) =>
    typeof value === 'object' ? value : `${MARK}${values.push(value) - 1}`,
  );
  return { shape, values };
}

/** Puts values where the marks are. What has no mark is the same each time, and is not to be changed. */
export type Fill = (values: readonly unknown[]) => unknown;

/** Looks once where the marks are in what a shape became, so that filling it copies only what leads to them. */
export function filler(marked: unknown): Fill {
  return fillerOf(marked) ?? (() => marked);
}

/** Null where there is no mark. */
function fillerOf(marked: unknown): Fill | null {
  if (typeof marked === 'string' && marked.startsWith(MARK)) {
    const index = Number(marked.slice(1));
    return (values) => values[index];
  }
  if (typeof marked !== 'object' || marked === null) return null;
  const fills = Object.entries(marked).flatMap(([name, one]) => {
    const fill = fillerOf(one);
    return fill === null ? [] : [{ name, fill }];
  });
  if (fills.length === 0) return null;
  return (values) => {
    const copy = (Array.isArray(marked) ? [...marked] : { ...marked }) as Record<string, unknown>;
    for (const { name, fill } of fills) copy[name] = fill(values);
    return copy;
  };
}

/** No text of ours begins with it. */
const MARK = '\u0001';
