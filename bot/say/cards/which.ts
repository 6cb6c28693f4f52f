import type { DateTime } from 'luxon';
import template from '../../../cards/which.json' with { type: 'json' };
import type { Held } from '../../meeting/granted-options.ts';
import { toCard } from '../card-template.ts';
import type { Audience } from '../say.ts';
import { wordDoubts } from '../words/guesses.ts';
import { type Clash, type MeetingHead, titleOf, wordClash, wordTimeSaid } from '../words/meeting-head.ts';
import { wordHeld } from '../words/options.ts';
import { cut, names, plain, shortName, shown } from '../words/text.ts';
import { briefDay, type Clock, span, time, zoneName } from '../words/time.ts';

/** A question whose answers are buttons (verb `answer`, `choice` the place of the answer). */
type WhichReply = {
  kind: 'which';
  id: string;
  question: MeetingQuestion | ChoiceQuestion;
};

/** Several meetings fit what was said: which of them is meant? */
export type MeetingQuestion = {
  what: 'meeting';
  wish: 'change' | 'cancel' | 'renew' | 'invite' | 'enter' | 'show' | 'copy';
  zone: string;
  choices: readonly Omit<MeetingHead, 'zone'>[];
};

/** A question with two answers: the first does what was asked, the second does not. */
export type ChoiceQuestion =
  /** A time alone: does the meeting move (to `to`, if that is clear, and till `until`, if it gets another length), or is it another one? */
  | (MeetingHead & { what: 'move'; to: DateTime | null; until?: DateTime })
  /** It may have been read wrongly: is this the change? */
  | ChangeQuestion
  /** Which meetings of a series are meant: the one of the head, or all? */
  | (MeetingHead & { what: 'occurrence' })
  /** Signing out loses this many meetings that are still to come. */
  | { what: 'signout'; meetings: number };

/** What would become of a meeting; all of it is named. `to`: its new times; `isUndo`: it is as it was before the last change. */
export type ChangeQuestion = MeetingHead & {
  what: 'change';
  /** It is every meeting of a series. */
  isSeries?: true;
  isUndo: boolean;
  to: { start: DateTime; end: DateTime } | null;
  name: string | null;
  joining: readonly string[];
  leaving: readonly string[];
  options: readonly Held[];
  coorganisers: readonly string[];
  clash?: Clash;
  /** Words that made the reading unsure. */
  doubts?: readonly string[];
};

const CHOICES_SHOWN = 5;
/** The most letters of a button in one line on a phone. Teams cuts off the rest. */
const BUTTON_LETTERS = 33;
const LEAST_NAME = 8;

/** A meeting and when it is, in so many letters: what is too long loses the end of its name, and not the time. */
function wordMeeting(head: Omit<MeetingHead, 'zone'>, clock: Clock, letters: number): string {
  const { say } = clock;
  const { start, isRoom } = head;
  const when = { day: briefDay(start, clock), time: time(start, clock) };
  const word = (subject: string) =>
    isRoom ? say.text('which.room', { subject }) : say.text('which.choice', { subject, ...when });
  const name = plain(titleOf(head, say)) || say.text('meeting.untitled');
  return word(cut(name, Math.max(LEAST_NAME, letters - word('').length)));
}

const LINE_LETTERS = 80;
const NAMES_SHOWN = 8;

/** Renders cards/which.json. */
export const whichCard = toCard<WhichReply>(template, ({ id, question }, audience) => {
  const { heading, above, titles, more } = wordQuestion(question, audience);
  const about = above.length === 0 ? titles : [...above, ...more];
  return {
    data: {
      ...{ id, heading, above, more },
      choices: titles.map((title, choice) => ({ title, choice })),
    },
    speak: [heading, ...titles],
    fallbackText: [heading, ...about],
    summary: heading,
  };
});

function wordQuestion(question: WhichReply['question'], audience: Audience): Question {
  switch (question.what) {
    case 'meeting':
      return meetingQuestion(question, audience);
    case 'move':
      return moveQuestion(question, audience);
    case 'change':
      return changeQuestion(question, audience);
    case 'occurrence':
      return occurrenceQuestion(question, audience);
    case 'signout':
      return signOutQuestion(question, audience);
    default:
      return question satisfies never;
  }
}

/** `above` the buttons stands what they do, `more` below them. */
type Question = {
  heading: string;
  above: readonly string[];
  titles: readonly string[];
  more: readonly string[];
};

function meetingQuestion({ wish, zone, choices }: MeetingQuestion, audience: Audience): Question {
  const { say } = audience;
  const clock = { ...audience, zone };
  const titles = choices.slice(0, CHOICES_SHOWN).map((head) => wordMeeting(head, clock, BUTTON_LETTERS));
  const hidden = choices.length - titles.length;
  return {
    heading: say.text(`which.${wish}`),
    above: [],
    titles,
    more: [
      ...(hidden > 0 ? [say.text('which.more', { count: hidden })] : []),
      say.text('times.zone', { zone: zoneName(zone, say) }),
    ],
  };
}

function moveQuestion(question: Extract<ChoiceQuestion, { what: 'move' }>, audience: Audience): Question {
  const { say } = audience;
  const { start, zone, to, until } = question;
  const clock = { ...audience, zone };
  const isSameDay = to?.setZone(zone).hasSame(start.setZone(zone), 'day');
  const hours = to && (until ? span(to, until, clock).hours : time(to, clock));
  const target =
    to && hours && (isSameDay ? hours : say.text('times.onDay', { day: briefDay(to, clock), time: hours }));
  return {
    heading: say.text('choice.move'),
    above: [shown(wordMeeting(question, clock, LINE_LETTERS))],
    titles: [
      target === null ? say.text('choice.moveIt') : say.text('choice.moveTo', { to: target }),
      say.text('choice.another'),
    ],
    more: [say.text('times.zone', { zone: zoneName(zone, say) })],
  };
}

function changeQuestion(question: ChangeQuestion, audience: Audience): Question {
  const { say } = audience;
  const { zone, to, name, joining, leaving, options, coorganisers, isSeries } = question;
  const doubts = (question.doubts ?? []).filter((words) => words !== '');
  const clock = { ...audience, zone };
  const people = (all: readonly string[]) => names(all.map(shortName).map(shown), say, NAMES_SHOWN);
  return {
    heading: say.text(question.clash ? 'choice.changeAnyway' : 'choice.change'),
    titles: [say.text(question.isUndo ? 'choice.undoIt' : 'choice.changeIt'), say.text('choice.keep')],
    above: [
      shown(wordMeeting(question, clock, LINE_LETTERS)),
      ...(to ? [say.text('choice.newTime', span(to.start, to.end, clock))] : []),
      ...(to ? wordTimeSaid({ ...question, ...to }, audience) : []),
      ...wordClash(question, audience),
      ...(name === null ? [] : [say.text('choice.newName', { name: shown(name) })]),
      ...(joining.length > 0 ? [say.text('choice.joining', { names: people(joining) })] : []),
      ...(leaving.length > 0 ? [say.text('choice.leaving', { names: people(leaving) })] : []),
      ...(coorganisers.length > 0
        ? [say.text('options.coorganisers', { names: people(coorganisers), count: coorganisers.length })]
        : []),
      ...wordHeld(options, { isOwn: true, guests: [], isPasscodeSaid: true }, say),
      // The heading says that it may have been read wrongly. What somebody wrote stands in a TextRun, which reads no markup.
      ...(doubts.length > 0 ? wordDoubts(doubts, say) : []),
    ],
    more: [
      ...(isSeries ? [say.text('choice.allOfSeries')] : []),
      say.text('times.zone', { zone: zoneName(zone, say) }),
    ],
  };
}

function occurrenceQuestion(head: MeetingHead, audience: Audience): Question {
  const { say } = audience;
  const clock = { ...audience, zone: head.zone };
  return {
    heading: say.text('choice.occurrence'),
    above: [shown(wordMeeting(head, clock, LINE_LETTERS))],
    titles: [say.text('confirm.one'), say.text('confirm.series')],
    more: [],
  };
}

function signOutQuestion({ meetings }: { meetings: number }, { say }: Audience): Question {
  return {
    heading: say.text('choice.signout'),
    titles: [say.text('choice.signoutYes'), say.text('choice.signoutNo')],
    above: [say.text('choice.signoutEffect', { count: meetings })],
    more: [],
  };
}
