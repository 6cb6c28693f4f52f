import type { DateTime } from 'luxon';
import type { GraphTokens } from '../auth/graph-tokens.ts';
import type { OnlineMeetings } from '../graph/online-meetings.ts';
import type { Guest } from '../meeting/meeting.ts';
import type { Notice, Reply } from '../reply.ts';
import type { Owner, Store } from '../store/store.ts';
import type { Base } from '../turn.ts';

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
  allowedTenants: readonly string[];
  /** Meetings one person may create in an hour; 0 for no limit. */
  createLimit: number;
};

/** What one turn may ask the place it came from. */
export type Channel = {
  /** Entra id, UPN and name of somebody in the conversation, by channel id; null when the channel does not know them. */
  member(teamsId: string): Promise<Extract<Guest, { kind: 'member' }> | null>;
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
  /** Something to say, in place of the card that was clicked. */
  | { kind: 'say'; name: string; reply: Reply }
  /** Something to say without touching the card. */
  | { kind: 'aside'; name: string; reply: Reply }
  /** It waits for the person's token. */
  | { kind: 'token' };

export const says = (notice: Notice): Step => ({
  kind: 'say',
  name: notice,
  reply: { kind: 'notice', notice },
});
