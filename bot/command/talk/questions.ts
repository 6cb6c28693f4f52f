import { matching } from '../text/sentence.ts';

/** What somebody says who wants to know how to talk to the bot. */
export const HELP = matching(
  '^(?:show|give)(?: me)? (?:an |some )?examples?\\b',
  '^(?:help|\\/help|\\?+|commands?|usage|instructions|manual|examples?|get started|getting started|menu|options|how to)\\b[^a-z]*(?:me|us|please|pls|out|with this)?[ .!?]*$',
  '^help (?:me|us|with|on|using|please)\\b',
  '^(?:what|which) (?:commands|options|phrases|features) (?:are|do|can|is|exist)\\b',
  '^(?:do|can) you (?:support|understand|speak|handle)\\b|^what (?:\\w+ )?(?:do|can) you (?:understand|read|accept|support)\\b',
  '^what are (?:the|my) (?:options|commands)[ .!?]*$',
  "^(?:what (?:can|do|could) (?:you|i|u|we|parley|this bot|the bot|it) (?:do|type|say|write|ask|understand|help|know|tell|use)|what(?:'s| is) this|what are you|who are you|how (?:does|do) (?:this|it|that|you|parley|the bot|this bot|this thing|i (?:use|talk|start|work|get|book|create|schedule|make|set|cancel|move|change|ask|add|invite|record))\\b|how can (?:i|you)|what (?:commands|phrases|can be|sort of|kind of|else can)|show me (?:what you|how|examples|the commands|some examples)|give me (?:an example|some examples|examples)|i (?:need help|don't (?:know|understand) (?:how|what)|am (?:lost|stuck|confused))|i'm (?:lost|stuck|confused)|i need some help|can you help|could you help|tell me (?:what you can|how)|explain (?:how|yourself|this)|are you a (?:bot|robot|human))",
);

/** What somebody says who wants to see their meetings. */
export const LIST = matching(
  "^show(?: me)? (?:what's coming(?: up)?|what is coming|upcoming|the list)\\b",
  "^(?:list|show|display|see|view|check|get|give|tell)(?: me)?(?: all| of)?(?: my| our| the| upcoming| next| today's| tomorrow's| this week's| me)*(?: upcoming| next| future| scheduled| booked| online| teams| planned| current| existing| open| latest| recent| week's)*(?: meetings?| calls?| bookings?| links| agenda| calendar| schedule| diary| appointments?| events?| rooms?)\\b",
  '^(?:list|agenda)[ .!?]*$',
  "^(?:list|show|tell|give)(?: me)? (?:everything|all|what|anything)(?: that)? (?:you|i|we|you've|i've)(?: have| did| had)? ?(?:booked|scheduled|made|created|set up|got|arranged|have)\\b",
  '^what (?:have|did) you (?:booked?|scheduled?|made?|created?|arranged?|set up)(?: for me| for us)?[ .!?]*$',
  "^(?:my|upcoming|our|next|all my|all|today's|tomorrow's)(?: upcoming| next| scheduled| online| teams)?(?: meetings?| calls| bookings?| agenda| schedule| calendar| links)(?: (?:for )?(?:today|tomorrow|this week|next week|please|list))*[ .!?]*$",
  "^(?:what|which)(?: are| were| is|'s)?(?: my| the| all| of| upcoming| next| of my)*(?: meetings?| calls?| bookings?| events?| appointments?)\\b(?! (?:at|was|were))",
  "^what(?:'s| is| do i have| have i got| have we got| do we have| did i (?:book|make|create|schedule))(?: (?:i|we))?(?: (?:coming|on|up|next|got|booked|scheduled|planned|in my (?:calendar|diary)|my (?:day|week|agenda|schedule|calendar|next meeting)|happening|lined up|the agenda|ahead))+",
  '^what (?:meetings|calls)',
  '^(?:do|have) i (?:have|got|have got)? ?(?:any|a|some|more)? ?(?:meetings?|calls?|bookings?)\\b',
  '^whats (?:my|on my|on our) (?:schedule|agenda|calendar|diary|day|week|next)\\b|^upcoming[ .!?]*$',
  '^(?:do i have |have i got |is there |got )?(?:anything|something) (?:booked|scheduled|planned|on|coming up|in my (?:diary|calendar))\\b(?! (?:the agenda|about))',
  '^(?:any|are there any|are there) (?:upcoming |more |other )?(?:meetings|calls|bookings)\\b',
  "^when(?:'s| is| are) (?:my|our|the) next\\b|^how many (?:meetings|calls)\\b",
  '^(?:what|which) did i (?:book|schedule|make|create|set up)',
  '^what have i (?:booked|scheduled|got|made|created|set up)',
  "^(?:meetings|calls) (?:i|that i|i've|i have) ",
);
