import type { Held, Missed } from '../../meeting/granted-options.ts';
import type { Guest } from '../../meeting/meeting.ts';
import type { Choices } from '../../meeting/options.ts';
import type { Say } from '../say.ts';
import { nameLanguage, nameOf, names, shown } from './text.ts';

/** The options that were asked for: those that the meeting has, and those that were refused. */
export type OptionsSaid = {
  held: readonly Held[];
  missed: readonly Missed[];
  /** The names of all templates of this configuration. */
  templates: readonly string[];
  /** Words that asked for an option that does not exist. */
  unknown?: readonly string[];
};

type Asked = { organiser?: string; guests: readonly Guest[]; options?: OptionsSaid };
/** Whether the reader is the organizer, who the guests are, and whether to mention that there is a passcode. */
type About = { isOwn: boolean; guests: readonly Guest[]; isPasscodeSaid?: true };

const SEPARATOR = ' · ';
const NAMES_SHOWN = 8;

/** The options in one line for a TextRun. Empty if there is nothing to say. */
export function wordHeld(options: readonly Held[], about: About, say: Say): string[] {
  const words = options
    // A meeting's card shows the passcode itself.
    .filter(({ option, value }) => about.isPasscodeSaid || !(option === 'passcode' && value === true))
    .map((one) => wordOption(one, about, say));
  const helpers = withRole(about.guests, 'coorganizer').map(nameOf);
  if (helpers.length > 0) {
    const said = { names: names(helpers, say, NAMES_SHOWN), count: helpers.length };
    words.push(say.text('options.coorganisers', said));
  }
  return words.length === 0 ? [] : [words.join(SEPARATOR)];
}

/** One sentence for each option that was refused, with the reason, for a TextRun. */
export function wordMissed(reply: Asked, say: Say): string[] {
  const about = { isOwn: !reply.organiser, guests: reply.guests };
  const options = reply.options ?? { held: [], missed: [], templates: [] };
  return [
    ...options.missed.map((one) => wordMiss(one, options, about, say)),
    ...wordUnknown(options.unknown ?? [], say),
    ...wordRoleless(reply.guests, say),
  ];
}

/** One sentence for each request for an option that does not exist, for a TextRun. */
export const wordUnknown = (wishes: readonly string[], say: Say): string[] =>
  wishes.map((wish) => say.text('missed.unknown', { wish: shown(wish) }));

/** The people who cannot have the role that was asked for, and why. */
function wordRoleless(guests: readonly Guest[], say: Say): string[] {
  const asked = guests.filter(({ role }) => role !== undefined);
  const sentence = (key: 'options.outsiders' | 'options.unknown', isMeant: (guest: Guest) => boolean) => {
    const all = asked.filter(isMeant).map(nameOf);
    return all.length === 0
      ? []
      : [say.text(key, { names: names(all, say, NAMES_SHOWN), count: all.length })];
  };
  return [
    ...sentence('options.outsiders', (guest) => guest.kind === 'email' || isForeign(guest)),
    ...sentence('options.unknown', ({ kind }) => kind === 'name'),
  ];
}

function wordMiss(missed: Missed, options: OptionsSaid, about: About, say: Say): string {
  const { option, why, is } = missed;
  const words = (value: unknown) => wordOption({ option, value } as Held, about, say);
  const wish = words(missed.wish);
  switch (why) {
    case 'label':
      return say.text('missed.label', { name: shown(String(missed.wish)) });
    case 'template':
      return wordUnknownTemplate(shown(String(missed.wish)), options.templates, say);
    case 'encryption': {
      const isInVain = options.missed.some((other) => other.option === 'encrypted');
      return say.text(isInVain ? 'missed.instead' : 'missed.encryption', { wish });
    }
    case 'nobody':
      return say.text('missed.nobody', { whose: about.isOwn ? 'own' : 'other' });
    case 'policy':
    case 'locked':
      if (option === 'template') return say.text('missed.templatePolicy', { name: shown(missed.wish) });
      if (option === 'encrypted' && missed.wish) return say.text('missed.encryptedPolicy');
      return is === null
        ? say.text('missed.unclear', { wish })
        : say.text(`missed.${why}`, { wish, now: words(is) });
    default:
      return say.text(`missed.${why}`, { wish });
  }
}

function wordUnknownTemplate(name: string, templates: readonly string[], say: Say): string {
  if (templates.length === 0) return say.text('missed.noTemplates', { name });
  return say.text('missed.template', { name, known: names(templates.map(shown), say, NAMES_SHOWN) });
}

/** One option with its value, as a phrase. */
export function wordOption({ option, value }: Held, about: About, say: Say): string {
  switch (option) {
    case 'language':
      return say.text('option.language', { language: nameLanguage(value, say) });
    case 'template':
    case 'label':
      return say.text(`option.${option}`, { name: shown(value) });
    case 'lobby':
    case 'presenters':
      return wordAccess(option, value, about, say);
    default:
      return say.text(`option.${option}`, { value: String(value) });
  }
}

function wordAccess(
  option: 'lobby' | 'presenters',
  value: NonNullable<Choices['presenters']>,
  { isOwn, guests }: About,
  say: Say,
): string {
  const presenters = withRole(guests, 'presenter').map(nameOf);
  const isNamed = value === 'named' && presenters.length > 0;
  const whose = isOwn ? 'own' : 'other';
  if (isNamed)
    return say.text('option.presentersNamed', { whose, names: names(presenters, say, NAMES_SHOWN) });
  return say.text(`option.${option}`, { value: value === 'organizer' ? whose : value });
}

const withRole = (guests: readonly Guest[], role: NonNullable<Guest['role']>) =>
  guests.filter((guest) => guest.kind === 'member' && !guest.isForeign && guest.role === role);

const isForeign = (guest: Guest) => guest.kind === 'member' && guest.isForeign === true;

/** What people need to know about a meeting with these options. */
export function wordLimits(options: readonly Held[], { text }: Say): string[] {
  const isEncrypted = options.some(({ option, value }) => option === 'encrypted' && value === true);
  return isEncrypted ? [text('options.encryptedLimits')] : [];
}
