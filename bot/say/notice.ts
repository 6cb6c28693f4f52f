import type { NoticeReply } from '../reply/words.ts';
import type { Audience } from './filling.ts';

/** A notice in one sentence or two. A wait is told in minutes, which are the same in every zone. */
export function noticeText(reply: NoticeReply, { say, now }: Audience): string {
  if (!('until' in reply)) return say.text(`notice.${reply.notice}`);
  const minutes = Math.max(1, Math.ceil(reply.until.diff(now, 'minutes').minutes));
  return say.text(`notice.${reply.notice}`, { minutes });
}
