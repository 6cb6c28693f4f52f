import type { Rule, Tokens } from '../text/pattern.ts';
import { first, map, maybe, opens, seq, tokenAt, word, words } from '../text/pattern.ts';
import { ABBREVIATIONS, PLACES, REGIONS } from './places.ts';

/** A zone as said. `abbreviation` is the lower-case letters, whose meaning depends on the season and the person. */
export type ZoneSaid =
  | { kind: 'iana'; zone: string }
  | { kind: 'offset'; minutes: number }
  | { kind: 'abbreviation'; name: string }
  | { kind: 'own' }
  /** "their time": nobody can know. */
  | { kind: 'unknown' };

/** Lower-case place name to IANA zone, spaces between words. */
const byPlace = new Map<string, string>();
for (const zone of Intl.supportedValuesOf('timeZone')) {
  const city = zone.split('/').at(-1)?.replaceAll('_', ' ').toLowerCase();
  if (city && zone.includes('/') && !zone.startsWith('Etc/')) byPlace.set(city, zone);
}
for (const [zone, names] of Object.entries(PLACES))
  for (const name of names.split('|')) byPlace.set(name, zone);
const AMBIGUOUS = new Set(
  'french german spanish italian dutch irish indian chinese japanese korean swiss act wa mexico nice easter center victoria mountain central pacific la rio gulf eastern atlantic kiwi'.split(
    ' ',
  ),
);

/** The IANA zone that people of this place keep; lower case; null for names nobody knows. */
export function zoneOfPlace(name: string): string | null {
  return byPlace.get(name) ?? null;
}

const firstWords = new Set([...byPlace.keys()].map((name) => name.split(' ')[0] ?? ''));

type Place = { zone: string; name: string };

/** The longest known place name here, of at most three words. */
export const place: Rule<Place> = opens([[...firstWords].join(' ')], (tokens, at) => {
  if (!firstWords.has(tokenAt(tokens, at).low)) return null;
  for (let words = 3; words > 0; words -= 1) {
    const name = joined(tokens, at, words);
    const zone = name && byPlace.get(name);
    if (zone) return { value: { zone, name }, next: at + words };
  }
  return null;
});

function joined(tokens: Tokens, at: number, words: number): string | null {
  let name = '';
  for (let i = at; i < at + words; i += 1) {
    const token = tokenAt(tokens, i);
    if (token.kind !== 'word') return null;
    name += i > at ? ` ${token.low}` : token.low;
  }
  return name;
}

const time = word('time tz');
const timeWords = first<unknown>(
  seq(maybe(word('standard daylight summer local office')), time),
  seq(word("o'clock"), time),
);
const of = maybe(word('in'));

/** UTC+2, GMT-05:30, +0530. */
const offset: Rule<ZoneSaid> = opens(['utc gmt'], (tokens, at) => {
  const name = tokenAt(tokens, at);
  if (name.low !== 'utc' && name.low !== 'gmt') return null;
  const sign = tokenAt(tokens, at + 1);
  const hours = tokenAt(tokens, at + 2);
  if (!/^[+–-]$/.test(sign.low) || hours.kind !== 'number' || !hours.glued || hours.low.length > 4)
    return null;
  let next = at + 3;
  let minutes = hours.low.length > 2 ? Number(hours.low.slice(-2)) : 0;
  const whole = hours.low.length > 2 ? Number(hours.low.slice(0, -2)) : Number(hours.low);
  if (tokenAt(tokens, next).low === ':' && tokenAt(tokens, next + 1).low.length === 2) {
    minutes = Number(tokenAt(tokens, next + 1).low);
    next += 2;
  }
  if (whole > 14 || minutes > 59) return null;
  const total = whole * 60 + minutes;
  return { value: { kind: 'offset', minutes: sign.low === '+' ? total : -total }, next };
});

const abbreviation: Rule<ZoneSaid> = opens(
  [Object.keys(REGIONS).join(' '), Object.keys(ABBREVIATIONS).join(' ')],
  (tokens, at) => {
    const { low, kind } = tokenAt(tokens, at);
    if (kind !== 'word') return null;
    const region = REGIONS[low];
    if (region) return { value: { kind: 'iana', zone: region }, next: at + 1 };
    return Object.hasOwn(ABBREVIATIONS, low)
      ? { value: { kind: 'abbreviation', name: low }, next: at + 1 }
      : null;
  },
);

const GENERIC: readonly (readonly [string, string])[] = [
  ['central european', 'Europe/Berlin'],
  ['western european', 'Europe/Lisbon'],
  ['eastern european', 'Europe/Athens'],
  ['british summer', 'Europe/London'],
  ['greenwich mean', 'UTC'],
  ['us eastern', 'America/New_York'],
  ['us central', 'America/Chicago'],
  ['us mountain', 'America/Denver'],
  ['us pacific', 'America/Los_Angeles'],
  ['indian standard', 'Asia/Kolkata'],
  ['india standard', 'Asia/Kolkata'],
  ['japan standard', 'Asia/Tokyo'],
  ['australian eastern', 'Australia/Sydney'],
  ['australian western', 'Australia/Perth'],
  ['australian central', 'Australia/Adelaide'],
  ['south african', 'Africa/Johannesburg'],
];
const generic = first<ZoneSaid>(
  ...GENERIC.map(([name, zone]) => map(seq(words(name), timeWords), () => ({ kind: 'iana' as const, zone }))),
);

const own = first<ZoneSaid>(
  map(
    first(
      words('my time'),
      words('our time'),
      words('local time'),
      words('my local time'),
      words('my timezone'),
      words('my time zone'),
      words('our time zone'),
    ),
    () => ({ kind: 'own' }),
  ),
  map(seq(word('his her their your customer client'), maybe(word('local')), word('time timezone')), () => ({
    kind: 'unknown',
  })),
  map(seq(word('his her their your'), word('time'), word('zone')), () => ({ kind: 'unknown' })),
  map(seq(word('the'), word("customer's client's team's"), word('time')), () => ({ kind: 'unknown' })),
);

const ZONE_ENDS = new Set(
  'with about on re regarding for to and at today tomorrow tonight please from invite titled called concerning'.split(
    ' ',
  ),
);

/** "London time", "Berlin", "(UK)", "in New York": without "time" only where nothing else could be meant. */
const named: Rule<ZoneSaid> = opens(['in', place], (tokens, at) => {
  const inside = of(tokens, at);
  const hit = inside && place(tokens, inside.next);
  if (!hit) return null;
  const value: ZoneSaid = { kind: 'iana', zone: hit.value.zone };
  const behind = timeWords(tokens, hit.next);
  if (behind) return { value, next: behind.next };
  const token = tokenAt(tokens, hit.next);
  const isEnd =
    token.kind === 'break' ||
    token.means !== undefined ||
    ZONE_ENDS.has(token.low) ||
    /^[,;.)!?\n(–—/|=-]$/.test(token.low);
  const isShort =
    hit.value.name.length <= 2 &&
    hit.value.name !== 'uk' &&
    hit.value.name !== 'nz' &&
    hit.value.name !== 'hk';
  return isEnd && !isShort && !AMBIGUOUS.has(hit.value.name) ? { value, next: hit.next } : null;
});
const AMERICAN: Readonly<Record<string, string>> = {
  eastern: 'America/New_York',
  central: 'America/Chicago',
  mountain: 'America/Denver',
  pacific: 'America/Los_Angeles',
};
const regionWithTime = map(
  seq(word(Object.keys(AMERICAN).join(' ')), maybe(word('standard daylight')), maybe(time)),
  ([name]): ZoneSaid => ({
    kind: 'iana',
    zone: AMERICAN[name] ?? 'UTC',
  }),
);
const slashed: Rule<ZoneSaid> = (tokens, at) => {
  const area = tokenAt(tokens, at);
  if (tokenAt(tokens, at + 1).low !== '/' || tokenAt(tokens, at + 2).kind !== 'word') return null;
  const hit = place(tokens, at + 2);
  return hit?.value.zone.toLowerCase().startsWith(`${area.low}/`)
    ? { value: { kind: 'iana', zone: hit.value.zone }, next: hit.next }
    : null;
};

const anyZone = first(generic, own, offset, slashed, named, regionWithTime, abbreviation);
/** A zone right behind (or in brackets behind) a time of day. */
export const zoneBehindClock: Rule<ZoneSaid> = (tokens, at) => {
  const open = tokenAt(tokens, at).low === '(' ? 1 : 0;
  const hit = anyZone(tokens, at + open);
  if (!hit || (hit.value.kind === 'abbreviation' && isWordInstead(tokens, at + open))) return null;
  let { next } = hit;
  next = timeWords(tokens, next)?.next ?? next;
  const close = tokenAt(tokens, next).low === ')' ? 1 : 0;
  return { value: hit.value, next: next + (open ? close : 0) };
};

/** "CAT scan", "west wing", "eat together": letters that are a word unless written as an abbreviation stands. */
function isWordInstead(tokens: Tokens, at: number): boolean {
  const { low, glued } = tokenAt(tokens, at);
  if (glued && low === 'z') return false;
  const isWord =
    low === 'cat' || low === 'west' || low === 'eat' || low === 'wet' || low === 'z' || low === 'gst';
  const behind = tokenAt(tokens, at + 1);
  return isWord && behind.kind === 'word' && behind.low !== 'time' && !ZONE_ENDS.has(behind.low);
}

/** A zone said anywhere else: only with "time" behind it. */
export const zoneAlone: Rule<ZoneSaid> = first<ZoneSaid>(
  generic,
  own,
  offset,
  map(seq(of, place, timeWords), ([, { zone }]) => ({ kind: 'iana', zone })),
  map(seq(word(Object.keys(AMERICAN).join(' ')), maybe(word('standard daylight')), time), ([name]) => ({
    kind: 'iana',
    zone: AMERICAN[name] ?? 'UTC',
  })),
  map(seq(abbreviation, time), ([said]) => said),
);
