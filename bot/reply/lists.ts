import type { DateTime } from 'luxon';

/** What the person has made and is still to come. */
export type MeetingsReply = {
  kind: 'meetings';
  zone: string;
  /** How many later ones there are beyond these. */
  more?: number;
  meetings: readonly {
    subject: string | null;
    start: DateTime;
    end: DateTime;
    joinUrl: string;
    isRoom?: boolean;
  }[];
};

/** What is kept of a person, and what counts where nothing is. */
export type SettingsReply = {
  kind: 'settings';
  /** Null: nobody knows, so every command asks. */
  zone: string | null;
  /** The zone comes from Teams, not from the person. */
  isTeamsZone: boolean;
  minutes: number;
  /** BCP 47 tag of the language of invitations; null: Teams' own choice. */
  language: string | null;
  /** Something was just changed. */
  isChanged: boolean;
};
