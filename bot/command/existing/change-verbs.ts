/** Verbs that do away with a meeting, as pieces of regular expressions. */
export const CANCELS =
  'cancel|delete|remove|scrap|scratch|axe|bin|kill|drop|ditch|call off|abort|discard|get rid of|withdraw|revoke|trash|nix|unbook|un-?schedule';

/** Verbs that give a meeting another time, length or name; those with more than one use come first. */
export const MOVES =
  'move|push|shift|bump|postpone|reschedule|re-schedule|delay|defer|slide|bring|pull|put|swap|change|adjust|extend|shorten|lengthen|make|rearrange|switch|kick|nudge|set|update|rename|retitle|advance|prolong|drag|resched|adjourn|knock|turn|cut|trim|prepone|pre-pone|pre';

/** What such a verb has as its object where a meeting is meant that is there already. */
export const OBJECT =
  "(?:the|my|our|this|that|it|everything|all|today's|tomorrow's|tonight's|\\S+'s|next|\uFFFC)";

const FIRST_WORDS = `${CANCELS}|${MOVES}`.split('|').map((verb) => verb.replace(/[ ?].*/, ''));
const OTHER_WORDS =
  'called passcode close shut longer shorter later earlier link call name title take need unschedule forget off instead be become needs has renew refresh regenerate recreate reissue replace redo reset rotate';
const CHANGE_WORDS = new Set([...FIRST_WORDS, 'un', ...OTHER_WORDS.split(' ')]);

/** Whether a word may have to do with a change. Most messages hold none, and are spared the rest. */
export const isChangeWord = (low: string): boolean => CHANGE_WORDS.has(low);

const THINGS =
  'file|folder|document|doc|deck|slide|slides|logo|picture|photo|image|video|page|sheet|spreadsheet|table|column|row|cell|ticket|task|bug|story|pull request|pr|branch|repo|repository|commit|database|server|cluster|app|account|user|password|licen[cs]e|subscription|contract|invoice|order|shipment|delivery|package|payment|deadline|due date|flight|hotel|reservation|car|desk|chair|furniture|plant|bins?|email|mail|message|post|comment|thread|chat|channel|group|poll|form|button|text|paragraph|sentence|word|font|colou?r|variable|function|test|build|pipeline|job|cache|cookies|newsletter|website|wiki|domain|certificate';
const DETERMINED = '(?:the|my|our|this|that|these|those|his|her|their|your|an?|all) ';
const OTHER_OBJECT = new RegExp(
  `^(?:${CANCELS}|${MOVES}) ${DETERMINED}(?:(?:title|name|subject) of ${DETERMINED})?(?:all |(?!${THINGS})[\\w'-]+ ){0,2}(?:${THINGS})s?(?= (?:to|from|by|until|till|with|for|on|in|into|please|pls|back|forward|at|before|after|now|off|out|up|down|again|today|tomorrow|next|this)\\b|[ .,!?]*$)`,
);

/** Whether an order is about something that can be moved, renamed or deleted and is no meeting: "move the ticket to done". */
export const isOtherObject = (low: string): boolean => OTHER_OBJECT.test(low);
