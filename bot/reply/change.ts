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

/** A new link that is asked for first. */
export type RenewQuestion = {
  options: readonly Held[];
  /** Teams does not change these options in a meeting that is there. */
  isNeeded: boolean;
};

/** What cannot be undone is asked first: cancelling, and a new link. */
export type ConfirmReply = {
  kind: 'confirm';
  /** The id of the request that waits; absent where a button asked. */
  request?: string;
  /** Absent for cancelling. */
  renew?: RenewQuestion;
  id: string;
  revision: number;
  subject: string | null;
  start: DateTime;
  end: DateTime;
  zone: string;
  isRoom?: boolean;
};
