import { type DateTime, IANAZone } from 'luxon';
import type { UnreadField } from '../../meeting/decide.ts';
import type { Answer } from '../../store/store.ts';
import { isFilled, readDateInput, readTimeInput } from '../../teams/card-inputs.ts';
import type { CardAction } from '../../teams/turn.ts';
import { MOST_NAMES } from '../make/find-guests.ts';

const MOST_CHOICES = 10;
const FIELDS: readonly UnreadField[] = ['date', 'time', 'zone'];

/** What came back from a question card; what is no answer to its inputs is null, and `unread` where it was one of time. */
export function readAnswer(
  data: CardAction['data'],
  { locale, now }: { locale: string; now: DateTime },
): Answer {
  const { choice } = data;
  const isChoice = typeof choice === 'number' && Number.isInteger(choice);
  const given = {
    date: readDateInput(data.date),
    time: readTimeInput(data.time, locale),
    zone: readZone(data.zone),
  };
  const unread = FIELDS.filter((field) => given[field] === null && isFilled(data[field]));
  return {
    choice: isChoice && choice >= 0 && choice < MOST_CHOICES ? choice : null,
    ...given,
    minutes: readMinutes(data.minutes),
    who: readWho(data),
    ...(data.now === true && { now: now.toMillis() }),
    ...(unread.length > 0 && { unread }),
    ...(data.confirmed === true && { isConfirmed: true as const }),
  };
}

function readZone(value: unknown): string | null {
  const isName = typeof value === 'string' && /^[A-Za-z][\w+/-]{1,60}$/.test(value);
  return isName && IANAZone.isValidZone(value) ? value : null;
}

/** The inputs `who0`, `who1`, … as far as they were there. */
function readWho(data: CardAction['data']): (string | null)[] {
  const values = Array.from({ length: MOST_NAMES }, (_, i) => data[`who${i}`]);
  const last = values.findLastIndex((value) => typeof value === 'string');
  return values
    .slice(0, last + 1)
    .map((value) => (typeof value === 'string' && value.length <= 200 ? value : null));
}

function readMinutes(value: unknown): number | null {
  const minutes = Number(value ?? Number.NaN);
  return Number.isInteger(minutes) && minutes > 0 && minutes <= 24 * 60 ? minutes : null;
}
