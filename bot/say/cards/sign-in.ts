import type { Audience } from '../say.ts';
import type { Rendered } from '../template.ts';

/** The card that asks somebody to sign in. */
export type SignInReply = {
  kind: 'signin';
  /** Why: to let the bot act for them, or because Entra wants to see more of them. */
  asks: 'consent' | 'check';
  startUrl: string;
  /** Null: only the button, where silent sign-in has failed. */
  exchange: { id: string; uri: string } | null;
};

/** Words the sign-in button, which Teams draws itself. */
export function renderSignIn({ asks }: SignInReply, { say: { text } }: Audience): Rendered {
  return {
    kind: 'oauth',
    text: text(asks === 'check' ? 'signin.check' : 'signin.text'),
    buttonTitle: text('signin.button'),
  };
}
