import { ianaZone } from '../base/date-time.ts';
import type { Command } from '../language/command.ts';
import { isAgreed } from '../language/conversation/bare-messages.ts';
import { read } from '../language/read.ts';
import type { Reading } from '../language/reading.ts';
import { cleanText, MAX_CHARACTERS } from '../language/text/clean.ts';
import type { Reply } from '../say/render.ts';
import { phrasePlace } from '../say/words/phrases.ts';
import type { Pending } from '../store/store.ts';
import { answerNotice, type Outcome, sayNothing, sendReplies } from '../teams/outcome.ts';
import type { MessageTurn, TurnBase } from '../teams/turn.ts';
import { answerQuestion, answerTopic } from './answer-topic.ts';
import { answerSettings } from './change-settings.ts';
import { withOpen } from './parked/ask-again.ts';
import { conversationOf } from './parked/conversation.ts';
import { keepOpen, onAnswer, passBy } from './parked/open-question.ts';
import { onRequest } from './parked/proceed.ts';
import { requestOf } from './request.ts';
import { type TurnScope, zoneOf } from './services.ts';
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
  const isAsked = ['none', 'help', 'topic'].includes(command.kind) || isWholeCard(command);
  if (question !== undefined && isAsked) return answerQuestion(question, scope);
  switch (command.kind) {
    case 'help':
      return sendReplies('help', helpFor(turn, null));
    case 'topic':
      if (isAttendance(command) && hasCalendars) return onRequest(request, scope, reading);
      return answerTopic(command, scope);
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

/** Whether it asks who came to a meeting. Teams tells that for meetings in a calendar. */
const isAttendance = ({ topic, which }: Extract<Command, { kind: 'topic' }>): boolean =>
  topic === 'attendance' && which !== undefined;

/** Whether the whole card of a meeting is asked for. */
const isWholeCard = (command: Command): boolean => command.kind === 'show' && command.details.length === 0;

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
