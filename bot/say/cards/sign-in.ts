import type { Rendered } from '../card-template.ts';
import type { Audience } from '../say.ts';
import { brieflyInside, type MeetingHead } from '../words/meeting-head.ts';

/** The card that asks somebody to sign in. */
export type SignInReply = {
  kind: 'signin';
  /** `stepUp`: the person is signed in, and Entra wants to see more; `calendar`: they have not agreed to the calendar yet. */
  reason: 'first' | 'stepUp' | 'calendar';
  /** The meeting that is made then; absent if nothing was asked yet, or something else. */
  meeting?: Pick<MeetingHead, 'start' | 'end' | 'zone'>;
  startUrl: string;
  /** Null: only the button, where silent sign-in has failed. */
  exchange: { id: string; uri: string } | null;
};

/** Words the sign-in button, which Teams draws itself. */
export function renderSignIn({ reason, meeting }: SignInReply, audience: Audience): Rendered {
  const { text } = audience.say;
  const words =
    reason === 'first' && meeting !== undefined
      ? text('signin.meeting', { when: brieflyInside(meeting, audience) })
      : text(`signin.${reason}`);
  return { kind: 'oauth', text: words, buttonTitle: text('signin.button') };
}
