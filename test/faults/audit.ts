import { DatabaseSync } from 'node:sqlite';
import type { MeetingRecord } from '../../bot/meeting/record.ts';
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import type { Person } from '../../deploy/sandbox/people.ts';
import type { StandIns } from '../../deploy/sandbox/standins.ts';
import type { Told } from './person.ts';
import { see } from './seen.ts';

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
export function audit(
  standIns: StandIns,
  { causes, deaths, storeFile }: { causes: Causes; deaths: readonly number[]; storeFile: string },
  told: readonly Told[],
) {
  const { graph, channel } = standIns;
  const records = readRecords(storeFile);
  const broken: Broken[] = [];
  const counts: Counts = { hidden: 0, shownTwice: 0, saidTwice: 0, givenUp: 0, stranded: 0 };
  const about = (kind: Told['kind']) =>
    new Set(told.filter((one) => one.kind === kind).map(({ subject }) => subject));
  const ended = about('cancel');
  // Whoever asks in words gets the card anew.
  const moved = about('move');
  // Who has given up pressing has not seen what became of it.
  const lost = new Set(told.filter(({ isTaken }) => !isTaken).map(({ subject }) => subject));
  for (const command of told) {
    const { person, subject, end, messageId } = command;
    const others = told.filter((other) => other.subject === subject && other.person === person);
    const fail = (rule: string) =>
      void broken.push({ rule, where: describe(standIns, { causes, deaths }, command, others) });
    if (!command.isTaken) {
      counts.givenUp += 1;
      continue;
    }
    if (end === 'silence') fail('no answer');
    if (end === 'signIn') counts.stranded += 1;
    if (messageId === null) continue;
    const answers = answersTo(standIns, causes, command);
    const kinds = answers.map(({ kind }) => kind).filter((kind) => kind !== 'signIn');
    if (answers.length === 0) fail('nothing was said');
    // A click is one more question, and has an answer of its own.
    if (command.clicks === 0 && kinds.length > 1) {
      // Killed between the channel's answer and its own, or between two deliveries with a store that cannot be asked:
      // nobody can know that it was said.
      if (wasCutOff(command) || isAcrossDeath(answers, deaths)) counts.saidTwice += 1;
      else fail(`answered with ${kinds.join(' and ')}`);
    }
    if (command.kind !== 'create' || subject === null) continue;

    const made = graph.meetings.filter((one) => one.subject === subject && one.organizer === person.oid);
    const chat = channel.state.personal(person.oid)?.messages ?? [];
    const cards = chat.filter((message) => isCardOf(message, person, subject));
    const shownOn = (messages: readonly Message[]) =>
      made.filter(({ joinWebUrl }) => messages.some((card) => linkIn(card, person, joinWebUrl)));
    const shown = shownOn(cards);
    const record = records.filter((one) => one.subject === subject && one.owner.user === person.oid);
    if (shown.filter(({ isDeleted }) => !isDeleted).length > 1) fail('two meetings on show');
    if (record.length > 1) fail('two records');
    // Of two cards the newest shows how things stand; who has given up pressing has seen none.
    const [current] = shownOn(cards.slice(-1));
    const isKnown = !lost.has(subject) && !(ended.has(subject) && moved.has(subject));
    if (current?.isDeleted && isKnown) fail('a link on show that is dead');
    if (current && isKnown && !ended.has(subject) && record[0]?.graphId !== current.id)
      fail('a card that the store knows otherwise');
    if (end === 'meeting' && cards.length === 0 && !ended.has(subject)) fail('a card that went away');
    if (!moved.has(subject)) counts.shownTwice += Math.max(0, cards.length - 1);
    const kept = new Set([...shown.map(({ id }) => id), ...record.map(({ graphId }) => graphId)]);
    counts.hidden += made.filter(({ id, isDeleted }) => !isDeleted && !kept.has(id)).length;
  }
  return { broken, counts };
}

/** Whether the process was killed between the first of them and the last. */
function isAcrossDeath(answers: readonly { at: string }[], deaths: readonly number[]): boolean {
  const times = answers.map(({ at }) => Date.parse(at));
  return deaths.some((death) => death >= Math.min(...times) && death <= Math.max(...times));
}

const wasCutOff = ({ deliveries }: Told) => deliveries.some((delivery) => delivery.endsWith(' 0'));

/** Everything about one meeting in the order in which it happened. */
function describe(
  standIns: StandIns,
  { causes, deaths }: { causes: Causes; deaths: readonly number[] },
  told: Told,
  others: readonly Told[],
) {
  const { person, kind, subject, messageId, end, deliveries } = told;
  const clock = (at: number) => new Date(at).toISOString().slice(14, 23);
  const chat = standIns.channel.state.personal(person.oid)?.messages ?? [];
  const cards = chat.filter((message) => subject !== null && isCardOf(message, person, subject));
  const said = messageId === null ? [] : answersTo(standIns, causes, told);
  const lines = [
    ...said.map(({ at, kind }) => `${at.slice(14, 23)} said: ${kind}`),
    ...cards.map(({ sentAt, editedAt }) => `${sentAt.slice(14, 23)} card, edited ${editedAt?.slice(14, 23)}`),
    ...others.map((one) => `${clock(one.at)} ${one.kind}, ${one.clicks} clicks: ${one.end}`),
    ...deaths.map((at) => `${clock(at)} killed`),
  ].toSorted();
  const head = `${person.name}: ${kind} ${subject ?? ''} (${end}, message ${messageId})`;
  return [head, `brought: ${deliveries.join(', ')}`, ...lines].join('\n    ');
}

/** To which message each was said, by its id: an edit would tell of the message that caused the edit. */
type Causes = ReadonlyMap<string, string>;

/**
 * What the bot said to a command: what it sent in reply to its message; and what came after a sign-in, which is no
 * reply to anything: the card of its meeting, or where there was nothing else all that came before the next message.
 */
function answersTo({ channel }: StandIns, causes: Causes, { person, messageId, subject }: Told) {
  const messages = channel.state.personal(person.oid)?.messages ?? [];
  const written = messages.flatMap(({ author, id }) => (author.kind === 'person' ? [id] : []));
  const next = written.find((id) => id > (messageId ?? '')) ?? '~';
  const said = messages
    .filter(({ author, deleted }) => author.kind === 'bot' && !deleted)
    .map((message) => {
      const { id, sentAt: at } = message;
      return { id, at, cause: causes.get(id), ...see(message, person) };
    });
  const replies = said.filter(({ cause }) => cause === messageId);
  const others = said.filter(
    ({ id, cause }) => !written.includes(cause ?? '') && id > (messageId ?? '') && id < next,
  );
  const cards = others.filter(
    (what) => what.kind === 'meeting' && subject !== null && what.json.includes(subject),
  );
  const isAnswered = [...replies, ...cards].some(({ kind }) => kind !== 'signIn');
  return isAnswered ? [...replies, ...cards] : [...replies, ...others.slice(-1)];
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
