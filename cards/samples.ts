import { readdirSync, readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import type { Reply } from '../bot/say/render.ts';

/** A reply and its reader, as kept in cards/samples: what tests, previews and documentation show cards with. */
export type Sample = {
  name: string;
  reader: { locale: string; zone: string | null; now: DateTime };
  reply: Reply;
};

const FOLDER = new URL('./samples/', import.meta.url);
const TIMES = new Set(['now', 'start', 'end', 'taken', 'to']);

/** Every sample, by name ("meeting.plain"). Times are ISO, with an IANA zone in brackets where the zone itself matters. */
export function readSamples(): Sample[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const sample = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'), reviveTime) as Omit<
        Sample,
        'name'
      >;
      return { name: file.slice(0, -'.json'.length), ...sample };
    });
}

function reviveTime(name: string, value: unknown): unknown {
  if (!TIMES.has(name) || typeof value !== 'string') return value;
  const [iso = '', zone] = value.split(/[[\]]/);
  return DateTime.fromISO(iso, { zone: zone ?? 'utc' });
}
