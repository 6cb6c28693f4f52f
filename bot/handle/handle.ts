import { ianaZone } from '../base/date-time.ts';
import type { Command } from '../language/command.ts';
import { read } from '../language/read.ts';
import type { Reading } from '../language/reading.ts';
import { cleanText, MAX_CHARACTERS } from '../language/text/clean.ts';
import type { Reply } from '../say/reply.ts';
import { phrasePlace } from '../say/words/phrases.ts';
import type { Pending, Settings } from '../store/store.ts';
import { answers, type Outcome, says, sends, silent } from '../teams/outcome.ts';
import type { MessageTurn, Turn, TurnBase } from '../teams/turn.ts';
import type { Channel, Outdated } from '../teams/turn-handler.ts';
import { onAction } from './actions.ts';
import { present } from './cards/present.ts';
import { finishBegun, withFinished } from './existing/finish.ts';
import { redrawCards } from './existing/redraw.ts';
import { oncePerActivity } from './once/once.ts';
import { conversationOf } from './parked/conversation.ts';
import { onAnswer, passBy } from './parked/open-question.ts';
import { onRequest, requestOf } from './parked/request.ts';
import type { Services, Setting } from './services.ts';
import { onSignIn } from './sign-in/sign-in.ts';
import { askToSignOut } from './sign-in/sign-out.ts';
import { answerSettings } from './talk/settings.ts';
import { answerQuestion, answerTopic } from './talk/topic.ts';
import { turnAway, welcome } from './talk/welcome.ts';
import { onSigningIn } from './token-exchange.ts';

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
  const setting = settingOf(turn, services, channel, reference);
  return present(await route(turn, setting), turn, setting);
}

/** Draws cards of that turn once more, whose meetings have changed while they were on their way. Throws NotNow. */
export async function redraw(
  outdated: readonly Outdated[],
  turn: Turn,
  { services, channel, reference }: Pick<Setting, 'services' | 'channel' | 'reference'>,
): Promise<Outcome> {
  const setting = settingOf(turn, services, channel, reference);
  return present(await redrawCards(outdated, setting), turn, setting);
}

function settingOf(turn: Turn, services: Services, channel: Channel, reference: string): Setting {
  const owner = { tenant: turn.tenant, user: turn.user ?? '' };
  return { turn, owner, services, channel, reference };
}

async function route(turn: Turn, setting: Setting): Promise<Outcome> {
  const { services } = setting;
  if (!services.allowedTenants.includes(turn.tenant)) return turnAway(turn, 'otherTenant', setting);
  if (turn.user === null) return turnAway(turn, 'personalAccount', setting);
  switch (turn.kind) {
    case 'message':
      return oncePerActivity(setting, async () => {
        const finished = await finishBegun(setting);
        return withFinished(await onMessage(turn, setting), finished);
      });
    case 'joined':
      return welcome(setting);
    case 'action':
      return turn.action.via === 'message'
        ? oncePerActivity(setting, () => onAction(turn, setting))
        : onAction(turn, setting);
    case 'tokenExchange':
    case 'verifyState':
    case 'signInFailure':
      // From a card of the time when people signed in.
      if (services.access.mode === 'application') return answers('noSignIn', { kind: 'ok' });
      return onSigningIn(turn, setting);
    default:
      return turn satisfies never;
  }
}

async function onMessage(turn: MessageTurn, setting: Setting): Promise<Outcome> {
  const { services, owner } = setting;
  const text = cleanText(turn.utterance.text);
  if (text.length > MAX_CHARACTERS) return says('tooLong');
  const utterance = { ...turn.utterance, text };
  const settings = await services.store.settings(owner);
  const zone = settings.zone ?? turn.zone;
  const now = turn.at.setZone(ianaZone(zone ?? 'utc'));
  const conversation = await conversationOf(settings, setting);
  const { context } = conversation;
  const reading = read(utterance, { now, zone, locale: turn.locale, context });
  const request = requestOf(turn, utterance, context, setting);
  const answered = await onAnswer(request, reading, conversation, settings, setting);
  if (answered !== null) return answered;
  const { command } = reading;
  const isThanks = command.kind === 'none' && command.why === 'thanks';
  if (!isThanks) await passBy(conversation, setting);
  return onCommand(request, reading, settings, setting);
}

/** What stands by itself, and answers nothing. */
async function onCommand(
  request: Pending,
  reading: Reading,
  settings: Settings,
  setting: Setting,
): Promise<Outcome> {
  const { turn } = setting;
  const { text } = request.utterance;
  const { command, question } = reading;
  const isAsked = ['none', 'help', 'topic'].includes(command.kind) || isWholeCard(command);
  if (question !== undefined && isAsked) return answerQuestion(question, setting);
  switch (command.kind) {
    case 'list':
      if (turn.place !== 'personal') return says('oneToOneOnly');
      return onRequest(request, setting, { reading, settings });
    case 'create':
    case 'reschedule':
    case 'undo':
    case 'renew':
    case 'cancel':
    case 'invitation':
    case 'show':
      return onRequest(request, setting, { reading, settings });
    case 'help':
      return sends('help', helpFor(turn, null));
    case 'topic':
      return answerTopic(command, settings.zone ?? turn.zone ?? 'utc', setting);
    case 'findtime':
      return says('noCalendars');
    case 'answer':
      return onNone('unknown', text, turn);
    case 'confirm':
    case 'decline':
      return says('nothingAsked');
    case 'none':
      return onNone(command.why, text, turn);
    case 'signin':
      return onSignIn(setting);
    case 'signout':
      return askToSignOut(request, setting);
    case 'settings':
      if (turn.place !== 'personal') return says('oneToOneOnly');
      return answerSettings(command.change, setting);
    default:
      return command satisfies never;
  }
}

/** Whether nothing is asked of a meeting but all of it. */
const isWholeCard = (command: Command): boolean => command.kind === 'show' && command.details.length === 0;

function onNone(why: Extract<Command, { kind: 'none' }>['why'], text: string, turn: TurnBase): Outcome {
  if (why === 'thanks') return silent(why);
  if (why === 'language') return says(why);
  const quoted = why === 'greeting' || why === 'empty' ? null : text;
  return sends(why, helpFor(turn, quoted));
}

const helpFor = ({ place }: TurnBase, quoted: string | null): Reply => ({
  kind: 'help',
  quoted,
  place: phrasePlace(place),
});
