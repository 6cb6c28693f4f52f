import { DatabaseSync } from 'node:sqlite';
import type { MeetingRecord } from '../../bot/store/store.ts';
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import type { Person } from '../../deploy/sandbox/people.ts';
import type { StandIns } from '../../deploy/sandbox/standins.ts';
import type { Told } from './person.ts';
import { type Seen, see } from './seen.ts';

/** What must not be, with the commands where it is. */
export type Broken = { rule: string; where: string };

/** What is, and may be. */
export type Counts = {
  /** Meetings that Graph made and nobody was ever shown: their answer was lost. */
  hidden: number;
  /** Cards of a meeting that has another card already, with the same link. */
  shownTwice: number;
  /** Answers that came twice, because the process was killed before it could know that the first had come. */
  saidTwice: number;
  /** Commands that Teams itself gave up: none of five deliveries was taken. */
  givenUp: number;
  /** Commands that ended in the request to sign in, although it was followed: the process was killed right then. */
  stranded: number;
};

/** Holds what everybody sees, what the store holds and what Graph has against each other, when all is quiet. */
export function audit(standIns: StandIns, causes: Causes, told: readonly Told[], storeFile: string) {
  const { graph, channel } = standIns;
  const records = readRecords(storeFile);
  const broken: Broken[] = [];
  const counts: Counts = { hidden: 0, shownTwice: 0, saidTwice: 0, givenUp: 0, stranded: 0 };
  const about = (kind: Told['kind']) =>
    new Set(told.filter((one) => one.kind === kind).map(({ subject }) => subject));
  const ended = about('cancel');
  // Whoever asks in words gets the card anew.
  const moved = about('move');
  const renewed = about('renew');
  for (const command of told) {
    const { person, subject, end, messageId } = command;
    const fail = (rule: string) => void broken.push({ rule, where: describe(standIns, causes, command) });
    if (messageId !== null && !command.isTaken) {
      counts.givenUp += 1;
      continue;
    }
    if (end === 'silence') fail('no answer');
    if (end === 'signIn') counts.stranded += 1;
    if (messageId === null) continue;
    const answers = answersTo(standIns, causes, person, messageId);
    // A card of another meeting is the answer to what was asked before, and waited for a sign-in.
    const isOther = (what: Seen) =>
      command.kind !== 'ask' && what.kind === 'meeting' && !what.json.includes(subject ?? '');
    const isOwn = (what: Seen) => what.kind !== 'signIn' && !isOther(what);
    const kinds = answers.filter(isOwn).map(({ kind }) => kind);
    if (answers.length === 0) fail('nothing was said');
    // A click is one more question, and has an answer of its own.
    if (command.clicks === 0 && kinds.length > 1) {
      // Killed between the channel's answer and its own: nobody can know that it was said.
      if (wasCutOff(command)) counts.saidTwice += 1;
      else fail(`answered with ${kinds.join(' and ')}`);
    }
    if (command.kind !== 'create' || subject === null) continue;

    const made = graph.meetings.filter((meeting) => meeting.subject === subject);
    const chat = channel.state.personal(person.oid)?.messages ?? [];
    const cards = chat.filter((message) => isCardOf(message, person, subject));
    // The older of two cards is not the one that changes: only the newest shows how things stand.
    const current = moved.has(subject) ? cards.slice(-1) : cards;
    const shown = made.filter(({ joinWebUrl }) => current.some((card) => linkIn(card, person, joinWebUrl)));
    const record = records.filter((candidate) => candidate.subject === subject);
    if (shown.length > 1) fail('two links on show');
    if (record.length > 1) fail('two records');
    const isStale = moved.has(subject) && (renewed.has(subject) || ended.has(subject));
    if (shown.some(({ isDeleted }) => isDeleted) && !isStale) fail('a link on show that is dead');
    if (shown.length === 1 && !ended.has(subject) && record[0]?.graphId !== shown[0]?.id)
      fail('a card that the store knows otherwise');
    if (end === 'meeting' && cards.length === 0 && !ended.has(subject)) fail('a card that went away');
    if (!moved.has(subject)) counts.shownTwice += Math.max(0, cards.length - 1);
    const kept = new Set([...shown.map(({ id }) => id), ...record.map(({ graphId }) => graphId)]);
    counts.hidden += made.filter(({ id, isDeleted }) => !isDeleted && !kept.has(id)).length;
  }
  return { broken, counts };
}

const wasCutOff = ({ deliveries }: Told) => deliveries.some((delivery) => delivery.endsWith(' 0'));

function describe(
  standIns: StandIns,
  causes: Causes,
  { person, kind, subject, messageId, end, clicks, deliveries }: Told,
) {
  const head = `${person.name}: ${kind} ${subject ?? ''} (${end}, ${clicks} clicks, message ${messageId})`;
  const said = messageId === null ? [] : answersTo(standIns, causes, person, messageId);
  const lines = said.map(({ at, ...what }) => `${at.slice(14, 23)} ${JSON.stringify(what).slice(0, 120)}`);
  return [head, `brought: ${deliveries.join(', ')}`, ...lines].join('\n    ');
}

/** To which message each was said, by its id: an edit would tell of the message that caused the edit. */
export type Causes = ReadonlyMap<string, string>;

/** What the bot said to this message of the person; and, where it is not said to what, until their next. */
function answersTo({ channel }: StandIns, causes: Causes, person: Person, messageId: string) {
  const messages = channel.state.personal(person.oid)?.messages ?? [];
  const written = new Set(messages.flatMap(({ author, id }) => (author.kind === 'person' ? [id] : [])));
  const next = [...written].find((id) => id > messageId) ?? '~';
  const isAnswer = ({ author, id, deleted }: Message) => {
    if (author.kind !== 'bot' || deleted) return false;
    const cause = causes.get(id) ?? '';
    return written.has(cause) ? cause === messageId : id > messageId && id < next;
  };
  return messages.filter(isAnswer).map((message) => ({ at: message.sentAt, ...see(message, person) }));
}

function isCardOf(message: Message, person: Person, subject: string): boolean {
  if (message.author.kind !== 'bot' || message.deleted) return false;
  const what = see(message, person);
  return what.kind === 'meeting' && what.json.includes(subject);
}

const linkIn = (message: Message, person: Person, link: string) => {
  const what = see(message, person);
  return what.kind === 'meeting' && what.json.includes(link);
};

function readRecords(file: string): MeetingRecord[] {
  const store = new DatabaseSync(file, { readOnly: true });
  try {
    return store
      .prepare('SELECT body FROM meetings')
      .all()
      .map(({ body }) => JSON.parse(String(body)) as MeetingRecord);
  } finally {
    store.close();
  }
}
