import type { Command, CreateCommand, Mentioned, Need, Options } from './command.ts';
import type { Pack } from './pack.ts';
import type { Opinion } from './roles/cues.ts';
import type { Act } from './roles/labels.ts';
import type { Part, Place } from './roles/roles.ts';
import type { Knowledge } from './roles/vocabulary.ts';
import type { Tokens } from './text/tokens.ts';
import type { TimeFrame, TimeSpan, Times } from './time/spans.ts';

/**
 * A meeting as somebody may speak of it. `clockZone`: the zone in which its time was said, where that was another one.
 * `minutesAgo`: when it was made, changed or shown here last, and `madeMinutesAgo`: when it was made; absent where that was
 * elsewhere.
 */
export type Known = {
  subject: string | null;
  start: string;
  end: string;
  clockZone?: string;
  attendees: readonly string[];
  minutesAgo?: number;
  madeMinutesAgo?: number;
};

/** What the conversation knows: the question that is open here for this person, and the meetings they may mean. `areDrafts`: several meetings are shown that are not made yet. */
export type Context = {
  open:
    | { kind: 'question'; needs: readonly Need[]; subject: string | null; start: string | null }
    | { kind: 'confirm'; areDrafts?: true }
    | null;
  /** The meeting that was made, changed or shown last, and how many minutes ago. */
  focus: (Omit<Known, 'attendees' | 'minutesAgo' | 'madeMinutesAgo'> & { minutesAgo: number }) | null;
  meetings: readonly Known[];
  /** What meetings are called that are still asked about, and not made yet. */
  unmade?: readonly string[];
};

/** What reading depends on besides the words. `languages`: tags of the packs that may be tried besides English. */
export type Frame = TimeFrame & { languages?: readonly string[]; context?: Context };

/** A wish about the meeting itself, with the words that say it. `unknown`: those words, where no option is called so. */
export type OptionSpan = Place & { options: Options; isClear: boolean; unknown?: string };

/** Everything that is said in a sentence, each word in one place; nothing of it is rewritten. */
export type Sentence = {
  text: string;
  people: readonly Mentioned[];
  tokens: Tokens;
  pack: Pack;
  knowledge: readonly Knowledge[];
  /** All times, and those that are not inside a subject or inside what says which meeting. */
  times: readonly TimeSpan[];
  said: readonly TimeSpan[];
  when: Times;
  parts: readonly Part[];
  options: readonly OptionSpan[];
  act: Act;
  next: Act;
  margin: number;
  /** Below these margins 50, 90, 95 and 99 of 100 wrong acts lie. */
  margins: readonly { of: number; margin: number }[];
  opinion: Opinion;
  /** How far what is wanted is ahead of mere talk; below 0 for talk. */
  lead: number;
  /** Sentences beside the one that wants something: greetings, thanks, news, the end of a letter. */
  unheard: readonly Place[];
  /** The days that are said in those. */
  unheardDays: readonly TimeSpan[];
};

/** Why a reading is not sure. */
const DOUBTS = ['act', 'words', 'time', 'option', 'bare', 'context'] as const;

/** One reason. `words` are those it is about. */
export type Doubt = { why: (typeof DOUBTS)[number]; words: string };

/** What is to be done with a command: do it, show it for one click, ask for what is missing, or leave it alone. */
export type Way = 'do' | 'draft' | 'ask' | 'leave';

/** What people ask a bot for meetings in their first week, and what is only answered. */
export const QUESTIONS = ['reminder', 'email', 'outsiders', 'presenting', 'free'] as const;

/** One of them. */
export type Question = (typeof QUESTIONS)[number];

/** How a text was read: what it came to, how sure that is, and every word in its place. */
export type Reading = {
  /** BCP 47 tag of the pack that read it; null where no language explains the text. */
  language: string | null;
  command: Command;
  /** Further meetings of the same message, each with a whole time; absent where there is one. `command` is the first. */
  others?: readonly CreateCommand[];
  way: Way;
  doubts: readonly Doubt[];
  sentence: Sentence | null;
  /** What is asked, where nothing is wanted done. */
  question?: Question;
};
