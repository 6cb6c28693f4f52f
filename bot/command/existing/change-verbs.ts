/** Verbs that do away with a meeting, as pieces of regular expressions. */
export const CANCELS =
  'cancel|delete|remove|scrap|scratch|axe|bin|kill|drop|ditch|call off|abort|undo|discard|get rid of|withdraw|revoke|trash|nix|unbook|un-?schedule';

/** Verbs that give a meeting another time, length or name; those with more than one use come first. */
export const MOVES =
  'move|push|shift|bump|postpone|reschedule|re-schedule|delay|defer|slide|bring|pull|put|swap|change|adjust|extend|shorten|lengthen|make|rearrange|switch|kick|nudge|set|update|rename|retitle|advance|prolong|drag|resched|adjourn|knock|turn|cut|trim|prepone|pre-pone|pre';

/** What such a verb has as its object where a meeting is meant that is there already. */
export const OBJECT =
  "(?:the|my|our|this|that|it|everything|all|today's|tomorrow's|tonight's|\\S+'s|next|\uFFFC)";

const FIRST_WORDS = `${CANCELS}|${MOVES}`.split('|').map((verb) => verb.replace(/[ ?].*/, ''));
const OTHER_WORDS =
  'close shut longer shorter later earlier link call name title take need unschedule forget off instead be become needs has renew refresh regenerate recreate reissue replace redo reset rotate';
const CHANGE_WORDS = new Set([...FIRST_WORDS, 'un', ...OTHER_WORDS.split(' ')]);

/** Whether a word may have to do with a change. Most messages hold none, and are spared the rest. */
export const isChangeWord = (low: string): boolean => CHANGE_WORDS.has(low);
