import { IANAZone } from 'luxon';
import type { Answer } from '../../store/store.ts';
import type { CardAction } from '../../teams/card-action.ts';
import { MOST_NAMES } from '../make/guests.ts';

const MOST_CHOICES = 10;

/** What came back from a question card; whatever is no answer to its inputs is null. */
export function readAnswer(data: CardAction['data']): Answer {
  const match = (name: string, pattern: RegExp) => {
    const value = data[name];
    return typeof value === 'string' && pattern.test(value) ? value : null;
  };
  const { choice } = data;
  const isChoice = typeof choice === 'number' && Number.isInteger(choice);
  const zone = match('zone', /^[A-Za-z][\w+/-]{1,60}$/);
  return {
    choice: isChoice && choice >= 0 && choice < MOST_CHOICES ? choice : null,
    date: match('date', /^\d{4}-\d\d-\d\d$/),
    time: match('time', /^\d\d:\d\d$/),
    zone: zone !== null && IANAZone.isValidZone(zone) ? zone : null,
    minutes: readMinutes(data.minutes),
    who: readWho(data),
    ...(data.confirmed === true && { isConfirmed: true as const }),
  };
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
