import type { DateTime } from 'luxon';
import { ANY, type Change, type Need } from '../../command/command.ts';
import { readTypedAnswer, type TypedAnswer } from '../../command/typed-answer.ts';
import { applyChange } from '../../meeting/change.ts';
import { lastWord, type MeetingRecord } from '../../meeting/record.ts';
import type { Pending } from '../../store/store.ts';
import { answers, type Outcome } from '../../teams/outcome.ts';
import { headOf } from '../cards/meeting-card.ts';
import { onNamedMeeting } from '../existing/by-message.ts';
import { park } from '../park.ts';
import type { Setting } from '../services.ts';
import type { Progress } from '../sign-in/caller.ts';

type TimeSaid = Extract<TypedAnswer, { kind: 'when' }>;

/** So long after a meeting was shown a time alone may be one for it; where it corrects another, longer. */
const SOON_MS = 10 * 60_000;
const FRESH_MS = 12 * 3_600_000;

/** The meeting that the person last had to do with here, if that was not long ago. */
async function recentMeeting(
  { isCorrection }: TimeSaid,
  { services, owner, turn }: Setting,
): Promise<MeetingRecord | null> {
  const now = services.now().toMillis();
  const records = (await services.store.meetingsOf(owner, now)).filter(
    ({ conversation, room }) => conversation === turn.conversation && room === undefined,
  );
  const [newest] = records.sort((a, b) => lastWord(b) - lastWord(a));
  const since = isCorrection ? FRESH_MS : SOON_MS;
  return newest !== undefined && now - lastWord(newest) <= since ? newest : null;
}

/** Asks whether a time alone moves the meeting of just now or makes another; null where there is none. */
export async function askMoveOrCreate(
  request: Pending,
  typed: TimeSaid,
  asked: DateTime,
  setting: Setting,
): Promise<Outcome | null> {
  const record = await recentMeeting(typed, setting);
  if (record === null) return null;
  const times = applyChange(record, typed.change, { now: asked, zone: asked.zoneName ?? 'utc' });
  const to = times.kind === 'changed' && typed.needs.length === 0 ? times.start : null;
  await park({ ...request, asks: 'move', among: [record.id] }, 'answer', setting.services);
  const question = { what: 'move' as const, ...headOf(record), to };
  return answers('asked', { kind: 'card', reply: { kind: 'choice', id: request.id, question } });
}

/** Moves the meeting that was asked about. */
export function moveInstead(pending: Pending, asked: DateTime, setting: Setting): Promise<Progress> {
  const { change, needs } = timeSaid(pending, asked);
  return onNamedMeeting({ kind: 'reschedule', which: ANY, change, needs }, pending, asked, setting);
}

function timeSaid({ utterance, locale }: Pending, now: DateTime): { change: Change; needs: readonly Need[] } {
  const typed = readTypedAnswer(utterance.text, { now, zone: now.zoneName, locale });
  if (typed?.kind !== 'when') throw new Error('a text without a time was parked as one');
  return typed;
}
