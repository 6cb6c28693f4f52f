import { wordsOf } from '../base/likeness.ts';

/** The words of a language in which people speak of their meetings and of who comes, as `wordsOf` spells them. */
export type MeetingWords = {
  /** Words that say nothing of which meeting is meant: "the meeting", "that call". */
  idle: ReadonlySet<string>;
  /** Words that point at a meeting instead of naming it. */
  next: ReadonlySet<string>;
  newest: ReadonlySet<string>;
  all: ReadonlySet<string>;
  /** Articles within a subject. */
  articles: ReadonlySet<string>;
  /** Groups of people: nobody's name while they are written small. */
  groups: ReadonlySet<string>;
  /** With such a word a name begins that is no person's: "the brand team". */
  determiners: ReadonlySet<string>;
};

const words = (list: string): ReadonlySet<string> => new Set(wordsOf(list));

/** The same in English. */
export const ENGLISH: MeetingWords = {
  idle: words(
    'a an the my our this that it about with meeting meetings call calls mtg mtgs one ones thing please',
  ),
  next: words('next'),
  newest: words('last latest newest'),
  all: words('all every everything both'),
  articles: words('a an the my our'),
  groups: words(
    `all attendees board branch client clients colleague colleagues committee company contractors council crew
    crowd customer customers delegates department dept design designers desk developers devs directors
    division engineering engineers everybody everyone execs executives facilities family finance folks
    friends gang group guests guys hr hub interns investors it lads leaders leadership leads legal management
    managers marketing members office operations ops organisation organization panel parents partner partners
    people procurement product qa sales security shift somebody someone sponsors squad staff stakeholders
    students suppliers support teachers team teams trainees tribe unit vendor vendors volunteers workers`,
  ),
  determiners: words('the a an our my your their this that all whole'),
};
