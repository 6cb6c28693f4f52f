/** Units of 100 ns since 1970 in UTC: what Graph's seven digits count. */
export type Ticks = bigint;

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(?:(Z)|([+-])(\d{2}):(\d{2}))$/;
const TICKS_PER_MS = 10_000n;

/** So many ticks. */
export const HOUR: Ticks = 3_600_000n * TICKS_PER_MS;

/** 24 hours, whatever clocks do. */
export const DAY: Ticks = 24n * HOUR;

/** Reads an instant with its offset, to seven digits; null for anything else, so also for a time without offset. */
export function readInstant(text: string): Ticks | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const [
    ,
    date = '',
    hour = '',
    minute = '',
    second = '00',
    fraction = '',
    utc,
    sign,
    hours = '0',
    minutes = '0',
  ] = match;
  const wall = `${date}T${hour}:${minute}:${second}.000Z`;
  const ms = Date.parse(wall);
  // Date.parse turns 31 February into March, and 24:00 into the next day.
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== wall) return null;
  const offset = utc ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  if (Math.abs(offset) > 14 * 60 || Number(minutes) > 59) return null;
  return BigInt(ms - offset * 60_000) * TICKS_PER_MS + BigInt(fraction.padEnd(7, '0'));
}

/** Writes it as Graph does: UTC, up to seven digits, none where they are zero. */
export function writeInstant(ticks: Ticks): string {
  const rest = ((ticks % 10_000_000n) + 10_000_000n) % 10_000_000n;
  const seconds = (ticks - rest) / 10_000_000n;
  const fraction = String(rest).padStart(7, '0').replace(/0+$/, '');
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${whole}${fraction ? `.${fraction}` : ''}Z`;
}

/** A moment in ticks; `rest` (0–9999) is what a millisecond clock cannot say. */
export function fromMs(ms: number, rest = 0): Ticks {
  return BigInt(ms) * TICKS_PER_MS + BigInt(rest);
}
