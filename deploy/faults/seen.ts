import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { adaptiveCards, oauthCard } from '../sandbox/channel/cards.ts';
import type { Message } from '../sandbox/channel/model.ts';
import type { Person } from '../sandbox/people.ts';

/** What a message of the bot is to the person who looks at it now. */
export type Seen =
  | { kind: 'signIn'; isButton: boolean }
  | { kind: 'meeting'; json: string }
  /** A meeting that is no more, in place of its card. */
  | { kind: 'ended'; json: string }
  /** What will be made when its button is pressed. */
  | { kind: 'draft' }
  | { kind: 'problem'; canRetry: boolean }
  /** Nobody has asked for it just now. */
  | { kind: 'reminder'; json: string }
  /** Any other card or sentence: an answer, all the same. */
  | { kind: 'words'; text: string };

/** Tells by what the message offers, not by its words: those differ by language. */
export function see(message: Message, person: Person): Seen {
  if (oauthCard(message.activity))
    return { kind: 'signIn', isButton: message.signIns.get(person.oid)?.state === 'button' };
  const sent = JSON.stringify(adaptiveCards(message.activity));
  if (sent.includes(REMINDER)) return { kind: 'reminder', json: sent };
  const view = message.views.get(person.oid);
  const json = view ? JSON.stringify([view]) : sent;
  if (json.includes('"verb":"regenerate"')) return { kind: 'meeting', json };
  if ([en['ended.locked'], en['ended.removed']].some((effect) => json.includes(effect)))
    return { kind: 'ended', json };
  const canCreate = json.includes('"verb":"create"');
  if (json.includes(REFERENCE)) return { kind: 'problem', canRetry: canCreate };
  if (canCreate) return { kind: 'draft' };
  return { kind: 'words', text: message.activity.text ?? json };
}

const REMINDER = `"text":"${en['reminder.heading'].split('{')[0]}`;

/** Stands on every problem, and nowhere else. */
export const REFERENCE = en['problem.reference'].split('{')[0] ?? '';
