import type { DateTime } from 'luxon';
import type { Command, CreateCommand, Invitee, Reading, Utterance } from './command/command.ts';
import { type Understood, understand } from './command/create.ts';
import { parse } from './command/parse.ts';
import { toWire, toWireRoom } from './graph/to-wire.ts';
import { DEFAULT_MINUTES, type Decision, decide } from './meeting/decide.ts';
import { render } from './say/render.ts';
import type { Reply } from './say/reply.ts';

/**
 * How one message is read, for a person: word by word, what was assumed, what must be asked and why, what would be
 * sent to Graph, and what the card would say. Nothing is sent.
 */
export function explain(utterance: Utterance, reading: Reading): string {
  const command = parse(utterance, reading);
  const asked = `${reading.now.toFormat('cccc d LLLL yyyy, HH:mm')}, ${reading.zone ?? 'zone unknown'}, ${reading.locale}`;
  const parts = [
    section(`“${utterance.text}”`, [asked]),
    section('Read as', words(understand(utterance, reading))),
    ...(command.kind === 'create' ? ofCreate(command, reading) : [section('Understood', ofOther(command))]),
  ];
  return parts.join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

const KINDS = {
  clock: 'time',
  date: 'day',
  length: 'length',
  relative: 'from now',
  zone: 'time zone',
  part: 'part of the day',
  repeat: 'repetition',
  now: 'now',
  sometime: 'a time only the person knows',
  option: 'option',
} as const;

/** Every piece that means something, in its place; a piece that looks like a time inside the subject stays subject. */
function words({ text, tokens, items, people, picked, subject, title }: Understood): string[] {
  const cut = (first: number, next: number) =>
    text.slice(tokens[first]?.from ?? 0, tokens[next - 1]?.to ?? text.length);
  const pieces = [
    ...items
      .filter((item) => item.kind === 'option' || picked.used.has(item))
      .map((item) => ({ ...item, as: KINDS[item.kind] as string })),
    ...people.map((person) => ({ ...person, as: 'guest' })),
    ...(subject ? [{ first: subject.cueFirst, next: subject.next, as: 'subject' }] : []),
  ].sort((a, b) => a.first - b.first);
  const lines = pieces.map(({ first, next, as }) => row(cut(first, next), as));
  return subject || title === null ? lines : [...lines, row(title, 'subject, as what is left')];
}

const row = (left: string, right: string) => `${left.padEnd(28)} ${right}`;
const none = (text: string) => (text === '' ? '–' : text);

function ofCreate(command: CreateCommand, reading: Reading): string[] {
  const decision = decide(command, { asked: reading.now, now: reading.now }, { minutes: DEFAULT_MINUTES });
  return [
    section('Understood', understood(command, decision)),
    section('Assumed', assumed(command, decision)),
    ...outcome(command, decision, reading),
  ];
}

function understood(command: CreateCommand, decision: Decision): string[] {
  const span = decision.kind === 'create' ? decision.draft : command.when;
  return [
    row('intent', command.mode === 'scheduled' ? 'create a meeting' : `create a meeting (${command.mode})`),
    row('start', span ? instant(span.start) : none(command.day ?? '')),
    row('end', span?.end ? instant(span.end) : '–'),
    row('subject', none(command.subject ?? '')),
    row('guests', none(command.invitees.map(nameOf).join(', '))),
    row(
      'options',
      none(
        Object.entries(command.options)
          .map(([name, value]) => `${name}: ${value}`)
          .join(', '),
      ),
    ),
  ];
}

const instant = (at: DateTime) => `${at.toFormat("ccc d LLL yyyy, HH:mm 'UTC'ZZ")} (${at.zoneName})`;
const nameOf = (invitee: Invitee) => (invitee.kind === 'email' ? invitee.email : invitee.name);

function assumed({ assumed: guesses }: CreateCommand, decision: Decision): string[] {
  const lines = guesses.map(({ said, taken, alternative }) => {
    const other = alternative === null ? '' : `, not ${instant(alternative.start)}`;
    return row(said === '' ? 'unsaid' : `“${said}”`, `taken as ${instant(taken)}${other}`);
  });
  const minutes = decision.kind === 'create' ? decision.draft.assumedMinutes : null;
  const length = minutes === null ? [] : [row('length', `${minutes} minutes, because none was given`)];
  const all = [...lines, ...length];
  return all.length > 0 ? all : ['nothing'];
}

function outcome(command: CreateCommand, decision: Decision, { zone, locale, now }: Reading): string[] {
  switch (decision.kind) {
    case 'room': {
      const body = toWireRoom({ ...decision.room, guests: [], externalId: 'parley-…' });
      const path = 'POST /v1.0/me/onlineMeetings/createOrGet';
      return [section('Asked', ['nothing']), section('Sent to Graph', [path, ...json(body)])];
    }
    case 'ask': {
      const { subject } = command;
      const reply: Reply = { kind: 'ask', id: 'example', zone, subject, ...decision.question };
      const { needs, unmet } = decision.question;
      const why = `because of: ${[...needs, ...unmet].join(', ')}`;
      return [section('Asked', [why, ...texts(render(reply, { locale, zone, now }))])];
    }
    case 'create': {
      const body = toWire(
        { ...decision.draft, guests: [] },
        { joinHosts: [], templates: new Map(), labels: new Map(), lacks: new Set() },
      );
      return [
        section('Asked', ['nothing']),
        section('Sent to Graph', ['POST /v1.0/me/onlineMeetings', ...json(body)]),
      ];
    }
    default:
      return decision satisfies never;
  }
}

const json = (body: object) => JSON.stringify(body, null, 2).split('\n');

function ofOther({ kind, ...rest }: Exclude<Command, CreateCommand>): string[] {
  const details = Object.entries(rest).map(([name, value]) => row(name, JSON.stringify(value)));
  return [row('intent', kind), ...details];
}

/** What stands on a card, line by line. */
function texts(rendered: ReturnType<typeof render>): string[] {
  if (rendered.kind !== 'card') return [rendered.text];
  const found: string[] = [];
  JSON.stringify(rendered.card.body, (name, value: unknown) => {
    if ((name === 'text' || name === 'title' || name === 'label') && typeof value === 'string')
      found.push(value);
    return value;
  });
  return [...new Set(found)].map((text) => `| ${text}`);
}
