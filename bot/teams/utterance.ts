import { decodeHTML } from 'entities';
import { toName } from '../base/safe-text.ts';
import { type Mentioned, PERSON_MARK, type Utterance } from '../language/command.ts';
import { type IncomingActivity, readEntities, readMember } from './incoming-activity.ts';

const MOST_MENTIONS = 100;
const MOST_TEXT = 40_000;
// As Teams writes a mention; nothing in it reaches beyond the next "<", so the whole is linear.
const AT_TAG = /<at(?:\s[^<>]*)?>([^<]*)<\/at>/gi;
const TAG = /<\/?at(?:\s[^<>]*)?>/gi;

/** Somebody whom an entity names. `called`: how the text may call them; empty where the entity has only an id. */
type Mention = { person: Mentioned; called: readonly string[] };

/** The text with the bot's mentions gone and everybody else's as marks: by entity, because text can pretend. */
export function readUtterance(
  activity: Pick<IncomingActivity, 'text' | 'entities' | 'recipient'>,
): Utterance {
  const mentions = readMentions(activity);
  const people: Mentioned[] = [];
  const used = new Set<Mention>();
  const text = (activity.text ?? '').slice(0, MOST_TEXT).replaceAll(PERSON_MARK, ' ');
  const marked = text.replaceAll(AT_TAG, (found, written: string) => {
    const name = toPlain(written);
    const mention = findMention(name, mentions, used);
    if (mention === undefined) return found;
    used.add(mention);
    const { person } = mention;
    if (person.id === activity.recipient.id) return ' ';
    people.push({ ...person, name: person.name || toName(name) });
    return PERSON_MARK;
  });
  return { text: marked, people };
}

/** Two people of one name come in the order of their entities; one entity may stand for several places in the text. */
function findMention(
  name: string,
  mentions: readonly Mention[],
  used: ReadonlySet<Mention>,
): Mention | undefined {
  const same = mentions.filter(({ called }) => called.includes(name));
  const isNew = (mention: Mention) => !used.has(mention);
  return same.find(isNew) ?? same.at(-1) ?? mentions.find((one) => one.called.length === 0 && isNew(one));
}

function readMentions(activity: Pick<IncomingActivity, 'entities'>): Mention[] {
  return readEntities(activity, 'mention')
    .slice(0, MOST_MENTIONS)
    .flatMap((entity) => {
      const mentioned = readMember(entity, 'mentioned');
      const id = readMember(mentioned, 'id');
      if (typeof id !== 'string') return [];
      const [name, text] = [readMember(mentioned, 'name'), readMember(entity, 'text')].map((value) =>
        typeof value === 'string' ? value : '',
      );
      const called = [name, text].map((words = '') => toPlain(words)).filter((words) => words !== '');
      return [{ person: { id, name: toName(name ?? '') }, called }];
    });
}

/** Clients escape a name in the text, in the entity, in both or in neither. */
const toPlain = (written: string): string =>
  decodeHTML(written.replaceAll(TAG, '')).replaceAll(/\s+/g, ' ').trim();
