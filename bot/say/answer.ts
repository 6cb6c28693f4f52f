import type { Topic } from '../language/command.ts';
import type { AnswerReply } from '../reply/words.ts';
import type { Audience, Filling, Value } from './filling.ts';
import { isAnyTime, wordOccasion } from './occasion.ts';
import type { Say } from './say.ts';

/** What to write instead; every phrase is one that works as it stands. */
const INSTEAD = {
  event: ['create', 'present'],
  producers: ['coorganiser', 'present'],
  organiser: ['create', 'coorganiser'],
  everybody: ['create'],
  passcode: ['newLink', 'noPasscode'],
  questions: ['create'],
  recurrence: ['room', 'create'],
  guests: ['create'],
  address: ['create'],
  transcript: ['record'],
  attendance: ['list'],
  expiry: ['room', 'newLink'],
  dialIn: ['newLink'],
  calendar: ['list'],
  chat: ['list'],
} as const satisfies Record<Topic, readonly string[]>;

/** Fills cards/answer.json: what cannot be had, why, and what works instead. */
export function answerFilling(reply: AnswerReply, audience: Audience): Filling {
  const { topic, about } = reply;
  const { text } = audience.say;
  const title = text(`answer.${topic}.title`);
  const what = text(`answer.${topic}.what`);
  const phrases = INSTEAD[topic].map((name) => {
    return { phrase: text(`phrase.${name}`), does: text(`phrase.${name}.does`) };
  });
  const works = text('answer.works');
  const spoken = `${title}. ${what}`;
  return {
    data: {
      title,
      what,
      about: about === undefined ? [] : [wordAbout(about, audience)],
      links: about === undefined ? [] : linksOf(topic, about, audience.say),
      works,
      phrases,
      speak: spoken,
      fallbackText: `${spoken} ${works}: ${phrases.map(({ phrase }) => phrase).join(' · ')}`,
    },
    summary: title,
  };
}

type About = NonNullable<AnswerReply['about']>;

/** Which meeting the addresses are of, for a TextRun. */
function wordAbout(about: About, audience: Audience): string {
  const { seen } = wordOccasion(about, audience);
  const { text } = audience.say;
  const when = isAnyTime(about, audience) ? seen.hours : text('meetings.line', seen);
  return `${seen.title}: ${when}`;
}

/** One row of buttons, or none. */
function linksOf(topic: Topic, { calendar, chat }: About, { text }: Say): Value[] {
  if (topic === 'chat')
    return chat === null ? [] : [{ ways: [{ title: text('answer.chat.open'), url: chat }] }];
  if (calendar === null) return [];
  const file = { title: text('meeting.calendarFile'), url: calendar.file };
  return [{ ways: [file, { title: text('meeting.calendarOutlook'), url: calendar.outlook }] }];
}
