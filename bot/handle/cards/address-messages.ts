import type { Origin } from '../../meeting/record.ts';
import type { ElsewhereReply } from '../../say/cards/elsewhere.ts';
import type { Reply } from '../../say/reply.ts';
import { audienceOf, type Message } from '../../teams/audience.ts';
import { messageLink } from '../../teams/message-link.ts';
import type { Outcome } from '../../teams/outcome.ts';
import type { TurnScope } from '../services.ts';
import { forEverybody } from './meeting-card.ts';

/**
 * Decides who reads each message of an outcome. What everybody may read goes to where it was asked, without the buttons
 * of the one who asked; everything else goes to the person, where they act.
 */
export function address(outcome: Outcome, scope: TurnScope): Outcome {
  const { send, answer, afterwards, origin = scope.turn } = outcome;
  const messages = send.map((reply) => toMessage(reply, origin, scope));
  const isElsewhere = messages.some(({ conversation }) => conversation !== undefined);
  const pointers = isElsewhere && answer === null ? [toMessage(pointerTo(origin, scope), origin, scope)] : [];
  return {
    ...outcome,
    send: [],
    messages: [...messages, ...outcome.messages, ...pointers],
    update: outcome.update.map((card) => ({
      ...card,
      reply: card.isPrivate ? card.reply : forEverybody(card.reply, scope, card.conversation),
    })),
    afterwards: afterwards && (async () => address(await afterwards(), scope)),
  };
}

function toMessage(reply: Reply, { conversation, ...origin }: Origin, scope: TurnScope): Message {
  const { turn } = scope;
  const audience = audienceOf(reply, origin);
  if (audience === 'everybody') {
    const isHere = conversation === turn.conversation;
    return { reply: forEverybody(reply, scope, conversation), audience, ...(!isHere && { conversation }) };
  }
  const { isPrivate } = origin;
  return {
    reply,
    audience: turn.place === 'personal' ? 'everybody' : audience,
    ...(isPrivate && { isPrivate }),
  };
}

/** A way from the chat with the bot to where something was asked, and is answered now. */
export function pointerTo(origin: Origin, { services, owner }: TurnScope): ElsewhereReply {
  const url = messageLink({ ...origin, tenant: owner.tenant }, services.teamsHost);
  return { kind: 'elsewhere', why: 'done', url };
}
