import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { toLine } from '../base/safe-text.ts';
import type { Meeting } from '../meeting/meeting.ts';

/** No invitation of Graph's is longer. */
const MOST_CHARACTERS = 60_000;
const MOST_LINES = 40;
const LONGEST_LINE = 1_500;
/** Twice as long as Graph's longest invitation; the card contains the text twice. */
const MOST_SHOWN = 3_000;

/**
 * The HTML in `joinInformation.content`, a form-encoded data URL. It is decoded once, because the links in it have an encoding
 * of their own. Null for anything else.
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
 * An invitation's HTML as lines of plain text. A link that is for guests becomes its text and its address, a phone number its
 * text. Other links (the organizer's options, help pages) are left out with their text.
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

/** As many whole lines as there is room for. */
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

/** A tokenizer that need not be a full parser, because everything it finds becomes plain text. */
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

/** The address that replaces a link: the one that Graph sent as a member, not the one in the text. */
function addressOf(href: string, { joinUrl, dialIn, isTeams }: Links): string | null {
  if (!URL.canParse(href)) return null;
  const { hostname, pathname } = new URL(href);
  if (dialIn?.url && new URL(dialIn.url).hostname === hostname) return dialIn.url;
  return isTeams(href) && /^\/(?:l\/meetup-join|meet)\//.test(pathname) ? joinUrl : null;
}

/** One line of visible text, without bars and dashes at its ends. */
function tidy(text: string): string {
  return toLine(text, LONGEST_LINE)
    .replaceAll(/(?:\| ?){2,}/g, '| ')
    .replaceAll(/^[\s|_=*-]+|[\s|_=*-]+$/g, '');
}
