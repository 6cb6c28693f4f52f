import type { Assumption } from '../../command/command.ts';
import type { Draft } from '../../meeting/decide.ts';
import { choicesIn, type Missed } from '../../meeting/granted.ts';
import { toGuess } from '../../meeting/guess.ts';
import type { Guest, Meeting } from '../../meeting/meeting.ts';
import { KEEP_MEETING_MS, type MeetingRecord } from '../../meeting/record.ts';
import type { Setting } from '../services.ts';

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
