import type { Change, Intent, Invitee, Reading } from '../command.ts';
import type { Understood } from '../create.ts';
import { understand } from '../create.ts';
import { lowerCase } from '../text/tokens.ts';
import { whichIn } from './which-meeting.ts';

const ADD =
  /^(?:add|invite|include|bring|loop|pull) (?:in )?([^:;!?]{1,80}?) (?:in)?to ([^:;!?]{1,80}?)(?: (?:please|pls|too|as well))*[ .!?]*$/i;
/** "Add Sam", "invite lee@contoso.com too": to what was spoken of last. */
const ADD_HERE = /^(?:add|invite|include) ([^:;!?]{1,80}?)(?: (?:please|pls|too|as well))+[ .!?]*$/i;
const REMOVE =
  /^(?:remove|drop|uninvite|disinvite|take) ([^:;!?]{1,80}?) (?:from|off) ([^:;!?]{1,80}?)(?: (?:please|pls|too|as well))*[ .!?]*$/i;
/** "A demo" is one to be made, and nobody comes to a list. */
const NO_MEETING =
  /^(?:an?|another|some|any|new)\b|\b(?:chat|channel|group|team|thread|list|agenda|doc|document|deck|slides|notes|minutes|sheet|board|file|folder|calendar|diary|email|mail|rota|roster|payroll|page|repo|org|company|system|contacts?|ticket|task)$/i;
/** Whom nobody can name one by one. */
const CROWD = /^(?:the|my|our|all|every\p{L}*|whole|them|both)\b/iu;
const IS_TOLD = /\b(?:is|are|was|were|will|has|have|had|can|should|must|needs?)\b/i;
/** A time belongs to the name of the meeting: "the 3pm", "tomorrow's standup". */
const NAMED_BY_TIME =
  /^(?:(?:the|my|our) \d\S*(?: ?[ap]m)?(?: \p{L}+)?|(?:(?:the|my|our) )?(?:today|tomorrow|tonight|\p{L}+day)['’]s .+)$/iu;
const POINTER = /^(?:it|this|that|(?:the |my |our |this |that )?(?:meeting|call|invite|invitation|one))$/i;
const NO_CHANGE: Change = {
  ...{ when: null, day: null, clock: null, shiftMinutes: null, minutes: null, subject: null },
};

/** Verbs that begin such a message; others are spared the rest. */
const OPENS = /^(?:add|invite|include|bring|loop|pull|remove|drop|uninvite|disinvite|take) /;

const OF_PEOPLE = /^(?:invite|uninvite|disinvite|loop) /;

/** "Add Sam to Q3", "remove Sam from Q3": who is to come to a meeting that is there, or no more. Null for anything else. */
export function readInviting(low: string, understood: Understood, reading: Reading): Intent | null {
  if (!OPENS.test(low) || low.length > 200) return null;
  if (Object.keys(understood.options).length > 0) return null;
  const text = understood.text.slice(-low.length);
  if (lowerCase(text) !== low) return null;
  const removal = REMOVE.exec(text);
  const [, said = '', name = ''] = removal ?? ADD.exec(text) ?? ADD_HERE.exec(text) ?? [];
  if (said === '' || CROWD.test(said) || NO_MEETING.test(name) || IS_TOLD.test(name)) return null;
  const { clock, date, inMinutes } = understood.picked;
  const isTimed = clock !== null || date !== null || inMinutes !== null;
  if (isTimed && !NAMED_BY_TIME.test(name)) return null;
  const invitees = peopleIn(said, understood, reading, OF_PEOPLE.test(low));
  if (invitees === null) return null;
  const which = whichIn(POINTER.test(name) ? '' : name, reading, { ...understood, invitees: [] });
  const change = { ...NO_CHANGE, ...(removal ? { leaving: invitees } : { invitees }) };
  return { kind: 'reschedule', which, change, needs: [] };
}

/** Those who are named, where nothing else is. A bare name has a capital, unless only people are invited: nobody adds milk. */
function peopleIn(
  said: string,
  { invitees }: Understood,
  reading: Reading,
  isOfPeople: boolean,
): readonly Invitee[] | null {
  const mentioned = invitees.flatMap((one) =>
    one.kind === 'mention' ? [{ name: one.name, id: one.id }] : [],
  );
  const part = understand({ text: `with ${said}`, people: mentioned }, reading);
  const isNamed = part.invitees.every(
    (one) => isOfPeople || one.kind !== 'name' || /^\p{Lu}/u.test(one.name),
  );
  return part.title === null && part.invitees.length > 0 && isNamed ? part.invitees : null;
}
