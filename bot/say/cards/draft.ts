import template from '../../../cards/draft.json' with { type: 'json' };
import type { Assumption } from '../../language/command.ts';
import type { Draft } from '../../meeting/decide.ts';
import type { Held } from '../../meeting/granted-options.ts';
import { canBeMailed } from '../../meeting/guest-list.ts';
import type { Guest } from '../../meeting/meeting.ts';
import { withoutOffers } from '../../meeting/notes.ts';
import { startsOf } from '../../meeting/series.ts';
import { toCard } from '../card-template.ts';
import { type Audience, forKind, type Say } from '../say.ts';
import { wordAssumptions } from '../words/guesses.ts';
import {
  type Clash,
  isAnyTime,
  type MeetingHead,
  wordClash,
  wordMeetingHead,
} from '../words/meeting-head.ts';
import { wordHeld, wordUnknown } from '../words/options.ts';
import { wordDates, wordSeries } from '../words/series.ts';
import { nameOf, names, plain, shortName, shown, wordGuests, wordMailed } from '../words/text.ts';
import { clockFor, duration } from '../words/time.ts';

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
        clockFor(audience, reply.zone),
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

const WORDS_SHOWN = 3;

/** What made a reading unsure, in one line. */
export function wordDoubts(doubts: DraftReply['doubts'], say: Say): string[] {
  if (doubts === undefined) return [];
  const words = [...new Set(doubts)].filter((word) => word !== '').slice(0, WORDS_SHOWN);
  if (words.length === 0) return [say.text('draft.unsure')];
  const quoted = words.map((word) => say.text('draft.quoted', { words: shown(word) }));
  return [say.text('draft.unsureOf', { words: names(quoted, say, WORDS_SHOWN) })];
}

function createKey(reply: DraftReply) {
  const { clash, isRoom } = reply;
  if (mailedOf(reply).length > 0) return 'draft.createAndInvite';
  if (clash !== undefined) return 'draft.createAnyway';
  return forKind('draft.create', isRoom);
}

const NAMELESS_SHOWN = 12;

/** The guests who will be mailed. They are named before, because mail cannot be called back. */
const mailedOf = ({ calendar, guests }: DraftReply): string[] =>
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
  const clock = clockFor(audience, zone);
  return [wordSeries(series, clock), ...wordDates(startsOf(series, start), clock)];
}
