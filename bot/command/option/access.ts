import type { Access } from '../command.ts';
import type { Rule } from '../text/pattern.ts';
import { first, map, maybe, opens, seq, tokenAt, word, words } from '../text/pattern.ts';
import type { OptionSaid } from './option-said.ts';
import { plain } from './option-said.ts';

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
  map(
    first(words('me|i|myself'), words('the|an? organiser|organizer|organisers|organizers|host|hosts')),
    () => 'organizer',
  ),
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
const mayPresent = seq(let_, maybe(word('only just')), who, maybe(can), present);
const presentRow: Rule<OptionSaid> = opens([let_, 'only just', who], (tokens, at) => {
  const hit = mayPresent(tokens, at);
  if (!hit) return null;
  const [prefix, only, access, modal] = hit.value;
  // "Everyone must be present": there, and not presenting.
  const isThere =
    tokenAt(tokens, hit.next - 1).low === 'present' &&
    /^(be|is|are)$/.test(tokenAt(tokens, hit.next - 2).low);
  if (isThere) return null;
  const isBareNoun = !modal && !prefix && !only && access !== 'organizer';
  return isBareNoun && /^present(ing)?$/.test(tokenAt(tokens, hit.next - 1).low)
    ? null
    : { value: plain({ presenters: access }), next: hit.next };
});
const onlyOne: Rule<OptionSaid> = first<OptionSaid>(
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

/** Who gets past the lobby, and who may present. */
export const accessOption: Rule<OptionSaid> = first<OptionSaid>(lobbyRow, presentRow, onlyOne);
