/** Forms of helping verbs, which make a statement wherever they stand. */
const FINITE_VERBS = new Set(
  [
    "was were is are am isn't wasn't weren't aren't been being had hadn't has hasn't have haven't",
    "did didn't does doesn't think will won't 'll i'll we'll they'll he'll she'll it'll you'll i'm",
    "we're they're you're he's she's it's that's there's who's what's i've we've they've you've would",
    "wouldn't could've can't cannot couldn't running waiting",
  ].flatMap((line) => line.split(' ')),
);
const WAITING_LIST = /\bwaiting (?:list|room|time)s?\b/g;
/** Whether the text has a helping verb that tells something, as a whole word. */
export const tells = (text: string) =>
  text
    .replace(WAITING_LIST, '')
    .split(/[^a-z'\u00c0-\u024f]+/)
    .some((word) => FINITE_VERBS.has(word));
