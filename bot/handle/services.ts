import type { DateTime } from 'luxon';
import type { GraphTokens } from '../auth/graph-tokens.ts';
import type { OnlineMeetings } from '../graph/online-meetings.ts';
import type { Guest, Meeting } from '../meeting/meeting.ts';
import type { Notice, Reply } from '../reply.ts';
import type { MeetingRecord, Owner, Store } from '../store/store.ts';
import type { Base } from '../turn.ts';
import type { CardPlace } from './outcome.ts';

/** What a conversation may do to the world; app.ts puts it together. */
export type Services = {
  now(): DateTime;
  newId(): string;
  store: Store;
  tokens: GraphTokens;
  meetings: OnlineMeetings;
  /** True when a token that Teams handed over is really this person's, and meant for us. */
  isTokenOf(token: string, owner: Owner): Promise<boolean>;
  signIn: { startUrl(tenant: string): string; adminUrl(tenant: string): string; resource: string };
  /** Addresses that put a meeting into a calendar, good for a while. */
  calendarOf(
    meeting: Meeting,
    record: MeetingRecord,
    locale: string,
  ): { file: string; outlook: string } | null;
  allowedTenants: readonly string[];
  /** Meetings one person may create in an hour; 0 for no limit. */
  createLimit: number;
};

export type Member = Extract<Guest, { kind: 'member' }>;

/** What one turn may ask the place it came from. */
export type Channel = {
  /** Entra id, UPN and name of somebody in the conversation, by channel id; null when the channel does not know them. */
  member(teamsId: string): Promise<Member | null>;
  /** Everybody in the conversation, as far as the channel tells. */
  roster(): Promise<Member[]>;
};

/** One turn's surroundings, passed along instead of being remembered. */
export type Setting = {
  turn: Base;
  owner: Owner;
  services: Services;
  channel: Channel;
  /** Correlation id of this turn: in the log, at Graph, and its beginning on error cards. */
  reference: string;
};

/** How far a request got. */
export type Step =
  /** Something to say, in place of the card that was clicked, and of `card` where the meeting's own is another. */
  | { kind: 'say'; name: string; reply: Reply; card?: CardPlace | null }
  /** A form for the person who clicked; everybody else keeps their card. */
  | { kind: 'form'; name: string; reply: Reply }
  /** Something to say without touching the card. */
  | { kind: 'aside'; name: string; reply: Reply }
  /** A new card in the conversation; the one that was clicked stays. */
  | { kind: 'post'; name: string; reply: Reply }
  /** It waits for the person's token. `draft`: what will be made, for a conversation where nobody is asked silently. */
  | { kind: 'token'; draft?: Reply };

export const says = (notice: Notice): Step => ({
  kind: 'say',
  name: notice,
  reply: { kind: 'notice', notice },
});
