import type { Audience } from '../say.ts';
import type { Rendered } from '../template.ts';

/** The card that asks somebody to sign in. */
export type SignInReply = {
  kind: 'signin';
  /** `stepUp`: the person is signed in, and Entra wants to see more; `calendar`: they have not agreed to the calendar yet. */
  reason: 'first' | 'stepUp' | 'calendar';
  startUrl: string;
  /** Null: only the button, where silent sign-in has failed. */
  exchange: { id: string; uri: string } | null;
};

/** Words the sign-in button, which Teams draws itself. */
export function renderSignIn({ reason }: SignInReply, { say: { text } }: Audience): Rendered {
  return { kind: 'oauth', text: text(`signin.${reason}`), buttonTitle: text('signin.button') };
}
