import template from '../../../cards/times.json' with { type: 'json' };
import type { Say } from '../say.ts';
import { toCard } from '../template.ts';
import { plain, shortName, shown } from '../words/text.ts';
import { type Clock, clockFor, duration } from '../words/time.ts';
import { zoneName } from '../words/zone.ts';
import {
  type Name,
  type TimesReply,
  wordLead,
  wordNames,
  wordStart,
  wordTime,
  wordTimesHead,
} from './times-wording.ts';

/** So many letters have room beside a button on a phone, in two lines. */
const BESIDE_LETTERS = 24;

/** Renders cards/times.json. */
export const timesCard = toCard<TimesReply>(template, (reply, audience) => {
  const { say } = audience;
  const clock = clockFor(audience, reply.zone);
  const rows = reply.times.map((time, choice) => ({ choice, ...wordRow(time, reply, clock) }));
  const { heading, lines } = wordLead(reply, clock);
  const unknown = wordUnseen(reply, say);
  return {
    data: {
      ...wordTimesHead(reply, heading),
      lines,
      rows,
      unknown,
      asked: wordWho(reply, say),
      more: say.text('free.length', {
        length: duration(reply.minutes, say),
        zone: zoneName(reply.zone, say),
      }),
      buttons: buttonsOf(reply, say),
    },
    speak: [heading, ...[...lines, ...unknown].map(plain), ...rows.map(({ title }) => title)],
    summary: heading,
  };
});

/** The button of a time, and who may be busy then, beside it where that is short. */
function wordRow(offered: TimesReply['times'][number], { times }: TimesReply, clock: Clock) {
  const time = wordTime(offered, clock);
  const notes = wordTentative(offered.tentative, clock.say);
  if (times.length === 1) return { title: clock.say.text('free.create', { time }), beside: [], below: notes };
  return notes.join('').length <= BESIDE_LETTERS
    ? { title: time, beside: notes, below: [] }
    : { title: time, beside: [], below: notes };
}

const wordTentative = (tentative: readonly Name[], say: Say): string[] =>
  tentative.length === 0 ? [] : [say.text('free.tentative', { names: wordStart(tentative, say) })];

/** In the answer about one time each person has a line already. */
function wordUnseen({ unknown, lead }: TimesReply, say: Say): string[] {
  if (unknown.length === 0 || lead.kind === 'asked') return [];
  return [say.text('free.unseen', { names: wordNames(unknown, say) })];
}

/** What the buttons do, and who may press them. */
function wordWho({ isPersonal, asker, times }: TimesReply, { text }: Say): string[] {
  if (times.length === 0 || (isPersonal && times.length === 1)) return [];
  return [isPersonal ? text('free.pick') : text('free.who', { asker: shown(shortName(asker)) })];
}

/** *Ask everyone*, where there are others and a choice. */
const buttonsOf = ({ times, isPersonal }: TimesReply, { text }: Say): string[] =>
  isPersonal || times.length < 2 ? [] : [text('free.vote')];
