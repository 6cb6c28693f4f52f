import { readChange } from './change.ts';
import type { Command, CreateCommand, Reading } from './command.ts';
import type { Understood } from './create.ts';
import { readSettings } from './settings.ts';
import { lowerCase } from './tokens.ts';

export type Intent = { kind: 'create'; mode: CreateCommand['mode'] } | Exclude<Command, CreateCommand>;

// Every pattern is anchored or a plain list of words, and none repeats a group that can match the same text twice.
const GREETING =
  /^(?:hey|hi|hello|hiya|yo|ok|okay|so|good (?:morning|afternoon|evening|day)|morning|dear|@)?[ ,!]*(?:there|all|team|folks|parley|meetbot|bot)?[ ,!:.-]+/;
const POLITE =
  /^(?:please|pls|plz|kindly|just|also|now|then|and|actually|(?:(?:can|could|would|will) (?:you|u|we|i)(?: please| pls| just)?)|i(?:'d| would) like (?:you )?to|i (?:need|want) (?:you )?to|i need to|we need to|let's|lets|help me(?: to)?|you need to|we have to|i have to|i'd like)[ ,]+/;

/** The text without greeting and politeness at its beginning. */
export function core(text: string): string {
  let rest = lowerCase(text).replaceAll('\n', ' ').trim();
  for (let i = 0; i < 4; i += 1) {
    const before = rest;
    if (/^(?:hey|hi|hello|hiya|yo|ok|okay|so|good|morning|dear|@|parley|meetbot)\b/.test(rest))
      rest = rest.replace(GREETING, '');
    rest = rest.replace(POLITE, '');
    if (rest === before) break;
  }
  return rest.trim();
}

const END = '[ .!?…,]*$';
const SIGN_IN = new RegExp(
  `^(?:sign|log|login|signin|log me|sign me|let me (?:sign|log))(?: me)?(?: back)?(?: ?-?in)?(?: (?:please|pls|again|now|with microsoft|to teams|to my account|to microsoft|to parley|to graph))*${END}`,
);
const isSignIn = (low: string) =>
  (SIGN_IN.test(low) && /\b(?:in|login|signin)\b/.test(low)) ||
  /^(?:connect|link|authenticate|authorise|authorize)(?: me| my (?:microsoft |teams |office |365 )?account)?(?: please)?[ .!?]*$/.test(
    low,
  ) ||
  /^how do i (?:sign|log) in\b/.test(low);
const isSignOut = (low: string) =>
  /^(?:sign|log)(?: me)?[ -]?(?:out|off)\b/.test(low) ||
  /^(?:logout|signout|logoff|signoff)\b/.test(low) ||
  /^(?:disconnect|unlink|forget|deauthori[sz]e)(?: me| my (?:\w+ )?(?:account|data|token|sign-?in|login|credentials)| everything about me)?(?: please)?[ .!?]*$/.test(
    low,
  ) ||
  /^(?:disconnect|unlink) (?:me|my|from)\b/.test(low) ||
  /^(?:delete|forget|remove) my (?:data|sign-?in|login|token|account)\b/.test(low) ||
  /^end my session\b/.test(low);

const HELP =
  /^(?:help|\/help|\?+|commands?|usage|instructions|manual|examples?|get started|getting started|menu|options|how to)\b[^a-z]*(?:me|us|please|pls|out|with this)?[ .!?]*$|^help (?:me|us|with|on|using|please)\b|^(?:what (?:can|do|could) (?:you|i|u|we|parley|this bot|the bot|it) (?:do|type|say|write|ask|understand|help|know|tell|use)|what(?:'s| is) this|what are you|who are you|how (?:does|do) (?:this|it|that|you|parley|the bot|this bot|this thing|i (?:use|talk|start|work|get|book|create|schedule|make|set|cancel|move|change|ask|add|invite|record))\b|how can (?:i|you)|what (?:commands|phrases|can be|sort of|kind of|else can)|show me (?:what you|how|examples|the commands|some examples)|give me (?:an example|some examples|examples)|i (?:need help|don't (?:know|understand) (?:how|what)|am (?:lost|stuck|confused))|i'm (?:lost|stuck|confused)|i need some help|can you help|could you help|tell me (?:what you can|how)|explain (?:how|yourself|this)|are you a (?:bot|robot|human))/;

const LIST =
  /^(?:list|show|display|see|view|check|get|give|tell)(?: me)?(?: all| of)?(?: my| our| the| upcoming| next| today's| tomorrow's| this week's| me)*(?: upcoming| next| future| scheduled| booked| online| teams| planned| current| existing| open| latest| recent| week's)*(?: meetings?| calls?| bookings?| links?| agenda| calendar| schedule| diary| appointments?| events?| rooms?)\b|^(?:list|agenda)[ .!?]*$|^(?:my|upcoming|our|next|all my|all|today's|tomorrow's)(?: upcoming| next| scheduled| online| teams)?(?: meetings?| calls| bookings?| agenda| schedule| calendar| links)(?: (?:for )?(?:today|tomorrow|this week|next week|please|list))*[ .!?]*$|^(?:what|which)(?: are| were| is|'s)?(?: my| the| all| of| upcoming| next| of my)*(?: meetings?| calls?| bookings?| events?| appointments?)\b(?! (?:at|was|were))|^what(?:'s| is| do i have| have i got| have we got| do we have| did i (?:book|make|create|schedule))(?: (?:i|we))?(?: (?:coming|on|up|next|got|booked|scheduled|planned|in my (?:calendar|diary)|my (?:day|week|agenda|schedule|calendar|next meeting)|happening|lined up|the agenda|ahead))+|^what (?:meetings|calls)|^(?:do|have) i (?:have|got|have got)? ?(?:any|a|some|more)? ?(?:meetings?|calls?|bookings?)\b|^(?:any|are there any|are there) (?:upcoming |more |other )?(?:meetings|calls|bookings)\b|^when(?:'s| is| are) (?:my|our|the) next\b|^how many (?:meetings|calls)\b|^(?:what|which) did i (?:book|schedule|make|create|set up)|^what have i (?:booked|scheduled|got|made|created|set up)|^(?:meetings|calls) (?:i|that i|i've|i have) /;

const CHAT =
  /^(?:thanks?|thank you|thx|ta|cheers|ty|much appreciated|appreciate|great|awesome|perfect|cool|nice|brilliant|lovely|wonderful|good (?:job|bot|work)|well done|ok|okay|k|sure|fine|got it|understood|will do|no worries|np|lol|haha|yes|no|yep|yeah|nope|nah|welcome|congrats|congratulations|happy|sorry|bye|goodbye|see you|see ya|cu|later|good night|night|oops|hmm|wow|noted|done|sounds good|works for me|merci|gracias|danke)\b/;
const THANKS =
  /^(?:thanks?|thank you|thx|ta|cheers|ty|much appreciated|appreciate|great|awesome|perfect|brilliant|lovely|wonderful|good (?:job|bot|work)|well done|nice)\b/;
const HELLO =
  /^(?:hey|hi|hello|hiya|yo|good (?:morning|afternoon|evening|day)|morning|howdy|hola|g'day|greetings|sup|what's up|how are you|how's it going|hey there|hi there)\b[ ,!.?]*(?:there|all|team|parley|bot|everyone|folks|mate|how are you|how's it going)?[ ,!.?]*$/;

/** Verbs of making; at the beginning of a sentence they are a command. */
const MAKE =
  /^(?:re-?)?(?:set ?up|set (?:me |us |something |it )?(?:up )?a|set (?:a|an|the|up)|setup|schedule|book|create|arrange|organi[sz]e|plan|make|add|put|throw|pop|stick|pencil|slot|block|find|get (?:a|an|me|us|the|something|everyone|together|\S+ and)|give (?:me|us)|have (?:a|an)|do (?:a|an)|hold|host|start|begin|launch|spin|fire up|open|fix(?: up)?|line up|reserve|invite|meet|call|jump|hop|sync|catch up|touch base|grab|squeeze|fit|sort|send (?:out )?(?:an?|the|me a|us a) (?:invite|invitation|meeting|calendar|teams|link)|need|want|generate|kick off|new|run (?:a|an)|huddle|connect me|drop|i'd like|i need|we need|chat|instant)\b/;
const WANT =
  /\b(?:(?:can|could|shall|may|should|might) (?:we|i|you) (?:please |just |maybe |possibly |perhaps |all |quickly )?(?:meet|get|have|do|set|book|schedule|arrange|organi[sz]e|talk|chat|speak|catch|sync|hop|jump|grab|find|squeeze|make|create|plan|fix|put|connect|discuss|go over|call|touch|block|add|throw|hold|host|start|open|pencil|reserve|send|run|review)|let'?s (?:meet|have|do|talk|chat|speak|catch|sync|hop|jump|grab|get|book|schedule|set|plan|connect|discuss|find|huddle|go|make|touch|put|call|say|regroup|aim|try|pencil|reconvene)|(?:i|we|i'd|we'd)(?: would| will|'ll)? (?:really |also |just )?(?:need|want|like|love|wanna|require)(?: to| a| an| some| time| half| \d| us| you| another| the| my| our| one| \w+ min)|how about (?:we|a)|looking to (?:book|schedule|set|meet)|(?:please|pls) (?:book|schedule|set|arrange|organi[sz]e|create|add|put|make|invite|plan|send|find|set up)|(?:need|want) (?:a|an|to|\d|some|half) )/;

/** Where a sentence tells or asks something instead of ordering. */
const TELLS =
  /^(?:i|we|he|she|they|you|it|there|this|that|these|those|someone|somebody|everyone|everybody|nobody|my|his|her|their|your|our|the|a|an|\uFFFC|no one|who|what|why|where|when|how|which|whose|did|does|do|is|are|was|were|has|have|had|should|isn't|wasn't|aren't|didn't|doesn't|don't|if|because|since|although|apparently|btw|fyi|sorry|unfortunately|yesterday|last|after|before|while|not|in case|just|according)\b/;
const FINITE_VERBS = new Set(
  "was were is are am isn't wasn't weren't aren't been being had hadn't has hasn't have haven't did didn't does doesn't went got gone came took gave ran said told thought think thinks felt feel saw met made left lost sent spent paid found knew know knows heard began broke brought built bought caught chose fell forgot grew kept led meant read sat slept spoke stood taught understood won wrote will won't 'll i'll we'll they'll he'll she'll it'll you'll i'm we're they're you're he's she's it's that's there's who's what's i've we've they've you've would wouldn't could've can't cannot couldn't seems looks works worked goes ends ended starts started begins moved missed joined finished lasted overran happened arrived booked scheduled cancelled canceled increased decreased rose dropped hit reached costs cost needs wants likes loves hates enjoyed attended presented discussed agreed decided asked called emailed replied answered opens opened closes closed leaves lands departs arrives flies runs lives expires expired crashed failed passed passes stopped stayed waited waiting running turned says means makes takes gets comes keeps sits".split(
    ' ',
  ),
);
/** Whether the text has a verb that tells something, as a whole word. */
const tells = (text: string) => text.split(/[^\p{L}']+/u).some((word) => FINITE_VERBS.has(word));
/** Verbs that give somebody something else to do than to meet. */
const ERRAND =
  /^(?:remind|reminder to|remember|ping|tell|ask|notify|alert|wake|pay|buy|pick|bring|fetch|feed|submit|respond|upload|download|deliver|don't|do not|never|see you|see ya|see u|talk to you|speak to you|catch you|let me know|let you know|let us know|let them know|translate|guess|imagine|join us|come|go|drive|walk|meet me|call me (?:at|on|back)(?= (?:\+|\()?\d{3,}| my)|reach me|dial|multiply|calculate|convert|what|who|why|where|when|how|which|eat|finish|complete|forget|make sure|be (?:there|here|on time|ready|at)|listen|have a (?:good|great|nice|lovely|safe)|enjoy|wish|hope|good luck|happy)\b/;
/** Verbs that are nouns as well ("phone call", "check-in"): errands only with an object behind them. */
const ERRAND_WITH_OBJECT =
  /^(?:email|mail|text|phone|ring|message|msg|dm|check|order|water|clean|send|forward|reply|answer|fix|update|install|deploy|print|ship|read|watch|look|wait|note|keep|take|turn|switch|write|draft|say|google|search|play|stop|charge|transfer|refund|count|close|lock|cook|approve|sign|collect|copy|post|share|push|file|return|drop|leave|hand|report|log|test|start(?=ing)|review) (?:the|a|an|my|our|your|his|her|their|this(?! (?:week|month|morning|afternoon|evening|mon|tue|wed|thu|fri|sat|sun))|that|these|those|me|him|us|them|it|all|everyone|everybody|to|out|up|back|for|off|at|if|in with|with me|when|some|any|over)\b|^(?:email|mail|text|phone|ring|message|msg|dm|send|forward|show) (?:\S+@|\uFFFC)|^\uFFFC,? (?:can|could|are|do|did|will|would|have|please|thanks|thank|is|was|what|when|where|why|how|who|if|i'm|we're|the)\b/;
const PAST =
  /\b(?:yesterday|last (?:week|month|year|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday|time)|ago|earlier today|this morning's|yesterday's|so far|already|previously|used to)\b/;
const NOUN =
  /\b(?:meeting|meetings|mtg|mtng|call|huddle|stand-?up|sync|catch-?up|chat|1:1|one-on-one|one on one|1-1|1on1|121|workshop|webinar|interview|retro|retrospective|kick-?off|all-?hands|town ?hall|conference|session|demo|review|briefing|debrief|check-?in|appointment|brainstorm|planning|training|rehearsal|touch ?base|touchpoint|quick word|get-together|meet ?up|conversation|discussion|invite|seminar|lunch and learn|office hours|scrum|grooming|refinement)\b/;

const ROOM_WORD = '(?:room|lounge|space)';
const ROOM = new RegExp(
  `^(?:(?:re-?)?open|create|make|set ?up|give (?:me|us)|get|link (?:to|for)|start|spin up|join|need|i need|we need|share|send|show|fetch|find|where is|the link|link|new|permanent|a|an|launch|enter|go to|take me to|reopen|put up|add|have|keep|build|generate)\\b[^,.;]{0,80}\\b${ROOM_WORD}\\b`,
);
const ROOM_NOUN = new RegExp(
  `^(?:our |the |a |my )?(?:[\\w&'-]+ ){0,4}${ROOM_WORD}(?: please| link| pls)?[ .!?]*$`,
);
const STANDING =
  /\b(?:permanent|standing|always[ -]on|open-ended|drop-?in|persistent|reusable|evergreen|no fixed time|without (?:a )?(?:fixed )?time|any ?time)\b.{0,40}\b(?:room|link|meeting|call|space)\b/;

type Row = (low: string, understood: Understood, reading: Reading) => Intent | null;

const hasTime = ({ picked }: Understood) =>
  picked.clock !== null || picked.date !== null || picked.inMinutes !== null || picked.isNow;

const none = (why: Extract<Command, { kind: 'none' }>['why']): Intent => ({ kind: 'none', why });

const ROWS: readonly Row[] = [
  (_low, { text }) => (HELLO.test(lowerCase(text)) ? none('greeting') : null),
  (low, { people }) =>
    low === '' || /^[^\p{L}\p{N}]*$/u.test(low)
      ? people.length > 0
        ? none('unknown')
        : none(low === '?' ? 'unknown' : 'empty')
      : null,
  (low) => (isSignOut(low) ? { kind: 'signout' } : null),
  (low) => (isSignIn(low) ? { kind: 'signin' } : null),
  (low, understood, reading) => readSettings(low, understood, reading),
  (low, understood) =>
    HELP.test(low) && !(understood.picked.clock && MAKE.test(low)) ? { kind: 'help' } : null,
  (low) => (LIST.test(low) ? { kind: 'list' } : null),
  (low, understood, reading) => readChange(low, understood, reading),
  (low, understood) => room(low, understood),
  (low, understood) => create(low, understood),
];

function room(low: string, understood: Understood): Intent | null {
  if (understood.picked.clock || understood.picked.date || understood.picked.inMinutes !== null) return null;
  const isRoom = ROOM.test(low) || ROOM_NOUN.test(low) || STANDING.test(low);
  const isStatement = tells(low.slice(0, 200)) && !ROOM.test(low);
  return isRoom && !isStatement && !/\broom (?:\d|is|was|for \d|temperature|booking)/.test(low)
    ? { kind: 'create', mode: 'room' }
    : null;
}

/**
 * The words that are neither subject nor time nor people: a subject may hold any verb without telling anything,
 * and the "am" of "11 am" is none.
 */
function aroundSubject({ subject, tokens, items, people }: Understood): string {
  const places = subject
    ? [...items, ...people, { first: subject.cueFirst, next: subject.next }]
    : [...items, ...people];
  const covered = new Uint8Array(tokens.length);
  for (const { first, next } of places) covered.fill(1, first, next);
  const kept = tokens.slice(0, 300).filter((_token, at) => covered[at] === 0);
  return kept.map(({ low, glued }, at) => (glued || at === 0 ? low : ` ${low}`)).join('');
}

function create(low: string, understood: Understood): Intent {
  const whole = aroundSubject(understood);
  const around = core(whole);
  const isMade = MAKE.test(around) || MAKE.test(low) || WANT.test(whole);
  const mode = understood.picked.isNow ? 'now' : 'scheduled';
  if (isTold(around, low, isMade, WANT.test(whole), understood))
    return none(THANKS.test(low) ? 'thanks' : 'statement');
  if (isStart(low) && !hasTime(understood)) return { kind: 'create', mode: 'now' };
  const makes =
    isMade &&
    (hasTime(understood) ||
      NOUN.test(low) ||
      understood.invitees.length > 0 ||
      /\b(?:time|min|minutes|slot|link|something)\b/.test(low));
  const fragment =
    hasTime(understood) ||
    (NOUN.test(low) && low.length < 120 && !/[!?]$/.test(low)) ||
    (understood.subject !== null && understood.invitees.length > 0);
  if (makes || fragment)
    return isEmptyTalk(low, understood, isMade) ? none('unknown') : { kind: 'create', mode };
  return none(CHAT.test(low) ? (THANKS.test(low) ? 'thanks' : 'greeting') : 'unknown');
}

const isStart = (low: string) =>
  /^(?:start|launch|begin|kick off|fire up|spin up|jump on|hop on) (?:a|an|the|our|my|up a)?\b/.test(low) &&
  NOUN.test(low);

/** A lone day or hour without anything to meet for, in the middle of other talk. */
function isEmptyTalk(low: string, { picked, subject, invitees }: Understood, isMade: boolean): boolean {
  if (isMade || NOUN.test(low) || subject || invitees.length > 0) return false;
  const isVague = !picked.clock && picked.inMinutes === null && !picked.isNow;
  return isVague && low.split(' ').length > 6;
}

/** What people say of themselves without a verb. */
const STATUS =
  /^(?:back (?:in|at|by|on|from|soon|later|tomorrow|online)|be right back|brb|working|wfh|ooo|out (?:of (?:the )?office|on|until|till|from|for|sick|tomorrow|today|at)|on (?:a|my|annual|sick|holiday|leave|vacation|pto|site|lunch|a break)\b|at lunch|away|off (?:on|tomorrow|today|sick|work|at|until|to)|running (?:late|\d|a bit|behind)|in (?:a|the|another|back to back) (?:meeting|call|meetings|office|workshop)|afk|stuck|leaving|heading|arriving|going|gone|late|sick|not (?:available|free|in|around)|busy|free|available|no (?:meetings?|problem|worries|rush|need|idea|thanks|time))\b/;
/** Things one books, sets or makes that are no meetings. */
const OTHER_THING =
  /^(?:please )?\S+ (?:up )?(?:me |us )?(?:a|an|the|my|our|some|two|\d+)? ?(?:\S+ )?(?:flights?|hotels?|tables?|taxi|cab|uber|tickets?|alarm|reminder|timer|car|train|holiday|vacation|task|todo|note|poll|channel|email|doc|document|file|folder|report|list|coffee|pizza|password for|page|repo|branch|job|desk|parking)\b/;

/** "send me the deck by 5" is an errand; "send an invite for 5" is not. */
function isErrand(low: string): boolean {
  return (
    ERRAND_WITH_OBJECT.test(low) &&
    !/^\S+ (?:\S+ ){0,4}(?:invite|invites|invitation|meeting|calendar|call|session|link|slot)\b/.test(low)
  );
}

function isTold(
  around: string,
  low: string,
  isMade: boolean,
  isWanted: boolean,
  understood: Understood,
): boolean {
  const text = around.slice(0, 400);
  const isOrder = MAKE.test(low);
  if (/^(?:can't|cannot|couldn't|i can't|i cannot|i couldn't)\b/.test(low)) return true;
  const isInterjection = CHAT.test(low) && !isMade;
  if (
    isInterjection &&
    (/^\S+(?: you| so much)?[,!.]/.test(low) || tells(text) || !hasTime(understood) || PAST.test(low))
  )
    return true;
  if (/^\S+ (?:is|was|are|were|will be|has been)\b/.test(text)) return true;
  if (ERRAND.test(low) || isErrand(low) || STATUS.test(low)) return true;
  if (isOrder && OTHER_THING.test(low) && !NOUN.test(low) && understood.invitees.length === 0) return true;
  if (/^(?:i|we|he|she|they|you)\b/.test(text) && !isWanted) return true;
  if (isMade && (isOrder || isWanted) && !PAST.test(text)) return false;
  if (isMade && isOrder && !tells(text)) return false;
  if (PAST.test(text) && !isWanted) return true;
  if (/\?\s*$/.test(low) && TELLS.test(low) && !isWanted) return true;
  if (TELLS.test(text) && tells(text)) return true;
  return tells(text) && !isMade;
}

/** What kind of message this is. Anything that is no command we know, and does not name a meeting, is `none`. */
export function readIntent(understood: Understood, reading: Reading): Intent {
  const low = core(understood.text);
  for (const row of ROWS) {
    const intent = row(low, understood, reading);
    if (intent) return intent;
  }
  return none('unknown');
}
