import type { Topic } from '../command.ts';
import { anywhere, matching } from '../text/sentence.ts';

/** `asked`: the message is about this and about nothing else. `isTimed`: even where a day or a clock is named. */
type Row = { topic: Topic; asked: RegExp; isTimed?: true };

const EVENT = '(?:live events?|live ?streams?|webinars?|town ?halls?|broadcasts?)';
const QA = '(?:q ?& ?a|q and a|questions and answers)';
const CODE = '(?:passcode|password)';
const CALENDAR = '(?:calendars?|diary|diaries|outlook)';
const ENDS = '(?: (?:please|pls|for me|for us))?[ .!?]*$';

// "Can you" and "please" are gone from what is tested: a question and an order look alike.
const ROWS: readonly Row[] = [
  {
    topic: 'address',
    asked: matching(
      '(?:^|[\\s"\'(/])(?:(?:beta|v1\\.0)/)?(?:app|applications/[^\\s/]+|invitations(?:/[^\\s/]+)?(?:/inviteduser)?)/onlinemeetings\\b',
      '\\bpost /?(?:app|applications|invitations)\\b',
      '^(?:use|call|try|switch to|what about|go through|why not) .{0,40}(?:^|\\s)/(?:app|applications|invitations)\\b',
      '^(?:use|call|try|switch to) (?:the )?(?:graph )?beta (?:api|endpoint|version|of graph)\\b',
    ),
    isTimed: true,
  },
  {
    topic: 'producers',
    asked: matching(
      `^(?:make|add|set|assign|invite|need|is|are|who)\\b.{0,60}\\b(?:a |the |as )?(?:producer|contributor)s?${ENDS}`,
    ),
  },
  {
    topic: 'event',
    asked: matching(
      `^(?:(?:make|create|set ?up|schedule|start|book|plan|host|organi[sz]e|do|run|support|offer|need|want|new|arrange)(?: me| us)? )?(?:i (?:need|want) |we (?:need|want) )?(?:a |an |the |our |any )?(?:teams |public )?${EVENT}(?: with (?:parley|you|this bot))?${ENDS}`,
      `^(?:how|do|does|is|are|what|why)\\b.{0,60}\\b${EVENT}\\b.{0,40}\\?$`,
      `^how (?:do|can|to)\\b.{0,40}\\b${EVENT}${ENDS}`,
    ),
  },
  {
    topic: 'organiser',
    asked: matching(
      '^(?:make|set|let|have|put|change|assign|transfer|appoint)\\b(?!.{0,60}\\b(?:lobby|present|presenters?|bypass|only|admit|record))(?!.{0,60}\\bco[- ]?organi).{0,60}\\b(?:the |an |as |be )organi[sz]er(?: of .{1,40})?[ .!?]*$',
      '^(?:change|set|transfer|switch|swap) (?:the )?organi[sz]er\\b',
      '^(?:book|make|create|schedule|do|set up|organi[sz]e|act|send) (?:(?:meetings|calls|them|it|this|that|one|invites?|invitations?) )?on behalf of\\b[^,.]{1,40}$',
      "^(?:book|make|create|schedule|do) (?:it|this|that|the meeting|one|a meeting|meetings) (?:in|under) (?:\\S+'s|\\uFFFC(?:'s)?|somebody else's|someone else's) name\\b",
      '^(?:book|make|create|schedule|do) (?:it|this|that|one) as \uFFFC[ .!?]*$',
      '^(?:could|can|may|should) (?:\\S+|\\uFFFC|somebody else|someone else) be (?:the |an )?organi[sz]er\\b',
    ),
    isTimed: true,
  },
  {
    topic: 'everybody',
    asked: matching(
      '^(?:invite|add|include|call|meet with) (?:everyone|everybody|all(?: of)?|the (?:whole|entire))\\b.{0,30}\\b(?:company|organi[sz]ation|org|firm|business|tenant|staff|employees)[ .!?]*$',
      '^(?:invite|add) (?:about |over |more than |all )?[\\d,.]{4,7} (?:people|employees|guests|attendees|colleagues)[ .!?]*$',
      '^how many (?:people|guests|attendees|participants) (?:can|may|could|fit)\\b',
    ),
    isTimed: true,
  },
  {
    topic: 'passcode',
    asked: matching(
      `^(?:set|change|make|use|choose|pick|put|update) (?:the |a |its |my |our |your |own |meeting(?:'s)? |join )*${CODE}(?: (?:for|of) .{1,40})? (?:to|be|as|into) (?!(?:be )?(?:on|off|required|optional|mandatory|disabled|enabled)\\b)\\S+`,
      `^(?:use|make it|set) (?:the )?${CODE}:? (?=\\S*\\d)\\S{4,20}[ .!?]*$`,
      `^(?:change|set|choose|pick|reset|update)(?: me| us)? (?:the |my |a |our |its |your )?(?:own |custom |different |new |other )?${CODE}(?: myself)?${ENDS}`,
      `^(?:(?:how|can|could|may|do|is|use|with|i|we|set|a|my|have)\\b.{0,40})?\\b(?:my|our|your|an?) (?:own|custom|personal) ${CODE}`,
      `^(?:how|can i|could i|may i|do i)\\b.{0,30}\\b(?:choose|set|pick|change)\\b.{0,20}\\b${CODE}\\b`,
      `^(?:a )?(?:custom|own|different) ${CODE}${ENDS}`,
    ),
    isTimed: true,
  },
  {
    topic: 'questions',
    asked: matching(
      `^(?:turn on|enable|switch on|add|with|use|do|does|is|how|disable|turn off|allow|have|what about|there)\\b.{0,50}\\b${QA}(?: .{0,30})?[ .!?]*$`,
      `^${QA}${ENDS}`,
    ),
  },
  {
    topic: 'recurrence',
    asked: matching(
      '^(?:make|create|do|set up|schedule|support|handle|have|book) (?:recurring|repeating|repeated|weekly|daily|monthly) (?:meetings|calls|events|ones)\\b.{0,30}$',
      "^(?:make|set|let|have) (?:it|this|that|the (?:[\\w&'-]+ ){0,3}(?:meeting|call)) (?:be )?(?:recurring|repeating|repeat|recur|weekly|daily|monthly|fortnightly|happen every|(?:repeat )?every)\\b",
      '^repeat (?:it|this|that|the|every|my|our)\\b',
      '^(?:how|do|does|is|are|what)\\b.{0,50}\\b(?:recurring|repeating|recurrence|repeat|series of)\\b',
    ),
  },
  {
    topic: 'guests',
    asked: matching(
      '^(?:(?:could|can|may|do|does|are|is|why|how|let|allow) )?(?:an? |the |our |external |all )?(?:guests?|externals?|outsiders?|external people|people from outside|freelancers?|contractors?|partners?) (?:be allowed to |able to |can |to |also )*(?:organi[sz]e|make|create|set up|schedule|host|book|use (?:you|parley|this bot))\\b',
      '^(?:use|i use|sign in|sign me in|log in|do it|does it work|work|why)\\b.{0,40}\\b(?:personal|private|home|outlook\\.com|gmail|hotmail|microsoft) account\\b',
      '^(?:does|do|is|are|what about|how about)?\\b.{0,30}\\bpersonal accounts?\\b.{0,40}$',
    ),
  },
  {
    topic: 'transcript',
    asked: matching(
      "^(?:get|show|send|download|fetch|give|share|find|open|export|email|forward|see|have)(?: me| us)? (?!attached|enclosed)(?!.*\\bwith (?:a |the )?(?:recording|transcript))(?:(?:the|a|my|our|any|all|that|\\S+'s) )?(?:[\\w&'-]+ ){0,2}(?:transcripts?|transcription|recordings?|recap|meeting notes)\\b",
      '^(?:the |a |my |our )?(?:transcripts?|recordings?|recap) (?:of|for|from)\\b(?!.*\\b(?:is|was|are|were|will|has|attached|available)\\b)',
      "^(?:where|what)(?:'s| is| are| do| can| happens| was).{0,40}\\b(?:transcripts?|recordings?|recap)\\b",
      '^(?:is|was|were|will|do you|does it|did you) .{0,40}\\b(?:transcripts?|recordings?|recorded)\\b.{0,60}\\?$',
    ),
    isTimed: true,
  },
  {
    topic: 'attendance',
    asked: matching(
      "^(?:(?:get|show|send|download|fetch|give|export|see|have|where is|where's)(?: me| us)? )?(?:the |an? |my )?(?:attendance (?:report|list|sheet|log)s?|attendee (?:report|list)s?|list of attendees)(?: (?:of|for|from|please)\\b.{0,60})?[ .!?]*$",
      "^(?:who (?:attended|joined|showed up|turned up|was there|came)|who (?:did not|didn't) (?:attend|join|come|show up)|how many (?:people )?(?:attended|joined|came|showed up|were there))\\b",
    ),
    isTimed: true,
  },
  {
    topic: 'expiry',
    asked: matching(
      '^(?:how long|when|until when|till when|for how long)\\b.{0,40}\\b(?:links?|rooms?|url|invitations?|join address)\\b.{0,40}\\b(?:lives?|last|lasts|expires?|expired?|valid|works?|good|dies?|stop|stops|run out|runs out|stay|stays|available|active|usable|gone)\\b',
      '^(?:when|how long)\\b.{0,40}\\b(?:meeting|it|they)\\b.{0,10} (?:expires?|stay valid|be valid|run out)\\b',
      '^(?:do|does|will|would|can|is)\\b.{0,40}\\b(?:links?|rooms?|url|invitations?)\\b.{0,30}\\b(?:expires?|expired|run out|stop working|die|last forever|stay valid|for ever|forever|permanent)\\b',
      `^(?:what(?:'s| is) the )?(?:(?:link|room) )?(?:expiry|expiration)(?: date)?(?: of (?:the|my|a|our) .{1,40})?${ENDS}`,
    ),
  },
  {
    topic: 'dialIn',
    asked: matching(
      `^(?:.{0,40} )?(?:dial-?in|audio conferencing|conference|phone|leader|participant|organi[sz]er)(?:'s)? (?:pin|passcode)s?\\b.{0,30}$`,
      '^(?:change|set|use|pick|choose|switch|remove|turn off|disable|turn on|enable|add|(?:get|need|want|i need|i want|give (?:me|us))(?!.* (?:numbers?|dial-?in|id) (?:for|of|to) ))\\b.{0,40}\\b(?:dial-?in(?: numbers?)?|phone numbers?|toll-?free(?: numbers?)?|(?:local|other|different|german|french|us|uk) numbers?|conference id)\\b.{0,40}$',
      '^(?:why|where(?!.* (?:number|dial-?in) (?:for|of|to) )|how)\\b.{0,50}\\b(?:dial-?in|phone number|dial in)\\b.{0,40}$',
    ),
  },
  {
    topic: 'calendar',
    asked: matching(
      `^(?:is|are|was|will|why|did|does|has|where)\\b.{0,60}\\b(?:in|on|to|into) (?:my |our |the |their |your |everyone's |everybody's |people's |anyone's )?(?:\\w+ )?${CALENDAR}\\b.{0,20}$`,
      `^(?:put|add|save|place|get|stick|sync|copy|enter|export|have|block)(?: (?:it|this|that|them|one|the meeting|the call|the link|the room)| the(?: [\\w&'-]+){1,4})? (?:in|on|to|into) (?:my |our |the |their |your |everyone's |everybody's )?(?:\\w+ )?${CALENDAR}${ENDS}`,
      `^(?:the |an? )?(?:calendar (?:entry|file|invite)|ics(?: file)?)(?: please| for .{1,40})?[ .!?]*$`,
    ),
  },
  {
    topic: 'chat',
    asked: matching(
      "^(?:open|show|go to|take me to|bring me to|where(?:'s| is)|find|link to|get|write in|write to|post in|post to|join)(?: me)? (?:the |this |that |its |our |my )(?:[\\w&'-]+ ){0,4}?chat(?: (?:of|for) .{1,60})?" +
        ENDS,
      "^(?:the )?(?:meeting|call)(?:'s)? chat(?: (?:of|for|link)\\b.{0,60})?[ .!?]*$",
    ),
  },
];

/** Nearly every message holds none of these words, and is spared the rest. */
const HINT = anywhere(
  'onlinemeetings|app|applications|invitations|beta|producers?|contributors?|live|livestreams?|webinars?|town|townhalls?',
  'broadcasts?|organi[sz]ers?|behalf|name|it as|that as|everyone|everybody|all|company|invite|add|passcode|password|q|questions',
  'recurring|repeating|repeated|repeat|recurrence|weekly|daily|monthly|every|series|guests?|externals?|outsiders?|external',
  'freelancers?|contractors?|partners?|outside|accounts?|transcripts?|transcription|recordings?|recorded|recap|notes',
  'attend\\w+|joined|came|showed|turned|there|expires?|expired|expiry|expiration|links?|rooms?|url|valid|dial|who|phone|conferenc\\w+',
  'leader|participant|toll|numbers?|calendars?|diary|diaries|outlook|ics|chat|people|how many',
);

/**
 * The subject of a message (lower case, without greeting and politeness) that wants something Graph has not, or that is
 * found elsewhere; null for every other message. `isTimed`: it names a time, and so is nearly always about a meeting.
 */
export function readTopic(low: string, isTimed: boolean): Topic | null {
  if (low.length > 300 || !HINT.test(low)) return null;
  return ROWS.find((row) => (!isTimed || row.isTimed) && row.asked.test(low))?.topic ?? null;
}

const CHAT_OF = / chat (?:of|for) (.{1,60}?)(?: (?:please|pls))?[ .!?]*$/;
const ON_CALENDAR =
  /^(?:put|add|save|get|place|copy|enter|export|is|was) (?:the |my |our )?(.{1,60}?) (?:in|on|to|into) (?:\S+ ){0,2}(?:calendars?|diary|outlook)\b/;
const POINTER = /^(?:it|this|that|them|one|(?:the )?(?:meeting|call|link|room))$/;

/** The words for the meeting whose chat or calendar entry is asked for, none for the one at hand; null for other topics. */
export function meetingIn(low: string, topic: Topic): string | null {
  if (topic !== 'chat' && topic !== 'calendar') return null;
  const name = (topic === 'chat' ? CHAT_OF : ON_CALENDAR).exec(low)?.[1] ?? '';
  return POINTER.test(name) ? '' : name;
}
