import { opening } from '../text/sentence.ts';

const ADJECTIVE =
  'great|good|lovely|brilliant|excellent|amazing|awesome|fantastic|nice|wonderful|helpful|useful|productive|interesting|fun|terrific|solid|insightful|fab|cracking|stellar|superb|inspiring|enjoyable|informative|exhausting|boring|tough|rough|intense|decent';
/** "great session this morning", "what a productive review": praise for what has been. */
const PRAISE = new RegExp(
  `(?:^|[,.!;–—-] ?)(?:(?:really|very|so|super|such|that was|pretty|quite|truly|absolutely|another) )*(?:an? )?(?:${ADJECTIVE}),? (?:(?:${ADJECTIVE}|and) )?(?:first |little |team |all-hands )?(?:meeting|call|session|review|demo|workshop|stand-?up|sync|chat|retro|webinar|training|talk|presentation|conversation|discussion|work|job|stuff|one)\\b(?! (?:planning|prep|follow|design))|^what an? \\w+|^(?:so|too) (?:tired|happy|glad|sad|excited|long|many)\\b`,
);
/** What is left of a meeting when it is over: "notes from the call with Sam", "the recording of Tuesday's session". */
const LEFT_OVER =
  /^(?:the |my |our |some |send |share |forward |post |get |find |show |give |me |us |here (?:are|is) )*(?:minutes|notes|slides|recording|transcript|summary|recap|write-?up|action items|actions|follow-?ups?|photos|pictures|feedback|takeaways|highlights) (?:of|from|for|to) (?!\d+ min)/;
/** "Total for 12 March: 340 units": a figure behind its colon. */
const FIGURE = /: ?[$£€₹]?\d[\d.,]*(?:[kmb%]| ?(?!min|hour|hr|h\b|am\b|pm\b|people|pax)\p{L}+)?[ .!]*$/u;
/** "need this by 3", "I want the report by noon", "deadline: Friday". */
const WANTED_BY =
  /^(?:(?:i|we)(?:'ll| will)? )?(?:need|want|require|expect|get|have|finish) (?!(?:an?|some|another|\d+|half) )(?:\S+ ){1,6}(?:by|before)\b|^deadlines?\b/;
/** Things that happen to everybody, announced with their hours. */
const NOTICE =
  /^(?:planned |scheduled |emergency )?(?:load[ -]?shedding|(?:power|water|gas|electricity|internet|network) (?:cut|outage|shut-?(?:off|down)|interruption|disruption)|outage|blackout|brownout|road closure|curfew)s? (?:from|at|on|in|until|between|\d|today|tonight|tomorrow|this)\b|^(?:\S+ ){1,2}(?:alert|advisory|warning|notice) ?:/;
/** "talk tomorrow", "until Friday": a farewell, where no hour is named. */
const FAREWELL =
  /^(?:(?:talk|speak|chat|more|again)(?: (?:soon|later|then))?|until|till|'til) ?(?:tomorrow|later|soon|monday|tuesday|wednesday|thursday|friday|next week|then)[ .!]*$/;

/** "haze quite bad", "parking so full": a judgement, at the end of what was said. */
const JUDGED =
  /\b(?:quite|very|too|really|so|super|damn|pretty|rather|still|all|just|absolutely) [^\W\d]{3,}[ .!]*$/;
/** "open house was packed": what looked like a verb was a noun, of which something is told. */
const WAS = /^(?:\S+ ){1,4}(?:was|were)\b/;

/** "dentist 2pm, back by 3:30", "school run at 3 so offline": where somebody will be. */
const AWAY =
  /(?:[,;.–—-] ?|\b(?:so|then|and) )(?:(?:i'm|i'll be|will be|be|am) )?(?:back (?:by|at|in|after|around|for|on)|leaving early|offline|afk|unavailable|wfh|(?:off|out|away) (?:till|until|til|from|for|all|after|until))\b/;
/** "cancelled: 3pm standup", "delivery 9-11am confirmed": what has been settled already. */
const SETTLED =
  /^(?:confirmed|rescheduled|cancell?ed|postponed|moved|pushed|delayed|booked|approved)(?: (?:for|to|until|till|by|at|from|on)\b| ?:)|(?:\d|[ap]m|noon|day|tomorrow|today|week|month)(?: (?:is|now|all|been))* (?:confirmed|cancell?ed|postponed|delayed|taken|done|sorted|gone|over)[ .!]*$/;
/** "anyone free at 3?", "fancy a coffee at 11?": asked of colleagues. */
const ASKED_AROUND =
  /^(?:any(?:one|body) (?:free|around|available|in|up for|fancy|wants?|know|else|coming|joining|seen|got)\b|(?:who|you) (?:fancy|up for|keen)\b|fancy (?:a|an|some)\b|up for (?:a|an|some)\b|(?:do you )?want to (?:grab|get|go|come)\b).*\?|\b(?:anyone|anybody)[ ?!]*\?/;
/** "Ana's back on the 14th". */
const SOMEBODY_IS =
  /^\p{L}+'s (?:back|off|out|away|here|late|sick|free|busy|leaving|coming|going|not|been|running|happy|sorry|done)(?= |[.!]?$)/u;
/** A day that everybody has off, or the wishes for it. */
const HOLIDAY = /\b(?:holidays?|half[ -]term)[^\p{L}]*$|\bmubarak\b/u;

/** "The demo went well, they want another": how it was. */
const WENT =
  /^[^,.;:!?]{3,60} (?:went|has gone|is going|was) (?:really |very |so |quite )?(?:well|badly|fine|great|smoothly|ok|okay|wrong|south)\b/;

/** Somebody may, might or would need it: nobody wants it yet. */
const PERHAPS =
  /\b(?:i|we|you|they|he|she|it|there) (?:(?:just|also|still|probably|maybe) )*(?:might|may|would probably|will probably|'ll probably)\b/;

/** Where somebody thinks aloud, hopes or is glad. */
const MUSING = opening(
  "(?:(?:i'm|i am|we're|i was|was|been|just|still|also|really|so|very|not) )*(?:thinking (?:about|of|whether|if|that|we|i|maybe)|wondering|pondering|musing|hoping|glad|excited|looking forward|keen|curious|not sure|unsure|tired|worried|dreading|pleased|delighted|grateful|proud|surprised|relieved|annoyed|confused|can't wait|impressed|honoured|disappointed)",
);
const THANKS_FOR =
  /^(?:thanks|thank you|thx|cheers|ta|sorry|congrats|congratulations|apologies|kudos|props)\b[^,.!;?–—-]{0,30}\b(?:for|on|about)\b/;
const SUITS =
  /(?:\d|[ap]m|noon|day|morning|afternoon|that|it) (?:works|suits|is fine|does it|looks|seems|sounds)(?= (?:for|too|fine|well|best|better|great|good|ok|okay|busy|tight|full|free)\b|[ ,.!?–—-]*(?:$|[,.!?]))/;

/** What is passed on: reminders, deadlines, papers, farewells. */
const PASSED_ON =
  /^(?:heads[- ]up|fyi|psa|note)\b ?[,:!–—-]|^(?:(?:just|a|gentle|quick|friendly) )*reminder\b|(?:^|[,:.!] )(?:see (?:you|ya|u)|catch you) |\b(?:due|attached|enclosed)(?:[ .!]*$| (?:by|on|at|for|mon|tue|wed|thu|fri|sat|sun|tomorrow|today|\d))|^(?:the )?(?:agenda|minutes|notes|slides|recording|recap|summary|takeaways|action items|actions) (?:for|from|of) [^:]{1,60}:|^(?:maybe|perhaps) (?:we|i|they|you) (?:should|could|can|might)\b/;

type Aside = {
  low: string;
  around: string;
  isOrder: boolean;
  isWish: boolean;
  isAsked: boolean;
  hasClock: boolean;
  hasNoun: boolean;
};

/** Praise, thanks and thinking aloud, around whatever day. The members are those of a sentence in talk.ts. */
export function isAside({ low, around, isOrder, isWish, isAsked, hasClock, hasNoun }: Aside): boolean {
  if (PERHAPS.test(low)) return true;
  if (!hasClock && (LEFT_OVER.test(low) || FIGURE.test(low) || FAREWELL.test(low))) return true;
  if (SETTLED.test(low) || ASKED_AROUND.test(low) || SOMEBODY_IS.test(low)) return true;
  if (!isOrder && (AWAY.test(low) || (!hasClock && HOLIDAY.test(around)))) return true;
  if (NOTICE.test(low) || (WANTED_BY.test(low) && !hasNoun)) return true;
  if (!isAsked && (WAS.test(around) || WENT.test(low))) return true;
  if (isOrder || isWish) return false;
  return (
    (!hasClock && !hasNoun && JUDGED.test(around)) ||
    PRAISE.test(low.slice(0, 200)) ||
    PASSED_ON.test(low.slice(0, 200)) ||
    MUSING.test(low) ||
    THANKS_FOR.test(low) ||
    SUITS.test(low.slice(0, 200))
  );
}
