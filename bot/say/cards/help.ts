import template from '../../../cards/help.json' with { type: 'json' };
import type { Audience } from '../say.ts';
import { type Filling, toCard } from '../template.ts';
import { findNearest, KNOWN, PHRASES, QUOTED_SHOWN, wordPhrases } from '../words/phrases.ts';
import { cut, shown, wordSentences } from '../words/text.ts';

/** `quoted`: text that was not understood, said back with the phrases that come nearest to it. */
export type HelpReply = { kind: 'help'; quoted: string | null };

/** Renders cards/help.json. */
export const helpCard = toCard(template, fillHelp);

/** Fills cards/help.json; unknown text is said back as it was written, with what comes nearest to it. */
function fillHelp({ quoted }: HelpReply, { say }: Audience): Filling {
  const { text } = say;
  const title = text(quoted === null ? 'help.title' : 'help.unknown');
  const shownPhrases =
    quoted === null ? wordPhrases(say, PHRASES) : findNearest(quoted, wordPhrases(say, KNOWN));
  const spoken = wordSentences([title, ...shownPhrases.map(({ phrase }) => phrase)], say);
  return {
    data: {
      title,
      quoted: quoted === null ? [] : [shown(cut(quoted, QUOTED_SHOWN))],
      works: quoted === null ? [] : [text('help.works')],
      phrases: shownPhrases,
      note: text(quoted === null ? 'help.note' : 'help.more'),
      speak: spoken,
      fallbackText: spoken,
    },
    summary: title,
  };
}
