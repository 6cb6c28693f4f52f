import type { Access, Options } from './command.ts';
import { languageTag } from './languages.ts';
import type { Hit, Rule, Tokens } from './pattern.ts';
import { first, map, maybe, seq, tokenAt, word, words } from './pattern.ts';

/** Options as said; who shall help to organise is named by the tokens from `who[0]` up to but not including `who[1]`. */
export type OptionSaid = { set: Options; who: readonly [number, number] | null };

type Row = readonly [notation: string, set: Options];

/** Each row: the words, and what they ask for. */
const ROWS: readonly Row[] = [
  [
    'no|without|w/o|skip|drop|disable|omit|remove a|the|any? passcode|passcodes|password|passwords|pin needed|required|please?',
    { passcode: false },
  ],
  [
    "don't|dont|not|doesn't require|need|want|use|add|have a|the|any? passcode|password|pin",
    { passcode: false },
  ],
  ['do not require|need|want|use|add a|the|any? passcode|password|pin', { passcode: false }],
  ['with|with no need for a|any? passcode|password', { passcode: false }],
  ['no need for a|any? passcode|password', { passcode: false }],
  ['passcode|password|pin off|disabled', { passcode: false }],
  ['passcode|password|pin not needed|required|necessary', { passcode: false }],
  ['passcode|password free', { passcode: false }],
  [
    'and? with|add|require|requires|requiring|need|needs|use|set|include|includes|including|put|want|needing|plus|make a|the|us|me? a? passcode|password|pin on|required|please?',
    { passcode: true },
  ],
  ['passcode|password on|required|enabled|protected|protection|needed', { passcode: true }],
  ["don't|dont|not record|recording it|this|that|the? meeting|call|session?", { record: false }],
  ['do not record it|this|that|the? meeting|call|session?', { record: false }],
  ['no|without a|any? recording|recordings', { record: false }],
  ['not recorded', { record: false }],
  ['recording off', { record: false }],
  [
    'record|recorded|recording and|&|plus|+ transcribe|transcribed|transcript|transcription|transcribing it|this|the|everything|please? meeting|call|session?',
    { record: true, transcribe: true },
  ],
  [
    'transcribe|transcribed|transcript|transcription and|&|plus|+ record|recorded|recording it|this|the|please? meeting|call|session?',
    { record: true, transcribe: true },
  ],
  ['turn|switch on recording and transcription', { record: true, transcribe: true }],
  ['with|with a? recording and a? transcript|transcription', { record: true, transcribe: true }],
  ['please? auto|automatically? record it|this|that|everything|automatically|us', { record: true }],
  ['please? auto|automatically? record the|our meeting|call|session|thing', { record: true }],
  ['auto|automatically record|recording|recorded', { record: true }],
  ['turn|switch|put on recording', { record: true }],
  ['turn|switch|put the? recording on', { record: true }],
  ['start|enable|with|turn|want|needs|need the|a? recording on|enabled|started|please?', { record: true }],
  ['recording on|enabled|please', { record: true }],
  ["needs|need|should|must|will|i'd|want|it to be? recorded", { record: true }],
  ['to be recorded', { record: true }],
  ['and to? record', { record: true }],
  ['please record', { record: true }],
  ['no|without a|any? transcript|transcription|transcripts', { transcribe: false }],
  ["don't|dont transcribe it?", { transcribe: false }],
  ['please? transcribe it|this|that|everything', { transcribe: true }],
  ['please? transcribe the|our meeting|call|session', { transcribe: true }],
  ['turn|switch|put on transcription|transcripts|transcript', { transcribe: true }],
  [
    'with|enable|start|need|want|turn|include a|the? transcript|transcription|transcripts on|enabled|please?',
    { transcribe: true },
  ],
  ['transcription|transcript|transcripts on|enabled|please', { transcribe: true }],
  ['and to? transcribe', { transcribe: true }],
  ['please transcribe', { transcribe: true }],
  ['needs|need|should|must to? be? transcribed', { transcribe: true }],
  ['not encrypted', { encrypted: false }],
  ['no|without encryption', { encrypted: false }],
  ['make it|this? end to end encrypted', { encrypted: true }],
  ['make it|this encrypted', { encrypted: true }],
  ['with|use|using|enable|and|turn on? end to end encryption|encrypted on?', { encrypted: true }],
  ['with|use|using|enable|turn on? e2e|e2ee', { encrypted: true }],
  ['with|use|using|enable|turn on? e2e|e2ee|full? encryption', { encrypted: true }],
  ['end to end encrypted|encryption on|please?', { encrypted: true }],
  ['e2e encrypted|encryption', { encrypted: true }],
  ['encryption on|enabled|please', { encrypted: true }],
  ['no|without|skip|disable|drop the|a|any? lobby|lobbies|waiting room?', { lobby: 'everyone' }],
  ['no|without|skip a|the? waiting room', { lobby: 'everyone' }],
  ['lobby off|disabled', { lobby: 'everyone' }],
  ['turn|switch off the? lobby', { lobby: 'everyone' }],
  ['turn the? lobby off', { lobby: 'everyone' }],
  [
    'let|allow everyone|anyone|everybody|anybody|all|people in|straight|directly|join|right to? in? straight|directly|without|immediately? away|in|waiting?',
    { lobby: 'everyone' },
  ],
  ['let|allow everyone|anyone|everybody|anybody to? skip|bypass the? lobby', { lobby: 'everyone' }],
  ['lobby for|bypass for? nobody|no-one', { lobby: 'everyone' }],
  ['bypass|skip the? lobby for everyone|anyone|all', { lobby: 'everyone' }],
  ['lobby bypass|open for|to everyone|anyone|all', { lobby: 'everyone' }],
  ['lobby for|only for? all? the? guests|externals|outsiders|visitors|strangers', { lobby: 'organization' }],
  [
    'lobby for|only for? all? the? external|outside|people|anyone|anybody people|guests|participants|attendees|outside|external us|our|the|my? org|organisation|organization|company|tenant?',
    { lobby: 'organization' },
  ],
  [
    'all? external|outside? guests|externals|outsiders|visitors|people should|must|to|have|will? to? wait|waiting|go|sit|stay|land|in|through|via in|through|via? the lobby',
    { lobby: 'organization' },
  ],
  [
    'everyone|everybody|all|people should|must|to|has|have|will|goes|go? to? wait|waits|waiting|through|in|via|sits|stays|starts in|through|via? the lobby',
    { lobby: 'organizer' },
  ],
  ['hold|keep|put everyone|everybody|people|all in the lobby', { lobby: 'organizer' }],
  [
    'nobody|none|no bypasses|skips|one|gets bypasses|skips|past? the lobby but|except|apart|other|besides? from|than? me|for?',
    { lobby: 'organizer' },
  ],
  ['lobby for everyone|everybody|all', { lobby: 'organizer' }],
  ['lobby on|enabled', { lobby: 'organizer' }],
  ['no|without|disable|w/o the|any? chat|chats|messaging please?', { chat: 'disabled' }],
  ['with no chat', { chat: 'disabled' }],
  ['turn|switch off the? meeting? chat', { chat: 'disabled' }],
  ['turn|switch the? meeting? chat off', { chat: 'disabled' }],
  ['chat off|disabled|blocked|closed', { chat: 'disabled' }],
  ['chat is|to|should be? off|disabled', { chat: 'disabled' }],
  [
    'limited|limit|restrict|restricted the|meeting? chat to|during|only|while? the|in|during? meeting|call|session? the|meeting? only|time?',
    { chat: 'limited' },
  ],
  ['chat limited|restricted to? the? meeting|call?', { chat: 'limited' }],
  [
    'chat only? during|in|while|for the|we|meeting|call meeting|call|session|meet|time|only? itself|only?',
    { chat: 'limited' },
  ],
  ['chat on|enabled|allowed|open', { chat: 'enabled' }],
  ['enable|allow|with|keep|turn the|on|meeting? chat on|open|enabled?', { chat: 'enabled' }],
  ['people|everyone|attendees|participants|guests can|may chat', { chat: 'enabled' }],
  [
    'announce|announcing people|callers|who|when|joiners|arrivals|joining|entry joining|joins|people|join|who|callers? join|joins|and? leave|leaves?',
    { announce: true },
  ],
  ['no|without entry|join|joining announcements|announcement', { announce: false }],
];

const OFF = 'off|muted|disabled|mute|blocked';
const ON = 'on|enabled|allowed|open';
const MIC = 'mic|mics|mike|mikes|microphone|microphones|audio';
const CAM = 'camera|cameras|cam|cams|video|videos|webcam|webcams';
const PEOPLE = 'people|everyone|everybody|attendees|participants|guests|all|anyone|students|viewers';
const DEVICE_ROWS: readonly Row[] = [
  [`no|without|disable|block|w/o ${MIC} and|or|&|nor|, ${CAM}`, { mic: false, camera: false }],
  [`no|without|disable|block|w/o ${CAM} and|or|&|nor|, ${MIC}`, { mic: false, camera: false }],
  [`no ${MIC} and|or|&|, no ${CAM}`, { mic: false, camera: false }],
  [`no ${CAM} and|or|&|, no ${MIC}`, { mic: false, camera: false }],
  [`${MIC} and|&|+|/ ${CAM} are|both? ${OFF}`, { mic: false, camera: false }],
  [`${CAM} and|&|+|/ ${MIC} are|both? ${OFF}`, { mic: false, camera: false }],
  [`${MIC} and|&|+|/ ${CAM} are|both? ${ON}`, { mic: true, camera: true }],
  [`${CAM} and|&|+|/ ${MIC} are|both? ${ON}`, { mic: true, camera: true }],
  [
    `${PEOPLE} can|may|could|should use|turn on? their|the? ${MIC} and|&|or their? ${CAM} on?`,
    { mic: true, camera: true },
  ],
  [
    `${PEOPLE} can|may|could|should use|turn on? their|the? ${CAM} and|&|or their? ${MIC} on?`,
    { mic: true, camera: true },
  ],
  [`${PEOPLE} can|may|could|should use|turn on? their|the? ${MIC} on?`, { mic: true }],
  [`${PEOPLE} can|may|could|should use|turn on? their|the? ${CAM} on?`, { camera: true }],
  [`${PEOPLE} can|may|could unmute themselves?`, { mic: true }],
  [`${PEOPLE} can't|cannot|can|may|must|should not|never? unmute themselves?`, { mic: false }],
  [`${PEOPLE} can't|cannot use their|the? ${MIC}`, { mic: false }],
  [`${PEOPLE} can't|cannot use their|the? ${CAM}`, { camera: false }],
  [`allow|enable|with|turn on? ${MIC} and|&|or ${CAM} on?`, { mic: true, camera: true }],
  [`allow|enable|turn on? the? ${MIC} on?`, { mic: true }],
  [`allow|enable|turn on? the? ${CAM} on?`, { camera: true }],
  [`turn|switch off the|all|everyone's? ${MIC}`, { mic: false }],
  [`turn|switch off the|all|everyone's? ${CAM}`, { camera: false }],
  [`turn|switch the|all|everyone's? ${MIC} off`, { mic: false }],
  [`turn|switch the|all|everyone's? ${CAM} off`, { camera: false }],
  [`no|without|disable|block|w/o the|any? ${MIC}`, { mic: false }],
  [`no|without|disable|block|w/o the|any? ${CAM}`, { camera: false }],
  [`${MIC} are? ${OFF}`, { mic: false }],
  [`${CAM} are? ${OFF}`, { camera: false }],
  [`with? ${MIC} are? ${ON}`, { mic: true }],
  [`with? ${CAM} are? ${ON}`, { camera: true }],
  [`mute ${PEOPLE}|them|us`, { mic: false }],
  [`${PEOPLE} on? muted|mute`, { mic: false }],
  [
    'all? attendees|participants|guests|everyone join|joins|joining|start|starts|enter|enters muted|mute',
    { mic: false },
  ],
];

/** Words that ask for something only where they stand by themselves: ", passcode, recorded". */
const BOUNDED: readonly Row[] = [
  ['passcode|password protected?', { passcode: true }],
  ['recorded|record|recording', { record: true }],
  ['transcribed|transcribe|transcript|transcription', { transcribe: true }],
  ['encrypted|e2ee|e2e|encryption', { encrypted: true }],
  ['muted', { mic: false }],
];

const plain = (set: Options): OptionSaid => ({ set, who: null });

const BEFORE = /^([,;.&+(\n–—:!]|and|with|please|)$/;
const BEHIND = /^([,;.&+)\n–—:!?]|and|please|thanks|thx|for|with|at|on|about|re|)$/;

function isAlone(tokens: Tokens, at: number, next: number): boolean {
  const behind = tokenAt(tokens, next);
  return BEFORE.test(tokenAt(tokens, at - 1).low) && (BEHIND.test(behind.low) || behind.means !== undefined);
}

const GENERIC = word('meeting call chat session sync video teams huddle conversation catchup mtg');
const bounded: Rule<OptionSaid> = (tokens, at) => {
  for (const [rule, set] of BOUNDED_RULES) {
    const hit = rule(tokens, at);
    if (!hit) continue;
    const isAdjective =
      ('encrypted' in set ||
        tokenAt(tokens, at).low === 'recorded' ||
        tokenAt(tokens, at).low === 'transcribed') &&
      GENERIC(tokens, hit.next) !== null;
    if (isAdjective || isAlone(tokens, at, hit.next)) return { value: plain(set), next: hit.next };
  }
  return null;
};
const BOUNDED_RULES = BOUNDED.map(([notation, set]) => [words(notation), set] as const);

const who: Rule<Access> = first<Access>(
  map(
    first(
      words('invited people|guests|attendees|participants|persons|folks|ones?'),
      words('people|those|anyone|everyone|guests i|we? invited|invite'),
      words('the|all? invitees'),
      words('people|those|anyone who are|is|were? invited'),
    ),
    () => 'invited',
  ),
  map(
    first(
      words(
        'people|everyone|anyone|everybody|anybody|those|folks|users|colleagues|staff in|inside|from|within|at our|my|the|this? org|organisation|organization|company|tenant|firm|business|team',
      ),
      words('our|my|the? colleagues|coworkers|staff|internals|employees'),
      words('internal people|users|staff|attendees|participants?'),
      words('our|my|the org|organisation|organization|company|tenant|firm'),
      words('organisation|organization|company members|people|users|only?'),
      words('members of our|my|the org|organisation|organization|company'),
    ),
    () => 'organization',
  ),
  map(first(words('me|i|myself'), words('the|an? organiser|organizer|host')), () => 'organizer'),
  map(
    words('everyone|everybody|anyone|anybody|all|people|guests|attendees|participants|they|we'),
    () => 'everyone',
  ),
);
const can = words(
  'can|may|should|could|to|is|are|will|shall|must|gets|get|be|allowed allowed|be|able|get|to|automatically? to|allowed?',
);
const skipLobby = words('skip|skips|skipping|bypass|bypasses|bypassing|avoid|avoids the? lobby');
const present = first<string>(
  words('present|presents|presenting|share|shares|sharing be? their|the|a? screen|screens?'),
  words('a|the? presenter|presenters'),
);
const let_ = maybe(first<string>(words('let|allow|with'), words('only|just')));

const lobbyRow: Rule<OptionSaid> = map(
  seq(let_, maybe(word('only just')), who, maybe(can), skipLobby),
  ([, , access]) => plain({ lobby: access }),
);
const presentRow: Rule<OptionSaid> = (tokens, at) => {
  const hit = seq(let_, maybe(word('only just')), who, maybe(can), present)(tokens, at);
  if (!hit) return null;
  const [prefix, only, access, modal] = hit.value;
  const isBareNoun = !modal && !prefix && !only && access !== 'organizer';
  return isBareNoun && tokenAt(tokens, hit.next - 1).low === 'presenting'
    ? null
    : { value: plain({ presenters: access }), next: hit.next };
};
const onlyPresenter: Rule<OptionSaid> = first<OptionSaid>(
  map(words("i'm|im|i the|am? the? only presenter"), () => plain({ presenters: 'organizer' })),
  map(words('only presenter is? me'), () => plain({ presenters: 'organizer' })),
  map(words('nobody|noone|none else can|may|should presents|present|share'), () =>
    plain({ presenters: 'organizer' }),
  ),
  map(words('no one else can|may|should presents|present|share'), () => plain({ presenters: 'organizer' })),
  map(seq(word('presenters presenter'), maybe(word(': = are')), maybe(word('only')), who), ([, , , access]) =>
    plain({ presenters: access }),
  ),
  map(
    seq(
      word('lobby'),
      maybe(word(':')),
      word('bypass'),
      maybe(words('for|only|is')),
      maybe(word('only')),
      who,
    ),
    ([, , , , , access]) => plain({ lobby: access }),
  ),
  map(words('everyone|everybody|anyone|all else waits|wait|must|has|should to? wait? in the lobby'), () =>
    plain({ lobby: 'invited' }),
  ),
);

const languageWord: Rule<string> = (tokens, at) => {
  const { low, kind } = tokenAt(tokens, at);
  const tag = kind === 'word' && low.length > 3 ? languageTag(low) : null;
  return tag ? { value: tag, next: at + 1 } : null;
};
const LANGUAGE_ENDS =
  /^([,;.)&!?\n–—]|and|with|about|on|at|re|regarding|for|to|please|by|today|tomorrow|from|invitation|invite|thanks|)$/;
const language: Rule<OptionSaid> = (tokens, at) => {
  const hit = first(
    map(
      seq(
        maybe(words('invitation|invitations|invite|invites|everything|all|hold|held|run|and is|be|it|are?')),
        word('in'),
        languageWord,
      ),
      ([, , tag]) => tag,
    ),
    map(seq(word('language lang'), maybe(word(': = is to')), languageWord), ([, , tag]) => tag),
    map(seq(languageWord, word('invitation invite invitations')), ([tag]) => tag),
    map(seq(languageWord, word('please')), ([tag]) => tag),
    map(seq(languageWord, word('language')), ([tag]) => tag),
  )(tokens, at);
  if (!hit) return null;
  const behind = tokenAt(tokens, hit.next);
  const isEnd =
    LANGUAGE_ENDS.test(behind.low) ||
    behind.means !== undefined ||
    behind.kind === 'number' ||
    behind.kind === 'person';
  return isEnd ? { value: plain({ language: hit.value }), next: hit.next } : null;
};

const templateWord = word('template');
const template: Rule<OptionSaid> = (tokens, at) => {
  const behind = seq(
    maybe(words('use|using|with|from|and a|the?')),
    templateWord,
    maybe(word(': = called named')),
  )(tokens, at);
  if (behind) {
    let next = behind.next;
    while (next < behind.next + 3 && isNameWord(tokens, next)) next += 1;
    if (next > behind.next) return { value: plain({ template: said(tokens, behind.next, next) }), next };
  }
  const lead =
    words('use|using|with|apply a|the')(tokens, at) ?? words('from|use|using|with|apply')(tokens, at);
  if (!lead) return null;
  for (let count = 1; count <= 3 && isNameWord(tokens, lead.next + count - 1); count += 1) {
    const end = lead.next + count;
    if (templateWord(tokens, end))
      return { value: plain({ template: said(tokens, lead.next, end) }), next: end + 1 };
  }
  return null;
};
function isNameWord(tokens: Tokens, at: number): boolean {
  const { kind, low, means } = tokenAt(tokens, at);
  return kind === 'word' && !means && !/^(and|with|at|on|for|about|re|record|no|only|please)$/.test(low);
}
function said(tokens: Tokens, from: number, to: number): string {
  return tokens
    .slice(from, to)
    .map(({ low }) => low)
    .join(' ');
}

const coorganiserWord = words('co organiser|organisers|organizer|organizers|host|hosts');
const coorganiserSolid = word('coorganiser coorganisers coorganizer coorganizers cohost cohosts');
const helper = first<string>(coorganiserWord, coorganiserSolid);
/** Up to three people, as marks, addresses or short names. */
const people: Rule<null> = (tokens, at) => {
  let next = at;
  for (let count = 0; count < 3; count += 1) {
    const one = person(tokens, next);
    if (!one) break;
    next = one.next;
    const and = word('and & ,')(tokens, next);
    if (!and || !person(tokens, and.next)) break;
    next = and.next;
  }
  return next > at ? { value: null, next } : null;
};
const NOT_A_NAME = /^(and|with|as|is|are|be|the|a|an|at|on|for|about|me|please|it|record|no|only|in|to)$/;
const person: Rule<null> = (tokens, at) => {
  const { kind, low, means } = tokenAt(tokens, at);
  if (kind === 'person' || kind === 'email') return { value: null, next: at + 1 };
  if (kind !== 'word' || means || NOT_A_NAME.test(low)) return null;
  const second = tokenAt(tokens, at + 1);
  const isTwo =
    second.kind === 'word' &&
    !second.means &&
    !NOT_A_NAME.test(second.low) &&
    !/^(co|coorganiser|coorganizer|cohost)$/.test(second.low);
  return { value: null, next: isTwo ? at + 2 : at + 1 };
};
const coorganiser: Rule<OptionSaid> = (tokens, at) => {
  const before = seq(
    maybe(words('with|and|add|plus|my|the|our')),
    helper,
    maybe(word(': = is are will')),
    maybe(word('be')),
    people,
  )(tokens, at);
  if (before) {
    const [lead, name] = before.value;
    const start = at + (lead ? 1 : 0);
    return {
      value: { set: {}, who: [name ? helperEnd(tokens, start) : start, before.next] },
      next: before.next,
    };
  }
  const lead = maybe(word('make with add and have'))(tokens, at);
  const named = lead && people(tokens, lead.next);
  const role = named && seq(maybe(word('as to be')), maybe(word('a my our the')), helper)(tokens, named.next);
  const isRole = role && (role.value[0] || role.value[1] || (lead && lead.next > at));
  return isRole ? { value: { set: {}, who: [lead.next, named.next] }, next: role.next } : null;
};
function helperEnd(tokens: Tokens, at: number): number {
  const hit = seq(helper, maybe(word(': = is are will')), maybe(word('be')))(tokens, at);
  return hit?.next ?? at;
}

/** Rows found by their first word, so that most words cost one look-up. */
const byFirstWord = new Map<string, { rule: Rule<string>; set: Options }[]>();
for (const [notation, set] of [...ROWS, ...DEVICE_ROWS]) {
  const steps = notation.split(' ');
  const lastLead = steps.findIndex((step) => !step.endsWith('?'));
  const leads = steps.slice(0, lastLead + 1).flatMap((step) => step.replace(/\?$/, '').split('|'));
  const rule = words(notation);
  for (const lead of new Set(leads)) byFirstWord.set(lead, [...(byFirstWord.get(lead) ?? []), { rule, set }]);
}

const row: Rule<OptionSaid> = (tokens, at) => {
  let best: Hit<OptionSaid> | null = null;
  for (const { rule, set } of byFirstWord.get(tokenAt(tokens, at).low) ?? []) {
    const hit = rule(tokens, at);
    if (hit && hit.next > (best?.next ?? at)) best = { value: plain(set), next: hit.next };
  }
  return best && isNotANoun(tokens, best) ? best : null;
};
/** "no chat features review": an option is not followed by a noun it belongs to. */
const NOUNS_BEHIND = new Set(
  'reset flow policy policies review feature features change changes rollout migration bug issue issues update project problem problems design settings removal rules quality'.split(
    ' ',
  ),
);
function isNotANoun(tokens: Tokens, hit: Hit<OptionSaid>): boolean {
  return !NOUNS_BEHIND.has(tokenAt(tokens, hit.next).low);
}

/** Something a person asks of the meeting itself: passcode, recording, lobby, presenters, language, co-organisers… */
export const option: Rule<OptionSaid> = first<OptionSaid>(
  coorganiser,
  lobbyRow,
  presentRow,
  onlyPresenter,
  row,
  template,
  language,
  bounded,
);
