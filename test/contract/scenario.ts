import { globSync, readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { at, mismatches, split } from './matching.ts';

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
type Scenario = {
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

/** Whether it says something about this place. */
export const isFor = (place: Pick<Place, 'kind' | 'as'>, { as, standInOnly }: Scenario): boolean =>
  (as === undefined || as === place.as) && (standInOnly === undefined || place.kind === 'standIn');

/** What came back, whatever it is. */
export type Answered = { status: number; body: unknown };

/** Runs the steps in order and answers what differs, a line each; meetings that were made are deleted again. */
export async function run(
  scenario: Scenario,
  place: Place,
  onAnswer: (step: Step, answered: Answered) => void = () => undefined,
): Promise<string[]> {
  const inDays = (days: number) => DateTime.utc().plus({ days }).toISODate();
  let known: Record<string, string> = {
    tomorrow: inDays(1),
    inAWeek: inDays(8),
    run: crypto.randomUUID(),
    ...place.values,
  };
  const wrong: string[] = [];
  const made = new Map<string, Step>();
  for (const step of scenario.steps) {
    if (step.standInOnly !== undefined && place.kind === 'tenant') continue;
    const answered = await send(step, known, place);
    onAnswer(step, answered);
    if (answered.status === 201) made.set(String(at(answered.body, 'id')), step);
    wrong.push(...differences(fill(step, known), answered).map((line) => `${step.call}: ${line}`));
    const kept = Object.entries(step.keep ?? {}).map(([name, path]) => [
      name,
      String(at(answered.body, path)),
    ]);
    known = { ...known, ...Object.fromEntries(kept) };
  }
  for (const [id, { call, headers = {} }] of made) {
    const kind = call.startsWith('POST /events') ? 'events' : 'onlineMeetings';
    await send({ call: `DELETE /${kind}/{id}`, headers }, { id }, place);
  }
  return wrong;
}

async function send(
  step: Pick<Step, 'call' | 'headers' | 'body'>,
  known: Record<string, string>,
  place: Place,
): Promise<Answered> {
  const body = step.body && JSON.stringify(fill(step.body, known));
  const response = await fetch(addressOf(step, known, place), {
    method: split(step.call, ' ')[0],
    headers: {
      Authorization: `Bearer ${place.token}`,
      ...(body && { 'Content-Type': 'application/json' }),
      ...step.headers,
    },
    ...(body && { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('application/json');
  return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : null };
}

/** Ids may hold anything, so each is encoded by itself; a quote within a filter's text is doubled. */
function addressOf(
  { call }: Pick<Step, 'call'>,
  known: Record<string, string>,
  { url, home }: Place,
): string {
  const [path = '', filter] = split(split(call, ' ')[1] ?? '', '?$filter=');
  const whole = path.startsWith('^') ? path.slice(1) : `${home}${path}`;
  const value = (name: string) => known[name] ?? `{${name}}`;
  const encoded = whole.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(value(name)));
  const text = filter?.replace(/\{(\w+)\}/g, (_, name: string) => value(name).replaceAll("'", "''"));
  return `${url}/v1.0${encoded}${text === undefined ? '' : `?$filter=${encodeURIComponent(text)}`}`;
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
