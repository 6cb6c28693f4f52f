import type { DateTime } from 'luxon';
import { toWire, toWireRoom } from './graph/meeting-wire.ts';
import type { Command, CreateCommand, Utterance } from './language/command.ts';
import { read } from './language/read.ts';
import type { Frame, Reading, Sentence, Way } from './language/reading.ts';
import { textOf } from './language/said.ts';
import type { Token } from './language/text/tokens.ts';
import { DEFAULT_MINUTES, type Decision, decide } from './meeting/decide.ts';
import { writtenName } from './meeting/guest-list.ts';
import { type Reply, render } from './say/render.ts';

/**
 * How one message is read, for a person: word by word, what made it sure or unsure, what was assumed, what must be asked
 * and why, what would be sent to Graph, and what the card would say. Nothing is sent.
 */
export function explain(utterance: Utterance, frame: Frame): string {
  const reading = read(utterance, frame);
  const { command, sentence } = reading;
  const asked = `${frame.now.toFormat('cccc d LLLL yyyy, HH:mm')}, ${frame.zone ?? 'zone unknown'}, ${frame.locale}`;
  const parts = [
    section(`“${utterance.text}”`, [asked]),
    ...(sentence ? [section('Read as', words(sentence))] : []),
    section('Sure', sure(reading)),
    ...(command.kind === 'create' ? ofCreate(command, frame) : [section('Understood', ofOther(command))]),
  ];
  return parts.join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

const ROLES = { subject: 'subject', guest: 'guest', option: 'option', which: 'which meeting' } as const;
const KINDS = {
  clock: 'time',
  until: 'end',
  date: 'day',
  length: 'length',
  relative: 'from now',
  shift: 'later or earlier',
  zone: 'time zone',
  part: 'part of the day',
  repeat: 'repetition',
  ending: 'end of a series',
  now: 'now',
  notice: 'so long before',
  vague: 'a time without a value',
} as const;

/** One row for each token: the part it belongs to, or what the lexicon knows of it. */
function words(sentence: Sentence): string[] {
  const { text, tokens, parts, times, options, knowledge } = sentence;
  const spans = [
    ...times.map((time) => ({ ...time, as: time.weak ? `${KINDS[time.kind]}, perhaps` : KINDS[time.kind] })),
    ...parts.map((part) => ({ ...part, as: ROLES[part.role] })),
    ...options.map((option) => ({ ...option, as: 'option' })),
  ];
  return tokens.flatMap((_token: Token, at) => {
    const around = spans.filter(({ first, next }) => at >= first && at < next);
    if (around.length > 0 && !around.some(({ first }) => first === at)) return [];
    const [place] = around.toSorted((a, b) => b.next - b.first - (a.next - a.first));
    if (!place) return [row(textOf(text, tokens, { first: at, next: at + 1 }), knowledge[at] ?? '')];
    const all = [...new Set(around.map(({ as }) => as))].join(', ');
    return [row(textOf(text, tokens, place), all)];
  });
}

const WAYS: Readonly<Record<Way, string>> = {
  do: 'done at once',
  draft: 'shown for one click',
  ask: 'asked',
  leave: 'left alone',
};

/** What made the reading sure or unsure. */
function sure({ language, way, doubts, sentence }: Reading): string[] {
  const opinions = sentence
    ? [
        row('learned', `${sentence.act}, ${sentence.margin} ahead of ${sentence.next}`),
        row('the words', `${sentence.opinion === 'silent' ? 'say nothing of it' : sentence.opinion}`),
      ]
    : [];
  const lines = doubts.map(({ why, words: said }) => row(`doubt: ${why}`, said === '' ? '–' : `“${said}”`));
  return [
    row('language', language ?? 'none that is known'),
    ...opinions,
    ...lines,
    row('so it is', WAYS[way]),
  ];
}

const row = (left: string, right: string) => `${left.padEnd(28)} ${right}`;
const none = (text: string) => (text === '' ? '–' : text);

function ofCreate(command: CreateCommand, frame: Frame): string[] {
  const decision = decide(command, { asked: frame.now, now: frame.now }, { minutes: DEFAULT_MINUTES });
  return [
    section('Understood', understood(command, decision)),
    section('Assumed', assumed(command, decision)),
    ...outcome(command, decision, frame),
  ];
}

function understood(command: CreateCommand, decision: Decision): string[] {
  const span = decision.kind === 'create' ? decision.draft : command.when;
  return [
    row('intent', command.mode === 'scheduled' ? 'create a meeting' : `create a meeting (${command.mode})`),
    row('start', span ? instant(span.start) : none(command.day ?? '')),
    row('end', span?.end ? instant(span.end) : '–'),
    row('repeats', command.recurrence ? JSON.stringify(command.recurrence) : '–'),
    row('calendar', none(command.calendar ?? '')),
    row('subject', none(command.subject ?? '')),
    row('guests', none(command.invitees.map(writtenName).join(', '))),
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

function outcome(command: CreateCommand, decision: Decision, { zone, locale, now }: Frame): string[] {
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
    case 'refuse':
      return [section('Refused', [decision.problem])];
    default:
      return decision satisfies never;
  }
}

const json = (body: object) => JSON.stringify(body, null, 2).split('\n');

function ofOther({ kind, ...rest }: Exclude<Command, CreateCommand>): string[] {
  const details = Object.entries(rest).map(([name, value]) => row(name, JSON.stringify(value)));
  return [row('intent', kind), ...details];
}

/** The texts of a card, line by line. */
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
