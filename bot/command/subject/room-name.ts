const ASKED =
  /^(?:.*\b(?:link|url|address|room) (?:to|for|of|in) |.*\bsame (?:\S+ )?(?:link|room)\b(?:.*? (?:for|of) |.*$))/i;
const OWNER = /^(?:(?:our|my|the|a|an|this|that) )+/i;
const SORT =
  /^(?:(?:new|permanent|standing|always[ -]on|open-ended|persistent|reusable|evergreen|virtual) )+/i;
const LINK = /(?:^| )(?:(?:join|joining|meeting|teams) )?(?:link|url)$|^(?:standing|permanent)$/i;

/** A room by its name alone: "link for our standup room" is the standup room, and "a permanent link" has no name. */
export function roomName(title: string | null): string | null {
  if (title === null) return null;
  const name = title.trim().replace(ASKED, '').replace(OWNER, '').replace(SORT, '').replace(LINK, '').trim();
  return /^(?:room|lounge|space)?$/i.test(name) ? null : name;
}
