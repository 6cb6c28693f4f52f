import { toName } from '../base/safe-text.ts';
import { type Mentioned, PERSON_MARK, type Utterance } from '../language/command.ts';
import { type IncomingActivity, readEntities, readMember } from './incoming-activity.ts';

const MOST_MENTIONS = 100;
const MOST_TEXT = 40_000;
// As Teams writes a mention; nothing in it reaches beyond the next "<", so the whole is linear.
const AT_TAG = /<at(?:\s[^<>]*)?>[^<]*<\/at>/gi;

/** The text with the bot's mentions gone and everybody else's as marks: by entity, because text can pretend. */
export function readUtterance(
  activity: Pick<IncomingActivity, 'text' | 'entities' | 'recipient'>,
): Utterance {
  const mentioned = readMentions(activity);
  const people: Mentioned[] = [];
  const text = (activity.text ?? '').slice(0, MOST_TEXT).replaceAll(PERSON_MARK, ' ');
  if (mentioned.size === 0) return { text, people };
  const marked = text.replaceAll(AT_TAG, (found) => {
    const same = mentioned.get(found);
    if (same === undefined) return found;
    // Two people of one name come in the order of their entities.
    const person = same.length > 1 ? same.shift() : same[0];
    if (person === undefined || person.id === activity.recipient.id) return ' ';
    people.push(person);
    return PERSON_MARK;
  });
  return { text: marked, people };
}

function readMentions(activity: Pick<IncomingActivity, 'entities'>): Map<string, Mentioned[]> {
  const byText = new Map<string, Mentioned[]>();
  for (const entity of readEntities(activity, 'mention').slice(0, MOST_MENTIONS)) {
    const text = readMember(entity, 'text');
    const id = readMember(readMember(entity, 'mentioned'), 'id');
    const name = readMember(readMember(entity, 'mentioned'), 'name');
    if (typeof text !== 'string' || text === '' || typeof id !== 'string') continue;
    const person = { id, name: typeof name === 'string' ? toName(name) : '' };
    byText.set(text, [...(byText.get(text) ?? []), person]);
  }
  return byText;
}
