import { ianaZone } from '../base/date-time.ts';
import type { Command } from '../language/command.ts';
import { isAgreed } from '../language/conversation/bare-messages.ts';
import { read } from '../language/read.ts';
import type { Question, Reading } from '../language/reading.ts';
import { cleanText, MAX_CHARACTERS } from '../language/text/clean.ts';
import type { Meeting } from '../meeting/meeting.ts';
import { mayBeNamedIn } from '../meeting/record.ts';
import { onlyOf, whichMeeting } from '../meeting/which-meeting.ts';
import type { AnswerReply } from '../say/cards/answer.ts';
import type { Reply } from '../say/render.ts';
import { phrasePlace } from '../say/words/phrases.ts';
import type { Pending } from '../store/store.ts';
import {
  answerNotice,
  answerWith,
  type Outcome,
  replyOf,
  sayNothing,
  sendReplies,
} from '../teams/outcome.ts';
import type { MessageTurn, TurnBase } from '../teams/turn.ts';
import { calendarOf, headOf } from './cards/meeting-card.ts';
import { whichContext } from './cards/questions.ts';
import { answerSettings } from './change-settings.ts';
import { asOrganiser } from './existing/as-organiser.ts';
import { conversationOf } from './parked/conversation.ts';
import { keepOpen, onAnswer, passBy } from './parked/open-question.ts';
import { onRequest } from './parked/proceed.ts';
import { withOpen } from './parked/take-answer.ts';
import { requestOf } from './request.ts';
import { comingMeetings, type TurnScope, zoneOf } from './services.ts';
import { onSignIn } from './sign-in/ask-sign-in.ts';
import { askToSignOut } from './sign-in/sign-out.ts';

/**
 * Answers a message; the order of a conversation is written here. First it may answer the question that is open, or correct a
 * draft; otherwise it is a command by itself.
 */
export async function onMessage(turn: MessageTurn, scope: TurnScope): Promise<Outcome> {
  const text = cleanText(turn.utterance.text);
  if (text.length > MAX_CHARACTERS) return answerNotice('tooLong');
  const utterance = { ...turn.utterance, text };
  const zone = await zoneOf(scope);
  const now = turn.at.setZone(ianaZone(zone ?? 'utc'));
  const conversation = await conversationOf(scope);
  const { context } = conversation;
  const reading = read(utterance, { now, zone, locale: turn.locale, context });
  const request = requestOf(utterance, context, scope);
  const answered = await onAnswer(request, reading, conversation, scope);
  if (answered !== null) return answered;
  const { command } = reading;
  const isThanks = command.kind === 'none' && command.why === 'thanks';
  if (!isThanks) await passBy(scope);
  const outcome = await keepOpen(await onCommand(request, reading, scope), conversation, scope);
  // "Yes, and move Q3 to 5": what the yes was about waits for one by itself.
  const { open, overtaken } = conversation;
  const isYes = command.kind !== 'none' && reading.sentence !== null && isAgreed(reading.sentence);
  return open !== null && overtaken === null && isYes ? withOpen(outcome, open, scope) : outcome;
}

/** Carries out a message that answers no question. */
async function onCommand(request: Pending, reading: Reading, scope: TurnScope): Promise<Outcome> {
  const { turn, services } = scope;
  const { text } = request.utterance;
  const { command, question } = reading;
  const hasCalendars = services.calendar !== null;
  const isWholeCard = command.kind === 'show' && command.details.length === 0;
  const isAsked = isWholeCard || ['none', 'help', 'topic'].includes(command.kind);
  if (question !== undefined && isAsked) return answerQuestion(question, scope);
  switch (command.kind) {
    case 'help':
      return sendReplies('help', helpFor(turn, null));
    case 'topic':
      // Teams tells who came to a meeting if it is in a calendar.
      return command.topic === 'attendance' && command.which !== undefined && hasCalendars
        ? onRequest(request, scope, reading)
        : answerTopic(command, scope);
    case 'invite':
      return hasCalendars
        ? onRequest(request, scope, reading)
        : onInviteByText(command, reading, request, scope);
    case 'answer':
      return onNone('unknown', text, turn);
    case 'confirm':
    case 'decline':
      return answerNotice('nothingAsked');
    case 'none':
      return onNone(command.why, text, turn);
    case 'signin':
      return onSignIn(scope);
    case 'signout':
      return askToSignOut(request, scope);
    case 'settings':
      // Without calendars nobody is mailed, so nothing is said to be saved.
      if (command.change?.alwaysInvite !== undefined && !hasCalendars) return answerQuestion('email', scope);
      return answerSettings(command.change, scope);
    default:
      return onRequest(request, scope, reading);
  }
}

/** Handles an invitation where nothing goes into a calendar: there is the text to pass on, or the way to an event. */
async function onInviteByText(
  command: Extract<Command, { kind: 'invite' }>,
  reading: Reading,
  request: Pending,
  scope: TurnScope,
): Promise<Outcome> {
  const { which, calendar } = command;
  if (reading.question !== undefined) return answerQuestion(reading.question, scope);
  if (calendar === 'mine') return answerTopic({ kind: 'topic', topic: 'calendar', which }, scope);
  return onRequest(request, scope, { ...reading, command: { kind: 'invitation', which, language: null } });
}

function onNone(why: Extract<Command, { kind: 'none' }>['why'], text: string, turn: TurnBase): Outcome {
  if (why === 'thanks') return sayNothing(why);
  if (why === 'language') return answerNotice(why);
  const quoted = why === 'greeting' || why === 'empty' ? null : text;
  return sendReplies(why, helpFor(turn, quoted));
}

const helpFor = ({ place }: TurnBase, quoted: string | null): Reply => ({
  kind: 'help',
  quoted,
  place: phrasePlace(place),
});

type TopicCommand = Extract<Command, { kind: 'topic' }>;

/**
 * Answers a question about something that the bot cannot do, with what works instead. If the answer is an address of one
 * meeting, and it is clear which meeting, the address is added; nobody is asked to sign in for it.
 */
async function answerTopic({ topic, which }: TopicCommand, scope: TurnScope): Promise<Outcome> {
  const general = answerOf({ topic }, scope);
  if (which === undefined) return general;
  const { services, turn } = scope;
  const now = services.now();
  const records = (await comingMeetings(scope)).filter((record) => mayBeNamedIn(turn, record));
  const context = whichContext(now, (await zoneOf(scope)) ?? 'utc', scope);
  const found = onlyOf(whichMeeting(records, which, context));
  if (found === null) return general;
  const progress = await asOrganiser(found.id, scope, async (record, scope) => {
    const meeting = await services.meetings.get(record.graphId, scope.caller);
    const calendar = calendarOf(meeting, record, scope);
    const about = { ...headOf(record), calendar, chat: chatOf(meeting) };
    return answerOf({ topic, about }, scope);
  });
  return 'needs' in progress || replyOf(progress)?.kind !== 'answer' ? general : progress;
}

/** Answers a question that people ask in their first week. */
function answerQuestion(question: Question, scope: TurnScope): Outcome {
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
