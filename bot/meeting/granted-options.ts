import {
  type Choices,
  type Granted,
  isFixed,
  type Offer,
  type OptionName,
  rowOf,
  type Wishes,
} from './options.ts';

/**
 * Why an option is not as it was asked for. `cloud`: this cloud's Graph does not have it. `template`, `label`: no such one
 * is configured. `oneWay`: it cannot be switched off again. `encryption`: it cannot be together with encryption, which was
 * asked for too. `encrypted`: the meeting is. `locked`: its template decides it. `nobody`: nobody who is invited can
 * present. `policy`: Graph said otherwise. `room`: only a meeting made for once can have it. `series`: a series cannot get
 * it any more. `unconfirmed`: Graph did not say.
 */
export type Why =
  | 'cloud'
  | 'template'
  | 'label'
  | 'oneWay'
  | 'encryption'
  | 'encrypted'
  | 'locked'
  | 'nobody'
  | 'policy'
  | 'room'
  | 'series'
  | 'unconfirmed';

/** An option with the value that was wished and, where Graph told one, the value that it has. */
export type Missed = { [Name in OptionName]: MissedOf<Name> }[OptionName];
type MissedOf<Name extends OptionName> = {
  option: Name;
  why: Why;
  wish: NonNullable<Choices[Name]>;
  is: Choices[Name] | null;
};

/** What of the wishes is worth sending for a room, and what is not. A room has no passcode. */
export function selectInRoom(asked: Wishes, offer: Offer): { options: Wishes; missed: Missed[] } {
  const { passcode, ...rest } = asked;
  return selectUnfixed({ ...rest, ...(passcode && { passcode }) }, 'room', offer);
}

/** The same for a series that exists: its link stays, so options that need a new link are not possible. */
export const selectInSeries = (asked: Wishes, offer: Offer) => selectUnfixed(asked, 'series', offer);

/** What is possible if no new meeting can be made. */
function selectUnfixed(
  wishes: Wishes,
  why: 'room' | 'series',
  offer: Offer,
): { options: Wishes; missed: Missed[] } {
  const { options, missed } = selectPossible(wishes, offer);
  const dropped = wishesIn(options).filter(isFixed);
  const kept = Object.entries(options).filter(([name]) => !isFixed(name as OptionName));
  const fixed = dropped.map((name) => toMissed(name, why, options, {}));
  return { options: Object.fromEntries(kept), missed: [...missed, ...fixed] };
}

/**
 * Separates the wishes that are worth sending from those that are not. If wishes contradict each other, encryption wins: a
 * person who asked for it should not get a recording instead.
 */
export function selectPossible(asked: Wishes, offer: Offer): { options: Choices; missed: Missed[] } {
  const whyNot = (name: OptionName): Why | null => {
    if (offer.lacks.has(name)) return 'cloud';
    const { values } = rowOf(name);
    const isKnown = (known: readonly string[]) => known.includes(String(asked[name]).toLowerCase());
    if (values === 'templates' && !isKnown(offer.templates)) return 'template';
    if (values === 'labels' && !isKnown(offer.labels)) return 'label';
    const isEncrypted = asked.encrypted === true && !offer.lacks.has('encrypted');
    return isEncrypted && rowOf(name).needsClear && asked[name] === true ? 'encryption' : null;
  };
  const missed = wishesIn(asked).flatMap((name) => {
    const why = whyNot(name);
    return why === null ? [] : [toMissed(name, why, asked, {})];
  });
  const dropped = new Set<string>(missed.map(({ option }) => option));
  const options = Object.fromEntries(Object.entries(toChoices(asked)).filter(([name]) => !dropped.has(name)));
  return { options, missed };
}

/** The wishes that were granted, or may have been. */
export function dropRefused(wishes: Wishes, missed: readonly Missed[]): Choices {
  const refused = new Set<string>(
    missed.flatMap(({ option, why }) => (why === 'unconfirmed' ? [] : [option])),
  );
  return Object.fromEntries(Object.entries(toChoices(wishes)).filter(([name]) => !refused.has(name)));
}

/** The options that were sent and that Graph's answer does not confirm. */
export function listDeclined(sent: Wishes, granted: Granted): Missed[] {
  return wishesIn(sent)
    .filter((name) => !isSame(name, sent, granted))
    .map((name) => toMissed(name, whyOf(name, sent, granted), sent, granted));
}

function whyOf(name: OptionName, sent: Wishes, granted: Granted): Why {
  if (granted[name] === undefined) return 'unconfirmed';
  if (granted.encrypted && rowOf(name).needsClear) return 'encrypted';
  if (rowOf(name).isOneWay && granted[name] === true) return 'oneWay';
  const isByRole = sent.presenters === 'invited' || sent.presenters === 'named';
  if (name === 'presenters' && isByRole && granted.presenters === 'organizer') return 'nobody';
  return granted.template && name !== 'template' && name !== 'encrypted' ? 'locked' : 'policy';
}

function toMissed(option: OptionName, why: Why, asked: Wishes, granted: Granted): Missed {
  return { option, why, wish: asked[option], is: granted[option] ?? null } as Missed;
}

/** The options without who is to have a role. */
export function toChoices(options: Wishes): Choices {
  const { coorganisers: _, namedPresenters: __, invitation: ___, ...choices } = options;
  return choices;
}

function wishesIn(options: Wishes): OptionName[] {
  const choices = toChoices(options);
  return (Object.keys(choices) as OptionName[]).filter((name) => choices[name] !== undefined);
}

function isSame(name: OptionName, asked: Choices, granted: Granted): boolean {
  switch (name) {
    case 'language':
      return languageOf(asked.language) === languageOf(granted.language);
    case 'template':
    case 'label':
      return asked[name]?.toLowerCase() === granted[name];
    case 'presenters':
      // Graph knows one list by roles.
      return (asked.presenters === 'named' ? 'invited' : asked.presenters) === granted.presenters;
    default:
      return asked[name] === granted[name];
  }
}

/** "fr" is granted as "fr-FR". */
const languageOf = (tag: string | null | undefined) => tag?.split('-')[0]?.toLowerCase();

/** An option as it is. */
export type Held = { [Name in OptionName]: { option: Name; value: NonNullable<Choices[Name]> } }[OptionName];

/** The wishes that the meeting has now, according to Graph, and encryption even if nobody asked for it. */
export function toHeld(asked: Wishes, granted: Granted, missed: readonly Missed[]): Held[] {
  const names = new Set([...(granted.encrypted ? (['encrypted'] as const) : []), ...wishesIn(asked)]);
  return [...names].flatMap((option) => {
    const isMissed = missed.some((miss) => miss.option === option);
    const value = option === 'presenters' && isSame(option, asked, granted) ? asked[option] : granted[option];
    return isMissed || value === undefined || value === null ? [] : [{ option, value } as Held];
  });
}

/** The wishes for a meeting that is not made yet, as if they were granted. */
export function toWished(asked: Wishes): Held[] {
  return wishesIn(asked).map((option) => ({ option, value: asked[option] }) as Held);
}
