import type { Access, Invitee, OptionAsked, Options } from '../command.ts';
import { inviteesIn, type Named } from '../people/invitees.ts';
import type { Place } from '../roles/roles.ts';
import { cover, isSaidAt, saidIn, textOf } from '../said.ts';
import { languageNamed } from '../text/language-names.ts';
import { type Clause, clausesIn } from './wishes-in-parts.ts';

const ACCESS: ReadonlySet<string> = new Set(['everyone', 'organization', 'invited', 'organizer']);
const accessOf = (who: string | null): Access | null =>
  who !== null && ACCESS.has(who) ? (who as Access) : null;

/** Who waits where these people pass, and the other way round. */
const OTHERS: Readonly<Record<string, Access>> = {
  nobody: 'everyone',
  outsiders: 'organization',
  guests: 'organization',
  invited: 'organization',
  notinvited: 'invited',
  everyone: 'organizer',
};

/** Who comes in past the lobby, by who waits in it or passes it; null where that cannot be told. */
function lobbyOf({ who, polarity, has, names }: Clause): Access | null {
  const isNot = polarity === false;
  if (has('passes')) {
    if (who === null) return 'everyone';
    if (who === 'nobody' || (who === 'everyone' && has('except'))) return 'organizer';
    if (who === 'guests') return 'everyone';
    return isNot && !has('waits') && who === 'everyone' ? 'everyone' : accessOf(who);
  }
  // "Keep the lobby" says nothing of who waits in it.
  if (who === null) return isNot ? 'everyone' : polarity === true && !has('keeps') ? 'organizer' : null;
  if (isNot) return accessOf(who) ?? 'everyone';
  if (has('except') && who === 'everyone')
    return has('waits') && !names('organizer') ? 'invited' : 'organizer';
  return OTHERS[who] ?? null;
}

/** Who may present; null where that cannot be told. */
function presentersOf({ who, polarity, has }: Clause): Access | null {
  if (who === 'nobody') return 'organizer';
  const isOnly = has('only') || has('except');
  if (polarity === false) return null;
  if (who === null && isOnly) return 'organizer';
  return who === 'everyone' && has('except') ? 'organizer' : accessOf(who);
}

/** What is asked for in a place, and whether every word of it was understood. */
type OptionsSaid = { options: Options; isClear: boolean };

/** Tags of the words that options are said with. */
const TAGS = [
  'option',
  'deny',
  'affirm',
  'who',
  'waits',
  'passes',
  'except',
  'only',
  'during',
  'presenters',
  'idle',
  'joins',
  'polite',
  'filler',
  'corrected',
];

/** Words of a place that belong to no option: names, and titles of templates. */
function strangersIn({ tokens, pack }: Named, place: Place): Place[] {
  const known = cover(
    tokens.length,
    TAGS.flatMap((tag) => saidIn(tokens, pack, tag, place)),
  );
  const found: Place[] = [];
  for (let at = place.first; at < place.next; at += 1) {
    const last = found.at(-1);
    const isWord = tokens[at]?.kind !== 'sign' && known[at] === 0;
    if (!isWord) continue;
    if (last?.next === at) last.next = at + 1;
    else found.push({ first: at, next: at + 1 });
  }
  return found;
}

const isMarked = ({ tokens }: Named, { first, next }: Place) =>
  tokens.slice(first, next).some(({ kind }) => kind === 'person' || kind === 'email');

/** The people that an option names: mentions, addresses, and for co-organisers any words that are nothing else. */
function peopleIn(named: Named, place: Place, strangers: readonly Place[]): Invitee[] {
  const marked = named.tokens.flatMap(({ kind }, at) =>
    (kind === 'person' || kind === 'email') && at >= place.first && at < place.next
      ? [{ first: at, next: at + 1 }]
      : [],
  );
  return [...marked, ...strangers.filter((one) => !isMarked(named, one))]
    .toSorted((a, b) => a.first - b.first)
    .flatMap((one) => inviteesIn(named, one));
}

const isOneOf = <Name extends string>(names: readonly Name[], topic: string): topic is Name =>
  (names as readonly string[]).includes(topic);
/** What a meeting has only if somebody wants it: the word alone says so. */
const WANTED = [
  'record',
  'transcribe',
  'passcode',
  'encrypted',
  'announce',
  'watermark',
  'anonymous',
] as const;
/** What every meeting has: yes or no must be said. */
const USUAL = [
  'mic',
  'camera',
  'reactions',
  'whiteboard',
  'breakout',
  'powerpoint',
  'liveShare',
  'copying',
] as const;
/** What has more values than yes and no. */
const VALUED = ['lobby', 'admitters', 'chat', 'language', 'template', 'label'] as const;

/** The option that somebody asks about with this topic; null where the topic is none of the meeting itself. */
export function optionOf(topic: string): OptionAsked | null {
  if (topic === 'present') return 'presenters';
  if (topic === 'mute' || topic === 'unmute') return 'mic';
  return isOneOf([...WANTED, ...USUAL, ...VALUED], topic) ? topic : null;
}

/** Whether a topic is one of those that every meeting has, so that its word alone wishes nothing. */
export const isUsual = (topic: string): boolean =>
  isOneOf(USUAL, topic) ||
  topic === 'chat' ||
  topic === 'present' ||
  topic === 'language' ||
  topic === 'invitation';

/** What one clause asks for; null where its words do not say. */
function wishOf(clause: Clause, named: Named, strangers: readonly Place[]): Options | null {
  const { topic, polarity } = clause;
  const isOn = polarity !== false && clause.who !== 'nobody';
  if (isOneOf(WANTED, topic)) return { [topic]: isOn };
  if (isOneOf(USUAL, topic)) return polarity === null && clause.who === null ? null : { [topic]: isOn };
  switch (topic) {
    case 'unmute':
      return { mic: isOn };
    case 'mute':
      return { mic: !isOn };
    case 'admitters':
      if (clause.has('presenters')) return { admitters: 'presenters' };
      return clause.has('only') || clause.who === 'organizer' ? { admitters: 'organizers' } : null;
    case 'chat':
      if (clause.has('during')) return { chat: 'limited' };
      return polarity === null ? null : { chat: isOn ? 'enabled' : 'disabled' };
    case 'lobby': {
      const lobby = lobbyOf(clause);
      return lobby && { lobby };
    }
    case 'present': {
      if (strangers.length > 0)
        return { presenters: 'named', namedPresenters: peopleIn(named, clause, strangers) };
      const presenters = presentersOf(clause);
      return presenters && { presenters };
    }
    case 'coorganiser':
      return strangers.length > 0 || isMarked(named, clause)
        ? { coorganisers: peopleIn(named, clause, strangers) }
        : null;
    case 'template':
    case 'label': {
      const name = nameBeside(topic, named, clause);
      return name === '' ? null : { [topic]: name };
    }
    default:
      return null;
  }
}

/** The name of a template or a label: what stands beside that word, without small words around it; in lower case. */
function nameBeside(topic: string, { text, tokens, pack }: Named, { first, next }: Place): string {
  const [word] = saidIn(tokens, pack, 'option', { first, next }).filter(({ values }) =>
    values.includes(topic),
  );
  if (!word) return '';
  const isIdle = (at: number) =>
    tokens[at]?.kind === 'sign' ||
    isSaidAt(tokens, pack, ['idle', 'joins', 'affirm', 'polite', 'option', 'art'], at);
  const trim = (from: number, to: number): Place => {
    let [a, b] = [from, to];
    while (a < b && isIdle(a)) a += 1;
    while (b > a && (tokens[b - 1]?.kind === 'sign' || isSaidAt(tokens, pack, 'polite', b - 1))) b -= 1;
    return { first: a, next: b };
  };
  const behind = textOf(text, tokens, trim(word.next, next));
  return (behind || textOf(text, tokens, trim(first, word.first))).toLowerCase();
}

/** A language that is named: it is spoken, or the invitation is in it. */
function languageIn({ tokens, pack }: Named, place: Place): Options | null {
  const tag = languageNamed(tokens, place, pack.tag);
  if (tag === null) return null;
  const isText = saidIn(tokens, pack, 'option', place).some(({ values }) => values.includes('invitation'));
  return isText ? { invitation: tag } : { language: tag };
}

/** Topics beside which a name stands. */
const NAMING: ReadonlySet<string> = new Set(['template', 'label', 'coorganiser', 'present']);

/** Reads what a place asks of the meeting itself. */
export function optionsIn(named: Named, place: Place): OptionsSaid {
  const { tokens, pack } = named;
  const language = languageIn(named, place);
  const clauses = clausesIn(tokens, pack, place).filter(
    ({ topic }) => topic !== 'language' && topic !== 'invitation',
  );
  const strangers = language === null ? strangersIn(named, place) : [];
  const wishes = clauses.map((clause) =>
    wishOf(
      clause,
      named,
      strangers.filter(({ first }) => clauses.length === 1 || (first >= clause.first && first < clause.next)),
    ),
  );
  const takesNames = clauses.some(({ topic }) => NAMING.has(topic));
  const isClear =
    (wishes.length > 0 || language !== null) &&
    !wishes.includes(null) &&
    (takesNames || strangers.length === 0);
  return { options: Object.assign({}, ...wishes, language) as Options, isClear };
}
