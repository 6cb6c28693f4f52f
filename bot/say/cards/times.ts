import type { DateTime } from 'luxon';
import pollTemplate from '../../../cards/poll.json' with { type: 'json' };
import template from '../../../cards/times.json' with { type: 'json' };
import { type FreeTimes, isBusy, type Stand } from '../../meeting/free-times.ts';
import { toCard } from '../card-template.ts';
import { type Say, say as sayIn } from '../say.ts';
import { names, plain, shortName, shown, startText, wordLabelled, wordSentences } from '../words/text.ts';
import { briefDate, briefDay, type Clock, duration, span, time, zoneName } from '../words/time.ts';

/** A stretch of time. */
type Time = { start: DateTime; end: DateTime };

/** Somebody by name; null is the reader. */
type Name = string | null;

/** How somebody stands to the time that was asked about. */
type NamedStand = { name: Name } & Stand;

/** Times that suit several people, each a button (verb `answer`, `choice` its place). */
export type TimesReply = {
  kind: 'times';
  id: string;
  asker: string;
  /** The buttons of an older card choose nothing. */
  revision: number;
  subject: string | null;
  zone: string;
  minutes: number;
  lead:
    | { kind: 'found' }
    /** There are none in the time that was asked for: the times are of the days after. */
    | Extract<FreeTimes, { kind: 'none' }>
    /** Somebody has taken this time since it was offered. */
    | (Time & { kind: 'taken' })
    /** It was asked about one time. */
    | (Time & { kind: 'asked'; standings: readonly NamedStand[] });
  times: readonly (Time & { tentative: readonly Name[] })[];
  /** Those whose calendars cannot be seen. */
  unknown: readonly Name[];
  /** Nobody else reads it. */
  isPersonal: boolean;
  /** Nobody but the asker is to come. */
  isAlone: boolean;
};

/** The most letters that fit beside a button on a phone, in two lines. */
const BESIDE_LETTERS = 24;

/** Renders cards/times.json. */
export const timesCard = toCard<TimesReply>(template, (reply, audience) => {
  const { say } = audience;
  const clock = { ...audience, zone: reply.zone };
  const rows = reply.times.map((time, choice) => ({ choice, ...wordRow(time, reply, clock) }));
  const { heading, lines } = wordLead(reply, clock);
  const unknown = wordUnseen(reply, say);
  return {
    data: {
      ...wordTimesHead(reply, heading),
      lines,
      rows,
      unknown,
      asked: wordWho(reply, say),
      more: say.text('free.length', {
        length: duration(reply.minutes, say),
        zone: zoneName(reply.zone, say),
      }),
      // *Ask everyone*, where there are others and a choice.
      buttons: reply.isPersonal || reply.times.length < 2 ? [] : [say.text('free.vote')],
    },
    speak: [heading, ...[...lines, ...unknown].map(plain), ...rows.map(({ title }) => title)],
    summary: heading,
  };
});

/** The button of a time, and who may be busy then, beside it where that is short. */
function wordRow(offered: TimesReply['times'][number], { times }: TimesReply, clock: Clock) {
  const time = wordTime(offered, clock);
  const notes = wordTentative(offered.tentative, clock.say);
  if (times.length === 1) return { title: clock.say.text('free.create', { time }), beside: [], below: notes };
  return notes.join('').length <= BESIDE_LETTERS
    ? { title: time, beside: notes, below: [] }
    : { title: time, beside: [], below: notes };
}

const wordTentative = (tentative: readonly Name[], say: Say): string[] =>
  tentative.length === 0 ? [] : [say.text('free.tentative', { names: wordStart(tentative, say) })];

/** The people whose calendars cannot be seen. In the answer about one time each of them has a line already. */
function wordUnseen({ unknown, lead }: TimesReply, say: Say): string[] {
  if (unknown.length === 0 || lead.kind === 'asked') return [];
  return [say.text('free.unseen', { names: wordNames(unknown, say) })];
}

/** What the buttons do, and who may press them. */
function wordWho({ isPersonal, asker, times }: TimesReply, { text }: Say): string[] {
  if (times.length === 0 || (isPersonal && times.length === 1)) return [];
  return [isPersonal ? text('free.pick') : text('free.who', { asker: shown(shortName(asker)) })];
}

const NAMES_SHOWN = 8;

/** Names in a list, for a TextRun; the reader is "you". */
const wordNames = (all: readonly Name[], say: Say): string =>
  names(
    all.map((name) => (name === null ? say.text('free.you') : shown(shortName(name)))),
    say,
    NAMES_SHOWN,
  );

/** The head of a card with times to choose from, and what its buttons carry. */
const wordTimesHead = (
  { id, revision, subject }: Pick<TimesReply, 'id' | 'revision' | 'subject'>,
  heading: string,
) => ({ id, revision, heading, subject: subject === null ? [] : [shown(subject)] });

/** A time as a button names it. */
function wordTime({ start, end }: Time, clock: Clock, dayOf = briefDay): string {
  const day = startText(dayOf(start, clock), clock.say);
  return clock.say.text('meetings.line', { day, hours: span(start, end, clock).hours });
}

/** Names at the beginning of a sentence: "You" is large there, and a name stays as it is written. */
function wordStart(all: readonly Name[], say: Say): string {
  const words = wordNames(all, say);
  return all[0] === null ? startText(words, say) : words;
}

/** What is above the times. */
function wordLead(reply: TimesReply, clock: Clock): { heading: string; lines: string[] } {
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
  const isTaken = lead.standings.some(isBusy);
  const isUnknown = lead.standings.some(({ presence }) => presence === 'unknown');
  const verdict = isTaken ? 'no' : isUnknown ? 'unknown' : 'yes';
  const lines = wordStands(lead.standings, say);
  return {
    heading: wordLabelled(wordTime(lead, clock), say.text('free.verdict', { verdict }), say),
    lines: [...lines, ...(isTaken ? [next] : [])],
  };
}

/** One sentence for all who stand alike. */
function wordStands(standings: readonly NamedStand[], say: Say): string[] {
  const alike = Map.groupBy(standings, (stand) => JSON.stringify([stand.presence, isOutsideHours(stand)]));
  return [...alike.values()].map((stands) => {
    const [first] = stands as [NamedStand, ...NamedStand[]];
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

/** A vote on several times (verb `vote`, `choice` the place of the time); its asker makes the meeting (verb `answer`). */
export type PollReply = {
  kind: 'poll';
  id: string;
  asker: string;
  /** The buttons of an older card choose nothing. */
  revision: number;
  subject: string | null;
  zone: string;
  /** The asker's language (BCP 47). Everybody sees the same card, so it does not change with the last voter. */
  locale: string;
  times: readonly (Time & { voters: readonly string[] })[];
};

/** Renders cards/poll.json. */
export const pollCard = toCard<PollReply>(pollTemplate, (reply, { now }) => {
  const say = sayIn(reply.locale);
  const { text } = say;
  const clock = { say, zone: reply.zone, now };
  const unfold = text('free.whoVoted');
  const rows = reply.times.map(({ voters, ...time }, choice) => ({
    title: wordTime(time, clock, briefDate),
    choice,
    votes: voters.length > 0 ? [{ words: text('free.votes', { count: voters.length }), unfold }] : [],
    noVotes: voters.length > 0 ? [] : [text('free.noVoters')],
    voters,
  }));
  const voters = rows
    .filter((row) => row.voters.length > 0)
    .map((row) => wordLabelled(row.title, wordNames(row.voters, say), say));
  const heading = text('free.voteTitle');
  const [first, ...others] = rows
    .toSorted((a, b) => b.voters.length - a.voters.length)
    .map(({ title, choice }) => ({ title: text('free.create', { time: title }), choice }));
  return {
    data: {
      ...wordTimesHead(reply, heading),
      how: text('free.voteHow'),
      rows: rows.map(({ voters: _, ...row }) => row),
      voters: voters.length > 0 ? [{ lines: voters }] : [],
      who: text('free.voteWho', { asker: shown(shortName(reply.asker)) }),
      more: text('times.zone', { zone: zoneName(reply.zone, say) }),
      first: first === undefined ? [] : [first],
      others,
    },
    speak: wordSentences([heading, ...rows.map(({ title }) => title)], say),
    summary: heading,
  };
});
