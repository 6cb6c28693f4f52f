import type { MeetingRecord } from '../../bot/meeting/record.ts';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { keyIn } from '../sandbox/graph/calendar/ids.ts';
import type { Mail, StoredEvent } from '../sandbox/graph/calendar/store.ts';
import type { StandIns } from '../sandbox/standins.ts';
import type { Broken } from './audit.ts';
import type { Told } from './person.ts';

/** What people's calendars and inboxes came to. */
export type CalendarCounts = {
  events: number;
  /** By kind: mails are counted, because none can be taken back. */
  mails: Readonly<Record<string, number>>;
  /** Events of which the organiser was told only that nobody knows whether they were made, and has not tried again. */
  unsure: number;
  /** Events of replaced links that Graph would not cancel yet. */
  left: number;
};

type Scene = { standIns: Pick<StandIns, 'graph' | 'channel'>; records: readonly MeetingRecord[] };

/** Holds the calendars against what was asked: no mail twice, no second event, none that the bot does not know. */
export function auditCalendar(
  { standIns, records }: Scene,
  told: readonly Told[],
): { broken: Broken[]; counts: CalendarCounts } {
  const { events, mails } = standIns.graph.calendar;
  const known = new Set(records.flatMap(({ event }) => (event === undefined ? [] : [keyIn(event.id)])));
  // Graph would not cancel them with their link: that is said, and tried again.
  const left = new Set(records.flatMap(({ leftoverEvents = [] }) => leftoverEvents.map(keyIn)));
  const mailsOf = Map.groupBy(mails, ({ event }) => event);
  const broken: Broken[] = [];
  let unsure = 0;
  for (const event of events) {
    const asked = told.filter(
      ({ subject, person }) => subject === event.subject && person.oid === event.organizer,
    );
    const fail = (rule: string) =>
      void broken.push({ rule, where: describe(event, asked, mailsOf.get(event.key) ?? []) });
    for (const rule of mailedTwice(mailsOf.get(event.key) ?? [], asked)) fail(rule);
    if (event.isGone || known.has(event.key) || left.has(event.key)) continue;
    if (isUnsure(event, standIns)) unsure += 1;
    else fail('an event that the bot does not know');
  }
  const alive = events.filter(({ isGone, key }) => !isGone && !left.has(key));
  for (const [wish, all] of Map.groupBy(alive, wishOf))
    if (all.length > 1)
      broken.push({ rule: 'two events', where: `${wish} ${all.map(({ transactionId }) => transactionId)}` });
  const kinds = Map.groupBy(mails, ({ kind }) => kind);
  return {
    broken,
    counts: {
      events: events.length,
      mails: Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length])),
      unsure,
      left: events.filter(({ isGone, key }) => !isGone && left.has(key)).length,
    },
  };
}

/** Whether its organiser was told, after it was made, that nobody knows whether it was. */
function isUnsure({ organizer, createdAt }: StoredEvent, { channel }: Scene['standIns']): boolean {
  const messages = channel.state.personal(organizer)?.messages ?? [];
  return messages.some(
    ({ sentAt, activity }) =>
      Date.parse(sentAt) >= createdAt && JSON.stringify(activity).includes(en['problem.mailed.what']),
  );
}

const wishOf = ({ organizer, subject }: StoredEvent) => `${organizer} ${subject}`;

/** Each guest is invited once, told of each change once, and told once that it is off. */
function mailedTwice(mails: readonly Mail[], asked: readonly Told[]): string[] {
  const moves = asked.filter(({ kind }) => kind === 'move').length;
  const most: Record<Mail['kind'], number> = {
    invitation: 1,
    update: moves,
    cancellation: 1,
    undeliverable: 0,
  };
  const each = Map.groupBy(mails, ({ kind, to }) => `${kind} ${to}`);
  return [...each.values()].flatMap((all) => {
    const [{ kind } = { kind: 'invitation' as const }] = all;
    return all.length > most[kind] ? [`${all.length} mails to one guest: ${kind}`] : [];
  });
}

function describe(
  { subject, isGone, transactionId }: StoredEvent,
  asked: readonly Told[],
  mails: readonly Mail[],
): string {
  const clock = (at: number) => new Date(at).toISOString().slice(14, 23);
  const lines = [
    ...asked.map(
      ({ at, kind, end, clicks, isTaken }) =>
        `${clock(at)} ${kind}: ${end}, ${clicks} clicks${isTaken ? '' : ', given up'}`,
    ),
    ...mails.map(({ at, kind, start }) => `${clock(at)} mail: ${kind}, for ${start.slice(11, 16)}`),
  ].toSorted();
  return [`${subject}, ${transactionId}${isGone ? ' (gone)' : ''}`, ...lines].join('\n    ');
}
