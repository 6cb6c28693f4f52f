import * as AC from 'adaptivecards';
import { escapeUTF8 } from 'entities';
import { hostConfig, type Theme } from '../../../../cards/teams-look.ts';
import type { CardAction } from '../../channel/model.ts';
import { h } from './dom.ts';

type CardEvents = {
  /** Action.Execute or Action.Submit, with the inputs already in its data. */
  act(kind: 'execute' | 'submit', action: CardAction): void;
};

AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = toHtml(text);
  result.didProcess = true;
};
AC.GlobalSettings.setTabIndexAtCardRoot = false;

/** On whose screen a card is drawn. */
export type Reader = { zone: string; locale: string; theme: Theme };

/** Draws a card as Teams would. What cannot be drawn is shown as its fallback text. */
export function drawCard(json: Record<string, unknown>, reader: Reader, events: CardEvents): HTMLElement {
  const card = new AC.AdaptiveCard();
  card.hostConfig = new AC.HostConfig(hostConfig(reader.theme));
  card.onExecuteAction = (action) => {
    if (action instanceof AC.OpenUrlAction) openLink(action.url);
    else if (action instanceof AC.ExecuteAction) events.act('execute', told(action));
    else if (action instanceof AC.SubmitAction) events.act('submit', told(action));
  };
  card.onAnchorClicked = (_element, anchor) => {
    openLink(anchor.href);
    return true;
  };
  card.parse(withTimes(json, reader) as Record<string, unknown>);
  const drawn = card.render();
  const mentions = mentionsOf(json);
  for (const block of drawn?.querySelectorAll('.ac-textBlock') ?? []) showMentions(block, mentions);
  const speak = typeof json.speak === 'string' ? json.speak : 'Card';
  const frame = h('div', { class: 'card', role: 'group', tabindex: '-1', 'aria-label': speak });
  if (drawn) frame.append(drawn);
  else frame.append(String(json.fallbackText ?? 'This card cannot be shown.'));
  return frame;
}

const TIME_FUNCTION =
  /\{\{(DATE|TIME)\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))(?:, ?(COMPACT|LONG|SHORT))?\)\}\}/g;

const DATES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  COMPACT: {},
  SHORT: { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' },
  LONG: { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' },
};

/** The card with its date and time functions filled in on the reader's clock, which may not be this browser's. Only TextBlocks have them. */
function withTimes(node: unknown, reader: Reader): unknown {
  if (Array.isArray(node)) return node.map((one) => withTimes(one, reader));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([name, value]) => [name, withTimes(value, reader)]);
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  const { type, text } = copy;
  return type === 'TextBlock' && typeof text === 'string' ? { ...copy, text: fillTimes(text, reader) } : copy;
}

const fillTimes = (text: string, { zone: timeZone, locale }: Reader) =>
  text.replaceAll(TIME_FUNCTION, (_all, name: string, iso: string, style = 'COMPACT') => {
    const options: Intl.DateTimeFormatOptions =
      name === 'DATE' ? { ...DATES[style] } : { hour: 'numeric', minute: '2-digit' };
    return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(new Date(iso));
  });

/** The texts that Teams draws as mentions: those that the card's entities name, letter for letter. */
function mentionsOf({ msteams }: Record<string, unknown>): ReadonlySet<string> {
  const { entities = [] } = (msteams ?? {}) as { entities?: { type?: unknown; text?: unknown }[] };
  return new Set(entities.filter(({ type }) => type === 'mention').map(({ text }) => String(text)));
}

function showMentions(block: Element, mentions: ReadonlySet<string>): void {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const parts = text.data.split(/(<at>.*?<\/at>)/);
    if (!parts.some((part) => mentions.has(part))) continue;
    text.replaceWith(...parts.map((part) => (mentions.has(part) ? mention(part) : part)));
  }
}

const mention = (text: string) => h('span', { class: 'mention' }, text.slice('<at>'.length, -'</at>'.length));

function told(action: AC.ExecuteAction | AC.SubmitAction): CardAction {
  return { ...(action.toJSON() as CardAction), data: action.data };
}

function openLink(url: string | undefined): void {
  if (url && /^https?:\/\//.test(url)) window.open(url, '_blank', 'noopener');
}

/**
 * The Markdown that Teams reads in a card's TextBlock: bold, italic, links, lists. Everything else is text. Drawn here
 * so that text which a person managed to smuggle into a card shows up in the sandbox as it would in Teams.
 */
function toHtml(text: string): string {
  const lines = escapeUTF8(text).split(/\r?\n/);
  const html: string[] = [];
  let list: 'ul' | 'ol' | null = null;
  const setList = (next: 'ul' | 'ol' | null) => {
    if (list && list !== next) html.push(`</${list}>`);
    if (next && list !== next) html.push(`<${next}>`);
    list = next;
  };
  for (const line of lines) {
    const item = /^\s*(?:[-*]|(\d+)\.)\s+(.*)$/.exec(line);
    if (item) {
      setList(item[1] ? 'ol' : 'ul');
      html.push(`<li>${inline(item[2] ?? '')}</li>`);
    } else {
      setList(null);
      if (line.trim() !== '') html.push(`<p>${inline(line)}</p>`);
    }
  }
  setList(null);
  return html.join('');
}

const inline = (text: string): string =>
  text
    .replace(/\[([^\]]+)\]\((https:\/\/[^\s)]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|\W)_([^_]+)_(?=\W|$)/g, '$1<em>$2</em>')
    .replace(/(^|\W)\*([^*]+)\*(?=\W|$)/g, '$1<em>$2</em>');
