import { escapeUTF8 } from 'entities';
import type { Person } from '../people.ts';
import { isRecord } from './cards.ts';
import type { Json, Message } from './model.ts';

/** A message as Teams hands it to a message action. */
export function messagePayload(
  message: Message,
  people: readonly Person[],
  { appId, botName }: { appId: string; botName: string },
): Json {
  const { id, conversationId, thread, author, sentAt, editedAt, activity } = message;
  const app = { applicationIdentityType: 'bot', id: appId, displayName: botName };
  const identity = (person: Person | undefined): Json => ({
    ...{ device: null, conversation: null },
    user: person && { userIdentityType: 'aadUser', id: person.oid, displayName: person.name },
    application: person ? null : app,
  });
  const writer = author.kind === 'person' ? people.find(({ oid }) => oid === author.oid) : undefined;
  const mentioned = (activity.entities ?? []).flatMap(({ type, mentioned: who }) =>
    type === 'mention' && isRecord(who) ? [who] : [],
  );
  return {
    ...{ id, createdDateTime: sentAt, lastModifiedDateTime: editedAt, deleted: false },
    linkToMessage: `https://teams.microsoft.com/l/message/${conversationId}/${id}`,
    replyToId: thread === id ? null : thread,
    ...{ summary: null, importance: 'normal', locale: 'en-us' },
    body: { contentType: 'html', content: htmlOf(activity.text ?? '') },
    from: identity(writer),
    ...{ reactions: [], attachments: [] },
    mentions: mentioned.map((who, at) => ({
      id: at,
      mentionText: who.name,
      mentioned: identity(people.find(({ teamsId }) => teamsId === who.id)),
    })),
  };
}

/** The mentions are numbered in the order of the text. */
function htmlOf(text: string): string {
  let number = 0;
  const lines = text.split('\n').map((line) =>
    line
      .split(/(<at>.*?<\/at>)/)
      .map((part) => {
        const name = /^<at>(.*)<\/at>$/.exec(part)?.[1];
        return name === undefined ? escapeUTF8(part) : `<at id="${number++}">${escapeUTF8(name)}</at>`;
      })
      .join(''),
  );
  return `<div>${lines.map((line) => `<p>${line || '&nbsp;'}</p>`).join('')}</div>`;
}
