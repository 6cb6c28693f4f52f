import { hasLeftovers, type MeetingRecord } from '../../bot/meeting/record.ts';
import type { Mail, StoredEvent } from '../sandbox/graph/calendar/store.ts';
import type { StandIns } from '../sandbox/standins.ts';
import type { Broken } from './audit.ts';
import type { Told } from './person.ts';

/**
 * What became of the calendar. `untold`: events whose makers read that it may have worked and did not try again, or whose
 * message Teams itself gave up: the calendar has them, `my meetings` lists them, and asked for again they are said first.
 */
export type MailCounts = { mails: number; events: number; untold: number };

/**
 * Holds what is in the inboxes and calendars against what people asked for: each guest is mailed once for one wish, and no
 * meeting has two events.
 */
export function auditMails(
  { graph }: Pick<StandIns, 'graph'>,
  records: readonly MeetingRecord[],
  told: readonly Told[],
): { broken: Broken[]; counts: MailCounts } {
  const { events, mails } = graph.calendar;
  const broken: Broken[] = [];
  let untold = 0;
  const wishes = (kind: Told['kind'], subject: string | null) =>
    told.filter((one) => one.kind === kind && one.subject === subject).length;
  for (const [subject, all] of Map.groupBy(events, (event) => event.subject)) {
    const fail = (rule: string) => void broken.push({ rule, where: `"${subject}"` });
    const alive = all.filter(({ isGone }) => !isGone);
    // An old one that Graph would not cancel is offered to be removed; who gave up pressing has not seen it.
    const isOffered = records.some((record) => record.subject === subject && hasLeftovers(record));
    const isLeft = told.some((one) => one.subject === subject && one.kind === 'renew' && !one.isTaken);
    if (alive.length > 1 && !isOffered && !isLeft) fail('two events of one meeting');
    if (all.length > 1 + wishes('renew', subject)) fail('more events than were asked for');
    for (const event of all) for (const rule of doubled(event, mails, wishes('move', subject))) fail(rule);
    const isKnown = records.some((record) => record.subject === subject);
    const create = told.find((one) => one.kind === 'create' && one.subject === subject);
    if (alive.length === 0 || isKnown) continue;
    if (create?.end === 'sentence' || create?.isTaken === false) untold += 1;
    else fail(`an event of which nobody was told, ${create?.end}`);
  }
  return { broken, counts: { mails: mails.length, events: events.length, untold } };
}

/** What somebody was mailed more than once about one event. */
function doubled({ key }: StoredEvent, mails: readonly Mail[], moves: number): string[] {
  const most = { invitation: 1, cancellation: 1, update: moves, undeliverable: 0 };
  const own = mails.filter(({ event }) => event === key);
  const counted = Map.groupBy(own, ({ kind, to }) => `${kind} ${to}`);
  return [...counted.values()].flatMap((same) => {
    const [{ kind }] = same as [Mail];
    return same.length > most[kind] ? [`${same.length} mails of one kind: ${kind}`] : [];
  });
}
