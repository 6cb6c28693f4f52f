import type { AskReply } from '../reply/question.ts';
import { plain, shortName, shown, type Value } from './filling.ts';
import type { Say } from './say.ts';

type Names = NonNullable<AskReply['names']>;

/** The value of the choice that no candidate is meant. */
const NOBODY = 'none';

/** Names of which it is open whom they mean: a picker (`who` and its place) where there are candidates, a sentence where there are none. */
export function wordNames(names: Names, say: Say): { who: Value[]; unknown: string[]; spoken: string[] } {
  const { text } = say;
  const question = (said: string) => text('ask.who', { name: plain(shortName(said)) });
  const asked = names
    .map((name, place) => ({ ...name, input: `who${place}` }))
    .filter(({ candidates }) => candidates.length > 0);
  const unknown = names.filter(({ candidates }) => candidates.length === 0);
  return {
    who: asked.map(({ said, candidates, input }) => ({
      input,
      label: question(said),
      placeholder: text('ask.whoPlaceholder'),
      error: text('ask.required'),
      choices: [
        ...candidates.map(({ id, name }) => ({
          title: plain(shortName(name)) || text('ask.nameless'),
          value: id,
        })),
        { title: text('ask.whoNobody'), value: NOBODY },
      ],
    })),
    unknown: unknown.map(({ said }) => text('ask.whoUnknown', { name: shown(shortName(said)) })),
    spoken: [
      ...unknown.map(({ said }) => text('ask.whoUnknown', { name: plain(shortName(said)) })),
      ...asked.map(({ said }) => question(said)),
    ],
  };
}
