import template from '../../../cards/answer.json' with { type: 'json' };
import type { Topic } from '../../language/command.ts';
import type { Question } from '../../language/reading.ts';
import { toCard, type Value } from '../card-template.ts';
import type { Audience, MessageKey, Say } from '../say.ts';
import { isAnyTime, type MeetingHead, wordMeetingHead } from '../words/meeting-head.ts';
import { type PhraseName, type PhrasePlace, phraseRows, wordPhrases } from '../words/phrases.ts';
import { wordLabelled } from '../words/text.ts';

/** What cannot be had or is found elsewhere, and what works instead. */
export type AnswerReply = {
  kind: 'answer';
  place?: PhrasePlace;
  topic: Topic | Exclude<Question, 'free'>;
  /** Why it cannot be had, where that depends: Graph has no report, or does not give it to the bot. */
  lack?: 'report' | 'permission';
  /** People's calendars are used: a meeting may be in one. */
  hasCalendars?: true;
  /** The meeting that it is about; `chat`: the address of its chat, `calendar`: of its ways to a calendar. */
  about?: MeetingHead & {
    calendar: { file: string; outlook: string } | null;
    chat: string | null;
  };
};

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
  reminder: ['link'],
  email: ['invitation'],
  outsiders: ['option'],
  presenting: ['present', 'coorganiser'],
} as const satisfies Record<AnswerReply['topic'], readonly PhraseName[]>;

/** Renders cards/answer.json. What cannot be had, why, and what works instead. */
export const answerCard = toCard<AnswerReply>(template, (reply, audience) => {
  const { topic, about, place = 'personal' } = reply;
  const { text } = audience.say;
  const title = text(titleOf(reply));
  const what = text(whatOf(reply));
  const phrases = wordPhrases(INSTEAD[topic], place, audience.say);
  const works = text('answer.works');
  return {
    data: {
      title,
      what,
      about: about === undefined ? [] : [wordAbout(about, audience)],
      links: about === undefined ? [] : linksOf(topic, about, audience.say),
      works: phrases.length === 0 ? [] : [works],
      lists: phraseRows(phrases),
    },
    speak: [title, what],
    fallbackText: [
      title,
      what,
      wordLabelled(works, phrases.map(({ phrase }) => phrase).join(' · '), audience.say),
    ],
    summary: title,
  };
});

/** What can be had where calendars are used. */
const WITH_CALENDARS = ['calendar', 'email', 'recurrence'] as const;
type WithCalendars = (typeof WITH_CALENDARS)[number];

const isHad = (reply: AnswerReply): reply is AnswerReply & { topic: WithCalendars } =>
  reply.hasCalendars === true && WITH_CALENDARS.some((topic) => topic === reply.topic);

const titleOf = (reply: AnswerReply): MessageKey =>
  isHad(reply) ? `answer.${reply.topic}.can` : `answer.${reply.topic}.title`;

/** What can be said of it in general, or of what was just tried. */
function whatOf(reply: AnswerReply): MessageKey {
  const { topic, lack, hasCalendars } = reply;
  if (isHad(reply)) return `answer.${reply.topic}.how`;
  if (topic === 'attendance' && lack !== undefined) return `answer.attendance.${lack}`;
  if (topic === 'transcript' && hasCalendars) return 'answer.transcript.inTeams';
  return `answer.${topic}.what`;
}

type About = NonNullable<AnswerReply['about']>;

/** Which meeting the addresses are of, for a TextRun. */
function wordAbout(about: About, audience: Audience): string {
  const { seen } = wordMeetingHead(about, audience);
  const { text } = audience.say;
  const when = isAnyTime(about, audience) ? seen.hours : text('meetings.line', seen);
  return wordLabelled(seen.title, when, audience.say);
}

/** One row of buttons, or none. */
function linksOf(topic: AnswerReply['topic'], { calendar, chat }: About, { text }: Say): Value[] {
  if (topic === 'chat' || topic === 'transcript')
    return chat === null ? [] : [{ ways: [{ title: text('answer.chat.open'), url: chat }] }];
  if (calendar === null) return [];
  const file = { title: text('meeting.calendarFile'), url: calendar.file };
  return [{ ways: [file, { title: text('meeting.calendarOutlook'), url: calendar.outlook }] }];
}
