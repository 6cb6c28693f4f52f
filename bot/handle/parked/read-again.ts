import { DateTime } from 'luxon';
import { ianaZone } from '../../base/date-time.ts';
import { read } from '../../language/read.ts';
import type { Reading } from '../../language/reading.ts';
import { commandLike } from '../../meeting/again.ts';
import { applyAnswer } from '../../meeting/decide.ts';
import type { Pending, Settings } from '../../store/store.ts';

/** Where the person was when they wrote, as far as anybody knows, and when. */
export function placeOf({ answers, zone: said, askedAt }: Pending, settings: Settings) {
  const zone = answers.findLast((answer) => answer.zone !== null)?.zone ?? settings.zone ?? said;
  return { zone, asked: DateTime.fromMillis(askedAt, { zone: ianaZone(zone ?? 'utc') }) };
}

/** A parked request as it was read when it was written, with its answers in it. */
export function readAgain(pending: Pending, settings: Settings): Reading {
  const { utterance, locale, context, like } = pending;
  const { zone, asked } = placeOf(pending, settings);
  if (pending.asks === 'again' && like !== undefined) {
    const command = commandLike(like);
    return { language: null, command, way: 'do', doubts: [], sentence: null };
  }
  const isAnother = pending.asks === 'move' && pending.answers[0]?.choice !== 0;
  const heard = context && isAnother ? { ...context, focus: null } : context;
  const reading = read(utterance, { now: asked, zone, locale, ...(heard && { context: heard }) });
  const { command } = reading;
  if (command.kind !== 'create') return reading;
  // The first answer said that it is to be another meeting, or which one it is to be like.
  const isOfMeeting = pending.asks === 'move' || pending.among !== undefined;
  const given = isOfMeeting ? pending.answers.slice(1) : pending.answers;
  return {
    ...reading,
    command: given.reduce((said, answer) => applyAnswer(said, answer, zone ?? 'utc'), command),
  };
}
