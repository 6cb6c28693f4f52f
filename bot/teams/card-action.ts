import { AnyObject, type IncomingActivity, readMember } from './incoming-activity.ts';

/** A click on a card, by whichever way it came. */
export type CardAction = {
  verb: string;
  /** Nothing in here is trusted: an id to look up, and what was typed. */
  data: Readonly<Record<string, unknown>>;
  /** The activity whose card was clicked. */
  cardId: string | null;
  /** An invoke wants its answer in the response, a message (the fallback of older clients) as a new message. */
  via: 'invoke' | 'message';
  /** Single sign-on token, on Teams' second try. */
  token: string | null;
};

/** A click that comes as a message: the card's data without a text. Null where the message is none. */
export function readSubmit(activity: IncomingActivity): CardAction | null {
  const data = activity.value == null ? undefined : AnyObject.safeParse(activity.value).data;
  if (typeof data?.verb !== 'string' || activity.text?.trim()) return null;
  return { verb: data.verb, data, cardId: activity.replyToId ?? null, via: 'message', token: null };
}

/** A click that comes as an invoke; null where it has no verb. */
export function readExecute(activity: IncomingActivity, value: Record<string, unknown>): CardAction | null {
  const action = AnyObject.safeParse(value.action).data;
  if (typeof action?.verb !== 'string') return null;
  const token = readMember(value.authentication, 'token');
  return {
    verb: action.verb,
    data: AnyObject.safeParse(action.data).data ?? {},
    cardId: activity.replyToId ?? null,
    via: 'invoke',
    token: typeof token === 'string' && token !== '' ? token : null,
  };
}
