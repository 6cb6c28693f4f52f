import type { Access, Options } from '../command.ts';
import type { Rule, Tokens } from '../text/pattern.ts';
import { opens, tokenAt } from '../text/pattern.ts';
import type { OptionSaid } from './option-said.ts';
import { plain } from './option-said.ts';

// A clause that is all about an option may be put in many ways, but out of few words: it is read by what occurs in
// it, where no other word does. "please make sure it's recorded", "nobody waits in the lobby", "chat stays on".

const set = (...lines: readonly string[]) => new Set(lines.flatMap((line) => line.split(' ')));

type Topic = 'record' | 'transcribe' | 'passcode' | 'encrypted' | 'chat' | 'unmute' | 'lobby' | 'present';
const TOPICS = new Map<string, Topic>(
  (
    [
      ['record', 'record records recorded recording'],
      ['transcribe', 'transcribe transcribes transcribed transcript transcripts transcription transcribing'],
      ['passcode', 'passcode passcodes password passwords'],
      ['encrypted', 'encrypt encrypts encrypted encryption'],
      ['chat', 'chat chats messaging'],
      ['unmute', 'unmute unmuting unmuted'],
      ['lobby', 'lobby'],
      ['present', 'present presents presenting presenter presenters'],
    ] as const
  ).flatMap(([topic, words]) => words.split(' ').map((word) => [word, topic] as const)),
);

const NOT = set(
  "no not don't dont doesn't won't shouldn't mustn't can't cannot needn't without off disabled disable never skip",
  'drop none cancel remove stop blocked omit',
);
const ON = set('on enabled enable allowed allow open available stays stay keep');
const ONLY = set('only just solely');
const DURING = set('only just during while');
/** Whom it is about. The first of these kinds that is named decides. */
const WHO: readonly [Who, ReadonlySet<string>][] = [
  ['nobody', set('nobody noone no-one none')],
  ['invited', set('invited invitees invite inviting')],
  ['outsiders', set('externals external outsiders outside visitors strangers')],
  [
    'organization',
    set('organisation organization company colleagues coworkers staff internal internals employees'),
  ],
  ['guests', set('guests guest')],
  [
    'everyone',
    set('everyone everybody all anyone anybody people participants attendees they them joiners folks'),
  ],
  ['organizer', set('me myself organiser organizer host')],
];
type Who = Access | 'nobody' | 'outsiders' | 'guests';
const WAIT = set('wait waits waiting sit sits hold held stuck queue');
const SKIP = set('skip skips bypass bypasses past straight directly without avoid avoids through');
const EXCEPT = set('but except besides');

const PLAIN = set(
  'please pls plz thanks thx make makes making sure ensure it its that this the a an any one be is are was will would',
  "it's i'll i'm have has having get gets getting got to too also as well help we i you u can could should must may need needs",
  'needed want wants required require necessary turn turned switch switched put add added with use using set start',
  'started automatically auto everything whole meeting call session thing of for us my our let lets if possible so',
  'able who from at itself running in on end e2e e2ee e 2 ee - : = protected protection fully properly their',
);
const KNOWN = new Set([
  ...TOPICS.keys(),
  ...NOT,
  ...ON,
  ...ONLY,
  ...DURING,
  ...WAIT,
  ...SKIP,
  ...EXCEPT,
  ...PLAIN,
  ...WHO.flatMap(([, words]) => [...words]),
]);

const OPENS = /^([,;.!?(\n–—]|and|with|but|also|then|)$/;
const ENDS = /^([,;.!?)\n–—]|and|with|but|about|re|then|)$/;
const TRAILING = set('on at for in to with from a an the');
const MOST = 14;

/** The end of the clause that begins here, if no word of it is strange. */
function clauseEnd(tokens: Tokens, at: number): number | null {
  let next = at;
  while (next < at + MOST && KNOWN.has(tokenAt(tokens, next).low) && !isDash(tokens, next)) next += 1;
  while (next > at && TRAILING.has(tokenAt(tokens, next - 1).low) && tokenAt(tokens, next).means) next -= 1;
  const behind = tokenAt(tokens, next);
  return next > at && (ENDS.test(behind.low) || behind.means !== undefined) ? next : null;
}

/** A dash with space around it ends a clause; that of "end-to-end" does not. */
function isDash(tokens: Tokens, at: number): boolean {
  return tokenAt(tokens, at).low === '-' && !tokenAt(tokens, at).glued;
}

function whoIn(words: readonly string[]): Who | null {
  return WHO.find(([, names]) => words.some((word) => names.has(word)))?.[0] ?? null;
}

function lobbyOf(words: readonly string[]): Access | null {
  const has = (names: ReadonlySet<string>) => words.some((word) => names.has(word));
  const who = whoIn(words);
  const waits = has(WAIT);
  const isNot = has(NOT) && !words.includes('without');
  if (waits && !has(SKIP)) {
    if (who === 'nobody' || isNot) return 'everyone';
    if (who === 'outsiders' || who === 'guests') return 'organization';
    return who === 'everyone' ? 'organizer' : null;
  }
  if (!has(SKIP) || isNot) return null;
  if (who === 'nobody' || (who === 'everyone' && has(EXCEPT))) return 'organizer';
  if (who === 'guests') return 'everyone';
  return who === 'outsiders' ? null : who;
}

const MAY = /^(?:can|may|could|should|will|to|only|would)$/;
function presentersOf(words: readonly string[]): Access | null {
  // "Everyone must be present": there, and not presenting.
  const isThere = words.some((word, at) => word === 'present' && !MAY.test(words[at - 1] ?? ''));
  if (isThere) return null;
  const isMe = words.some((word) => /^i('ll|'m)?$/.test(word));
  const who = whoIn(words) ?? (isMe ? 'organizer' : null);
  const isExcept = words.some((word) => EXCEPT.has(word)) && words.includes('me');
  if (who === 'nobody') return isExcept ? 'organizer' : null;
  const isNot = words.some((word) => NOT.has(word));
  const isOnly = words.some((word) => ONLY.has(word));
  if (isNot || (who !== 'everyone' && !isOnly)) return null;
  return who === 'outsiders' || who === 'guests' ? null : who;
}

function chatOf(words: readonly string[], isNot: boolean): NonNullable<Options['chat']> | null {
  if (words.some((word) => DURING.has(word))) return 'limited';
  if (isNot) return 'disabled';
  return words.some((word) => ON.has(word)) ? 'enabled' : null;
}

/** What is asked of one topic by the words around it; null where they only mention it. */
function wish(topic: Topic, words: readonly string[]): Options | null {
  const isNot = words.some((word) => NOT.has(word));
  switch (topic) {
    case 'record':
    case 'transcribe':
    case 'passcode':
    case 'encrypted':
      return { [topic]: !isNot && whoIn(words) !== 'nobody' };
    case 'unmute':
      return { mic: !isNot && whoIn(words) !== 'nobody' };
    case 'chat': {
      const chat = chatOf(words, isNot);
      return chat && { chat };
    }
    case 'lobby': {
      const lobby = lobbyOf(words);
      return lobby && { lobby };
    }
    case 'present': {
      const presenters = presentersOf(words);
      return presenters && { presenters };
    }
    default:
      return topic satisfies never;
  }
}

/** Options of a clause that has no other words than theirs. Never at the beginning of a message, where it may be an order of its own. */
export const clauseOption: Rule<OptionSaid> = opens([[...KNOWN].join(' ')], (tokens, at) => {
  if (at === 0 || !OPENS.test(tokenAt(tokens, at - 1).low)) return null;
  const next = clauseEnd(tokens, at);
  if (next === null) return null;
  const words = tokens.slice(at, next).map(({ low }) => low);
  const topics = new Set(words.flatMap((word) => TOPICS.get(word) ?? []));
  // "Recorded but not transcribed": how far a "not" reaches is for the rows to say.
  if (topics.size > 1 && words.some((word) => NOT.has(word))) return null;
  const wishes = [...topics].map((topic) => wish(topic, words));
  if (wishes.length === 0 || wishes.includes(null)) return null;
  return { value: plain(Object.assign({}, ...wishes)), next };
});
