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
  | { kind: 'problem'; canRetry: boolean }
  /** Any other card or sentence: an answer, all the same. */
  | { kind: 'words'; text: string };

/** Tells by what the message offers, not by its words: those differ by language. */
export function see(message: Message, person: Person): Seen {
  if (oauthCard(message.activity))
    return { kind: 'signIn', isButton: message.signIns.get(person.oid)?.state === 'button' };
  const view = message.views.get(person.oid);
  const json = JSON.stringify(view ? [view] : adaptiveCards(message.activity));
  if (json.includes('"verb":"regenerate"')) return { kind: 'meeting', json };
  if ([en['ended.locked'], en['ended.removed']].some((effect) => json.includes(effect)))
    return { kind: 'ended', json };
  if (json.includes(REFERENCE)) return { kind: 'problem', canRetry: json.includes('"verb":"create"') };
  return { kind: 'words', text: message.activity.text ?? json };
}

/** Stands on every problem, and nowhere else. */
export const REFERENCE = en['problem.reference'].split('{')[0] ?? '';
