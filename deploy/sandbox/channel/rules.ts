import { readJson } from '../../../bot/base/http-client.ts';
import type { Incoming } from '../serve.ts';
import { faultIn, isRecord } from './cards.ts';
import type { Activity, Json } from './model.ts';

/** Why a request is refused; thrown by the connector's rules, answered in one place. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  constructor(status: number, code: string, message: string, retryAfter?: number) {
    super(message);
    this.retryAfter = retryAfter;
    this.status = status;
    this.code = code;
  }
}

const MOST_MESSAGE_BYTES = 100 * 1024;

/** Throws Refused where Teams would not take this activity. `raw` is its JSON as it came. */
export function checkActivity(activity: Activity, raw: string, isMember: (id: string) => boolean): void {
  if (Buffer.byteLength(raw) > MOST_MESSAGE_BYTES)
    throw new Refused(413, 'MessageSizeTooBig', 'Message size too large.');
  if (activity.type === 'typing') return;
  if (activity.type !== 'message')
    throw new Refused(400, 'BadArgument', `Unknown activity type ${activity.type}.`);
  if (!activity.text && !activity.attachments?.length)
    throw new Refused(400, 'BadSyntax', 'Activity must include text or attachments.');
  const fault = (activity.attachments ?? []).map(faultIn).find((reason) => reason !== null);
  if (fault) throw new Refused(400, 'BadArgument', `Attachment refused: ${fault}.`);
  for (const { type, mentioned } of activity.entities ?? []) {
    const isKnown = isRecord(mentioned) && isMember(String(mentioned.id));
    if (type === 'mention' && !isKnown)
      throw new Refused(400, 'BadArgument', 'Somebody is mentioned who is not in this conversation.');
  }
}

/** Teams shows a text and its card as two messages. */
export function split(activity: Activity): Activity[] {
  if (!activity.text || !activity.attachments?.length) return [activity];
  const { text: _text, ...card } = activity;
  const { attachments: _attachments, ...text } = activity;
  return [text, card];
}

/** The JSON object in a request; throws Refused. */
export function readBody({ body, method }: Incoming): Json {
  if (method === 'GET' || method === 'DELETE' || body === '') return {};
  const read = readJson(body);
  if (isRecord(read)) return read;
  throw new Refused(400, 'BadSyntax', 'The body is not a JSON object.');
}
