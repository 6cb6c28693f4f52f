import type { Audience } from '../say.ts';
import type { Rendered } from '../template.ts';

/** The card that asks somebody to sign in. */
export type SignInReply = {
  kind: 'signin';
  startUrl: string;
  /** Null: only the button, where silent sign-in has failed. */
  exchange: { id: string; uri: string } | null;
};

/** Words the sign-in button, which Teams draws itself. */
export function renderSignIn(_reply: SignInReply, { say: { text } }: Audience): Rendered {
  return { kind: 'oauth', text: text('signin.text'), buttonTitle: text('signin.button') };
}
