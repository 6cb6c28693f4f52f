import { wordsOf } from '../base/similarity.ts';

/** The words in which people speak of their meetings and of who comes, as `wordsOf` spells them. */
export type MeetingWords = {
  /** Words that say nothing of which meeting is meant: "the meeting", "that call". */
  idle: ReadonlySet<string>;
  /** Words that point at a meeting instead of naming it. */
  next: ReadonlySet<string>;
  newest: ReadonlySet<string>;
  all: ReadonlySet<string>;
  /** Words that point at one of several, which the conversation does not tell: "the later one". */
  pointing: ReadonlySet<string>;
  /** Articles within a subject. */
  articles: ReadonlySet<string>;
  /** Groups of people: nobody's name while they are written small. */
  groups: ReadonlySet<string>;
  /** With such a word a name begins that is no person's: "the brand team". */
  determiners: ReadonlySet<string>;
  /** What a meeting that is always open is called, without which its name is the same: "the standup room". */
  rooms: ReadonlySet<string>;
};

/** The words under a name in the lists of one or several languages. */
type Lists = (name: keyof MeetingWords) => readonly string[];

/** Out of the lists of a lexicon. */
export function toMeetingWords(lists: Lists): MeetingWords {
  const words = (name: keyof MeetingWords): ReadonlySet<string> => new Set(lists(name).flatMap(wordsOf));
  return {
    idle: words('idle'),
    next: words('next'),
    newest: words('newest'),
    all: words('all'),
    pointing: words('pointing'),
    articles: words('articles'),
    groups: words('groups'),
    determiners: words('determiners'),
    rooms: new Set(lists('rooms').map((phrase) => wordsOf(phrase).join(' '))),
  };
}
