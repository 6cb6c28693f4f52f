import { ianaZone } from '../base/date-time.ts';
import type { Command } from '../language/command.ts';
import { read } from '../language/read.ts';
import type { Reading } from '../language/reading.ts';
import { cleanText, MAX_CHARACTERS } from '../language/text/clean.ts';
import type { Reply } from '../say/reply.ts';
import { phrasePlace } from '../say/words/phrases.ts';
import type { Pending, Settings } from '../store/store.ts';
import { answerNotice, answerWith, type Outcome, sayNothing, sendReplies } from '../teams/outcome.ts';
import type { MessageTurn, Turn, TurnBase } from '../teams/turn.ts';
import type { Channel, Outdated } from '../teams/turn-handler.ts';
import { onAction } from './actions.ts';
import { present } from './cards/present.ts';
import { openDialog, showLink } from './dialog/open-dialog.ts';
import { submitDialog } from './dialog/submit-dialog.ts';
import { finishBegun, withFinished } from './existing/finish-work.ts';
import { redrawCards } from './existing/view-card.ts';
import { onSigningIn } from './finish-sign-in.ts';
import { oncePerActivity } from './once/once.ts';
import { conversationOf } from './parked/conversation.ts';
import { onAnswer, passBy } from './parked/open-question.ts';
import { onRequest, requestOf } from './parked/request.ts';
import { afresh, openScope } from './person.ts';
import type { Services, TurnScope } from './services.ts';
import { onSignIn } from './sign-in/ask-sign-in.ts';
import { askToSignOut } from './sign-in/sign-out.ts';
import { answerSettings } from './talk/change-settings.ts';
import { turnAway, welcome } from './talk/greet.ts';
import { answerQuestion, answerTopic } from './talk/topic.ts';

/**
 * One turn in, everything it leads to out. The order of a conversation is written here.
 * Rejects only for bugs; what people and remotes do wrong is part of the outcome.
 */
export async function handle(
  turn: Turn,
  services: Services,
  channel: Channel,
  reference: string,
): Promise<Outcome> {
  const scope = scopeOf(turn, services, channel, reference);
  return present(await route(turn, scope), turn, scope);
}

/** Draws cards of that turn once more, whose meetings have changed while they were on their way. Throws NotNow. */
export async function redraw(
  outdated: readonly Outdated[],
  turn: Turn,
  { services, channel, reference }: Pick<TurnScope, 'services' | 'channel' | 'reference'>,
): Promise<Outcome> {
  const scope = scopeOf(turn, services, channel, reference);
  return present(await redrawCards(outdated, scope), turn, scope);
}

function scopeOf(turn: Turn, services: Services, channel: Channel, reference: string): TurnScope {
  const owner = { tenant: turn.tenant, user: turn.user ?? '' };
  return openScope({ turn, owner, services, channel, reference });
}

async function route(turn: Turn, scope: TurnScope): Promise<Outcome> {
  const { services } = scope;
  if (!services.allowedTenants.includes(turn.tenant)) return turnAway(turn, 'otherTenant', scope);
  if (turn.user === null) return turnAway(turn, 'personalAccount', scope);
  switch (turn.kind) {
    case 'message':
      return oncePerActivity(scope, async () => {
        const finished = await finishBegun(scope);
        const now = finished.length === 0 ? scope : afresh(scope);
        return withFinished(await onMessage(turn, now), finished);
      });
    case 'joined':
      return welcome(scope);
    case 'action':
      return turn.action.via === 'message'
        ? oncePerActivity(scope, () => onAction(turn, scope))
        : onAction(turn, scope);
    case 'openDialog':
      return openDialog(turn, scope);
    case 'submitDialog':
      return submitDialog(turn, scope);
    case 'link':
      return showLink(turn, scope);
    case 'tokenExchange':
    case 'verifyState':
    case 'signInFailure':
      // From a card of the time when people signed in.
      if (services.access.mode === 'application') return answerWith('noSignIn', { kind: 'ok' });
      return onSigningIn(turn, scope);
    default:
      return turn satisfies never;
  }
}

async function onMessage(turn: MessageTurn, scope: TurnScope): Promise<Outcome> {
  const text = cleanText(turn.utterance.text);
  if (text.length > MAX_CHARACTERS) return answerNotice('tooLong');
  const utterance = { ...turn.utterance, text };
  const { settings } = await scope.person();
  const zone = settings.zone ?? turn.zone;
  const now = turn.at.setZone(ianaZone(zone ?? 'utc'));
  const conversation = await conversationOf(settings, scope);
  const { context } = conversation;
  const reading = read(utterance, { now, zone, locale: turn.locale, context });
  const request = requestOf(utterance, context, scope);
  const answered = await onAnswer(request, reading, conversation, settings, scope);
  if (answered !== null) return answered;
  const { command } = reading;
  const isThanks = command.kind === 'none' && command.why === 'thanks';
  if (!isThanks) await passBy(conversation, scope);
  return onCommand(request, reading, settings, scope);
}

/** What stands by itself, and answers nothing. */
async function onCommand(
  request: Pending,
  reading: Reading,
  settings: Settings,
  scope: TurnScope,
): Promise<Outcome> {
  const { turn } = scope;
  const { text } = request.utterance;
  const { command, question } = reading;
  const isAsked = ['none', 'help', 'topic'].includes(command.kind) || isWholeCard(command);
  if (question !== undefined && isAsked) return answerQuestion(question, scope);
  switch (command.kind) {
    case 'list':
    case 'create':
    case 'reschedule':
    case 'undo':
    case 'renew':
    case 'cancel':
    case 'invitation':
    case 'show':
      return onRequest(request, scope, { reading, settings });
    case 'help':
      return sendReplies('help', helpFor(turn, null));
    case 'topic':
      if (isAttendance(command) && scope.services.calendar !== null)
        return onRequest(request, scope, { reading, settings });
      return answerTopic(command, settings.zone ?? turn.zone ?? 'utc', scope);
    case 'invite':
      if (scope.services.calendar !== null) return onRequest(request, scope, { reading, settings });
      // Nothing goes into a calendar: there is the text to pass on, or the way to an event.
      if (question !== undefined) return answerQuestion(question, scope);
      if (command.calendar === 'mine')
        return answerTopic(
          { ...command, kind: 'topic', topic: 'calendar' },
          settings.zone ?? turn.zone ?? 'utc',
          scope,
        );
      return onRequest(request, scope, {
        reading: { ...reading, command: { ...command, kind: 'invitation', language: null } },
        settings,
      });
    case 'findtime':
      if (scope.services.calendar === null) return answerNotice('noCalendars');
      return onRequest(request, scope, { reading, settings });
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
      if (command.change?.alwaysInvite !== undefined && scope.services.calendar === null)
        return answerQuestion('email', scope);
      return answerSettings(command.change, scope);
    default:
      return command satisfies never;
  }
}

/** Whether it is about who came to a meeting, which Teams tells of those in a calendar. */
const isAttendance = ({ topic, which }: Extract<Command, { kind: 'topic' }>): boolean =>
  topic === 'attendance' && which !== undefined;

/** Whether nothing is asked of a meeting but all of it. */
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
