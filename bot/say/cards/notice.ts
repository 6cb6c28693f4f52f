import type { DateTime } from 'luxon';
import type { Rendered } from '../card-template.ts';
import type { Audience, Named } from '../say.ts';
import { type MeetingHead, wordMeetingHead } from '../words/meeting-head.ts';

/** A plain sentence without a card, as the catalogues have it. */
export type Notice = Exclude<Named<'notice.'>, 'limit' | 'tenantLimit' | 'ownTime'>;

/** A sentence is enough. */
type NoticeReply =
  | { kind: 'notice'; notice: Notice }
  /** This person, or all of their tenant together, made as many meetings in an hour as they may; then they may again. */
  | { kind: 'notice'; notice: 'limit' | 'tenantLimit'; until: DateTime }
  /** When somebody else's meeting is, in the reader's zone. */
  | (MeetingHead & { kind: 'notice'; notice: 'ownTime' });

/** A notice in one sentence or two. A wait is told in minutes, which are the same in every zone. */
export function renderNotice(reply: NoticeReply, audience: Audience): Rendered {
  const { say, now } = audience;
  if ('start' in reply) return { kind: 'text', text: wordTime(reply, audience) };
  if (!('until' in reply)) return { kind: 'text', text: say.text(`notice.${reply.notice}`) };
  const minutes = Math.max(1, Math.ceil(reply.until.diff(now, 'minutes').minutes));
  return { kind: 'text', text: say.text(`notice.${reply.notice}`, { minutes }) };
}

function wordTime(head: MeetingHead, audience: Audience): string {
  const { spoken } = wordMeetingHead({ ...head, zone: audience.zone ?? head.zone }, audience);
  return audience.say.text('notice.ownTime', spoken);
}
