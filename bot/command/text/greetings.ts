/** Words of greeting, as pieces of regular expressions: whatever knows greetings is made of these. */
export const HI = 'hey|hi|hello|hiya|yo';

/** Part of a pattern: a greeting by the time of day. */
export const GOOD_DAY = 'good (?:morning|afternoon|evening|day)';
/** Who is greeted. */
export const GREETED = 'there|all|team|folks|parley|meetbot|bot';

const HOW = "how are you|how's it going";
const HELLO = new RegExp(
  `^(?:${HI}|${GOOD_DAY}|morning|howdy|hola|g'day|greetings|sup|what's up|${HOW})\\b[ ,!.?]*(?:${GREETED}|everyone|mate|${HOW})?[ ,!.?]*$`,
);
/** A greeting and nothing else; lower case. */
export const isHello = (low: string): boolean => HELLO.test(low);

const FIRST = new RegExp(`^(?:${HI}|ok|okay|so|good|morning|dear|@|parley|meetbot)\\b`);
const AT_BEGINNING = new RegExp(
  `^(?:${HI}|ok|okay|so|${GOOD_DAY}|morning|dear|@)?[ ,!]*(?:${GREETED})?[ ,!:.-]+`,
);
/** The text (lower case) without a greeting at its beginning. */
export const withoutGreeting = (low: string): string =>
  FIRST.test(low) ? low.replace(AT_BEGINNING, '') : low;
