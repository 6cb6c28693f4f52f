import template from '../../../cards/elsewhere.json' with { type: 'json' };
import { toCard } from '../card-template.ts';
import { plain, shortName, shown } from '../words/text.ts';

/** Points to a group chat or channel where this was asked (`asked`), or where its answer is by now (`done`). */
export type ElsewhereReply = {
  kind: 'elsewhere';
  /** Teams' address of the message, or of the place. */
  url: string;
} & (
  | { why: 'done' }
  | { why: 'asked' /** What it is called; null where Teams does not say. */; name: string | null }
);

/** Renders cards/elsewhere.json. */
export const elsewhereCard = toCard<ElsewhereReply>(template, (reply, { say }) => {
  const { text } = say;
  const title = text(`elsewhere.${reply.why}.title`);
  const word = (written: (name: string) => string) =>
    reply.why === 'done' || reply.name === null
      ? text(`elsewhere.${reply.why}.what`)
      : text('elsewhere.asked.whatIn', { place: written(shortName(reply.name)) });
  const data = { title, sentence: word(shown), open: text('elsewhere.open'), url: reply.url };
  return { data, speak: [title, word(plain)], summary: title };
});
