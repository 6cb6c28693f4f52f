/** A new name for a meeting, and the words that say which one; `null` where nothing is renamed. */
type Renamed = { before: string; name: string | null };

const MEETING = 'meeting|call|sync|review|stand-?up|session|workshop|demo|retro|catch-?up|chat|interview|1:1';
/** "call the Q3 review Budget": the name behind a meeting's own noun. */
const NAME_IT = new RegExp(
  `^(?:please )?(?:call|name|title) ((?:the|my|our) (?:\\S+ ){0,6}?(?:${MEETING})) (?!(?:with|at|on|in|for|about|re|to|off|and|today|tomorrow|please)\\b)(.+)$`,
  'i',
);
/** "call it Budget". */
const CALL_IT = /^(?:please )?(?:call|name|title) (?:it|this|that) (?!off\b)(.+)$/i;
/** "Change the title of my 3pm to Budget". */
const TITLE_OF =
  /^(?:change|set|update|make) (?:the )?(?:title|name|subject)(?: (?:of|for) (.+?))? (?:to|into|as) (.+)$/i;
/** "The retro should be called Budget". */
const SHOULD_BE_CALLED = new RegExp(
  `^(it|this|that|(?:the|my|our) .{0,60}?(?:${MEETING}|\\d ?[ap]m)) (?:should|must) be (?:called|named|titled) (.+)$`,
  'i',
);
/** "rename the retro to Sprint 14", "retitle my 3pm as Budget", "change the retro and call it Budget". */
const RENAME = /^((?:rename|retitle)\b.*?)(?: (?:to|as)\b|->|→)(.*)$/i;
const AND_CALL_IT = /^(.*)\bcall it (?!off\b)(.+)$/i;

const nameIn = (said: string) => said.trim().replace(/^["']|["'.]$/g, '') || null;

/** What a text wants a meeting to be called. */
export function renamed(text: string): Renamed | null {
  const alone = CALL_IT.exec(text);
  if (alone) return { before: '', name: nameIn(alone[1] ?? '') };
  const [, before, name] =
    NAME_IT.exec(text) ??
    TITLE_OF.exec(text) ??
    SHOULD_BE_CALLED.exec(text) ??
    RENAME.exec(text) ??
    AND_CALL_IT.exec(text) ??
    [];
  if (name !== undefined) return { before: before ?? '', name: nameIn(name) };
  return /^(?:rename|retitle)\b/i.test(text) ? { before: text, name: null } : null;
}

/** Whether a text gives a meeting that is there a name; with a time in it, it makes one of that name. */
export const isNaming = (text: string): boolean =>
  [CALL_IT, NAME_IT, TITLE_OF, SHOULD_BE_CALLED].some((wording) => wording.test(text));
