import template from '../../../cards/drafts.json' with { type: 'json' };
import type { Span } from '../../language/command.ts';
import type { Draft } from '../../meeting/decide.ts';
import { canBeMailed } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { toCard } from '../card-template.ts';
import type { Audience } from '../say.ts';
import { shortTitle, wordBriefly } from '../words/meeting-head.ts';
import { nameOf, names, wordMailed } from '../words/people.ts';
import { wordSeries } from '../words/series.ts';
import { plain, shortName, shown, wordLabelled } from '../words/text.ts';
import { clockFor } from '../words/time.ts';
import { zoneName } from '../words/zone.ts';

/** Several meetings that one message asks for, made as soon as its asker presses the one button. */
export type DraftsReply = {
  kind: 'drafts';
  id: string;
  asker: string;
  zone: string;
  drafts: readonly (Pick<Draft, 'subject' | 'start' | 'end' | 'series' | 'calendar'> & {
    guests: readonly Guest[];
  })[];
  /** The meetings that were asked for and are not possible, because their time has passed. */
  left: readonly { subject: string | null; when: Span | null }[];
  /** Nobody else reads it. */
  isPersonal?: true;
};

/** The most meetings that one message can ask for. */
export const MOST_DRAFTS = 10;
const LEFT_SHOWN = 3;
const GUESTS_SHOWN = 3;

/** Renders cards/drafts.json. In the order in which they were said. */
export const draftsCard = toCard<DraftsReply>(template, (reply, audience) => {
  const { say } = audience;
  const { text } = say;
  const { drafts, left, asker } = reply;
  const rows = drafts.slice(0, MOST_DRAFTS).map((draft) => toRow(draft, reply.zone, audience));
  const create = text('draft.createAll', { count: drafts.length });
  const summary = text('draft.several', { count: drafts.length });
  const spoken = rows.map(({ title, when }) => wordLabelled(plain(title), when, say));
  return {
    data: {
      id: reply.id,
      heading: text('draft.title'),
      rows,
      notes: [text('times.zone', { zone: zoneName(reply.zone, say) })],
      asked: [
        ...wordMailed(mailedOf(drafts), say),
        ...left
          .slice(0, LEFT_SHOWN)
          .map(({ subject }) => text('draft.left', { what: shortTitle({ subject }, say) })),
        ...(reply.isPersonal ? [] : [text('draft.who', { asker: shown(shortName(asker)), create })]),
      ],
      create,
    },
    speak: [summary, ...spoken],
    summary,
  };
});

/** Who will be mailed, each once. */
function mailedOf(drafts: DraftsReply['drafts']): string[] {
  const invited = drafts.flatMap(({ calendar, guests }) => (calendar === 'guests' ? guests : []));
  return [...new Set(invited.filter(canBeMailed).map(nameOf))];
}

function toRow(
  { subject, start, end, guests, series }: DraftsReply['drafts'][number],
  zone: string,
  audience: Audience,
) {
  const { say } = audience;
  return {
    title: shortTitle({ subject, guests }, say),
    when: wordBriefly({ start, end, zone }, audience),
    repeats: series ? [wordSeries(series, clockFor(audience, zone))] : [],
    guests: guests.length === 0 ? [] : [names(guests.map(nameOf), say, GUESTS_SHOWN)],
  };
}
