const END = '[ .!?…,]*$';
const SIGN_IN = new RegExp(
  `^(?:sign|log|login|signin|log me|sign me|let me (?:sign|log))(?: me)?(?: back)?(?: ?-?(?:in|on))?(?: (?:please|pls|again|now|with microsoft|to teams|to my account|to microsoft|to parley|to graph))*${END}`,
);
/** "sign in", "connect my account"; lower case. */
export const isSignIn = (low: string) =>
  (SIGN_IN.test(low) && /\b(?:in|on|login|signin)\b/.test(low)) ||
  /^(?:connect|link|authenticate|authorise|authorize)(?: me| my (?:microsoft |teams |office |365 )?account)?(?: please)?[ .!?]*$/.test(
    low,
  ) ||
  /^how do i (?:sign|log) in\b/.test(low);

/** "sign out", "forget me"; lower case. */
export const isSignOut = (low: string) =>
  /^(?:sign|log)(?: me)?[ -]?(?:out|off)\b/.test(low) ||
  /^(?:logout|signout|logoff|signoff)\b/.test(low) ||
  /^(?:disconnect|unlink|forget|deauthori[sz]e)(?: me| my (?:\w+ )?(?:account|data|token|sign-?in|login|credentials)| everything about me)?(?: please)?[ .!?]*$/.test(
    low,
  ) ||
  /^(?:disconnect|unlink) (?:me|my|from)\b/.test(low) ||
  /^(?:delete|forget|remove) my (?:data|sign-?in|login|token|account)\b/.test(low) ||
  /^end my session\b/.test(low);
