import { DateTime } from 'luxon';
import { ianaZone } from '../../base/time-zone.ts';
import type { Assumption } from '../../command/command.ts';
import type { Draft } from '../../meeting/decide.ts';
import { choicesIn, type Missed } from '../../meeting/granted.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import type { Guess, MeetingRecord } from '../../meeting/record.ts';
import type { Setting } from '../services.ts';

/** Graph drops a meeting about 60 days after its end. */
export const KEEP_MEETING_MS = 60 * 24 * 3_600_000;

/** The guesses, each with its other reading as a whole meeting; without one that has gone by or would end too soon. */
export function offered(assumed: readonly Assumption[], { start, end }: Draft, now: DateTime): Assumption[] {
  return assumed.map((assumption) => {
    const other = assumption.alternative;
    if (other === null || other.start < now) return { ...assumption, alternative: null };
    return {
      ...assumption,
      alternative: { start: other.start, end: other.end ?? other.start.plus(end.diff(start)) },
    };
  });
}

type Made = {
  id: string;
  guests: readonly Guest[];
  zone: string;
  draft: Draft;
  assumed: readonly Assumption[];
  /** Options that were not granted. */
  missed: readonly Missed[];
};

/** Keeps a reference to what Graph has made: no link, no passcode. */
export async function remember(
  meeting: Meeting,
  { id, guests, zone, draft, assumed, missed }: Made,
  { services, owner, turn }: Setting,
): Promise<MeetingRecord> {
  const createdAt = services.now().toMillis();
  const record: MeetingRecord = {
    id,
    owner,
    conversation: turn.conversation,
    cardId: null,
    graphId: meeting.graphId,
    revision: 1,
    leftovers: [],
    subject: draft.subject,
    start: meeting.start.toMillis(),
    end: meeting.end.toMillis(),
    zone,
    guests,
    options: choicesIn(draft.options),
    ...(draft.options.invitation !== undefined && { invitation: draft.options.invitation }),
    said: {
      guesses: assumed.map(toGuess),
      assumedMinutes: draft.assumedMinutes,
      notes: draft.unmet,
      missed,
    },
    createdAt,
    expires: Math.max(createdAt, meeting.end.toMillis()) + KEEP_MEETING_MS,
  };
  await services.store.addMeeting(record);
  return record;
}

function toGuess({ kind, said, taken, alternative }: Assumption): Guess {
  const other = alternative && {
    start: alternative.start.toMillis(),
    end: (alternative.end ?? taken).toMillis(),
  };
  return { kind, said, taken: taken.toMillis(), other };
}

/** A guess as the card shows it, in the meeting's zone; a reading that has gone by is not offered any more. */
export function toAssumption({ kind, said, taken, other }: Guess, zone: string, now: DateTime): Assumption {
  const at = (instant: number) => DateTime.fromMillis(instant, { zone: ianaZone(zone) });
  const isAhead = other !== null && other.start >= now.toMillis();
  return {
    kind,
    said,
    taken: at(taken),
    alternative: isAhead ? { start: at(other.start), end: at(other.end) } : null,
  };
}
