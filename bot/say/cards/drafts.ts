import template from '../../../cards/drafts.json' with { type: 'json' };
import type { Draft } from '../../meeting/decide.ts';
import { canBeMailed } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { toCard } from '../card-template.ts';
import type { Audience, Say } from '../say.ts';
import { shortTitle, wordBriefly, wordClash } from '../words/meeting-head.ts';
import { wordSeries } from '../words/series.ts';
import { nameOf, names, plain, shortName, shown, wordLabelled, wordMailed } from '../words/text.ts';
import { clockFor, zoneName } from '../words/time.ts';
import { type DraftReply, wordDoubts } from './draft.ts';

/** Several meetings that one message asks for, made as soon as its asker presses the one button. */
export type DraftsReply = {
  kind: 'drafts';
  id: string;
  asker: string;
  /** How often they were corrected, so that the button of an older card makes nothing that this card does not show. */
  revision?: number;
  zone: string;
  drafts: readonly (Pick<Draft, 'subject' | 'start' | 'end' | 'series' | 'calendar'> & {
    guests: readonly Guest[];
    clash?: DraftReply['clash'];
  })[];
  /** What was asked for beside them and is left out: its time has passed, or something about it is open. */
  left: readonly { subject: string | null; guests?: readonly Guest[]; why: 'past' | 'open' }[];
  /** They may have been read wrongly, because of these words (empty if it is no single one). */
  doubts?: readonly string[];
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
  const mailed = mailedOf(drafts);
  const rows = drafts.slice(0, MOST_DRAFTS).map((draft) => ({
    ...toRow(draft, reply.zone, audience),
    unmailed: mailed.length > 0 && isUnmailed(draft) ? [text('draft.unmailed')] : [],
  }));
  const create = text('draft.createAll', { count: drafts.length });
  const summary = text('draft.several', { count: drafts.length });
  const spoken = rows.map(({ title, when }) => wordLabelled(plain(title), when, say));
  return {
    data: {
      id: reply.id,
      revision: reply.revision ?? 0,
      heading: text('draft.title'),
      rows,
      notes: [...wordDoubts(reply.doubts, say), text('times.zone', { zone: zoneName(reply.zone, say) })],
      asked: [
        ...wordMailed(mailed, say),
        ...wordLeft(left, say),
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

/** Whether nobody is mailed about this one, although somebody could be. */
const isUnmailed = ({ calendar, guests }: DraftsReply['drafts'][number]): boolean =>
  calendar !== 'guests' && guests.some(canBeMailed);

/** What is left out, a line for each reason. */
function wordLeft(left: DraftsReply['left'], say: Say): string[] {
  return (['past', 'open'] as const).flatMap((reason) => {
    const titles = left.filter(({ why }) => why === reason).map((meeting) => shortTitle(meeting, say));
    if (titles.length === 0) return [];
    const what = names(titles, say, LEFT_SHOWN);
    return [say.text(reason === 'past' ? 'draft.left' : 'draft.leftAlone', { what })];
  });
}

function toRow(
  { subject, start, end, guests, series, clash }: DraftsReply['drafts'][number],
  zone: string,
  audience: Audience,
) {
  const { say } = audience;
  return {
    title: shortTitle({ subject, guests }, say),
    when: wordBriefly({ start, end, zone }, audience),
    repeats: series ? [wordSeries(series, clockFor(audience, zone))] : [],
    clash: wordClash({ clash, zone }, audience),
    guests: guests.length === 0 ? [] : [names(guests.map(nameOf), say, GUESTS_SHOWN)],
  };
}
