/** Data without its words and numbers, each replaced by a mark that says which of `values` it was. */
type Outline = { shape: unknown; values: readonly unknown[] };

/** No text of ours begins with it. */
const MARK = '\u0001';

/** Takes data apart. What has the same structure has the same shape, whatever it says. */
export function outline(data: unknown): Outline {
  const values: unknown[] = [];
  const strip = (value: unknown): unknown => {
    if (value === null || value === undefined) return value;
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value === 'object') return mapValues(value, strip);
    return MARK + (values.push(value) - 1);
  };
  return { shape: strip(data), values };
}

/** A copy of `marked` with values where the marks are. */
export function fill(marked: unknown, values: readonly unknown[]): unknown {
  if (typeof marked === 'string') return marked.startsWith(MARK) ? values[Number(marked.slice(1))] : marked;
  if (Array.isArray(marked)) return marked.map((one) => fill(one, values));
  if (typeof marked !== 'object' || marked === null) return marked;
  return mapValues(marked, (one) => fill(one, values));
}

function mapValues(object: object, change: (value: unknown) => unknown): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) changed[name] = change(value);
  return changed;
}
