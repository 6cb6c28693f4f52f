import { escapeUTF8 } from 'entities';

/**
 * The Markdown that Teams reads in a card's TextBlock: bold, italic, links, lists. Everything else is text. Drawn here
 * so that text which a person managed to smuggle into a card shows up in the sandbox as it would in Teams.
 */
export function toHtml(text: string): string {
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
