import type { Command } from '../../language/command.ts';
import { meetingWords } from '../../language/languages.ts';
import type { Question } from '../../language/question.ts';
import type { Meeting } from '../../meeting/meeting.ts';
import { whichMeeting } from '../../meeting/which.ts';
import type { AnswerReply } from '../../say/cards/answer.ts';
import { phrasePlace } from '../../say/words/phrases.ts';
import { answers, type Outcome, replyOf, says } from '../../teams/outcome.ts';
import { calendarOf, headOf } from '../cards/meeting-card.ts';
import { mayBeNamedIn } from '../cards/which-question.ts';
import { asOrganiser } from '../existing/organiser.ts';
import type { Setting } from '../services.ts';

type TopicCommand = Extract<Command, { kind: 'topic' }>;

/**
 * What cannot be had, and what works instead. Where that is an address of one meeting, and it is clear which, it comes
 * along; nobody is asked to sign in for it.
 */
export async function answerTopic(
  { topic, which }: TopicCommand,
  zone: string,
  setting: Setting,
): Promise<Outcome> {
  const general = answerOf({ topic }, setting);
  if (which === undefined) return general;
  const { services, owner, turn } = setting;
  const now = services.now();
  const records = (await services.store.meetingsOf(owner, now.toMillis())).filter((record) =>
    mayBeNamedIn(turn, record),
  );
  const [found, ...others] = whichMeeting(records, which, {
    now,
    zone,
    conversation: turn.conversation,
    words: meetingWords(),
  });
  if (found === undefined || others.length > 0) return general;
  const progress = await asOrganiser(found.id, setting, async (record, caller) => {
    const meeting = await services.meetings.get(record.graphId, caller);
    const calendar = calendarOf(meeting, record, setting);
    const about = { ...headOf(record), calendar, chat: chatOf(meeting) };
    return answerOf({ topic, about }, setting);
  });
  return 'needs' in progress || replyOf(progress)?.kind !== 'answer' ? general : progress;
}

/** The answer to a question of the first week. */
export const answerQuestion = (question: Question, setting: Setting): Outcome =>
  question === 'free' ? says('noCalendars') : answerOf({ topic: question }, setting);

const answerOf = (reply: Omit<AnswerReply, 'kind' | 'place'>, { turn }: Setting): Outcome =>
  answers('answered', {
    kind: 'sentence',
    reply: { kind: 'answer', place: phrasePlace(turn.place), ...reply },
  });

/** Teams' address of a chat, below the same host as the link for joining. */
function chatOf({ threadId, joinUrl }: Meeting): string | null {
  if (threadId === undefined) return null;
  return `https://${new URL(joinUrl).host}/l/chat/${encodeURIComponent(threadId)}/conversations`;
}
