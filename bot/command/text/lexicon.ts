import { isNearMiss } from './spelling.ts';

/** A part of the day, which says whether 7 is in the morning. */
export type Part = 'morning' | 'afternoon' | 'evening' | 'night';

/** What lengths and distances are counted in. */
export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'fortnight' | 'month' | 'year';

/** What a word can mean for time. A word may mean several things ("second" is an ordinal and a unit nobody uses). */
export type Meaning = {
  weekday?: number;
  month?: number;
  /** Days from today. */
  shift?: number;
  number?: number;
  ordinal?: number;
  unit?: Unit;
  half?: 'am' | 'pm';
  part?: Part;
};

const words = new Map<string, Meaning>();
const add = (list: string, meaning: Meaning) => {
  for (const word of list.split(' ')) words.set(word, { ...words.get(word), ...meaning });
};

const WEEKDAYS = [
  'monday mon mondy munday',
  'tuesday tue tues tuesdy',
  'wednesday wed weds wednes wensday wenesday',
  'thursday thu thur thurs thurday thursdy',
  'friday fri frid',
  'saturday sat satur saterday',
  'sunday sun',
];
const MONTHS = [
  'january jan',
  'february feb febr feburary',
  'march mar',
  'april apr',
  'may',
  'june jun',
  'july jul',
  'august aug',
  'september sep sept',
  'october oct',
  'november nov',
  'december dec',
];
const NUMBERS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty';
const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth';
const TENS = { thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90 };

WEEKDAYS.forEach((list, index) => {
  add(list, { weekday: index + 1 });
});
MONTHS.forEach((list, index) => {
  add(list, { month: index + 1 });
});
NUMBERS.split(' ').forEach((word, value) => {
  add(word, { number: value });
});
ORDINALS.split(' ').forEach((word, value) => {
  add(word, { ordinal: value });
});
for (const [word, value] of Object.entries(TENS)) add(word, { number: value });
add('thirtieth', { ordinal: 30 });
add('today tday tdy tody todya 2day todays', { shift: 0 });
add(
  'tomorrow tmrw tmr tmro tmrrw tmw tmrow tomoz tomo tomoro 2moro 2morrow 2moz tommorrow tommorow tomorow',
  {
    shift: 1,
  },
);
add('yesterday yday', { shift: -1 });
add('tonight tonite 2nite 2night', { shift: 0, part: 'evening' });
add('morning morn mornin', { part: 'morning' });
add('afternoon arvo aft afternon', { part: 'afternoon' });
add('evening eve evng', { part: 'evening' });
add('night nite', { part: 'night' });
add('min mins minute minutes minuets mintues m', { unit: 'minute' });
add('hour hours hr hrs h', { unit: 'hour' });
add('day days d', { unit: 'day' });
add('week weeks wk wks', { unit: 'week' });
add('fortnight fortnights', { unit: 'fortnight' });
add('month months', { unit: 'month' });
add('year years', { unit: 'year' });
add('am a', { half: 'am' });
add('pm p', { half: 'pm' });

// Only long words: a short one is one slip away from too many honest words ("match" and "march").
const CORRECTABLE = [
  'monday tuesday wednesday thursday friday saturday sunday',
  'january february september october november december',
  'tomorrow tonight afternoon evening morning minutes fortnight',
]
  .join(' ')
  .split(' ');
const HONEST = new Set(
  'sundry mourning evenings mornings afternoons sundae sundry monody minute moaning evening warning'.split(
    ' ',
  ),
);

/** What a lower-case word can mean for time, allowing one slip in long words; undefined for any other word. */
export function meaningOf(word: string): Meaning | undefined {
  const known = words.get(word);
  if (known || word.length < 6 || word.length > 10 || HONEST.has(word)) return known;
  if (word.endsWith('s')) return undefined;
  const meant = CORRECTABLE.find((candidate) => isNearMiss(word, candidate));
  return meant === undefined ? undefined : words.get(meant);
}
