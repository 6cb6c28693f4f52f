import { globSync, readFileSync } from 'node:fs';
import { DateTime } from 'luxon';

/** One request and what must come back. `{name}` stands for a value of the place it runs in, or one that was kept. */
export type Step = {
  /** Method and path below the person's own address; `^` before the path: below the version. */
  call: string;
  headers?: Record<string, string>;
  body?: object;
  status: number | '4xx';
  /** Graph's error code. */
  code?: string;
  /** What the answer must hold besides whatever else it holds; `$…` stands for a kind of value. */
  answer?: Record<string, unknown>;
  /** Values of the answer for later steps, by dotted path. */
  keep?: Record<string, string>;
  standInOnly?: string;
};

/** A fact of the reference pages, in values of our own. */
export type Scenario = {
  title: string;
  /** Which page says so. */
  source: string;
  /** Default: whoever is there. */
  as?: 'person' | 'app';
  /** Why it says nothing about a real tenant. */
  standInOnly?: string;
  steps: readonly Step[];
};

/** A Graph to run against: the stand-in or a tenant. */
export type Place = {
  /** Root without a version. */
  url: string;
  kind: 'standIn' | 'tenant';
  as: 'person' | 'app';
  token: string;
  /** Below the version: whose meetings. */
  home: string;
  /** What `{user}`, `{colleague}` and so on stand for. */
  values: Readonly<Record<string, string>>;
};

/** All scenarios, by the file they stand in. */
export function readScenarios(): [string, Scenario][] {
  const files = globSync('test/contract/fixtures/*.json').sort();
  return files.flatMap((file) => {
    const scenarios = JSON.parse(readFileSync(file, 'utf8')) as Scenario[];
    return scenarios.map((scenario): [string, Scenario] => [scenario.title, scenario]);
  });
}

export const isFor = (place: Pick<Place, 'kind' | 'as'>, { as, standInOnly }: Scenario): boolean =>
  (as === undefined || as === place.as) && (standInOnly === undefined || place.kind === 'standIn');

export type Answered = { status: number; body: unknown };

/** Runs the steps in order and answers what differs, a line each; meetings that were made are deleted again. */
export async function run(
  scenario: Scenario,
  place: Place,
  onAnswer: (step: Step, answered: Answered) => void = () => undefined,
): Promise<string[]> {
  const tomorrow = DateTime.utc().plus({ days: 1 }).toISODate();
  let known: Record<string, string> = { tomorrow, run: crypto.randomUUID(), ...place.values };
  const wrong: string[] = [];
  const made: string[] = [];
  for (const step of scenario.steps) {
    if (step.standInOnly !== undefined && place.kind === 'tenant') continue;
    const answered = await send(fill(step, known), place);
    onAnswer(step, answered);
    if (answered.status === 201) made.push(String(at(answered.body, 'id')));
    wrong.push(...differences(fill(step, known), answered).map((line) => `${step.call}: ${line}`));
    const kept = Object.entries(step.keep ?? {}).map(([name, path]) => [
      name,
      String(at(answered.body, path)),
    ]);
    known = { ...known, ...Object.fromEntries(kept) };
  }
  const one = (id: string) => `DELETE /onlineMeetings/${encodeURIComponent(id)}`;
  for (const id of new Set(made)) await send({ call: one(id), status: 204 }, place, true);
  return wrong;
}

async function send(step: Step, { url, token, home }: Place, isEncoded = false): Promise<Answered> {
  const [method = '', target = ''] = split(step.call, ' ');
  const [path = '', filter] = split(target, '?$filter=');
  const whole = path.startsWith('^') ? path.slice(1) : `${home}${path}`;
  const encoded = isEncoded ? whole : whole.split('/').map(encodeURIComponent).join('/');
  const query = filter === undefined ? '' : `?$filter=${encodeURIComponent(filter)}`;
  const response = await fetch(`${url}/v1.0${encoded}${query}`, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(step.body && { 'Content-Type': 'application/json' }),
      ...step.headers,
    },
    ...(step.body && { body: JSON.stringify(step.body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('application/json');
  return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : null };
}

function split(text: string, by: string): [string, string?] {
  const place = text.indexOf(by);
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + by.length)];
}

function fill<T>(value: T, known: Record<string, string>): T {
  const text = JSON.stringify(value).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const found = known[name];
    return found === undefined ? whole : JSON.stringify(found).slice(1, -1);
  });
  return JSON.parse(text) as T;
}

function differences({ status, code, answer }: Step, { status: got, body }: Answered): string[] {
  const isExpected = status === '4xx' ? got >= 400 && got < 500 : got === status;
  if (!isExpected) return [`answered ${got} ${at(body, 'error.code') ?? ''}, not ${status}`];
  const isCode = code === undefined || at(body, 'error.code') === code;
  return [
    ...(isCode ? [] : [`code ${at(body, 'error.code')}, not ${code}`]),
    ...(answer === undefined ? [] : mismatches(answer, body, '')),
  ];
}

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

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
      value,
    );
}
