import type { CreateCommand, Reading, Which } from '../command.ts';
import type { Understood } from '../create.ts';
import { toCreate, understand } from '../create.ts';
import { CANCELS, MOVES } from './change-verbs.ts';

/** Everything that a text says about the meeting it speaks of; people come from the whole message. */
export function whichIn(text: string, reading: Reading, from: Understood): Which {
  const people = from.invitees.filter(isMention).map(({ name, id }) => ({ name, id }));
  const part = understand({ text: withoutVerb(text), people }, reading);
  const create = toCreate(part, reading, 'scheduled');
  const subject = part.title === null ? null : withoutGeneric(part.title);
  return {
    subject: subject ?? hourSaid(create) ?? allSaid(text),
    start: startSaid(create, part),
    day: part.picked.date ? (create.day ?? create.when?.start.toISODate() ?? null) : null,
    people: part.invitees,
  };
}

const isMention = (invitee: Understood['invitees'][number]) => invitee.kind === 'mention';

/** A clock that has gone by today still names its meeting. */
function startSaid({ when, needs, choices }: CreateCommand, { picked }: Understood): Which['start'] {
  if (when) return when.start;
  return needs.includes('past') && !picked.date ? (choices.at(-1)?.start ?? null) : null;
}

/** "The 7 o'clock": the hour alone, since morning and evening are equally likely. */
function hourSaid({ needs, choices }: CreateCommand): string | null {
  const start = needs.includes('ampm') ? choices[0]?.start : undefined;
  return start && start.minute === 0 ? String(start.hour % 12 || 12) : null;
}

function allSaid(text: string): string | null {
  return /^(?:please )?\p{L}+ (?:off )?(?:everything|all|both)\b/iu.test(text) ? 'all' : null;
}

const VERB = new RegExp(
  `^.*?\\b(?:(?:bring|move|pull) forward|(?:push|move|put|knock) back|${CANCELS}|${MOVES}|no longer need|don't need|won't need|no need for|take|nix|start|hold|close|shut(?: down)?)\\b\\s*`,
  'i',
);

/** Only the words that name the meeting: no verb before them, and nothing of what is to become of it. */
function withoutVerb(text: string): string {
  return text
    .replace(
      /[,.;:!–—-] ?(?:so |then )?(?:(?:can|could) you |you can |please |pls |just )*(?:cancel|delete|scrap|drop|call off|change (?:it|that|this))(?: please| pls)?[ .!?]*$/i,
      '',
    )
    .replace(/ (?:needs?|has|have)(?: to\b.*)? *$/i, '')
    .replace(VERB, '')
    .replace(/^(?:can|could|should|would) (?:we |you )?/i, '')
    .replace(/ (?:be|become|needs? to|has to|isn't|is not|is no longer)\b.*$/i, '')
    .replace(/^(?:the time of|the|my|our|that|this|it|everything)\b\s*/i, '')
    .replace(/^(today|tomorrow|tonight|\p{L}+day)'s /iu, '$1 ')
    .replace(/^(?:one|meeting|call|thing)\b\s*/i, '')
    .replace(
      /^(?:that )?(?:i|we|you)(?:'ve| have)? (?:just )?(?:made|booked|created|scheduled|set up)\b/i,
      '',
    )
    .replace(/ from (?:the|my|our) (?:calendar|diary|schedule)\b.*$/i, '')
    .replace(
      /\b(?:back|forward|forwards|out|up|off(?: (?:the|my|our) (?:calendar|diary))?|earlier|later|longer|shorter|instead|any ?more)\b\s*(?:by\b.*|(?:an?|half|\d+|two|three) .*)?$/i,
      '',
    )
    .trim();
}

const GENERIC =
  /^(?:(?:all|any|both)(?: of)?(?: my| the| our)?(?: meetings| calls)?|it|that|this|one|meeting|call|meetings|everything|please|mtg|back|forward|later|earlier|up|out|instead)$/i;

/** The name without "the" and "meeting"; null for what names none. */
export function withoutGeneric(subject: string): string | null {
  const rest = subject
    .replace(/^(?:the|my|our|that|this)\s+/i, '')
    .replace(/\s+(?:meeting|call|mtg)$/i, '')
    .trim();
  return rest === '' || GENERIC.test(rest) ? null : rest;
}
