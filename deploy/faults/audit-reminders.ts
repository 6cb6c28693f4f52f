import type { MeetingRecord } from '../../bot/meeting/record.ts';
import type { Message } from '../sandbox/channel/model.ts';
import type { Person } from '../sandbox/people.ts';
import { type Broken, isBetween, type Scene, unknowable } from './audit.ts';
import type { Told } from './person.ts';
import { see } from './seen.ts';

/** Minutes before a meeting that everybody in the bench is reminded: so long a reminder is worth something. */
export const REMIND_MINUTES = 2;
const REMIND_MS = REMIND_MINUTES * 60_000;
/** The bot reminds nobody later than this. */
const LATE_MS = 5 * 60_000;
/** What is made or moved so shortly before its reminder may have missed it. */
const MARGIN_MS = 3_000;

/** What is, and may be. */
export type ReminderCounts = {
  /** Reminders that were due, and how many of them came. */
  due: number;
  came: number;
  /** Those that came twice, because a process was killed between sending and noting, or an answer was lost. */
  remindedTwice: number;
  /** Those that did not come, because the channel said that the bot is no longer in that chat. */
  blocked: number;
  /** The longest delay of one, in seconds. */
  latest: number;
};

/** When the reminder of this meeting was due; null where none was, or not yet at `now`. Epoch milliseconds. */
export function dueOf(
  { start, createdAt, spokenOfAt = createdAt }: MeetingRecord,
  now: number,
): number | null {
  const at = start - REMIND_MS;
  return spokenOfAt + MARGIN_MS < at && at < now ? at : null;
}

/** Whether all the reminders that were due have come, or are too late to come. */
export function isQuiet(scene: Scene, people: readonly Person[], now: number): boolean {
  return scene.records.every((record) => {
    const at = dueOf(record, Number.POSITIVE_INFINITY);
    const isSoon = at !== null && at < now + LATE_MS;
    return !isSoon || at + LATE_MS < now || remindersOf(scene, record, people).length > 0;
  });
}

/** Holds the reminders that people have got against the meetings that the store and Teams have. */
export function auditReminders(scene: Scene, people: readonly Person[], told: readonly Told[], now: number) {
  const broken: Broken[] = [];
  const counts: ReminderCounts = { due: 0, came: 0, remindedTwice: 0, blocked: 0, latest: 0 };
  for (const record of scene.records) {
    const at = dueOf(record, now);
    if (at === null) continue;
    const person = personOf(record, people);
    const came = remindersOf(scene, record, people).filter(
      ({ sentAt }) => Date.parse(sentAt) >= at - MARGIN_MS,
    );
    const fail = (rule: string) =>
      void broken.push({
        rule,
        where: `${person?.name}: ${record.subject}, due ${clock(at)}, came ${came.map(({ sentAt }) => sentAt.slice(14, 23))}, killed ${scene.kills.map(clock)}`,
      });
    counts.due += 1;
    if (came.length > 0) counts.came += 1;
    for (const { sentAt } of came.slice(0, 1))
      counts.latest = Math.max(counts.latest, Math.round((Date.parse(sentAt) - at) / 1_000));
    if (came.length === 0 && wasBlocked(scene, record, at)) counts.blocked += 1;
    else if (came.length === 0) fail('a reminder that never came');
    if (came.length < 2 || person === undefined) continue;
    if (
      isBetween(
        came.map((message) => ({ at: message.sentAt })),
        unknowable(scene, person),
      )
    )
      counts.remindedTwice += 1;
    else fail('reminded twice');
  }
  for (const where of afterTheEnd(scene, told))
    broken.push({ rule: 'reminded of a meeting that was cancelled', where });
  return { broken, counts };
}

const clock = (at: number) => new Date(at).toISOString().slice(14, 23);
const personOf = ({ owner }: MeetingRecord, people: readonly Person[]) =>
  people.find(({ oid }) => oid === owner.user);

function remindersOf({ standIns }: Scene, record: MeetingRecord, people: readonly Person[]): Message[] {
  const person = personOf(record, people);
  const messages = person === undefined ? [] : standIns.channel.state.personal(person.oid)?.messages;
  return (messages ?? []).filter((message) => person && isReminderOf(message, person, record.subject ?? ''));
}

function isReminderOf(message: Message, person: Person, subject: string): boolean {
  if (message.author.kind !== 'bot') return false;
  const what = see(message, person);
  return what.kind === 'reminder' && what.json.includes(subject);
}

const wasBlocked = ({ observer }: Scene, { conversation }: MeetingRecord, at: number) =>
  observer.blocked.some(
    (one) => one.conversation === conversation && one.at >= at - MARGIN_MS && one.at <= at + LATE_MS,
  );

/** Reminders of meetings whose newest card had said before that they are cancelled, with all that was said of them. */
function afterTheEnd({ standIns, kills }: Scene, told: readonly Told[]): string[] {
  const cancelled = new Map(
    told.filter(({ kind }) => kind === 'cancel').map(({ person, subject }) => [subject ?? '', person]),
  );
  return [...cancelled].flatMap(([subject, person]) => {
    const messages = standIns.channel.state.personal(person.oid)?.messages ?? [];
    const about = messages
      .filter(({ author }) => author.kind === 'bot')
      .map((message) => ({ ...see(message, person), at: message.editedAt ?? message.sentAt }))
      .filter((what) => 'json' in what && what.json.includes(subject));
    const last = about.findLast(({ kind }) => kind === 'meeting' || kind === 'ended');
    const late = about.filter(
      ({ kind, at }) => kind === 'reminder' && last?.kind === 'ended' && at > last.at,
    );
    if (late.length === 0) return [];
    const lines = [
      ...about.map(({ kind, at }) => `${at.slice(14, 23)} ${kind}`),
      ...told
        .filter((one) => one.subject === subject)
        .map((one) => `${clock(one.at)} told: ${one.kind}, ${one.end}, brought ${one.deliveries}`),
      ...kills.map((at) => `${clock(at)} killed`),
    ].toSorted();
    return [[`${person.name}: ${subject}`, ...lines].join('\n    ')];
  });
}
