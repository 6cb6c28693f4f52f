/** Words for people, and where in the text they begin. */
export type WhoSaid = { words: string; at: number };

/** Who is to come, who is to come no more (null where nobody was named), and to which meeting ("" for the one at hand). */
type GuestsSaid = { coming: WhoSaid | null; leaving: WhoSaid | null; name: string };

const POLITE = '(?: (?:please|pls|too|as well))*[ .!?]*$';
const SOME = '[^:;!?]{1,80}?';
/** Somebody named outright, by mention or address: only then do fewer words do. */
const ONE = '(?:\uFFFC|\\S+@\\S+\\.\\p{L}{2,})';
const OUTRIGHT = `${ONE}(?:(?:,| and|, and| &) ${ONE}){0,4}`;
const THEM = '(?:him|her|them)';
const THERE = '(?:the|my|our) [^:;!?]{1,60}?';
const ASKS = '(?:so |then |can you |could you |please |pls )*';

const WORDINGS = [
  `(?:add|invite|include|bring|loop|pull) (?:in )?(?<coming>${SOME}) (?:in)?to (?<name>${SOME})${POLITE}`,
  // To what was spoken of last: "invite lee@contoso.com too", "add @Sam".
  '(?:add|invite|include) (?<coming>[^:;!?]{1,80}?)(?: (?:please|pls|too|as well))+[ .!?]*$',
  `add (?<coming>${OUTRIGHT})[ .!?]*$`,
  `(?:remove|drop|uninvite|disinvite|take) (?<leaving>${SOME}) (?:from|off) (?<name>${SOME})${POLITE}`,
  `(?:remove|uninvite|disinvite) (?<leaving>${OUTRIGHT})${POLITE}`,
  `take (?<leaving>${OUTRIGHT}) (?:off|out)${POLITE}`,
  `(?:replace|swap) (?<leaving>${OUTRIGHT}) (?:with|for|by) (?<coming>${OUTRIGHT})(?: (?:in|on|at|for) (?<name>${SOME}))?${POLITE}`,
  `put (?<coming>${OUTRIGHT}) on (?<name>${THERE})${POLITE}`,
  `forward (?<name>${THERE}) to (?<coming>${OUTRIGHT})${POLITE}`,
  `(?<coming>${OUTRIGHT}) (?:should|must|needs? to|has to|have to) (?:be there|be invited|be on it|join|come|attend)(?: (?:too|as well|also))[ .!]*$`,
  `(?:i |we )?forgot (?:about |to (?:add|invite) )?(?<coming>${OUTRIGHT}) ?[,.;:–—-] ?${ASKS}(?:add|invite|include) ${THEM}${POLITE}`,
  `(?:can |could |should )?(?<coming>${OUTRIGHT}) (?:join|come to|be on|be in) (?<name>${THERE})\\? ${ASKS}(?:add|invite|include) ${THEM}${POLITE}`,
  `(?<leaving>${OUTRIGHT}) (?:can't|cannot|won't|can not|isn't|is not|is) [^:;!?]{2,40}[,.;–—-] ?${ASKS}(?:take|remove|drop|uninvite) ${THEM}(?: (?:out|off|from it|off it))?${POLITE}`,
].map((wording) => new RegExp(`^${wording}`, 'diu'));

/** What such a message begins with; others are spared the rest. */
const OPENS = new RegExp(
  `^(?:add|invite|include|bring|loop|pull|remove|drop|uninvite|disinvite|take|replace|swap|put|forward|(?:i |we )?forgot|(?:can |could |should )?${ONE}) `,
  'iu',
);

function whoIn({ groups, indices }: RegExpExecArray, as: 'coming' | 'leaving'): WhoSaid | null {
  const words = groups?.[as];
  return words === undefined ? null : { words, at: indices?.groups?.[as]?.[0] ?? 0 };
}

/** Who is to come to a meeting that is there, or no more, in the words of a message; null where it does not say so. */
export function guestsSaid(text: string): GuestsSaid | null {
  if (!OPENS.test(text)) return null;
  for (const wording of WORDINGS) {
    const found = wording.exec(text);
    if (found)
      return {
        coming: whoIn(found, 'coming'),
        leaving: whoIn(found, 'leaving'),
        name: found.groups?.name ?? '',
      };
  }
  return null;
}
