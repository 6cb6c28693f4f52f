import template from '../../../cards/edit.json' with { type: 'json' };
import { visible } from '../../base/safe-text.ts';
import type { Wrong } from '../../meeting/apply-change.ts';
import type { Held } from '../../meeting/granted-options.ts';
import {
  type FixedOption,
  FORM_OPTIONS,
  type FormChoices,
  type FormOption,
  type ListedOption,
  valuesOf,
} from '../../meeting/options.ts';
import { textOf, toCard, type Value } from '../card-template.ts';
import type { Audience, Say } from '../say.ts';
import { wordOption } from '../words/options.ts';
import { plain, shortName, wordSentences } from '../words/text.ts';
import { zoneName } from '../words/time.ts';
import { type ProblemReply, problemCard } from './problem.ts';

/** What the form holds of any meeting. */
type FormFields = {
  id: string;
  subject: string | null;
  /** ISO date and HH:mm in `zone`. */
  date: string;
  time: string;
  minutes: number;
  zone: string;
  /** Why the last input was not accepted. Null if there was none. */
  wrong: Wrong | 'days' | 'unread' | 'unclear' | null;
};

/** The form behind *Change*, filled with how things are. */
type EditReply = FormFields & {
  kind: 'edit';
  revision: number;
  choices: FormChoices;
  /** The options that exist, but cannot be changed in an existing meeting. */
  fixed: readonly FixedOption[];
  /** What is changed is every meeting of a series. */
  isSeries?: true;
};

/** Somebody who may be invited in the form; the id is Entra's, or the address of who was named by one. */
export type FormPerson = { id: string; name: string; isInvited: boolean };

/** The same form for a meeting that is to be made, in a dialog. `date` and `time` are empty if nothing sure is known. */
export type NewMeetingReply = FormFields & {
  kind: 'newMeeting';
  people: readonly FormPerson[];
  /** Why Graph did not make the meeting, if another try may help. */
  problem: ProblemReply | null;
};

/** The most characters that the input takes. */
const SUBJECT_LIMIT = 255;

/** Renders cards/edit.json. Inputs are `subject`, `date`, `time`, `minutes` and the names of options; the subject goes in as it is, for an input reads no markup. */
export const editCard = toCard<EditReply | NewMeetingReply>(template, (reply, audience) => {
  const { say } = audience;
  const { text } = say;
  const isNew = reply.kind === 'newMeeting';
  const heading = text(isNew ? 'edit.newHeading' : 'edit.title');
  const wrong = wordWrong(reply, audience);
  const error = text('ask.required');
  const note = wordSentences(
    [
      ...(reply.kind === 'edit' && reply.isSeries ? [text('edit.series')] : []),
      text('times.zone', { zone: zoneName(reply.zone, say) }),
      ...(isNew ? [] : [text('edit.sameLink')]),
    ],
    say,
  );
  return {
    data: {
      heading,
      wrong,
      subject: {
        label: text('edit.subjectLabel'),
        placeholder: text('meeting.untitled'),
        value: fitted(reply.subject ?? ''),
      },
      date: { label: text('ask.dateLabel'), value: reply.date, error },
      time: { label: text('ask.timeLabel'), value: reply.time, error },
      minutes: { label: text('edit.minutesLabel'), value: reply.minutes, error: text('edit.minutesError') },
      ...(isNew ? newMeetingInputs(reply, say) : changeInputs(reply, say)),
      note,
    },
    speak: [heading, ...wrong],
    fallbackText: [heading, ...wrong, text('edit.elsewhere')],
    summary: isNew ? text('edit.newTitle') : heading,
  };
});

/** Why the last input was not accepted. */
function wordWrong(reply: EditReply | NewMeetingReply, audience: Audience): string[] {
  const { text } = audience.say;
  const problem = reply.kind === 'newMeeting' ? reply.problem : null;
  const wrong = reply.wrong === null ? [] : [text(`edit.${reply.wrong}`)];
  return problem === null ? wrong : [...wrong, textOf(problemCard(problem, audience))];
}

/** The inputs that only the form of an existing meeting has. */
function changeInputs(reply: EditReply, say: Say) {
  const { id, revision } = reply;
  const change = [{ id, revision, save: say.text('edit.save'), back: say.text('edit.back') }];
  return { ...optionInputs(reply, say), guests: [], change, create: [] };
}

/** The inputs that only the form of a new meeting has. Its options can be changed on its card. */
function newMeetingInputs({ id, people }: NewMeetingReply, { text }: Say) {
  const known = people.map(({ id, name }) => ({ id, name: plain(shortName(name)) }));
  const choices = known.map(({ name }, at) => ({ title: name, value: String(at) }));
  const value = String(people.flatMap(({ isInvited }, at) => (isInvited ? [at] : [])));
  const guests = people.length === 0 ? [] : [{ label: text('edit.peopleLabel'), value, choices }];
  const create = [{ id, people: known, title: text('draft.create') }];
  return { more: [], options: [], guests, change: [], create };
}

/** Cuts a subject to the limit, but not within a character of two code units. */
function fitted(subject: string): string {
  return visible(subject)
    .slice(0, SUBJECT_LIMIT)
    .replace(/[\ud800-\udbff]$/, '');
}

/** The options, hidden behind a button so that the form is short, and what was not accepted stays in sight. */
function optionInputs({ choices, fixed }: EditReply, say: Say): { [name: string]: readonly Value[] } {
  const { text } = say;
  const about = { isOwn: true, guests: [] };
  const shown = FORM_OPTIONS.filter((name) => choices[name] !== undefined);
  const isListed = (name: FormOption): name is ListedOption =>
    valuesOf(name).every((value) => typeof value === 'string');
  const word = (name: FormOption, value: unknown) => wordOption({ option: name, value } as Held, about, say);
  const listed = shown.filter(isListed).map((name) => {
    const value = choices[name] ?? '';
    // Nobody can be named in a form.
    const offered = valuesOf(name).filter((one) => one !== 'named' || value === 'named');
    const titles = offered.map((one) => ({ title: word(name, one), value: one }));
    return { name, label: text(`edit.${name}`), value, choices: titles };
  });
  const switched = shown
    .filter((name) => !isListed(name) && choices[name] !== null)
    .map((name) => ({ name, title: word(name, true), value: String(choices[name]) }));
  if (listed.length + switched.length === 0) return { more: [], options: [] };
  return {
    more: [{ title: text('edit.more') }],
    options: [{ listed, switched, fixed: fixedNote(fixed, say) }],
  };
}

function fixedNote(fixed: EditReply['fixed'], say: Say): string[] {
  const [only = null, ...more] = fixed;
  if (only === null) return [];
  const which = more.length > 0 ? 'both' : only;
  return [say.text('edit.fixed', { which, example: say.text('edit.fixedExample') })];
}
