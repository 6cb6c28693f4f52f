import type { DateTime } from 'luxon';
import template from '../../../cards/which.json' with { type: 'json' };
import type { Held } from '../../meeting/granted.ts';
import type { Audience, Say } from '../say.ts';
import { type Filling, toCard } from '../template.ts';
import { type MeetingHead, titleOf } from '../words/meeting-head.ts';
import { wordHeld } from '../words/options.ts';
import { names } from '../words/people.ts';
import { cut, plain, shortName, shown, wordSentences } from '../words/text.ts';
import { briefDay, clockFor, span, time, zoneName } from '../words/time.ts';

/** Several meetings fit what was said; each is a button (verb `answer`, `choice` its place). */
export type WhichReply = {
  kind: 'which';
  id: string;
  wish: 'change' | 'cancel' | 'renew' | 'invite' | 'show' | 'copy';
  zone: string;
  choices: readonly Omit<MeetingHead, 'zone'>[];
};

/** A question with two answers, each a button (verb `answer`): `choice` 0 does what was asked, 1 does not. */
export type ChoiceReply = {
  kind: 'choice';
  id: string;
  question: /** A time alone: is the meeting of just now to move (`to`, where that is clear), or is it another one? */
    | (MeetingHead & { what: 'move'; to: DateTime | null })
    /** It may have been read wrongly: is this what is to be otherwise? */
    | ChangeQuestion
    /** Signing out loses so many meetings that are still to come. */
    | { what: 'signout'; meetings: number };
};

/** What would become of a meeting. `to`: its new times; `isUndo`: its last move is taken back. */
export type ChangeQuestion = MeetingHead & {
  what: 'change';
  isUndo: boolean;
  to: { start: DateTime; end: DateTime } | null;
  name: string | null;
  joining: readonly string[];
  leaving: readonly string[];
  options: readonly Held[];
};

/** Renders cards/which.json. */
export const whichCard = toCard(template, fillWhich);

/** Renders cards/which.json with two answers. */
export const choiceCard = toCard(template, fillChoice);

const CHOICES_SHOWN = 5;
/** Teams cuts a long button off at its end, and there stands the time. */
const SUBJECT_SHOWN = 30;
const NAMES_SHOWN = 8;

/** What a meeting is called, on a button. */
function shortTitle(head: Parameters<typeof titleOf>[0], say: Say): string {
  return cut(plain(titleOf(head, say)) || say.text('meeting.untitled'), SUBJECT_SHOWN);
}

/** Fills cards/which.json; `choice` is the place in the reply's list. */
function fillWhich(reply: WhichReply, audience: Audience): Filling {
  const { say } = audience;
  const clock = clockFor(audience, reply.zone);
  const choices = reply.choices.slice(0, CHOICES_SHOWN).map((head, choice) => {
    const { start } = head;
    const short = shortTitle(head, say);
    if (head.isRoom) return { title: say.text('which.room', { subject: short }), choice };
    const when = { day: briefDay(start, clock), time: time(start, clock) };
    return { title: say.text('which.choice', { subject: short, ...when }), choice };
  });
  const hidden = reply.choices.length - choices.length;
  const heading = say.text(`which.${reply.wish}`);
  const spoken = wordSentences([heading, ...choices.map(({ title }) => title)], say);
  return {
    data: {
      id: reply.id,
      heading,
      choices,
      more: [
        ...(hidden > 0 ? [say.text('which.more', { count: hidden })] : []),
        say.text('times.zone', { zone: zoneName(reply.zone, say) }),
      ],
      speak: spoken,
      fallbackText: spoken,
    },
    summary: heading,
  };
}

/** Fills cards/which.json with two answers. */
function fillChoice({ id, question }: ChoiceReply, audience: Audience): Filling {
  const { heading, titles, more } = wordQuestion(question, audience);
  const spoken = wordSentences([heading, ...titles], audience.say);
  return {
    data: {
      ...{ id, heading, more },
      choices: titles.map((title, choice) => ({ title, choice })),
      speak: spoken,
      fallbackText: wordSentences([heading, ...more], audience.say),
    },
    summary: heading,
  };
}

function wordQuestion(question: ChoiceReply['question'], audience: Audience): Question {
  switch (question.what) {
    case 'move':
      return moveQuestion(question, audience);
    case 'change':
      return changeQuestion(question, audience);
    case 'signout':
      return signOutQuestion(question, audience);
    default:
      return question satisfies never;
  }
}

type Question = { heading: string; titles: readonly string[]; more: readonly string[] };

function moveQuestion(
  question: Extract<ChoiceReply['question'], { what: 'move' }>,
  audience: Audience,
): Question {
  const { say } = audience;
  const { start, zone, to } = question;
  const clock = clockFor(audience, zone);
  const named = shortTitle(question, say);
  const isSameDay = to?.setZone(zone).hasSame(start.setZone(zone), 'day');
  const target =
    to &&
    (isSameDay
      ? time(to, clock)
      : say.text('times.onDay', { day: briefDay(to, clock), time: time(to, clock) }));
  return {
    heading: say.text('choice.move'),
    titles: [
      target === null
        ? say.text('choice.moveIt', { subject: named })
        : say.text('choice.moveTo', { subject: named, to: target }),
      say.text('choice.another'),
    ],
    more: [say.text('times.zone', { zone: zoneName(zone, say) })],
  };
}

function changeQuestion(question: ChangeQuestion, audience: Audience): Question {
  const { say } = audience;
  const { zone, to, name, joining, leaving, options } = question;
  const clock = clockFor(audience, zone);
  const subject = shortTitle(question, say);
  const people = (all: readonly string[]) => names(all.map(shortName).map(shown), say, NAMES_SHOWN);
  return {
    heading: say.text('choice.change'),
    titles: [
      say.text(question.isUndo ? 'choice.undoIt' : 'choice.changeIt', { subject }),
      say.text('choice.keep'),
    ],
    more: [
      ...(to ? [say.text('choice.newTime', span(to.start, to.end, clock))] : []),
      ...(name === null ? [] : [say.text('choice.newName', { name: shown(name) })]),
      ...(joining.length > 0 ? [say.text('choice.joining', { names: people(joining) })] : []),
      ...(leaving.length > 0 ? [say.text('choice.leaving', { names: people(leaving) })] : []),
      ...wordHeld(options, { isOwn: true, guests: [] }, say),
      say.text('times.zone', { zone: zoneName(zone, say) }),
    ],
  };
}

function signOutQuestion({ meetings }: { meetings: number }, { say }: Audience): Question {
  return {
    heading: say.text('choice.signout'),
    titles: [say.text('choice.signoutYes'), say.text('choice.signoutNo')],
    more: [say.text('choice.signoutEffect', { count: meetings })],
  };
}
