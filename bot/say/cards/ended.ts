import template from '../../../cards/ended.json' with { type: 'json' };
import { toCard } from '../card-template.ts';
import type { Audience } from '../say.ts';
import { isAnyTime, type MeetingHead, wordMeetingHead } from '../words/meeting-head.ts';
import { wordLabelled } from '../words/text.ts';

/**
 * A meeting that was cancelled just now, is gone from Teams, or is over. `newer`: an older card of a meeting that has newer
 * ones.
 */
export type EndedReply = MeetingHead & {
  kind: 'ended';
  why: 'cancelled' | 'gone' | 'over' | 'newer';
  /** Graph has confirmed that it was locked before it was removed. */
  isLocked?: boolean;
  /** The request that makes it again. */
  againId?: string;
  /** A newer card below says all of it. */
  isOlder?: true;
};

/** Renders cards/ended.json. What there was, and what is known of its link. */
export const endedCard = toCard<EndedReply>(template, (reply, audience) => {
  const { text } = audience.say;
  const { seen, spoken } = wordMeetingHead(reply, audience);
  const { why, isRoom } = reply;
  if (why === 'newer') return shortCard(text('ended.newer'));
  const heading = text(isRoom ? 'ended.closed' : `ended.${why}`);
  if (reply.isOlder) return shortCard(heading);
  // A closed room is no longer open at any time.
  const isTimed = !isAnyTime(reply, audience);
  const effect = effectOf(reply, audience);
  const what = isTimed ? text('meeting.summary', spoken) : spoken.subject;
  const when = isTimed ? [text('meetings.line', seen)] : [];
  return {
    data: {
      heading,
      titles: [seen.title],
      when,
      effect,
      again: reply.againId === undefined ? [] : [{ id: reply.againId, title: text('ended.again') }],
    },
    speak: [heading, what, ...effect],
    summary: wordLabelled(heading, spoken.subject, audience.say),
  };
});

/** One line in the place of a card. */
const shortCard = (heading: string) => ({
  data: { heading, titles: [], when: [], effect: [], again: [] },
  speak: heading,
  summary: heading,
});

function effectOf({ why, isRoom, isLocked }: EndedReply, { say: { text } }: Audience): string[] {
  if (why === 'over') return [];
  const effect = text(isLocked ? 'ended.locked' : 'ended.removed');
  return isRoom ? [effect, text('ended.reopen')] : [effect];
}
