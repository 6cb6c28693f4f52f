import { DateTime } from 'luxon';

/** Longer is no date and no time. */
const LONGEST = 40;
const FORMATS = ['H:mm', 'H:mm:ss', 'h:mm a', 'h:mm:ss a', 'h:mma', 'a h:mm', 'ah:mm'];

/**
 * What an `Input.Time` sent, as HH:mm; null where it cannot be read. Some clients write it in the clock of the person's
 * region (`locale`, BCP 47), or with seconds. 24:00 stays, because it belongs to the next day.
 */
export function readTimeInput(value: unknown, locale: string): string | null {
  const text = readText(value)
    .replace(/^(\d{1,2})\.(\d\d)/, '$1:$2')
    .replace(/([ap])\.? ?m\.?$/i, '$1m');
  if (text.startsWith('24:')) return /^24:00(:00)?$/.test(text) ? '24:00' : null;
  const readings = [locale, 'en'].flatMap((each) =>
    FORMATS.map((format) => DateTime.fromFormat(text, format, { locale: each, zone: 'utc' })),
  );
  return readings.find(({ isValid }) => isValid)?.toFormat('HH:mm') ?? null;
}

/** What an `Input.Date` sent, as yyyy-MM-dd; null where it cannot be read. Some clients write a time behind it. */
export function readDateInput(value: unknown): string | null {
  const date = /^(\d{4}-\d\d-\d\d)(?:[T ]|$)/.exec(readText(value))?.[1] ?? '';
  return DateTime.fromISO(date).isValid ? date : null;
}

/** Whether the person entered something. */
export const isFilled = (value: unknown): boolean => readText(value) !== '' || typeof value === 'number';

const readText = (value: unknown): string =>
  typeof value === 'string' && value.length <= LONGEST ? value.replaceAll(/\s+/g, ' ').trim() : '';
