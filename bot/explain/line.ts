import { DateTime } from 'luxon';
import * as z from 'zod';
import { memo } from '../base/cache.ts';
import { ianaZone } from '../base/date-time.ts';
import { NEEDS } from '../language/command.ts';

const orNull = <T extends z.ZodType>(type: T) => type.nullish().transform((value) => value ?? null);
const named = { subject: orNull(z.string()), start: z.string() };
const known = z.object({ ...named, end: z.string(), attendees: z.array(z.string()).default([]) });
const question = z.object({
  kind: z.literal('question'),
  needs: z.array(z.enum(NEEDS)).catch([]).default([]),
  subject: orNull(z.string()),
  start: orNull(z.string()),
});
const CONTEXT = z.object({
  open: orNull(z.union([question, z.object({ kind: z.literal('confirm'), subject: orNull(z.string()) })])),
  focus: orNull(z.object({ ...named, end: z.string(), minutesAgo: z.number() })),
  meetings: z
    .array(known)
    .nullish()
    .transform((meetings) => meetings ?? []),
});

/** One request of the line protocol, checked. */
export type Line = {
  id: unknown;
  text: string;
  now: DateTime;
  zone: string | null;
  locale: string;
  context: z.infer<typeof CONTEXT> | undefined;
};

// Lines of one file often have the same instant, and parsing one is expensive. Zone names contain no space.
const instantOf = memo(1_000, (isoAndZone) => {
  const [iso = '', zone = ''] = isoAndZone.split(' ');
  const instant = DateTime.fromISO(iso, { setZone: true });
  return zone === '' ? instant : instant.setZone(ianaZone(zone));
});

/** Parses and checks one JSON line. Throws an Error that says what is wrong. */
export function readLine(json: string): Line {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) throw new Error('a line must be an object');
  const { id, text, now, zone, locale, context } = value as Record<string, unknown>;
  if (typeof text !== 'string') throw new Error('text must be a string');
  const isZone = typeof zone === 'string' && !zone.includes(' ') && ianaZone(zone).isValid;
  if (zone !== null && zone !== undefined && !isZone) throw new Error('zone must be an IANA name or null');
  const instant =
    typeof now === 'string' && !now.includes(' ') ? instantOf(`${now} ${isZone ? zone : ''}`) : null;
  if (!instant?.isValid) throw new Error('now must be an ISO instant');
  return {
    id: id ?? null,
    text,
    now: instant,
    zone: isZone ? zone : null,
    locale: typeof locale === 'string' ? locale : 'en-GB',
    context: context === null || context === undefined ? undefined : CONTEXT.parse(context),
  };
}
