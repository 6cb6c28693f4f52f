import { ianaZone } from '../zone.ts';
import { optionsSaid, peopleIn, subjectSaid } from './change.ts';
import type { CreateCommand, Unmet } from './command.ts';
import type { Frame, Sentence } from './reading.ts';
import { saidIn } from './said.ts';
import { NO_ONE, whichIn } from './which.ts';

const MOST_CHATTING = 150;
const MOST_MEETING = 1000;
const UNMET: ReadonlySet<string> = new Set(['event', 'organiser', 'everybody', 'questions', 'recurrence']);

/** How many people are to come, where a number of them is said. */
function crowdIn({ tokens, pack }: Sentence): Unmet[] {
  const counts = saidIn(tokens, pack, 'crowd').map(({ first }) => {
    const digits: string[] = [];
    for (let at = first - 1; at >= 0 && /^[\d.,]+$/.test(tokens[at]?.low ?? ''); at -= 1)
      digits.unshift(tokens[at]?.low ?? '');
    return Number(digits.join('').replace(/[.,]/g, ''));
  });
  const most = Math.max(0, ...counts);
  if (most > MOST_MEETING) return ['everybody'];
  return most > MOST_CHATTING ? ['crowd'] : [];
}

/** A passcode of one's own: signs behind the word that are neither yes nor no. */
function ownPasscode({ tokens, options }: Sentence): Unmet[] {
  const isCode = (text: string) => /^(?=.*\d)[\p{L}\d-]{4,20}$/u.test(text);
  const isOwn = options.some(
    (span) =>
      span.options.passcode && tokens.slice(span.first, span.next + 1).some(({ text }) => isCode(text)),
  );
  return isOwn ? ['passcode'] : [];
}

/** What is wished for that no meeting can have. */
function unmetIn(sentence: Sentence): Unmet[] {
  const { tokens, pack, parts } = sentence;
  const inTopic = (at: number) =>
    parts.some(({ role, first, next }) => role === 'option' && at >= first && at < next);
  const wishes = saidIn(tokens, pack, 'unmet').filter(({ first }) => !inTopic(first));
  const said = wishes.flatMap(({ values }) => values.filter((value): value is Unmet => UNMET.has(value)));
  return [...new Set([...said, ...crowdIn(sentence), ...ownPasscode(sentence)])];
}

/** The command to make the meeting that a sentence describes. */
export function createIn(sentence: Sentence, mode: CreateCommand['mode'], frame: Frame): CreateCommand {
  const { when: times } = sentence;
  const unmet = unmetIn(sentence);
  const base = {
    kind: 'create' as const,
    mode,
    subject: subjectSaid(sentence),
    invitees: peopleIn(sentence),
    options: optionsSaid(sentence),
    minutes: times.when?.end && times.minutes === null ? null : times.minutes,
    ...(unmet.length > 0 && { unmet }),
  };
  const isAnyTime = mode === 'room' && times.when === null && times.clock === null;
  if (mode === 'now' || isAnyTime) {
    const start = frame.now.setZone(frame.zone === null ? frame.now.zone : ianaZone(frame.zone));
    const end = base.minutes === null ? null : start.plus({ minutes: base.minutes });
    const when = mode === 'now' ? { start, end } : null;
    return { ...base, when, day: null, clock: null, needs: [], choices: [], assumed: [] };
  }
  const { when, day, clock, choices, assumed } = times;
  const needs = mode === 'room' ? times.needs.filter((need) => need !== 'recurrence') : times.needs;
  return { ...base, when, day, clock, needs, choices, assumed };
}

/** Another meeting like one that is there, at another time. */
export function againIn(sentence: Sentence, frame: Frame): CreateCommand {
  const isNamed = sentence.parts.some(({ role }) => role === 'which');
  return { ...createIn(sentence, 'scheduled', frame), copies: isNamed ? whichIn(sentence, frame) : NO_ONE };
}
