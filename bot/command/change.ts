import { isoDay } from './calendar.ts';
import type { Change, Command, CreateCommand, Intent, Need, Reading, Which } from './command.ts';
import type { Understood } from './create.ts';
import { toCreate, understand } from './create.ts';
import { withoutThroat } from './sentence.ts';
import { corrected } from './spelling.ts';
import { lowerCase } from './tokens.ts';

const CANCEL =
  /^(?:cancel|delete|remove|scrap|scratch|axe|bin|kill|drop|ditch|call off|abort|undo|discard|get rid of|withdraw|revoke|trash|nix)(?: |$|[.!?])/;
const CANCEL_LATER =
  /(?:^|[,.;!–—-] ?|\b(?:and|so|please|pls|can you|could you|just|you can|let's) )(?:cancel|delete|scrap|call off|ditch|remove) (?:it|that|this|the|my|our|today's|tomorrow's|\p{L}+day's|all|everything)\b/u;
const CALL_OFF =
  /^(?:call|take|pull) (?:the|my|our|it|that|this|\S+(?:'s)?)\b.{0,60}\boff\b(?! (?:the calendar )?(?:course|track))/;
const NOT_NEEDED =
  /\b(?:no longer|don't|do not|won't) need (?:the|my|our|that|this|it)\b|^forget (?:about )?(?:the|my|our|that|it)\b|\b(?:is|should be) off,/;
// "Drop-in", "delete flow review": a noun and not an order.
const NOUN_VERB =
  /^(?:drop|kill|bin|cancel|delete|remove|scratch|axe|undo)[ -](?:in|ins|off|zone|switch|flow|button|rate|rates|policy|feature|page|process|account|api|endpoint|test|tests|day|days)\b/;

const MOVE_VERB =
  'move|push|shift|bump|postpone|reschedule|re-schedule|delay|defer|slide|bring|pull|put|swap|change|adjust|extend|shorten|lengthen|make|rearrange|switch|kick|nudge|set|update|rename|retitle|advance|prolong|drag|resched|adjourn|knock|turn|cut|trim|prepone|pre-pone|pre';
const OBJECT = "(?:the|my|our|this|that|it|everything|all|today's|tomorrow's|tonight's|\\S+'s|next|\uFFFC)";
const CLEAR_MOVE =
  /^(?:pre-?pone|preponed|bring forward|postpone|reschedule|re-schedule|resched|rearrange|rename|retitle|adjourn)\b(?! (?:policy|process|rules))/;
const MOVE = new RegExp(`^(?:${MOVE_VERB}) ${OBJECT}(?: |$)`);
const MOVE_ONLY = new RegExp(`^(?:move|push|shift|bump|delay|defer) ${OBJECT}(?: [\\w'&-]+){0,5}[ .!?]*$`);
const MOVE_TO =
  /^(?:move|push|shift|bump|delay|defer|slide|pull|swap|change|extend|shorten|nudge|kick|advance|switch|knock)\b.{1,80}\b(?:to|until|till|by|back|forward|forwards|earlier|later|up)\b/;
const TIME_WORDS =
  /\b(?:to|by|until|till|back|forward|forwards|earlier|later|up|out|instead|for|longer|shorter|into|off|ahead|on|half)\b/;
const MOVE_LATER = new RegExp(
  `(?:^|[,.;!–—-] ?|\\b(?:and|so|please|pls|can (?:you|we)|could (?:you|we)|let's|should) )(?:move|push|shift|bump|postpone|reschedule|delay|bring) ${OBJECT}`,
);
const SHOULD_BE =
  /^(?:the|my|our) .{1,60}(?:needs|has) to (?:move|be moved|shift|be pushed|start) (?:to|by|until|at|back|forward|later|earlier)|^(?:can|could|should) (?:the|my|our|that|this|it|we)\b.{0,60}\b(?:be|become) (?:at |moved|pushed|later|earlier|brought|an hour|half|shifted|on |\d)/;
const MAKE_IT = /^(?:make|let'?s make|change) (?:it|that|this)\b/;
/** "can you make it at 3?": who can come, and no new time. */
const CAN_COME =
  /\b(?:can|could|will|would) (?:you|u|they|he|she|everyone|anyone) (?:all |both |still )?make it (?:at|on|for|to|by|in)\b[^?]*\?/i;
const INSTEAD = /\binstead\b/;
const SET_UP =
  /^set (?:up|it up|this up|(?:the|my|our|a) \S.{0,60} up)\b|^\S+ (?:the |my |our )?[^,.;]{0,40}\btogether\b|^(?:put|make|set) (?:it|that|this|the|a) (?:in|on|up)\b|^(?:put|make|set) (?:the|my|our|this|that) .{0,40}\b(?:in the (?:diary|calendar)|co-?organi[sz]er|presenter)/;

const RENEW =
  /\b(?:new|fresh|another|different|working) (?:join(?:ing)? |teams |meeting )?link (?:for|to) (?:the |my |our |that |it|this )?\S|^(?:renew|refresh|regenerate|recreate|reissue|replace|redo|reset|change|rotate) (?:the |my |our |that |its |this )?(?:\S+ ){0,5}(?:join(?:ing)? |meeting )?link\b|\blink (?:for|to) .{1,60} (?:is (?:broken|dead|expired|not working)|has expired|expired|doesn't work|does not work|no longer works)\b/;

/** No meeting is named. */
const NEW_LINK =
  /^(?:(?:get|give|make|send) (?:me|us) )?(?:a )?(?:new|fresh|another|different) (?:join(?:ing)? |meeting |teams )?link(?: please| pls)?[ .!?]*$/;
const NAMED_LINK = /\blink (?:for|to) (?:the|my|our|today's|tomorrow's|\p{L}+day's) (?!meeting at)/u;
const NOTHING_SAID: Which = { subject: null, start: null, day: null, people: [] };

/** Sentences that only mention such a verb. */
const MENTION =
  /^(?:i|we|he|she|they|who|why|when|someone|the meeting|it) (?:was|were|have|has|had|is|are|will be|got|moved|cancelled|canceled|pushed|postponed)\b/;

/** The meeting that a text speaks of; people come from the whole message. */
export function whichIn(text: string, reading: Reading, from: Understood): Which {
  const stripped = stripVerb(text);
  const part = understand(
    { text: stripped, people: from.invitees.filter(isMention).map(({ name, id }) => ({ name, id })) },
    reading,
  );
  const create = toCreate(part, reading, 'scheduled');
  const possessive = /^(?:the |my |our )?(today|tomorrow|tonight|\p{L}+day)'s (.+)$/iu.exec(stripped);
  const day = possessive
    ? understand({ text: possessive[1] ?? '', people: [] }, reading).picked.date?.said.day
    : null;
  const subject =
    (possessive ? understand({ text: possessive[2] ?? '', people: [] }, reading).title : part.title) ?? null;
  return {
    subject: (subject === null ? null : withoutGeneric(subject)) ?? hourSaid(create) ?? allSaid(text),
    start: startSaid(create, part),
    day: day ? isoDay(day) : part.picked.date ? (create.day ?? create.when?.start.toISODate() ?? null) : null,
    people: part.invitees,
  };
}

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

function isMention(invitee: Understood['invitees'][number]) {
  return invitee.kind === 'mention';
}

function stripVerb(text: string): string {
  return text
    .replace(
      /^.*?\b(?:cancel|delete|remove|scrap|scratch|axe|bin|kill|drop|ditch|call off|abort|undo|discard|get rid of|withdraw|revoke|pre-?pone|bring forward|move|push|shift|bump|postpone|reschedule|re-schedule|delay|defer|slide|bring|pull|swap|change|adjust|extend|shorten|rename|retitle|nudge|advance|rearrange|adjourn|put|make|set|update|kick|extend|lengthen|cut|trim|resched|no longer need|don't need)\b\s*/i,
      '',
    )
    .replace(/^(?:can|could|should|would) (?:we |you )?/i, '')
    .replace(/ (?:be|become|needs? to|has to)\b.*$/i, '')
    .replace(/^(?:the time of|the|my|our|that|this|it|everything)\b\s*/i, '')
    .replace(/^(?:one|meeting|call|thing)\b\s*/i, '')
    .replace(
      /\b(?:back|forward|forwards|out|up|off|earlier|later|longer|shorter)\b\s*(?:by\b.*|(?:an?|half|\d+|two|three) .*)?$/i,
      '',
    )
    .trim();
}

function withoutGeneric(subject: string): string | null {
  const rest = subject
    .replace(/^(?:the|my|our|that|this)\s+/i, '')
    .replace(/\s+(?:meeting|call|mtg)$/i, '')
    .trim();
  return rest === '' ||
    /^(?:(?:all|any|both)(?: of)?(?: my| the| our)?(?: meetings| calls)?|it|that|this|one|meeting|call|meetings|everything|please|mtg|back|forward|later|earlier|up|out|instead)$/i.test(
      rest,
    )
    ? null
    : rest;
}

const MADE = /^(?:please )?(?:let'?s )?(?:make|change) (?:it|that|this)\b(.*)$/i;
/** "make it 3 to 4pm": both are the new time. */
const MADE_RANGE =
  /^(?:please )?(?:let'?s )?(?:make|change) (?:it|that|this) (?:to |from |at )?\d[\d:.]{0,4} ?(?:[ap]m)? ?(?:to|until|till|-|–) ?\d/i;
const SPLIT = /^(.*?)(?:\bto\b|\buntil\b|\btill\b|\bfor\b|\bby\b|\bat\b|->|→)(?!.*\bto\b)(.*)$/i;

const NO_CHANGE: Change = {
  when: null,
  day: null,
  clock: null,
  shiftMinutes: null,
  minutes: null,
  subject: null,
};
/** A new name without its quotation marks. */
const title = (said: string) => said.trim().replace(/^["']|["'.]$/g, '') || null;

function change(
  text: string,
  minutes: number | null,
  reading: Reading,
): { before: string; change: Change; needs: readonly Need[] } {
  const named = NAME_IT.exec(text);
  if (named)
    return { before: named[1] ?? '', change: { ...NO_CHANGE, subject: title(named[2] ?? '') }, needs: [] };
  const isRange = MADE_RANGE.test(text);
  const cut = isRange ? null : SPLIT.exec(text.slice(0, 400));
  const before = isRange || CALL_IT.test(lowerCase(text)) ? '' : (cut?.[1] ?? text);
  const after = cut?.[2] ?? MADE.exec(text)?.[1] ?? '';
  const isRename = /^(?:rename|retitle)\b|\bcall it\b/i.test(text) || CALL_IT.test(lowerCase(text));
  if (isRename)
    return {
      before,
      change: {
        ...NO_CHANGE,
        subject: title(CALLED.exec(text)?.[1] ?? after),
      },
      needs: [],
    };
  const part = understand({ text: after === '' ? text : after, people: [] }, reading);
  const { picked } = part;
  const shift = shiftOf(lowerCase(text), minutes ?? daysIn(lowerCase(text)));
  if (shift !== null) return { before, change: { ...NO_CHANGE, ...shift }, needs: [] };
  const only = isMadeLength(lowerCase(text), picked) ? picked.minutes : null;
  if (after === '' && only !== null) return { before, change: { ...NO_CHANGE, minutes: only }, needs: [] };
  if (after === '' && !MADE.test(text)) return { before, change: NO_CHANGE, needs: ['time'] };
  const isBareHour = !picked.clock && /^\s*\d{1,4}\s*(?:please|instead)?[.!?]*$/.test(after);
  const read = isBareHour ? understand({ text: `at ${after}`, people: [] }, reading) : part;
  const create = toCreate(read, reading, 'scheduled');
  const hasDay = read.picked.date !== null;
  // Without a day the meeting's own counts, so a clock that has gone by today is no question.
  const settled = { time: hasDay, past: !hasDay, date: read.picked.clock !== null };
  const needs = create.needs.filter((need) => !settled[need as keyof typeof settled]);
  return {
    before,
    change: {
      ...NO_CHANGE,
      when: hasDay || read.picked.inMinutes !== null ? create.when : null,
      day: hasDay ? create.day : null,
      clock:
        create.when && !hasDay
          ? `${String(create.when.start.hour).padStart(2, '0')}:${String(create.when.start.minute).padStart(2, '0')}`
          : create.clock,
      minutes: create.minutes ?? lengthOf(create.when),
    },
    needs:
      hasDay || read.picked.clock || read.picked.inMinutes !== null
        ? needs
        : create.minutes === null
          ? ['time']
          : [],
  };
}

function lengthOf(when: CreateCommand['when']): number | null {
  return when?.end ? when.end.diff(when.start, 'minutes').minutes : null;
}

const CALL_IT = /^(?:please )?(?:call|name|title) (?:it|this|that) (?!off\b)/;
/** "call the Q3 review Budget": the name behind a meeting's own noun. */
const NAME_IT =
  /^(?:please )?(?:call|name|title) ((?:the|my|our) (?:\S+ ){0,6}?(?:meeting|call|sync|review|stand-?up|session|workshop|demo|retro|catch-?up|chat|interview|1:1)) (?!(?:with|at|on|in|for|about|re|to|off|and|today|tomorrow|please)\b)(.+)$/i;
const CALLED = /^(?:please )?(?:call|name|title) (?:it|this|that) (.+)$/i;
/** "15 minutes longer", "an hour later please". */
const BY_ITSELF =
  /^(?:[\d.]+|an?|half|one|two|three|another|five|ten|fifteen|twenty|thirty)\b[^,;]{0,30} (?:longer|shorter|later|earlier)(?: please| pls)?[.!]*$/;

/** "make Q3 45 minutes": a length behind a meeting that is there. */
function isMadeLength(low: string, { minutes, clock, date }: Understood['picked']): boolean {
  const isMade =
    /^make (?!an? |me |us |some |another )\S.{0,60}(?:min|mins|minutes|hours?|hrs?|h|m)[ .!]*$/.test(low);
  return isMade && minutes !== null && clock === null && date === null;
}

const DAYS_SAID =
  /\b(?:by|back|forward|forwards|out)? ?(an?|one|two|three|four|five|six|\d{1,2}) (day|week|fortnight)s?\b/;
const DAYS = { day: 1, week: 7, fortnight: 14 };
const COUNTS = ['', 'one', 'two', 'three', 'four', 'five', 'six'];

/** "by 2 days" in minutes; null where no days are counted. */
function daysIn(low: string): number | null {
  const [, said = '', unit = ''] = DAYS_SAID.exec(low) ?? [];
  if (unit === '' || !/\b(?:by|back|forward|forwards|out|later|earlier)\b/.test(low)) return null;
  const count = /^an?$/.test(said) ? 1 : Number(said) || COUNTS.indexOf(said);
  return count * DAYS[unit as keyof typeof DAYS] * 1440;
}

/** "back by an hour" is +60, "forward half an hour" -30, "extend by 15" a longer meeting. */
function shiftOf(low: string, minutes: number | null): Partial<Change> | null {
  if (minutes === null) return null;
  if (/^(?:extend|lengthen|prolong|shorten|cut|trim)\b|\b(?:longer|shorter)\b/.test(low)) {
    if (/\bto\b/.test(low) && !/\bby\b/.test(low)) return { minutes };
    return { extendMinutes: /^(?:shorten|cut|trim)\b|\bshorter\b/.test(low) ? -minutes : minutes };
  }
  if (/\b(?:forward|forwards|earlier|ahead|pre-?pone)\b|\bup\b/.test(low)) return { shiftMinutes: -minutes };
  if (/\b(?:back|later|by|out|along|delay|postpone|push|shift|move)\b/.test(low) && !/\bfor\b/.test(low))
    return { shiftMinutes: minutes };
  return null;
}

/** The verb as it was meant. */
function spelled(verb: string): string {
  const meant = corrected(lowerCase(verb));
  return meant === lowerCase(verb) ? verb : meant;
}

/** Enough to say which meeting and what about it; the rest of a long message is not read again. */
const MOST = 300;

const CHANGE_WORDS = new Set(
  `longer shorter later earlier link call name title cancel delete remove scrap scratch axe bin kill drop ditch call abort undo discard get withdraw revoke trash nix take need forget off link instead be become needs has renew refresh regenerate recreate reissue replace redo reset rotate cut trim ${MOVE_VERB.replaceAll('|', ' ')}`.split(
    ' ',
  ),
);

/** Whether the first word may be an order to change or cancel something. */
export const isOrderToChange = (low: string): boolean => CHANGE_WORDS.has(low.split(' ', 1)[0] ?? '');

/** Cancelling, moving, and a new link: commands about a meeting that exists. Null for anything else. */
export function readChange(low: string, understood: Understood, reading: Reading): Intent | null {
  if (!understood.tokens.some(({ low: word }) => CHANGE_WORDS.has(word))) return null;
  if (MENTION.test(low) && !CANCEL_LATER.test(low) && !MOVE_LATER.test(low) && !NOT_NEEDED.test(low))
    return null;
  const text = withoutThroat(understood.text.slice(0, MOST)).replace(/^\p{L}+/u, spelled);
  if (NEW_LINK.test(low)) return { kind: 'renew', which: NOTHING_SAID };
  if (RENEW.test(low) && (!understood.picked.clock || NAMED_LINK.test(low))) {
    const name =
      /\b(?:for|to|of) (?:the |my |our )?(.+?)(?: (?:is|has|no longer|doesn't|does not) .*| please| pls)?[.!?]*$/i.exec(
        text,
      )?.[1] ?? null;
    const meant = whichIn(name ?? '', reading, understood);
    const subject =
      understood.picked.clock || meant.day !== null || hasOptions(understood)
        ? meant.subject
        : name && withoutGeneric(name);
    return { kind: 'renew', which: { ...meant, subject }, ...withOptions(understood) };
  }
  if (isCancel(low)) return { kind: 'cancel', which: whichIn(text, reading, understood) };
  if (!isMove(low, understood)) return null;
  const read = change(text, understood.picked.minutes, reading);
  const command: Command = {
    kind: 'reschedule',
    which: whichIn(read.before, reading, understood),
    change: { ...read.change, ...withOptions(understood) },
    needs: read.needs,
  };
  return command;
}

function withOptions({ options }: Understood): { options?: CreateCommand['options'] } {
  return hasOptions({ options }) ? { options } : {};
}

const hasOptions = ({ options }: Pick<Understood, 'options'>) => Object.keys(options).length > 0;

function isCancel(low: string): boolean {
  if (NOUN_VERB.test(low)) return false;
  return (
    CANCEL.test(low) ||
    CALL_OFF.test(low) ||
    CANCEL_LATER.test(low) ||
    (NOT_NEEDED.test(low) && /\b(?:meeting|call|room|link|sync|stand-?up|review)\b/.test(low))
  );
}

function isMove(low: string, { picked, text }: Understood): boolean {
  if (SET_UP.test(low) || CAN_COME.test(text)) return false;
  if (CLEAR_MOVE.test(low) || SHOULD_BE.test(low)) return true;
  if (MAKE_IT.test(low) || BY_ITSELF.test(low) || isMadeLength(low, picked)) return true;
  if ((CALL_IT.test(low) || NAME_IT.test(low)) && !picked.clock && !picked.date) return true;
  const isTimeless = picked.clock === null && picked.date === null;
  if (isTimeless && MOVE_ONLY.test(low)) return true;
  if (MOVE.test(low))
    return (
      TIME_WORDS.test(low) &&
      !/^(?:set|put|make|update) .{0,40}\b(?:about|re|regarding|called|titled)\b/.test(low)
    );
  if (INSTEAD.test(low) && picked.clock && /\b(?:make|move|change|do|have)\b/.test(low)) return true;
  if (MOVE_LATER.test(low)) return true;
  return (
    MOVE_TO.test(low) &&
    /\b(?:to|until|till|by|back|forward|forwards|earlier|later)\b/.test(low) &&
    (picked.clock !== null || picked.date !== null || picked.minutes !== null) &&
    !/^\S+ (?:to|up|by) /.test(low) &&
    isMoveTarget(low)
  );
}

/** "move standup to 10": the time stands right behind the preposition; "push notifications review tomorrow" has none. */
function isMoveTarget(low: string): boolean {
  return /\b(?:to|until|till|by) (?:at |about |around |between |from |a |an |the |next |this |half|quarter|noon|midday|tomorrow|today|tonight|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|eod|cob|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d)|\b(?:back|forward|forwards|earlier|later)\b/.test(
    low,
  );
}
