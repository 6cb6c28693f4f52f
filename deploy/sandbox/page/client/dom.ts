type Child = Node | string | null | false;
type Attributes = Record<string, string | boolean | ((event: Event) => void) | null | undefined>;

/** Makes an element. Text stays text; functions become listeners of the event that `on…` names. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children) if (child !== null && child !== false) element.append(child);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing of one path on a 24 × 24 grid, invisible to screen readers. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of [
    ['viewBox', '0 0 24 24'],
    ['width', '20'],
    ['height', '20'],
    ['aria-hidden', 'true'],
    ['class', 'icon'],
  ] as const)
    svg.setAttribute(name, value);
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/** Paths in a square of 24, drawn with a line. */
export const ICONS = {
  chat: 'M4 5h16v11H9l-5 4z',
  send: 'M4 4l17 8-17 8 3-8zM7 12h14',
  back: 'M15 5l-7 7 7 7',
  moon: 'M20 14A8.5 8.5 0 0 1 10 4a8.5 8.5 0 1 0 10 10z',
  panel: 'M4 5h16v14H4zM14 5v14',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  close: 'M6 6l12 12M18 6L6 18',
  meet: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M12 12v6M9 15h6',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M4 15h16',
  group:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-4 2.500-6 6-6s6 2 6 6M16 11a3 3 0 1 0 0-6M17 14c2.500.5 4 2.500 4 6',
} as const;

/** The element with this id; the page's own markup always has it. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found;
}

/** Round (a person) or six-cornered (the bot), coloured by the name. */
export function avatar(name: string, isBot: boolean): HTMLElement {
  const hue = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0) * 7, 0) % 360;
  const initials = name
    .replace(/\(.*\)/, '')
    .trim()
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2);
  const element = h('span', { class: isBot ? 'avatar bot' : 'avatar', 'aria-hidden': 'true' }, initials);
  if (!isBot) element.style.setProperty('--hue', String(hue));
  return element;
}
