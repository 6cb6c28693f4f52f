import type { DateTime } from 'luxon';
import type { Assumption, Span } from '../../language/command.ts';
import type { Note } from '../../meeting/notes.ts';
import type { Value } from '../card-template.ts';
import type { Say } from '../say.ts';
import { names, shortName, shown } from './text.ts';
import { briefDay, type Clock, date, dayAndTime, shortDay, span, time, zoneName } from './time.ts';

const WORDS_SHOWN = 3;

/** What made a reading unsure, in one line for a TextRun; `doubts`: the words that did, the empty one for the reading as a whole. */
export function wordDoubts(doubts: readonly string[] | undefined, say: Say): string[] {
  if (doubts === undefined) return [];
  const words = [...new Set(doubts)].filter((word) => word !== '').slice(0, WORDS_SHOWN);
  if (words.length === 0) return [say.text('draft.unsure')];
  const quoted = words.map((word) => say.text('draft.quoted', { words: shown(word) }));
  return [say.text('draft.unsureOf', { words: names(quoted, say, WORDS_SHOWN) })];
}

type Guesses = { assumed: readonly Assumption[]; notes: readonly Note[] };
type Offer = { title: string; choice: number };

/** Six actions fit a card; joining and the three verbs take four. */
const OFFERS_SHOWN = 2;

/** One line for each guess, with the button that takes the other reading. Guesses from the same words share a line. `choice` is the index in `assumed`. */
export function wordAssumptions({ assumed, notes }: Guesses, clock: Clock): Value[] {
  const offers = listOffers(assumed, notes.includes('moved'), clock);
  const offered = (all: readonly Assumption[]) =>
    offers.filter(({ choice }) => all.some((assumption) => assumption === assumed[choice]));
  if (notes.includes('moved'))
    return assumed.flatMap((one) => {
      if (!one.alternative) return [];
      const other = wordDifference(one.alternative, one.taken, clock);
      return [{ text: clock.say.text('assumed.moved', { other }), change: offered([one]) }];
    });
  const said = [...Map.groupBy(assumed, ({ said, kind }) => said || kind).values()];
  return said.map((all) => ({ text: wordGuess(all, clock), change: offered(all) }));
}

function listOffers(assumed: readonly Assumption[], isBack: boolean, clock: Clock): Offer[] {
  const { text } = clock.say;
  return assumed
    .flatMap(({ alternative, taken }, choice) => {
      if (!alternative) return [];
      const other = wordDifference(alternative, taken, clock);
      return [{ title: text(isBack ? 'meeting.changeBack' : 'meeting.changeTo', { other }), choice }];
    })
    .slice(0, OFFERS_SHOWN);
}

/** What the other reading has that is different: its clock, its day, both, or its end. */
function wordDifference({ start, end }: Span, taken: DateTime, clock: Clock): string {
  const isOneDay = date(start, clock) === date(taken, clock);
  const isOneTime = time(start, clock) === time(taken, clock);
  if (isOneDay && isOneTime) return end ? span(start, end, clock).hours : time(start, clock);
  if (isOneDay) return time(start, clock);
  // The card has the other day in full.
  const isOneYear = start.hasSame(taken, 'year');
  const day = isOneYear ? briefDay(start, clock) : shortDay(start, clock);
  return isOneTime ? day : clock.say.text('times.both', { day, time: time(start, clock) });
}

function wordGuess(all: readonly Assumption[], clock: Clock): string {
  const { text } = clock.say;
  const taken = all
    .map((assumption) => wordReading(assumption, clock))
    .reduce((first, next) => text('list.pair', { first, next }));
  const said = shown(shortName(all[0]?.said ?? ''));
  if (said !== '') return text('assumed.took', { said, taken });
  switch (all[0]?.kind) {
    case 'stored': {
      const { alternative, taken: start } = all[0];
      const other = wordDifference(alternative ?? { start, end: null }, start, clock);
      return text('assumed.stored', { taken, other });
    }
    case 'zone':
      return text('assumed.zone', { taken });
    case 'ampm':
    case 'time':
      return text('assumed.clock', { taken });
    default:
      return text('assumed.date', { taken });
  }
}

function wordReading({ kind, taken }: Assumption, clock: Clock): string {
  switch (kind) {
    case 'ampm':
    case 'time':
      return time(taken, clock);
    case 'date':
      return shortDay(taken, clock);
    case 'stored':
      return dayAndTime(taken, clock);
    case 'dateorder':
      return date(taken, clock);
    case 'zone':
      return zoneName(taken.zoneName ?? clock.zone, clock.say);
    default:
      return kind satisfies never;
  }
}
