import { DateTime } from 'luxon';

/** What of `expected` is not so in `actual`, a line each. Members that nobody expects are nobody's business. */
export function mismatches(expected: unknown, actual: unknown, path: string): string[] {
  const here = path === '' ? 'the answer' : path;
  if (typeof expected === 'string' && expected.startsWith('$')) {
    return isOfKind(expected, actual) ? [] : [`${here} is ${JSON.stringify(actual)}, not ${expected}`];
  }
  if (typeof expected !== 'object' || expected === null) {
    return expected === actual
      ? []
      : [`${here} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
  }
  if (typeof actual !== 'object' || actual === null) return [`${here} is ${JSON.stringify(actual)}`];
  const sizes = Array.isArray(expected) && Array.isArray(actual) && expected.length !== actual.length;
  if (sizes) return [`${here} has ${actual.length} items, not ${expected.length}`];
  return Object.entries(expected).flatMap(([name, value]) =>
    mismatches(value, (actual as Record<string, unknown>)[name], path === '' ? name : `${path}.${name}`),
  );
}

function isOfKind(kind: string, value: unknown): boolean {
  const [name = '', rest = ''] = split(kind, ' ');
  switch (name) {
    case '$text':
      return (rest === 'or null' && value === null) || (typeof value === 'string' && value !== '');
    case '$digits':
      return typeof value === 'string' && /^[\d\s]+$/.test(value);
    case '$https':
      return typeof value === 'string' && value.startsWith('https://');
    case '$boolean':
      return typeof value === 'boolean';
    case '$object':
      return typeof value === 'object' && (value !== null || rest === 'or null');
    case '$matches':
      return typeof value === 'string' && new RegExp(rest, 'i').test(value);
    case '$instant':
      return isInstant(value, rest);
    default:
      throw new Error(`${kind} is no kind of value`);
  }
}

/** To the millisecond, as JavaScript keeps no more; `same`: the instant it must be, if that is known. */
function isInstant(value: unknown, same: string): boolean {
  if (typeof value !== 'string' || !/(?:Z|[+-]\d\d:\d\d)$/.test(value)) return false;
  const at = DateTime.fromISO(value, { zone: 'utc' });
  return at.isValid && (same === '' || at.toMillis() === DateTime.fromISO(same).toMillis());
}

/** The value at a dotted path, as far as there is one. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
      value,
    );
}

/** In two at the first `by`. */
export function split(text: string, by: string): [string, string?] {
  const place = text.indexOf(by);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + by.length)];
}
