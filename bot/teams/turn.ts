import type { DateTime } from 'luxon';
import type { Utterance } from '../language/command.ts';
import { type CardAction, readExecute, readSubmit } from './card-action.ts';
import { AnyObject, type IncomingActivity, readId, readMember, toLogWord } from './incoming-activity.ts';
import { type Base, readBase } from './turn-base.ts';
import { readUtterance } from './utterance.ts';

/** Somebody wrote to the bot. */
export type MessageTurn = Base & { kind: 'message'; utterance: Utterance };

/** Somebody clicked on a card of the bot. */
export type ActionTurn = Base & { kind: 'action'; action: CardAction };

/** Teams hands over a single sign-on token. */
export type TokenExchangeTurn = Base & {
  kind: 'tokenExchange';
  exchangeId: string;
  connectionName: string;
  token: string;
};

/** What a turn can be. Everything else the channel sends is `ignored`, with the reason. */
export type Turn =
  | MessageTurn
  | ActionTurn
  | TokenExchangeTurn
  /** The sign-in popup is closed; `isCancelled`: by the person, before they agreed. */
  | (Base & { kind: 'verifyState'; isCancelled: boolean })
  | (Base & { kind: 'signInFailure'; code: string })
  | (Base & { kind: 'joined' })
  | { kind: 'ignored'; reason: string; isInvoke: boolean };

/** A turn that somebody made. */
export type Living = Exclude<Turn, { kind: 'ignored' }>;

/** One activity as a turn. `now` stands in where the channel's own instant is missing or hours away. */
export function readTurn(activity: IncomingActivity, now: DateTime): Turn {
  const base = readBase(activity, now);
  if (base === null) return ignored(activity, 'no tenant');
  switch (activity.type) {
    case 'message':
      return readMessage(activity, base);
    case 'invoke':
      return readInvoke(activity, base);
    case 'conversationUpdate':
    case 'installationUpdate':
      return isWelcomeDue(activity) ? { ...base, kind: 'joined' } : ignored(activity, activity.type);
    default:
      return ignored(activity, `activity type ${toLogWord(activity.type)}`);
  }
}

function ignored(activity: IncomingActivity, reason: string): Turn {
  return { kind: 'ignored', reason, isInvoke: activity.type === 'invoke' };
}

function readMessage(activity: IncomingActivity, base: Base): Turn {
  const action = readSubmit(activity);
  return action
    ? { ...base, kind: 'action', action }
    : { ...base, kind: 'message', utterance: readUtterance(activity) };
}

// Teams has used both words.
const CANCELLED: ReadonlySet<string> = new Set(['CancelledByUser', 'UserCancelledSignIn']);

function readInvoke(activity: IncomingActivity, base: Base): Turn {
  const value = AnyObject.safeParse(activity.value).data ?? {};
  switch (activity.name) {
    case 'signin/tokenExchange': {
      const { token, id: exchangeId, connectionName } = value;
      return {
        ...base,
        kind: 'tokenExchange',
        token: typeof token === 'string' ? token : '',
        exchangeId: readId(exchangeId),
        connectionName: typeof connectionName === 'string' ? connectionName : '',
      };
    }
    case 'signin/verifyState':
      return { ...base, kind: 'verifyState', isCancelled: CANCELLED.has(String(value.state)) };
    case 'signin/failure':
      return { ...base, kind: 'signInFailure', code: toLogWord(value.code) };
    case 'adaptiveCard/action': {
      const action = readExecute(activity, value);
      return action ? { ...base, kind: 'action', action } : ignored(activity, 'action without a verb');
    }
    default:
      return ignored(activity, `invoke ${toLogWord(activity.name)}`);
  }
}

/** When the bot itself comes into a chat, group or team: not for other members, not when it is updated or leaves. */
function isWelcomeDue(activity: IncomingActivity): boolean {
  if (activity.type === 'installationUpdate') return activity.action === 'add';
  return (activity.membersAdded ?? []).some((member) => readMember(member, 'id') === activity.recipient.id);
}
