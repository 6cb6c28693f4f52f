/** What a token is good for: online meetings, or the calendar as well. */
export type Reach = 'meetings' | 'calendar';

/** The permissions of this cloud that a token is asked for, by what the person wants. Without calendars there is only one. */
export function scopesOf(
  { graphScope, calendarScope }: { graphScope: string; calendarScope: string },
  isCalendarUsed: boolean,
): Record<Reach, string[]> {
  const meetings = [graphScope];
  return { meetings, calendar: isCalendarUsed ? [...meetings, calendarScope] : meetings };
}
