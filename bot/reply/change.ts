import type { DateTime } from 'luxon';
import type { Fixed, FormChoices } from '../meeting/form.ts';
import type { Held } from '../meeting/granted.ts';

/** The form behind *Change*, filled with how things are. */
export type EditReply = {
  kind: 'edit';
  id: string;
  revision: number;
  subject: string | null;
  /** ISO date and HH:mm in `zone`. */
  date: string;
  time: string;
  minutes: number;
  zone: string;
  choices: FormChoices;
  /** The options that there are, but not to be changed afterwards. */
  fixed: readonly Fixed[];
  /** Why the last try was not taken, if there was one. */
  wrong: 'past' | 'range' | 'dst' | null;
};

/** What cannot be taken back is asked first: cancelling, and a new link for what cannot be changed afterwards. */
export type ConfirmReply = {
  kind: 'confirm';
  /** The id of the request that waits; absent where a button asked. */
  request?: string;
  /** Absent for cancelling; else the options that need a new link. */
  renew?: { options: readonly Held[] };
  id: string;
  revision: number;
  subject: string | null;
  start: DateTime;
  end: DateTime;
  zone: string;
  isRoom?: boolean;
};
