import type { Intent, Options, Reading, Which } from '../command.ts';
import type { Understood } from '../create.ts';
import { whichIn, withoutGeneric } from './which-meeting.ts';

const RENEW =
  /\b(?:new|fresh|another|different|working) (?:join(?:ing)? |teams |meeting )?link (?:for|to) (?:the |my |our |that |it|this )?\S|^(?:renew|refresh|regenerate|recreate|reissue|replace|redo|reset|change|rotate) (?:the |my |our |that |its |this )?(?:\S+ ){0,5}(?:join(?:ing)? |meeting )?link\b/;
/** No meeting is named. */
const NEW_LINK =
  /^(?:(?:get|give|make|send) (?:me|us|it|this|that) |(?:i|we)(?: really| also)? (?:need|want|would like) |need |want )?(?:a )?(?:new|fresh|another|different) (?:join(?:ing)? |meeting |teams )?(?:link|passcode)(?: (?:for it|instead|please|pls))*[ .!?]*$/;
/** "New passcode for my 3pm": with a new link comes a new passcode, which has no other way. */
const NEW_CODE =
  /^(?:(?:get|give|make|send|i need|we need|need) (?:me |us )?)?(?:a )?(?:new|fresh|another|different) passcode (?:for|of|to) (.+?)(?: please| pls)?[ .!?]*$/i;
/** "The link for the demo leaked, make a new one". */
const NEW_ONE =
  /^(?:the |my |our )?(?:join(?:ing)? |meeting )?(?:link|passcode) (?:for|of|to) (.+?) (?:leaked|got out|is (?:out|leaked|public|compromised|broken|dead)|was (?:leaked|shared)|has (?:leaked|got out|been (?:leaked|shared))|doesn't work|does not work|stopped working)\b[^,.;:–—-]{0,40}[,.;:–—-] ?(?:so )?(?:(?:can|could) you |please |pls )*(?:make|create|generate|get|give|send) (?:me |us |it )?(?:a new|another|a fresh|a different) (?:one|link)\b/i;
const NAMED_LINK = /\blink (?:for|to) (?:the|my|our|today's|tomorrow's|\p{L}+day's) (?!meeting at)/u;
const NAME =
  /\b(?:for|to|of) (?:the |my |our )?(.+?)(?: (?:is|has|no longer|doesn't|does not) .*| please| pls)?[.!?]*$/i;
const NOTHING_SAID: Which = { subject: null, start: null, day: null, people: [] };

/** Options that the message names besides. */
export function withOptions({ options }: Pick<Understood, 'options'>): { options?: Options } {
  return Object.keys(options).length > 0 ? { options } : {};
}

/** A new link for a meeting whose old one shall go; null for anything else. */
export function readRenewal(
  low: string,
  text: string,
  understood: Understood,
  reading: Reading,
): Intent | null {
  if (NEW_LINK.test(low)) return { kind: 'renew', which: NOTHING_SAID };
  const named = NEW_CODE.exec(text) ?? NEW_ONE.exec(text);
  if (named)
    return { kind: 'renew', which: whichIn(named[1] ?? '', reading, understood), ...withOptions(understood) };
  if (!RENEW.test(low) || (understood.picked.clock && !NAMED_LINK.test(low))) return null;
  const name = NAME.exec(text)?.[1] ?? null;
  const meant = whichIn(name ?? '', reading, understood);
  const besides = withOptions(understood);
  const isPlain = !understood.picked.clock && meant.day === null && !besides.options;
  const subject = isPlain ? name && withoutGeneric(name) : meant.subject;
  return { kind: 'renew', which: { ...meant, subject }, ...besides };
}
