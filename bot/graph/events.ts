import type { DateTime } from 'luxon';
import type { CalendarEvent, EventChange, EventRequest, Schedule } from '../meeting/event.ts';
import type { Caller } from './online-meetings.ts';

/** A stretch of time. */
export type EventSpan = { start: DateTime; end: DateTime };

/** One person's calendar in Graph. All methods throw GraphError. */
export type Calendar = {
  /** Whether events of this person can be Teams meetings; `noMailbox`: the person has no calendar in Exchange Online. */
  provider(caller: Caller): Promise<'teams' | 'other' | 'noMailbox'>;
  /**
   * Makes an event, and Graph mails its guests. The same `transactionId` never makes a second event: after a repeat or a lost
   * answer the first one is found. An event whose `joinUrl` is null although a Teams meeting was asked for has been mailed
   * without a link.
   */
  create(request: EventRequest, caller: Caller): Promise<CalendarEvent>;
  get(id: string, caller: Caller): Promise<CalendarEvent>;
  /** Changes an event, and Graph mails its guests. `etag`: the version that was seen; a newer one is refused with status 412. */
  update(id: string, change: EventChange, etag: string | null, caller: Caller): Promise<CalendarEvent>;
  /** Cancels an event, an occurrence or a series, and Graph mails its guests. An event that is gone counts as cancelled. */
  cancel(id: string, comment: string | null, caller: Caller): Promise<void>;
  /** What is in the calendar in this span, series as their occurrences, ordered by start. */
  view(span: EventSpan, caller: Caller): Promise<CalendarEvent[]>;
  /** The occurrences of a series in this span, ordered by start. */
  instances(seriesId: string, span: EventSpan, caller: Caller): Promise<CalendarEvent[]>;
  /** What is known of these people's time, in intervals of `minutes`, in their order. At most 20 addresses and less than 62 days. */
  schedules(
    addresses: readonly string[],
    span: EventSpan,
    minutes: number,
    caller: Caller,
  ): Promise<Schedule[]>;
};
