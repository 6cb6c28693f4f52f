import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { toLine } from '../base/safe-text.ts';
import type { Meeting } from '../meeting/meeting.ts';

/** Longer is no invitation of Graph's. */
const MOST_CHARACTERS = 60_000;
const MOST_LINES = 40;
const LONGEST_LINE = 1_500;
/** Twice what the longest of Graph's has; the card says it twice. */
const MOST_SHOWN = 3_000;

/**
 * The HTML in `joinInformation.content`, a form-encoded data URL: decoded once, for the links in it are encoded again.
 * Null where it is none.
 */
export function decodeJoinInformation(content: string | null | undefined): string | null {
  if (!content || content.length > MOST_CHARACTERS) return null;
  try {
    // Plus signs first: a plus of the text itself is written %2B.
    const decoded = decodeURIComponent(content.replaceAll('+', ' '));
    return decoded
      .replace(/^data:text\/html(?:;[^,]*)?,/i, '')
      .replace(/",\s*$/, '')
      .trim();
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** What an invitation may link to: the meeting itself and its page of phone numbers. */
export type Links = Pick<Meeting, 'joinUrl' | 'dialIn'> & {
  /** Whether an address leads to Teams, by https. */
  isTeams(url: string): boolean;
};

/**
 * An invitation's HTML as lines of plain text. A link becomes its text and its address where guests may follow it; phone
 * numbers stay text; what leads elsewhere (the organiser's options, help pages) is left out with its text.
 */
export function invitationLines(html: string, links: Links): string[] {
  const lines: string[] = [];
  let line = '';
  let link: { href: string; from: number } | null = null;
  let hidden: string | null = null;
  const end = () => {
    lines.push(line);
    line = '';
    if (link) link = { ...link, from: 0 };
  };
  for (const { tag, isEnd, attributes, text } of tokens(html)) {
    if (hidden !== null) {
      if (isEnd && tag === hidden) hidden = null;
    } else if (tag === null) line += text;
    else if (HIDDEN.has(tag)) hidden = isEnd ? null : tag;
    else if (BLOCKS.has(tag)) end();
    else if (tag === 'a' && !isEnd) link = { href: hrefIn(attributes), from: line.length };
    else if (tag === 'a' && link) {
      line = line.slice(0, link.from) + wordLink(line.slice(link.from), link.href, links);
      link = null;
    }
  }
  end();
  const worded = lines.map(tidy).filter((words) => /[\p{L}\p{N}]/u.test(words));
  return withinShown(worded.slice(0, MOST_LINES));
}

/** Whole lines, as many as there is room for. */
function withinShown(lines: readonly string[]): string[] {
  let left = MOST_SHOWN;
  return lines.filter((line) => {
    left -= line.length;
    return left >= 0;
  });
}

const HIDDEN = new Set(['script', 'style', 'head', 'title', 'template']);
const BLOCKS = new Set(
  'address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
);
// No piece reaches beyond the next "<", or it takes all there is: so the whole is linear.
const TOKEN = /<!--.*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)((?:"[^"<]*"|'[^'<]*'|[^<>"'])*)>|[^<]+|</gis;

type HtmlToken = { tag: string | null; isEnd: boolean; attributes: string; text: string };

/** Not a parser, and need not be one: whatever it mistakes ends as text. */
function* tokens(html: string): Generator<HtmlToken> {
  for (const [whole, slash, tag, attributes = ''] of html.matchAll(TOKEN)) {
    if (whole.startsWith('<!--')) continue;
    const text = tag === undefined ? decodeHTML(whole) : '';
    yield { tag: tag?.toLowerCase() ?? null, isEnd: slash === '/', attributes, text };
  }
}

function hrefIn(attributes: string): string {
  const [, double, single, bare] = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes) ?? [];
  return decodeHTMLAttribute(double ?? single ?? bare ?? '').trim();
}

function wordLink(text: string, href: string, links: Links): string {
  const words = tidy(text);
  if (href === '' || /^tel:/i.test(href)) return text;
  const address = addressOf(href, links);
  if (address === null) return '';
  return words === '' || words === address ? address : `${words}: ${address}`;
}

/** The meeting's own addresses are those that Graph gave as such, whatever the text makes of them. */
function addressOf(href: string, { joinUrl, dialIn, isTeams }: Links): string | null {
  if (!URL.canParse(href)) return null;
  const { hostname, pathname } = new URL(href);
  if (dialIn?.url && new URL(dialIn.url).hostname === hostname) return dialIn.url;
  return isTeams(href) && /^\/(?:l\/meetup-join|meet)\//.test(pathname) ? joinUrl : null;
}

/** One line, without what cannot be seen and without bars and strokes around it. */
function tidy(text: string): string {
  return toLine(text, LONGEST_LINE)
    .replaceAll(/(?:\| ?){2,}/g, '| ')
    .replaceAll(/^[\s|_=*-]+|[\s|_=*-]+$/g, '');
}
