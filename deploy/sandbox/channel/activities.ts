import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Person } from '../people.ts';
import type { Activity, Conversation, Json } from './model.ts';

/** What every activity of this channel has in common. */
export type Envelope = {
  appId: string;
  botName: string;
  serviceUrl: string;
  /** Those to which people have set Teams, by their Entra ids. */
  locales: ReadonlyMap<string, string>;
};

/** Somebody in a message's text: another person, or the bot. */
export type Mention = Person | 'bot';

/** Where an activity happens, and when (milliseconds since 1970). */
export type Place = { conversation: Conversation; thread: string | null; at: number };

/** The fields that Teams puts on every activity a person causes. */
export function envelope(common: Envelope, person: Person, place: Place): Activity {
  const { appId, botName, serviceUrl, locales } = common;
  const locale = locales.get(person.oid) ?? person.locale;
  const { conversation, thread, at } = place;
  const local = DateTime.fromMillis(at, { zone: person.zone });
  const isGroup = conversation.type !== 'personal';
  const isChannel = conversation.type === 'channel';
  return {
    type: 'message',
    id: `f:${randomUUID()}`,
    timestamp: local.toUTC().toISO() ?? '',
    localTimestamp: local.toISO({ includeOffset: true }) ?? '',
    localTimezone: person.zone,
    channelId: 'msteams',
    serviceUrl,
    from: { id: person.teamsId, name: person.name, aadObjectId: person.oid },
    recipient: { id: `28:${appId}`, name: botName },
    conversation: {
      ...(isGroup ? { isGroup: true } : {}),
      conversationType: conversation.type,
      tenantId: conversation.tenantId,
      id: isChannel && thread ? `${conversation.id};messageid=${thread}` : conversation.id,
      ...(isGroup && !isChannel ? { name: conversation.name } : {}),
    },
    entities: [clientInfo(locale, person.zone)],
    channelData: {
      tenant: { id: conversation.tenantId },
      ...(isChannel
        ? {
            teamsChannelId: conversation.id,
            teamsTeamId: conversation.team?.id,
            channel: { id: conversation.id },
            team: { id: conversation.team?.id },
          }
        : {}),
    },
    locale,
  };
}

/** What a person wrote. Each mention replaces `@name` (or the first name) in the text by Teams' markup. */
export function messageActivity(base: Activity, text: string, mentions: readonly MentionName[]): Activity {
  let marked = text;
  for (const { name } of mentions) {
    const written = [name, name.split(' ')[0] ?? name].find((said) => marked.includes(`@${said}`));
    marked = written ? marked.replace(`@${written}`, `<at>${name}</at>`) : `<at>${name}</at> ${marked}`;
  }
  const entities = mentions.map(({ id, name }) => ({
    type: 'mention',
    mentioned: { id, name },
    text: `<at>${name}</at>`,
  }));
  return {
    ...base,
    text: marked,
    textFormat: 'plain',
    attachments: [{ contentType: 'text/html', content: `<p>${marked.replaceAll('&', '&amp;')}</p>` }],
    entities: [...entities, ...(base.entities ?? [])],
  };
}

type MentionName = { id: string; name: string };

/** A request to the bot that it must answer at once. */
export const invokeActivity = (base: Activity, name: string, value: Json, replyToId?: string): Activity => ({
  ...base,
  type: 'invoke',
  name,
  value,
  channelData: { ...(base.channelData as Json), source: { name: 'message' } },
  ...(replyToId ? { replyToId } : {}),
});

const clientInfo = (locale: string, zone: string): Json => ({
  type: 'clientInfo',
  locale,
  country: locale.split('-')[1] ?? 'US',
  platform: 'Web',
  timezone: zone,
});
