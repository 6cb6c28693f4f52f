import type { Context, Doubt, Sentence } from './reading.ts';
import type { Act } from './roles/labels.ts';

/** What a sentence wants here and now. `isSettled`: the conversation leaves no doubt about the act. */
export type Meant = { act: Act; isSettled: boolean; doubts: readonly Doubt[] };

/** One thing that a sentence may mean in its conversation; null where it does not. */
export type Rule = (sentence: Sentence, context: Context) => Meant | null;

/** The act is beyond doubt. */
export const settled = (act: Act): Meant => ({ act, isSettled: true, doubts: [] });

/** The act is the likely one, and is shown first. */
export const shownFirst = (act: Act): Meant => ({
  act,
  isSettled: true,
  doubts: [{ why: 'bare', words: '' }],
});

/** The act is as sure as it was learned. */
export const asLearned = (act: Act): Meant => ({ act, isSettled: false, doubts: [] });
