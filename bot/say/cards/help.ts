import template from '../../../cards/help.json' with { type: 'json' };
import { toCard } from '../card-template.ts';
import type { Say } from '../say.ts';
import {
  FIRST,
  findLikely,
  MORE,
  type Phrase,
  type PhrasePlace,
  phraseRows,
  QUOTED_SHOWN,
  wordPhrases,
} from '../words/phrases.ts';
import { cut, shown } from '../words/text.ts';

/** `quoted`: text that was not understood, said back. `place`: in a group, phrases mention the bot. */
type HelpReply = { kind: 'help'; quoted: string | null; place?: PhrasePlace };

/** Renders cards/help.json. */
export const helpCard = toCard<HelpReply>(template, ({ quoted, place = 'personal' }, { say }) => {
  const { title, above, phrases, below, ...more } =
    quoted === null ? wordHelp(place, say) : wordUnknown(quoted, place, say);
  return {
    data: {
      title,
      quoted: quoted === null ? [] : [shown(cut(quoted, QUOTED_SHOWN))],
      above,
      lists: phraseRows(phrases),
      ...more,
      below,
    },
    speak: [title, ...above, ...phrases.map(({ phrase }) => phrase), ...below],
    summary: title,
  };
});

type HelpWords = {
  title: string;
  above: string[];
  phrases: Phrase[];
  below: string[];
  more: { title: string; phrases: Pick<Phrase, 'phrase' | 'does'>[] }[];
};

const toRow = ({ phrase, does }: Phrase) => ({ phrase, does });

function wordHelp(place: PhrasePlace, say: Say): HelpWords {
  const { text } = say;
  const onMessage = { phrase: text('help.onMessage'), does: text('help.onMessageDoes') };
  const more = wordPhrases(MORE[place], place, say).map(toRow);
  return {
    title: text('help.title'),
    above: place === 'personal' ? [text('help.pick')] : [],
    phrases: wordPhrases(FIRST[place], place, say),
    more: [{ title: text('help.more'), phrases: place === 'personal' ? [...more, onMessage] : more }],
    below: [text('help.note'), ...(place === 'personal' ? [] : [text('help.private')])],
  };
}

function wordUnknown(quoted: string, place: PhrasePlace, say: Say): HelpWords {
  const { text } = say;
  const likely = findLikely(quoted, place, say);
  const [help] = wordPhrases(['help'], place, say);
  const all = text('help.all', { help: help?.phrase ?? '' });
  return {
    title: text('help.unknown'),
    above: [text(likely.length === 0 ? 'help.what' : 'help.works')],
    phrases: likely,
    more: [],
    below: [all],
  };
}
