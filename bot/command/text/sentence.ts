import { HI, withoutGreeting } from './greetings.ts';
import { lowerCase } from './tokens.ts';

/** Fits where a text begins with one of the alternatives (pieces of regular expressions), as whole words. */
export function opening(...alternatives: readonly string[]): RegExp {
  return new RegExp(`^(?:${alternatives.join('|')})\\b`);
}

/** Fits where one of the alternatives stands anywhere, as whole words. */
export function anywhere(...alternatives: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${alternatives.join('|')})\\b`);
}

/** Fits where one of the alternatives does; each says itself where it must stand. */
export function matching(...alternatives: readonly string[]): RegExp {
  return new RegExp(alternatives.join('|'));
}

// Every pattern is anchored or a plain list of words, and none repeats a group that can match the same text twice.
const ASKS = [
  '(?:can|could|would|will) (?:you|u|we|i|someone|somebody|anyone)(?: please| pls| just)?',
  '(?:are|would|will) (?:you|we) (?:be )?able to',
  '(?:do|would) you (?:think|reckon) (?:you|we|i) (?:could|can|might)',
  "(?:i|we|i'm|we're)(?: am| are| was| were)? (?:just )?(?:hoping|wondering|hope|wonder)(?: if| whether| that)? (?:you|we|i|someone) (?:could|can|might)",
  'would you (?:be so (?:kind|good) as to|mind)',
  '(?:is|would) it (?:be )?(?:ok|okay|possible|alright|all right) (?:to|for (?:you|us|me) to|if (?:you|we|i))',
  '(?:is there )?any (?:chance|way|possibility) (?:of|to|(?:that )?(?:you|we|i) (?:can|could))',
  "i(?:'d| would) like (?:you )?to|i (?:need|want) (?:you )?to|i need to|we need to|let's|lets|help me(?: to)?(?! (?:out|please|pls|understand|with)\\b|[ .!?,]*$)",
  "go ahead and|try (?:to|and)|see if (?:you|we|u) (?:can|could)|let (?:me|us) (?=have |get |book |set )|make sure (?:that )?(?:there's|there is|we have|i have)",
  "you need to|we have to|i have to|i'd like",
];
const POLITE = new RegExp(
  `^(?:please|pls|plz|kindly|just|also|now|then|and|actually|(?:${ASKS.join('|')}))[ ,]+`,
);

/** "nvm", "scratch that, ": what somebody says who begins again. */
const THROAT =
  /^(?:(?:nvm|never ?mind|actually|ok so|right so|sorry|hmm|oops|wait)\b[ ,.!;:–—-]+|(?:scratch|scrap|forget) that[,.!;:–—-]+ *)(?=[^ ])/i;

/** The text without what somebody says who begins again. */
export const withoutThroat = (text: string) => text.replace(THROAT, '');

/** The text in lower case without greeting and politeness at its beginning. */
export function core(text: string): string {
  let rest = lowerCase(text).replaceAll('\n', ' ').trim().replace(THROAT, '');
  for (let i = 0; i < 4; i += 1) {
    const before = rest;
    rest = withoutGreeting(rest).replace(POLITE, '');
    if (rest === before) break;
  }
  return rest.trim();
}

const ASKED = new RegExp(
  `^(?:(?:${HI}|parley|ok|so|and)[ ,]+)*(?:please|pls|plz|kindly|(?:can|could|would|will) (?:you|u|someone|somebody))\\b`,
);
/** Whether a text begins by asking somebody to do something. */
export const isAsked = (text: string): boolean => ASKED.test(lowerCase(text.slice(0, 80)));
