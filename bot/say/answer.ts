import type { Topic } from '../command/command.ts';
import type { Reply } from '../reply.ts';
import type { Audience, Filling } from './filling.ts';

type AnswerReply = Extract<Reply, { kind: 'answer' }>;

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
export function answerFilling({ topic }: AnswerReply, { say: { text } }: Audience): Filling {
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
      works,
      phrases,
      speak: spoken,
      fallbackText: `${spoken} ${works}: ${phrases.map(({ phrase }) => phrase).join(' · ')}`,
    },
    summary: title,
  };
}
