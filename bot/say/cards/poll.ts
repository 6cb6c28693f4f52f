import type { DateTime } from 'luxon';
import template from '../../../cards/poll.json' with { type: 'json' };
import { toCard } from '../card-template.ts';
import { type Say, say as sayIn } from '../say.ts';
import { shortName, shown, wordLabelled, wordSentences } from '../words/text.ts';
import { briefDate, zoneName } from '../words/time.ts';
import { wordNames, wordTime, wordTimesHead } from './times.ts';

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
  times: readonly { start: DateTime; end: DateTime; voters: readonly string[] }[];
};

/** Renders cards/poll.json. */
export const pollCard = toCard<PollReply>(template, (reply, { now }) => {
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
  const voters = rows.flatMap((row) => wordVoters(row, say));
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

/** Who has voted for a time. Empty if nobody has. */
const wordVoters = ({ title, voters }: { title: string; voters: readonly string[] }, say: Say): string[] =>
  voters.length === 0 ? [] : [wordLabelled(title, wordNames(voters, say), say)];
