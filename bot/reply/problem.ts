/** Why something did not work. Each has its sentence and its next step in say/. */
export type Problem =
  | 'forbidden'
  /** The app itself may not act for this person (application mode). */
  | 'accessPolicy'
  | 'throttled'
  | 'unavailable'
  | 'timeout'
  /** The connection broke, or the answer was none: it may have worked. */
  | 'lost'
  | 'personalAccount'
  | 'badRequest'
  | 'gone'
  | 'signInFailed'
  | 'adminConsent'
  | 'otherTenant'
  /** Entra does not believe the bot: its own credential or registration. */
  | 'misconfigured'
  | 'unexpected';

/** What an administrator is asked for. */
export type AdminTask =
  /** Agree for everybody, at this https address. */
  | { kind: 'consent'; url: string }
  /** Let the app act for people: Entra ids of the app and of one of them. */
  | { kind: 'policy'; appId: string; user: string }
  /** Look at the person's licence and meeting policy. */
  | { kind: 'account' }
  /** The same where the app acts by itself: its policy, too. */
  | { kind: 'appAccount'; appId: string; user: string };

/** Something did not work; what to do stands on it. */
export type ProblemReply = {
  kind: 'problem';
  problem: Problem;
  /** It was about a meeting that is there already. */
  isChange?: true;
  /** Asking again helps after so many minutes, where Graph said so. */
  minutes?: number;
  /** Correlation id that the operator finds in the log. */
  reference: string;
  /** Parked request that *Try again* would release; null where trying again cannot help. */
  retryId: string | null;
  /** What only an administrator can do; the card has a text to forward. */
  admin: AdminTask | null;
};

/** The card that asks somebody to sign in. */
export type SignInReply = {
  kind: 'signin';
  startUrl: string;
  /** Null: only the button, where silent sign-in has failed. */
  exchange: { id: string; uri: string } | null;
};
