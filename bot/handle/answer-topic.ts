import type { Command } from '../language/command.ts';
import type { Question } from '../language/reading.ts';
import type { Meeting } from '../meeting/meeting.ts';
import { mayBeNamedIn } from '../meeting/record.ts';
import { whichMeeting } from '../meeting/which-meeting.ts';
import type { AnswerReply } from '../say/cards/answer.ts';
import { phrasePlace } from '../say/words/phrases.ts';
import { answerNotice, answerWith, type Outcome, replyOf } from '../teams/outcome.ts';
import { calendarOf, headOf } from './cards/meeting-card.ts';
import { whichContext } from './cards/questions.ts';
import { asOrganiser } from './existing/organiser.ts';
import { comingMeetings, type TurnScope, zoneOf } from './services.ts';

type TopicCommand = Extract<Command, { kind: 'topic' }>;

/**
 * Answers a question about something that the bot cannot do, with what works instead. If the answer is an address of one
 * meeting, and it is clear which meeting, the address is added; nobody is asked to sign in for it.
 */
export async function answerTopic({ topic, which }: TopicCommand, scope: TurnScope): Promise<Outcome> {
  const general = answerOf({ topic }, scope);
  if (which === undefined) return general;
  const { services, turn } = scope;
  const now = services.now();
  const records = (await comingMeetings(scope)).filter((record) => mayBeNamedIn(turn, record));
  const [found, ...others] = whichMeeting(
    records,
    which,
    whichContext(now, (await zoneOf(scope)) ?? 'utc', scope),
  );
  if (found === undefined || others.length > 0) return general;
  const progress = await asOrganiser(found.id, scope, async (record, scope) => {
    const meeting = await services.meetings.get(record.graphId, scope.caller);
    const calendar = calendarOf(meeting, record, scope);
    const about = { ...headOf(record), calendar, chat: chatOf(meeting) };
    return answerOf({ topic, about }, scope);
  });
  return 'needs' in progress || replyOf(progress)?.kind !== 'answer' ? general : progress;
}

/** Answers a question that people ask in their first week. */
export function answerQuestion(question: Question, scope: TurnScope): Outcome {
  if (question !== 'free') return answerOf({ topic: question }, scope);
  return answerNotice(scope.services.calendar === null ? 'noCalendars' : 'howToFind');
}

function answerOf(given: Omit<AnswerReply, 'kind' | 'place'>, { turn, services }: TurnScope): Outcome {
  const hasCalendars = services.calendar === null ? {} : { hasCalendars: true as const };
  const reply = { kind: 'answer' as const, place: phrasePlace(turn.place), ...hasCalendars, ...given };
  return answerWith('answered', { kind: 'sentence', reply });
}

/** The address of the meeting's chat, on the same host as its join link. Null if Graph did not tell the chat. */
function chatOf({ threadId, joinUrl }: Meeting): string | null {
  if (threadId === undefined) return null;
  return `https://${new URL(joinUrl).host}/l/chat/${encodeURIComponent(threadId)}/conversations`;
}
