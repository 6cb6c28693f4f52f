import type { Sentence } from './reading.ts';
import { saidIn } from './said.ts';

/** What people ask a bot for meetings in their first week, and what is only answered. */
export const QUESTIONS = ['reminder', 'email', 'outsiders', 'presenting', 'free'] as const;

/** One of them. */
export type Question = (typeof QUESTIONS)[number];

/** Acts of sentences in which such a question may be: where anything is wanted done, its words say how. */
const ASKING: ReadonlySet<Sentence['act']> = new Set([
  ...(['ask', 'other', 'help', 'show', 'calendar', 'topic.guests'] as const),
]);

/** Which of these questions is asked; null for none. */
export function questionIn({ act, tokens, pack }: Sentence): Question | null {
  if (!ASKING.has(act)) return null;
  const said = saidIn(tokens, pack, 'question').flatMap(({ values }) => values);
  // Who may use the bot is another question than who may join.
  if (act === 'topic.guests' && !said.includes('joining')) return null;
  return QUESTIONS.find((question) => said.includes(question)) ?? null;
}
