import type { Model } from '../roles/model.ts';
import type { Roles } from '../roles/roles.ts';
import { readRoles } from '../roles/roles.ts';
import type { Tokens } from '../text/tokens.ts';
import type { Outcome } from './measure.ts';
import type { Analyse } from './rows.ts';

/** A reading as one line: "create; subject: May release; guest: Sam". */
function describe({ act, parts }: Roles, tokens: Tokens, text: string): string {
  const said = parts.map(({ role, first, next }) => {
    const words = text.slice(tokens[first]?.from, tokens[next - 1]?.to);
    return `${role}: ${words}`;
  });
  return [act, ...said].join('; ');
}

/** Every text that two models read differently, with both readings. */
export function differencesIn(
  texts: readonly string[],
  before: Model,
  after: Model,
  analyse: Analyse,
): string[] {
  return texts.flatMap((text) => {
    const sentence = analyse(text);
    const [was, is] = [before, after].map((model) =>
      describe(readRoles(sentence, model), sentence.tokens, text),
    );
    return was === is ? [] : [`${text}\n  was ${was}\n  is  ${is}`];
  });
}

/** Which act was taken for which on held-out templates, the most frequent first, each with an example. */
export function confusionsIn(outcomes: readonly Outcome[]): string[] {
  const wrong = outcomes.filter(({ row, read }) => row.example.template.act !== read.act);
  const groups = Map.groupBy(wrong, ({ row, read }) => `${row.example.template.act} read as ${read.act}`);
  return [...groups]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([name, of]) => `${of.length} ${name}: ${of[0]?.row.example.text}`);
}
