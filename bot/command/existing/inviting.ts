import type { Intent, Invitee, Reading } from '../command.ts';
import { NO_CHANGE, PERSON_MARK } from '../command.ts';
import type { Understood } from '../create.ts';
import { understand } from '../create.ts';
import { lowerCase } from '../text/tokens.ts';
import type { WhoSaid } from './guests-said.ts';
import { guestsSaid } from './guests-said.ts';
import { whichIn } from './which-meeting.ts';

/** "A demo" is one to be made, and nobody comes to a list. */
const NO_MEETING =
  /^(?:an?|another|some|any|new)\b|\b(?:chat|channel|group|team|thread|list|agenda|chart|doc|document|deck|slides|notes|minutes|sheet|board|file|folder|calendar|diary|email|mail|rota|roster|payroll|page|repo|org|company|system|contacts?|ticket|task)$/i;
/** Whom nobody can name one by one. */
const CROWD = /^(?:the|my|our|all|every\p{L}*|whole|them|both)\b/iu;
const IS_TOLD = /\b(?:is|are|was|were|will|has|have|had|can|should|must|needs?)\b/i;
/** A time belongs to the name of the meeting: "the 3pm", "tomorrow's standup". */
const NAMED_BY_TIME =
  /^(?:(?:the|my|our) \d\S*(?: ?[ap]m)?(?: \p{L}+)?|(?:(?:the|my|our) )?(?:today|tomorrow|tonight|\p{L}+day)['’]s .+)$/iu;
const POINTER = /^(?:it|this|that|(?:the |my |our |this |that )?(?:meeting|call|invite|invitation|one))$/i;

const OF_PEOPLE = /^(?:invite|uninvite|disinvite|loop) /;

/** "Add Sam to Q3", "remove Sam from Q3": who is to come to a meeting that is there, or no more. Null for anything else. */
export function readInviting(low: string, understood: Understood, reading: Reading): Intent | null {
  if (low.length > 200 || Object.keys(understood.options).length > 0) return null;
  const text = understood.text.slice(-low.length);
  if (lowerCase(text) !== low) return null;
  const said = guestsSaid(text);
  if (said === null || NO_MEETING.test(said.name) || IS_TOLD.test(said.name)) return null;
  const { clock, date, inMinutes } = understood.picked;
  const isTimed = clock !== null || date !== null || inMinutes !== null;
  if (isTimed && !NAMED_BY_TIME.test(said.name)) return null;
  const named = [said.coming, said.leaving].map((who) =>
    who ? peopleIn(who, text, understood, reading) : [],
  );
  const [invitees, leaving] = named;
  if (!invitees || !leaving) return null;
  const which = whichIn(POINTER.test(said.name) ? '' : said.name, reading, { ...understood, invitees: [] });
  const change = {
    ...NO_CHANGE,
    ...(invitees.length > 0 && { invitees }),
    ...(leaving.length > 0 && { leaving }),
  };
  return { kind: 'reschedule', which, change, needs: [] };
}

/** Those who are named, where nothing else is. A bare name has a capital, unless only people are invited: nobody adds milk. */
function peopleIn(
  { words: said, at }: WhoSaid,
  text: string,
  { invitees }: Understood,
  reading: Reading,
): readonly Invitee[] | null {
  if (CROWD.test(said)) return null;
  const isOfPeople = OF_PEOPLE.test(lowerCase(text));
  const before = text.slice(0, at).split(PERSON_MARK).length - 1;
  const mentioned = invitees.flatMap((one) =>
    one.kind === 'mention' ? [{ name: one.name, id: one.id }] : [],
  );
  const part = understand({ text: `with ${said}`, people: mentioned.slice(before) }, reading);
  const isNamed = part.invitees.every(
    (one) => isOfPeople || one.kind !== 'name' || /^\p{Lu}/u.test(one.name),
  );
  return part.title === null && part.invitees.length > 0 && isNamed ? part.invitees : null;
}
