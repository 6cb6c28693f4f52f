import type { Say } from '../say.ts';
import { names } from '../words/people.ts';
import { shortName, shown, startText, wordLabelled } from '../words/text.ts';
import { briefDay, type Clock, span, time } from '../words/time.ts';
import type { Name, Stand, Time, TimesReply } from './times-reply.ts';

const NAMES_SHOWN = 8;

/** Names in a list, for a TextRun; the reader is "you". */
export const wordNames = (all: readonly Name[], say: Say): string =>
  names(
    all.map((name) => (name === null ? say.text('free.you') : shown(shortName(name)))),
    say,
    NAMES_SHOWN,
  );

/** A time as a button names it. */
export function wordTime({ start, end }: Time, clock: Clock, dayOf = briefDay): string {
  const day = startText(dayOf(start, clock), clock.say);
  return clock.say.text('free.time', { day, hours: span(start, end, clock).hours });
}

/** Names at the beginning of a sentence: "You" is large there, and a name stays as it is written. */
export function wordStart(all: readonly Name[], say: Say): string {
  const words = wordNames(all, say);
  return all[0] === null ? startText(words, say) : words;
}

/** What is above the times. */
export function wordLead(reply: TimesReply, clock: Clock): { heading: string; lines: string[] } {
  const { lead, times, unknown, isAlone } = reply;
  const { text } = clock.say;
  const next = text(times.length > 0 ? 'free.next' : 'free.noNext');
  switch (lead.kind) {
    case 'found': {
      const seen = isAlone ? 'self' : unknown.length > 0 ? 'some' : 'all';
      return { heading: text('free.found', { seen }), lines: [] };
    }
    case 'none':
      return { heading: text('free.none', { why: lead.why }), lines: [next] };
    case 'taken': {
      const day = startText(briefDay(lead.start, clock), clock.say);
      return { heading: text('free.taken', { day, time: time(lead.start, clock) }), lines: [next] };
    }
    case 'asked':
      return wordAnswer(lead, next, clock);
    default:
      return lead satisfies never;
  }
}

/** Yes, no or unknown, and each person's line. */
function wordAnswer(
  lead: Extract<TimesReply['lead'], { kind: 'asked' }>,
  next: string,
  clock: Clock,
): { heading: string; lines: string[] } {
  const { say } = clock;
  const presences = lead.standings.map(({ presence }) => presence);
  const isBusy = presences.some((presence) => presence === 'busy' || presence === 'away');
  const verdict = isBusy ? 'no' : presences.includes('unknown') ? 'unknown' : 'yes';
  const lines = wordStands(lead.standings, say);
  return {
    heading: wordLabelled(wordTime(lead, clock), say.text('free.verdict', { verdict }), say),
    lines: [...lines, ...(isBusy ? [next] : [])],
  };
}

/** One sentence for all who stand alike. */
function wordStands(standings: readonly Stand[], say: Say): string[] {
  const alike = Map.groupBy(standings, (stand) => JSON.stringify([stand.presence, isOutsideHours(stand)]));
  return [...alike.values()].map((stands) => {
    const [first] = stands as [Stand, ...Stand[]];
    const { presence } = first;
    const isSelf = stands.length === 1 && first.name === null;
    const all = wordStart(
      stands.map(({ name }) => name),
      say,
    );
    const is = isSelf
      ? say.text('free.youAre', { presence })
      : say.text('free.theyAre', { presence, names: all, count: stands.length });
    return isOutsideHours(first) ? say.text('free.outside', { is, who: isSelf ? 'self' : 'other' }) : is;
  });
}

const isOutsideHours = (stand: Stand): boolean => stand.presence !== 'unknown' && stand.isOutside;
