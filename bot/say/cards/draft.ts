import template from '../../../cards/draft.json' with { type: 'json' };
import templateOfSeveral from '../../../cards/drafts.json' with { type: 'json' };
import type { Assumption } from '../../language/command.ts';
import type { Draft } from '../../meeting/decide.ts';
import type { Held } from '../../meeting/granted-options.ts';
import { canBeMailed } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { withoutOffers } from '../../meeting/notes.ts';
import { startsOf } from '../../meeting/series.ts';
import { toCard } from '../card-template.ts';
import { type Audience, forKind, type Say } from '../say.ts';
import { wordAssumptions, wordDoubts } from '../words/guesses.ts';
import {
  type Clash,
  isAnyTime,
  type MeetingHead,
  shortTitle,
  wordBriefly,
  wordClash,
  wordMeetingHead,
} from '../words/meeting-head.ts';
import { wordHeld, wordUnknown } from '../words/options.ts';
import { wordDates, wordSeries } from '../words/series.ts';
import {
  nameOf,
  names,
  plain,
  shortName,
  shown,
  wordGuests,
  wordLabelled,
  wordMailed,
} from '../words/text.ts';
import { duration, zoneName } from '../words/time.ts';

/** What will be made as soon as the asker releases it, in a conversation where nobody can be asked silently. */
export type DraftReply = MeetingHead &
  Pick<Draft, 'assumedMinutes'> &
  Partial<Pick<Draft, 'unmet' | 'unknown' | 'series' | 'isEndAssumed' | 'calendar'>> & {
    kind: 'draft';
    id: string;
    asker: string;
    /** How often it was corrected, so that the button of an older card makes nothing that this card does not show. */
    revision?: number;
    /** The options that were asked for. */
    options?: readonly Held[];
    guests: readonly Guest[];
    assumed: readonly Assumption[];
    /** It may have been read wrongly, because of these words (empty if it is no single one); absent if it is clear. */
    doubts?: readonly string[];
    clash?: Clash;
    /** Nobody else reads it. */
    isPersonal?: true;
  };

/** Renders cards/draft.json. What will be made once its asker presses the button. Guesses are said, but not changed here. */
export const draftCard = toCard<DraftReply>(template, (reply, audience) => {
  const { say } = audience;
  const { text } = say;
  const { seen, beside, spoken } = wordMeetingHead({ ...reply, isShared: true }, audience);
  const length = reply.assumedMinutes === null ? [] : [duration(reply.assumedMinutes, say)];
  const title = text('draft.title');
  const create = text(createKey(reply));
  const summary = text('draft.summary', spoken);
  return {
    data: {
      id: reply.id,
      revision: reply.revision ?? 0,
      heading: title,
      ...seen,
      repeats: wordRepeats(reply, audience),
      beside: isAnyTime(reply, audience) ? [text('room.sameLink')] : beside,
      guests: wordGuests(reply.guests, say).map((guests) => ({
        label: text('meeting.guests'),
        names: [guests],
      })),
      options: wordHeld(reply.options ?? [], { isOwn: false, guests: reply.guests }, say),
      assumptions: wordAssumptions(
        { assumed: withoutOffers(reply.assumed), notes: [] },
        { ...audience, zone: reply.zone },
      ),
      asked: [
        ...wordClash(reply, audience),
        ...wordMailed(mailedOf(reply), say),
        ...(reply.isPersonal ? [] : [text('draft.who', { asker: shown(shortName(reply.asker)), create })]),
      ],
      notes: [
        ...wordDoubts(reply.doubts, say),
        ...length.map((words) => text('meeting.assumedLength', { length: words })),
        ...(reply.isEndAssumed ? [text('series.assumedEnd')] : []),
        ...wordEntry(reply, say),
        ...(reply.unmet ?? []).map((wish) => text(`note.${wish}`)),
        ...wordUnknown(reply.unknown ?? [], say),
      ],
      create,
    },
    speak: [title, summary],
    summary,
  };
});

function createKey(reply: DraftReply) {
  const { clash, isRoom } = reply;
  if (mailedOf(reply).length > 0) return 'draft.createAndInvite';
  if (clash !== undefined) return 'draft.createAnyway';
  return forKind('draft.create', isRoom);
}

const NAMELESS_SHOWN = 12;

/** The guests who will be mailed. They are named before, because mail cannot be called back. */
const mailedOf = ({ calendar, guests }: Pick<DraftReply, 'calendar' | 'guests'>): string[] =>
  calendar === 'guests' ? guests.filter(canBeMailed).map(nameOf) : [];

/** What else happens in calendars. */
function wordEntry(reply: DraftReply, say: Say): string[] {
  const { calendar, guests } = reply;
  if (calendar === undefined) return [];
  const unreachable = calendar === 'guests' ? guests.filter((guest) => !canBeMailed(guest)) : [];
  const nameless = names(unreachable.map(nameOf).map(plain), say, NAMELESS_SHOWN);
  return [
    ...(mailedOf(reply).length > 0 ? [] : [say.text('draft.entry')]),
    ...(unreachable.length > 0 ? [say.text('draft.noAddress', { names: nameless })] : []),
  ];
}

/** How the meeting repeats, and its next dates. */
function wordRepeats({ series, start, zone }: DraftReply, audience: Audience): string[] {
  if (series === undefined) return [];
  const clock = { ...audience, zone };
  return [wordSeries(series, clock), ...wordDates(startsOf(series, start), clock)];
}

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
export const draftsCard = toCard<DraftsReply>(templateOfSeveral, (reply, audience) => {
  const { say } = audience;
  const { text } = say;
  const { drafts, left, asker } = reply;
  const mailed = [...new Set(drafts.flatMap(mailedOf))];
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
    repeats: series ? [wordSeries(series, { ...audience, zone })] : [],
    clash: wordClash({ clash, zone }, audience),
    guests: guests.length === 0 ? [] : [names(guests.map(nameOf), say, GUESTS_SHOWN)],
  };
}
