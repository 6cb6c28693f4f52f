import type { Unmet } from '../command.ts';
import { core } from '../text/sentence.ts';
import { readTopic } from './topics.ts';

/** Words of a sentence that ask for something unmet, or are met anyway (null); `instead` is read in their place. */
type Row = { unmet: Unmet | null; said: RegExp; instead?: string };

const COMPANY = '(?:company|organi[sz]ation|org|firm|business|tenant|enterprise)';
const QA = '(?:q ?& ?a|q and a|questions and answers)';
const CODE = '(?:passcode|password|pin)';
// A time of day behind "passcode" is when the meeting begins.
const NO_TIME = "(?!\\d{1,2}(?:[:.]\\d\\d)? ?(?:am|pm|h|o'clock)\\b|\\d{1,2}[:.]\\d\\d\\b|\\d{4}-\\d\\d-)";

const ROWS: readonly Row[] = [
  {
    unmet: 'passcode',
    said: new RegExp(
      `(?<!\\b(?:no|without|w/o|skip|drop) (?:a |the |any )?)\\b(?:and |use |using |with |set |the |a |my |own )*\\b${CODE}(?: code)?(?:(?: should be| is| to| be|:| =|=) ?["']?${NO_TIME}(?!on\\b|off\\b|required\\b|needed\\b|not\\b|the\\b|our\\b|my\\b)[\\p{L}\\d-]{3,20}|(?: of)?(?: ["']?)${NO_TIME}(?=[\\p{L}-]*\\d)[\\p{L}\\d-]{4,20})["']?`,
      'iu',
    ),
    instead: 'with a passcode',
  },
  {
    unmet: 'organiser',
    said: /\b(?:on behalf of|in the name of|organi[sz]ed by)(?= )/i,
    instead: 'with',
  },
  {
    unmet: 'organiser',
    said: /,? (?:as|being|is) (?:the |an )?(?<!co[- ]?)organi[sz]er\b(?=[ ,.!]*$|[,.] | (?:tomorrow|today|on|at|about)\b)/i,
  },
  {
    unmet: 'everybody',
    said: new RegExp(
      `,? (?:and |please )?(?:with|for|invite|include|and) (?:everyone|everybody|all(?: staff| employees| people)?|the (?:whole|entire)|all of)(?: (?:of|at|in|from|across))?(?: (?:the|our|my))?(?: (?:whole|entire))? ${COMPANY}\\b`,
      'i',
    ),
  },
  {
    unmet: 'questions',
    said: new RegExp(
      `(?:,| and|;|(?<=\\d|\\d ?[ap]m|noon)(?= with)) (?:please )?(?:with |enable |turn on |switch on |allow )(?:a |the )?${QA}(?: enabled| on| please| allowed)?(?=[ .!]*$)`,
      'i',
    ),
  },
  {
    unmet: null,
    said: /^(?:please |can you )?(?:add|put) (?:to|in|on|into) (?:my|our|the) (?:calendar|diary):? (?=.*\b(?:meeting|call|sync|review)\b)/i,
  },
];

const LATER =
  '(?:about|on|for|with|at|from|in|re|regarding|called|named|titled|between|starting|tomorrow|tmrw|today|tonight|next|this|now|please|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|\\w{3,6}day|january|february|march|april|may|june|july|august|september|october|november|december|noon|midday|every|and invite)\\b|(?:the )?\\d';
const MAKING =
  '(?:(?:make|create|set ?up|schedule|book|plan|host|organi[sz]e|do|run|hold|start|arrange|need|want|i need|i want|we need|add|new) (?:me |us )?)?(?:a |an |the |our |my |another |one )?';
/** Two words of a title, none of which makes the event what the meeting is about. */
const NAMED =
  "(?:(?!(?:about|for|re|on|to|with|of|after|before|during|discuss|review|plan|planning|prep|prepare|rehearse|meeting|call|sync|join|attend|watch|from|until|the)\\b)[\\p{L}\\d&'-]+ ){0,2}";
const EVENT = new RegExp(
  `^${MAKING}${NAMED}(?:live event|live ?stream|webinar|town ?hall)(?: (?:meeting|event))?(?:[ .!?]*$| ?[,:–-] ?|(?= (?:${LATER})))`,
  'u',
);
const REPEATED = new RegExp(
  `^${MAKING}(?:weekly|daily|monthly|fortnightly|bi-?weekly|quarterly) (?:[\\p{L}\\d&'-]+ ){0,2}(?:stand-?up|sync|meeting|call|check-?in|catch-?up|1:1|one-on-one|review|retro|huddle|scrum|planning|update)\\b`,
  'u',
);
const PEOPLE = '(?:people|attendees|guests|participants|employees|colleagues|viewers|persons)';
const CROWD = new RegExp(
  `(?:,? (?:for|with|of) (?:about |around |over |up to )?)?\\b(\\d[\\d,.]{2,6}) (?:or so )?${PEOPLE}\\b`,
  'i',
);
const MOST_CHATTING = 150;
const MOST_MEETING = 1000;

/** Nearly every sentence holds none of these, and is spared the rest. */
const HINT = new RegExp(
  `\\b(?:pass(?:code|word)|pin\\b|organi[sz]e|behalf|name of|company|org\\b|firm|business|tenant|enterprise|calendar|diary|q ?& ?a|q and a|questions and|live|webinar|town ?hall|weekly|daily|monthly|fortnightly|bi-?weekly|quarterly|\\d[\\d,.]{2,6} (?:or so )?${PEOPLE})`,
  'i',
);

/**
 * What a sentence asks of its meeting that cannot be had, and the sentence without those words. Events and repetition
 * stay in it: they name the meeting as well. A mark for a mentioned person always stays.
 */
export function withoutUnmet(text: string): { text: string; unmet: readonly Unmet[] } {
  if (!HINT.test(text) || readTopic(core(text), true) !== null) return { text, unmet: [] };
  const unmet = new Set<Unmet>();
  let rest = text;
  for (const { unmet: wish, said, instead = '' } of ROWS) {
    if (!said.test(rest)) continue;
    rest = rest.replace(said, instead);
    if (wish !== null) unmet.add(wish);
  }
  const crowd = crowdIn(rest);
  if (crowd !== null) {
    rest = rest.replace(CROWD, '');
    unmet.add(crowd);
  }
  const low = core(rest);
  if (EVENT.test(low)) unmet.add('event');
  if (REPEATED.test(low)) unmet.add('recurrence');
  return { text: rest.trim(), unmet: [...unmet] };
}

function crowdIn(text: string): 'crowd' | 'everybody' | null {
  const count = Number(CROWD.exec(text)?.[1]?.replaceAll(/[,.]/g, '') ?? 0);
  if (count > MOST_MEETING) return 'everybody';
  return count > MOST_CHATTING ? 'crowd' : null;
}
