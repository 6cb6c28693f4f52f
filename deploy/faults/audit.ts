import type { MeetingRecord } from '../../bot/meeting/record.ts';
import type { Message } from '../sandbox/channel/model.ts';
import type { Person } from '../sandbox/people.ts';
import type { StandIns } from '../sandbox/standins.ts';
import type { Observer } from './observer.ts';
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
  /** Older cards that show another link than the meeting has now. */
  behind: number;
  /** Answers that came twice, because the process was killed before it could know that the first had come. */
  saidTwice: number;
  /** Commands that Teams itself gave up: none of five deliveries was taken. */
  givenUp: number;
  /** Commands that ended in the request to sign in, although it was followed: a process was killed right then. */
  stranded: number;
  /** The same, because the channel said that the bot is not in that chat any more. The next message there brings the answer. */
  unheard: number;
  /** Answers that came with that of a later message, because the sign-in before them had ended in a problem or in nothing. */
  broughtLater: number;
};

/** All that is known when all is quiet. `kills` in epoch milliseconds; `records`: what the store holds. */
export type Scene = {
  standIns: StandIns;
  observer: Observer;
  kills: readonly number[];
  /** When a process had tried in vain to tell its store that something was done; epoch milliseconds. */
  unsettled: readonly number[];
  records: readonly MeetingRecord[];
};

/** Holds what everybody sees, what the store holds and what Graph has against each other. */
export function audit(scene: Scene, told: readonly Told[]) {
  const { graph, channel } = scene.standIns;
  const { records } = scene;
  const broken: Broken[] = [];
  const counts: Counts = {
    hidden: 0,
    shownTwice: 0,
    behind: 0,
    saidTwice: 0,
    givenUp: 0,
    stranded: 0,
    unheard: 0,
    broughtLater: 0,
  };
  const about = (kind: Told['kind']) =>
    new Set(told.filter((one) => one.kind === kind).map(({ subject }) => subject));
  const ended = about('cancel');
  // Whoever asks in words gets the card anew.
  const moved = about('move');
  // Who has given up pressing has not seen what became of it.
  const lost = new Set(told.filter(({ isTaken }) => !isTaken).map(({ subject }) => subject));
  const sharing = Map.groupBy(records, ({ graphId }) => graphId);
  const ofMeeting = Map.groupBy(told, ({ subject }) => subject);
  // How many requests of each person still wait, although they signed in for them.
  const waiting = new Map<Person, number>();
  for (const command of told.toSorted((one, other) => one.at - other.at)) {
    const { person, subject, end, messageId } = command;
    const others = (ofMeeting.get(subject) ?? []).filter((other) => other.person === person);
    const fail = (rule: string) => void broken.push({ rule, where: describe(scene, command, others) });
    if (!command.isTaken) {
      counts.givenUp += 1;
      continue;
    }
    if (messageId === null) {
      if (end === 'silence') fail('no answer');
      continue;
    }
    const answers = answersTo(scene, command);
    const isUnanswered = end === 'silence' || end === 'signIn';
    if (isUnanswered && isStranded(answers, scene)) counts.stranded += 1;
    else if (isUnanswered && wasBlocked(answers, scene, person)) counts.unheard += 1;
    else if (isUnanswered) fail('no answer');
    const kinds = answers.map(({ kind }) => kind).filter((kind) => kind !== 'signIn');
    if (answers.length === 0) fail('nothing was said');
    const before = waiting.get(person) ?? 0;
    const more = kinds.length - 1;
    const isWaiting = kinds.length < answers.length && kinds.every((kind) => kind === 'problem');
    if (isWaiting) waiting.set(person, before + 1);
    // A click is one more question, and has an answer of its own.
    if (command.clicks === 0 && more > 0) {
      // Nobody can know that it was said: killed between the channel's answer and its own, or between two deliveries; with
      // a store that cannot be asked; or the channel's answer was lost.
      const isUnknowable = wasCutOff(command) || isBetween(answers, unknowable(scene, person));
      if (more <= before) {
        counts.broughtLater += more;
        waiting.set(person, before - more);
      } else if (isUnknowable) counts.saidTwice += 1;
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
    if (record.some(({ graphId }) => (sharing.get(graphId)?.length ?? 0) > 1))
      fail('the link of another meeting');
    // Of two cards the newest shows how things stand; who has given up pressing has seen none.
    const last = chat.findLast((message) => isAbout(message, person, subject));
    const [current] = shownOn(last ? [last] : []);
    const isKnown = !lost.has(subject) && !(ended.has(subject) && moved.has(subject));
    if (current?.isDeleted && isKnown) fail('a link on show that is dead');
    if (current && isKnown && !ended.has(subject) && record[0]?.graphId !== current.id)
      fail('a card that the store knows otherwise');
    if (end === 'meeting' && cards.length === 0 && !ended.has(subject)) fail('a card that went away');
    if (!moved.has(subject)) counts.shownTwice += Math.max(0, cards.length - 1);
    const link = made.find(({ id }) => id === record[0]?.graphId)?.joinWebUrl;
    if (link !== undefined) counts.behind += cards.filter((card) => !linkIn(card, person, link)).length;
    const kept = new Set([...shown.map(({ id }) => id), ...record.map(({ graphId }) => graphId)]);
    counts.hidden += made.filter(({ id, isDeleted }) => !isDeleted && !kept.has(id)).length;
  }
  return { broken, counts };
}

/** When it happened that something may have been said or not, in epoch milliseconds. */
export function unknowable({ standIns, observer, kills, unsettled }: Scene, { oid }: Person): number[] {
  const chat = standIns.channel.state.personal(oid)?.id;
  return [
    ...kills,
    ...unsettled.map((at) => at - SETTLING_MS),
    ...observer.lost.filter(({ conversation }) => conversation === chat).map(({ at }) => at),
  ];
}

const MOMENT_MS = 2_000;
/** For about so long it tries. */
const SETTLING_MS = 15_000;
/** A sign-in that somebody follows takes no longer, with all that can go wrong in it. */
const SIGN_IN_MS = 30_000;

type Answered = { at: string; kind: string };

/** Whether a process was killed while the person did what a request to sign in said. */
function isStranded(answers: readonly Answered[], { kills }: Scene): boolean {
  const asked = answers.filter(({ kind }) => kind === 'signIn').map(({ at }) => Date.parse(at));
  return asked.some((at) => kills.some((kill) => kill >= at && kill <= at + SIGN_IN_MS));
}

/** Whether the last thing that was said was to sign in, and the channel blocked the bot there while that was done. */
function wasBlocked(answers: readonly Answered[], { standIns, observer }: Scene, { oid }: Person): boolean {
  const last = answers.at(-1);
  const chat = standIns.channel.state.personal(oid)?.id;
  if (last?.kind !== 'signIn') return false;
  const since = Date.parse(last.at);
  return observer.blocked.some(
    ({ conversation, at }) => conversation === chat && at >= since && at <= since + SIGN_IN_MS,
  );
}

/** Whether one of these moments was after the first of them, or just before, and before the last. */
export function isBetween(answers: readonly { at: string }[], moments: readonly number[]): boolean {
  const times = answers.map(({ at }) => Date.parse(at));
  return moments.some((at) => at >= Math.min(...times) - MOMENT_MS && at <= Math.max(...times));
}

const wasCutOff = ({ deliveries }: Told) => deliveries.some((delivery) => / (0|500|502)$/.test(delivery));

/** Everything about one meeting in the order in which it happened. */
function describe(scene: Scene, told: Told, others: readonly Told[]) {
  const { standIns, kills } = scene;
  const { person, kind, subject, messageId, end, deliveries } = told;
  const clock = (at: number) => new Date(at).toISOString().slice(14, 23);
  const chat = standIns.channel.state.personal(person.oid)?.messages ?? [];
  const cards = chat.filter((message) => subject !== null && isCardOf(message, person, subject));
  const since = chat.filter(({ id }) => messageId !== null && id >= messageId).slice(0, MOST_TOLD);
  const lines = [
    ...since.map((message) => describeMessage(message, scene, person)),
    ...cards.map(({ sentAt, editedAt }) => `${sentAt.slice(14, 23)} card, edited ${editedAt?.slice(14, 23)}`),
    ...others.map((one) => `${clock(one.at)} ${one.kind}, ${one.clicks} clicks: ${one.end}`),
    ...kills.map((at) => `${clock(at)} killed`),
  ].toSorted();
  const head = `${person.name}: ${kind} ${subject ?? ''} (${end}, message ${messageId})`;
  return [head, `brought: ${deliveries.join(', ')}`, ...lines].join('\n    ');
}

/** So many messages after a command tell what became of it. */
const MOST_TOLD = 12;

function describeMessage(message: Message, { observer }: Scene, person: Person): string {
  const { id, author, sentAt, deleted } = message;
  const at = sentAt.slice(14, 23);
  if (author.kind === 'person') return `${at} written: ${id}`;
  const what = look(message, person);
  const state = message.signIns.get(person.oid)?.state ?? '';
  const cause = observer.causes.get(id);
  const words = what.kind === 'words' ? ` “${legible(what.text)}”` : '';
  return `${at} said: ${what.kind}${words} ${state}${deleted ? 'deleted' : ''}, to ${cause || 'nothing'}`;
}

/**
 * What the bot said to a command: what it sent in reply to its message; and what came after a sign-in, which is no
 * reply to anything: the card of its meeting, or where there was nothing else all that came before the next message.
 */
function answersTo({ standIns, observer }: Scene, { person, messageId, subject }: Told) {
  const messages = standIns.channel.state.personal(person.oid)?.messages ?? [];
  const written = messages.flatMap(({ author, id }) => (author.kind === 'person' ? [id] : []));
  const next = written.find((id) => id > (messageId ?? '')) ?? '~';
  const said = messages
    .filter((message) => message.author.kind === 'bot' && !message.deleted)
    .filter((message) => look(message, person).kind !== 'reminder')
    .map((message) => {
      const { id, sentAt: at } = message;
      return { id, at, cause: observer.causes.get(id), ...look(message, person) };
    });
  const isOwn = (what: Seen) => what.kind !== 'meeting' || (subject !== null && what.json.includes(subject));
  // What an earlier message was not told comes with a later one.
  const replies = said.filter(({ cause }) => cause === messageId).filter(isOwn);
  const others = said
    .filter(({ id, cause }) => !written.includes(cause ?? '') && id > (messageId ?? '') && id < next)
    .filter(isOwn);
  const cards = others.filter(({ kind }) => kind === 'meeting' && subject !== null);
  const isAnswered = [...replies, ...cards].some(({ kind }) => kind !== 'signIn');
  const answers = isAnswered ? [...replies, ...cards] : [...replies, ...others.slice(-1)];
  return answers.toSorted((one, other) => one.at.localeCompare(other.at));
}

/** Nothing changes any more. */
const looks = new WeakMap<Message, Seen>();

function look(message: Message, person: Person): Seen {
  const what = looks.get(message) ?? see(message, person);
  looks.set(message, what);
  return what;
}

const isCardOf = (message: Message, person: Person, subject: string): boolean =>
  isAbout(message, person, subject) && look(message, person).kind === 'meeting';

function isAbout(message: Message, person: Person, subject: string): boolean {
  if (message.author.kind !== 'bot' || message.deleted) return false;
  const what = look(message, person);
  return (what.kind === 'meeting' || what.kind === 'ended') && what.json.includes(subject);
}

const linkIn = (message: Message, person: Person, link: string) => {
  const what = look(message, person);
  return what.kind === 'meeting' && what.json.includes(link);
};

/** So much of a sentence tells which it is. */
const LEGIBLE = 80;

/** The beginning of a sentence, or of what a client without cards shows of one. */
const legible = (text: string): string =>
  (/"fallbackText":"([^"]*)/.exec(text)?.[1] ?? text).slice(0, LEGIBLE);
