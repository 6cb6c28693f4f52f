import type { DraftReply } from '../reply/meeting.ts';
import { wordAssumptions } from './assumptions.ts';
import { type Audience, clockFor, duration, type Filling, names, shortName, shown } from './filling.ts';
import { isAnyTime, wordGuests, wordOccasion } from './occasion.ts';
import { wordHeld } from './options.ts';
import type { Say } from './say.ts';

const WORDS_SHOWN = 3;

/** What made a reading unsure, in one line. */
function doubted(doubts: DraftReply['doubts'], say: Say): string[] {
  if (doubts === undefined) return [];
  const words = [...new Set(doubts)].filter((word) => word !== '').map((word) => `“${shown(word)}”`);
  return words.length === 0
    ? [say.text('draft.unsure')]
    : [say.text('draft.unsureOf', { words: names(words, say, WORDS_SHOWN) })];
}

/** Fills cards/draft.json: what will be made once its asker presses the button. Guesses are said, but not changed here. */
export function draftFilling(reply: DraftReply, audience: Audience): Filling {
  const { say } = audience;
  const { text } = say;
  const { seen, spoken } = wordOccasion(reply, audience);
  const guessed = reply.assumed.map((assumption) => ({ ...assumption, alternative: null }));
  const length = reply.assumedMinutes === null ? [] : [duration(reply.assumedMinutes, say)];
  const title = text(reply.isRoom ? 'draft.titleRoom' : 'draft.title');
  const summary = text('draft.summary', spoken);
  return {
    data: {
      id: reply.id,
      heading: title,
      ...seen,
      // Nothing is entered anywhere yet.
      ...(isAnyTime(reply, audience) && { zone: text('room.sameLink') }),
      guests: wordGuests(reply.guests, say).map((names) => ({
        label: text('meeting.guests'),
        names: [names],
      })),
      options: wordHeld(reply.options ?? [], { isOwn: false, guests: reply.guests }, say),
      assumptions: wordAssumptions({ assumed: guessed, notes: [] }, clockFor(audience, reply.zone)),
      asked: reply.isPersonal ? [] : [text('draft.asked', { asker: shown(shortName(reply.asker)) })],
      notes: [
        ...doubted(reply.doubts, audience.say),
        ...length.map((words) => text('meeting.assumedLength', { length: words })),
        ...(reply.unmet ?? []).map((wish) => text(`note.${wish}`)),
        ...(reply.isPersonal ? [] : [text('draft.who')]),
      ],
      create: text('draft.create'),
      speak: `${title} ${summary}`,
      fallbackText: `${title} ${summary}`,
    },
    summary,
  };
}
