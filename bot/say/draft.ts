import type { DraftReply } from '../reply/meeting.ts';
import { wordAssumptions } from './assumptions.ts';
import { type Audience, clockFor, duration, type Filling, shortName, shown } from './filling.ts';
import { isAnyTime, wordGuests, wordOccasion } from './occasion.ts';
import { wordHeld } from './options.ts';

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
      asked: text('draft.asked', { asker: shown(shortName(reply.asker)) }),
      notes: [
        ...length.map((words) => text('meeting.assumedLength', { length: words })),
        ...(reply.unmet ?? []).map((wish) => text(`note.${wish}`)),
        text('draft.who'),
      ],
      create: text('draft.create'),
      speak: `${title} ${summary}`,
      fallbackText: `${title} ${summary}`,
    },
    summary,
  };
}
