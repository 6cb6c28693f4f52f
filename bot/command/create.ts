import { ianaZone } from '../base/time-zone.ts';
import type { CreateCommand, Invitee, Need, Options, Reading, Span, Utterance } from './command.ts';
import type { PeopleSaid } from './option/option-said.ts';
import type { Layout } from './subject/layout.ts';
import { cover, createLayout } from './subject/layout.ts';
import { roomName } from './subject/room-name.ts';
import type { Segment } from './subject/subject.ts';
import { cutAtTime, findCue, peelTail } from './subject/subject.ts';
import { leftTitle } from './subject/title.ts';
import { wording } from './subject/wording.ts';
import type { Tokens } from './text/pattern.ts';
import { tokenAt } from './text/pattern.ts';
import type { Place } from './text/tokens.ts';
import { tokenize } from './text/tokens.ts';
import { dayIn } from './when/instants.ts';
import type { Item } from './when/items.ts';
import { leftoverNeeds } from './when/leftover.ts';
import type { Picked } from './when/pick.ts';
import { pick } from './when/pick.ts';
import { scan } from './when/scan.ts';
import type { When } from './when/settling.ts';
import { sorted } from './when/settling.ts';
import { resolve } from './when/when.ts';
import type { Named } from './who/invitees.ts';
import { findPeople } from './who/invitees.ts';
import { peopleIn } from './who/people-list.ts';

/** A text taken apart: what each piece of it was taken for. */
export type Understood = {
  text: string;
  tokens: Tokens;
  items: readonly Item[];
  people: readonly Named[];
  picked: Picked;
  /** The tokens that name the subject outright ("about …", a quoted title). */
  subject: Segment | null;
  title: string | null;
  invitees: readonly Invitee[];
  options: Options;
};

const US_ORDER = new Set(['en-us', 'en-ph', 'en-fm', 'en-pw', 'en-mh', 'en-gu', 'en-as', 'en-pr', 'en-vi']);

/** Whether people of this locale write the month before the day. */
function isMonthFirst(locale: string): boolean {
  const low = locale.toLowerCase();
  return US_ORDER.has(low) || low === 'en' || low === 'es-us';
}

/** Titles in double quotes, or in single quotes that are no apostrophes. */
function findQuotes(tokens: Tokens): Place[] {
  const quotes: Place[] = [];
  let open = -1;
  let sign = '';
  for (let at = 0; at < tokens.length; at += 1) {
    const { low, glued } = tokenAt(tokens, at);
    if (low !== '"' && low !== "'") continue;
    if (open < 0) {
      if (tokenAt(tokens, at - 1).low === 'template') continue;
      const isOpening =
        low === '"' || (!glued && tokenAt(tokens, at + 1).glued && tokenAt(tokens, at + 1).kind !== 'number');
      if (isOpening) [open, sign] = [at, low];
    } else if (low === sign) {
      if (at > open + 1) quotes.push({ first: open, next: at + 1 });
      open = -1;
    }
  }
  return quotes;
}

/** A quoted title as it stands, with every sign that belongs to it. */
function quoted(text: string, tokens: Tokens, { first, next }: Place): string | null {
  return text.slice(tokenAt(tokens, first).to, tokenAt(tokens, next - 1).from).trim() || null;
}

const within = (places: readonly Place[], at: number) =>
  places.some(({ first, next }) => at >= first && at < next);

/** Takes a text apart. Pure; everything later decisions need is in the answer. */
export function understand(utterance: Utterance, reading: Reading): Understood {
  const { text } = utterance;
  const tokens = tokenize(text);
  const zone = reading.zone === null ? reading.now.zone : ianaZone(reading.zone);
  const today = dayIn(reading.now.setZone(zone));
  const quotes = findQuotes(tokens);
  const inQuotes = cover(tokens.length, quotes);
  const items = scan(tokens, { today, monthFirst: isMonthFirst(reading.locale) }, inQuotes);
  const inItems = cover(tokens.length, [...items, ...quotes]);
  const people = findPeople(tokens, utterance, (at) => !inItems(at));
  const layout = createLayout(tokens, items, people, quotes);
  const settled = settleSubject(layout, findCue(layout));
  const quote =
    quotes.find(
      ({ first }) =>
        !settled.segment || !within([settled.segment], first) || isWholeQuote(settled.segment, quotes),
    ) ?? null;
  const segment = settled.segment;
  const outside = segment
    ? items.filter(({ first, next }) => next <= segment.first || first >= segment.next)
    : items;
  const picked = pick(tokens, outside);
  const guests = segment
    ? people.filter(({ first, next }) => next <= segment.first || first >= segment.next)
    : people;
  const helpers = outside.filter((item) => item.kind === 'option');
  const { options, taken } = readOptions(helpers, tokens, utterance);
  const used = cover(tokens.length, [
    ...picked.used,
    ...guests,
    ...(segment ? [{ first: segment.cueFirst, next: segment.next }] : []),
  ]);
  const title = quote
    ? quoted(text, tokens, quote)
    : ((segment && wording(text, tokens, segment)) ?? leftTitle(text, tokens, used));
  const invitees = guests
    .filter((named) => !within(taken, named.first) && !within(taken, named.next - 1))
    .flatMap(({ invitees }) => invitees);
  return {
    text,
    tokens,
    items,
    people: guests,
    picked,
    subject: quote
      ? {
          ...quote,
          cueFirst: Math.min(quote.first, segment?.cueFirst ?? quote.first),
          next: Math.max(quote.next, segment?.next ?? 0),
        }
      : segment,
    title,
    invitees,
    options,
  };
}

function isWholeQuote(segment: Segment, quotes: readonly Place[]): boolean {
  return quotes.some(({ first, next }) => first <= segment.first + 1 && next >= segment.next);
}

/** Which words belong to the subject, once the times at its end have gone where they are missed. */
function settleSubject(layout: Layout, found: Segment | null): { segment: Segment | null } {
  if (!found) return { segment: null };
  const { tokens, items } = layout;
  const outside = items.filter(({ first, next }) => next <= found.first || first >= found.next);
  const strong = (kind: Item['kind']) =>
    outside.some((item) => item.kind === kind && !(item.kind === 'clock' && item.isWeak && !item.isCued));
  const has = {
    date: strong('date'),
    clock: pick(tokens, outside).clock !== null || strong('relative') || strong('now'),
    length: strong('length'),
    zone: strong('zone'),
  };
  const { segment, peeled } = peelTail(layout, found, has);
  const hasClock =
    has.clock || peeled.some(({ kind }) => kind === 'clock' || kind === 'relative' || kind === 'now');
  const settled = hasClock ? segment : cutAtTime(layout, segment).segment;
  return { segment: settled.next > settled.first ? settled : null };
}

function readOptions(
  items: readonly Item[],
  tokens: Tokens,
  utterance: Utterance,
): { options: Options; taken: Place[] } {
  let options: Options = {};
  const taken: Place[] = [];
  const people: { [As in PeopleSaid['as']]?: Invitee[] } = {};
  for (const item of items) {
    if (item.kind !== 'option') continue;
    options = { ...options, ...item.said.set };
    if (!item.said.who) continue;
    const { as, ...place } = item.said.who;
    taken.push(place);
    people[as] = [...(people[as] ?? []), ...peopleIn(tokens, place, utterance)];
  }
  return { options: { ...options, ...people }, taken };
}

function saidBy(understood: Understood, item: Place | null): string {
  if (!item) return '';
  const { tokens, text } = understood;
  return text
    .slice(tokenAt(tokens, item.first).from, tokenAt(tokens, item.next - 1).to)
    .replace(/^(at|on|from|for|@)\s*/i, '');
}

/** The command to make a meeting that an understood text is. */
export function toCreate(
  understood: Understood,
  reading: Reading,
  mode: CreateCommand['mode'],
): CreateCommand {
  const { picked, title, invitees, options } = understood;
  const base = {
    kind: 'create' as const,
    mode,
    subject: mode === 'room' ? roomName(title) : title,
    invitees,
    options,
    minutes: lengthOf(picked),
  };
  const isAnyTime = mode === 'room' && !picked.clock && picked.inMinutes === null;
  if (mode === 'now' || isAnyTime) {
    const start = reading.now.setZone(reading.zone === null ? reading.now.zone : ianaZone(reading.zone));
    const end = base.minutes === null ? null : start.plus({ minutes: base.minutes });
    const when = mode === 'now' ? { start, end } : null;
    return { ...base, when, day: null, clock: null, needs: [], choices: [], assumed: [] };
  }
  const words = {
    date: saidBy(understood, picked.date),
    clock: saidBy(understood, picked.clock),
    zone: saidZone(understood),
  };
  const when = resolve(picked, reading, words);
  const left = openTimes(understood, reading, when.span);
  const { span, day, clock, needs, choices, assumed } = left.length > 0 ? reopened(when, left) : when;
  // A room is there each time anyway.
  const open = mode === 'room' ? needs.filter((need) => need !== 'recurrence') : needs;
  return { ...base, when: span, day, clock, needs: open, choices, assumed };
}

/** What was said of the time and is not in it: it must be asked. */
function openTimes(understood: Understood, reading: Reading, span: Span | null): readonly Need[] {
  const { tokens, items, people, picked, subject } = understood;
  if (span === null) return [];
  const isTaken = cover(tokens.length, [
    ...picked.used,
    ...people,
    ...(subject ? [{ first: subject.cueFirst, next: subject.next }] : []),
  ]);
  // "3pm London / 9am New York" is one time only where it is the same there.
  const elsewhere = items.filter(
    (item) => item.kind === 'clock' && item !== picked.clock && item.zone !== null && picked.used.has(item),
  );
  const isOther = elsewhere.some((item) => {
    if (item.kind !== 'clock') return false;
    const there = resolve({ ...picked, clock: item, zone: item.zone }, reading, NO_WORDS).span;
    return there !== null && +there.start !== +span.start;
  });
  return isOther ? ['time'] : leftoverNeeds(tokens, items, isTaken);
}

const NO_WORDS = { date: '', clock: '', zone: '' };

function reopened(when: When, needs: readonly Need[]): When {
  const isOpen = (need: Need) => needs.includes(need);
  return {
    ...when,
    span: null,
    day: isOpen('date') ? null : when.day,
    clock: isOpen('time') ? null : when.clock,
    needs: sorted([...when.needs, ...needs]),
    choices: [],
    assumed: [],
  };
}

function lengthOf({ minutes, clock }: Picked): number | null {
  return clock?.to ? null : minutes;
}

function saidZone({ picked }: Understood): string {
  return picked.zone?.kind === 'abbreviation' ? picked.zone.name.toUpperCase() : '';
}
