import { h, ICONS, icon } from './dom.ts';

const SEEN = 'hintSeen';

/** What nobody would find by themselves, said once in a browser: that one can be many people, and make things fail. */
export function showHint(
  hint: HTMLElement,
  { people, openDrawer }: { people: number; openDrawer(): void },
): void {
  if (localStorage.getItem(SEEN) !== null) return;
  const hide = () => {
    localStorage.setItem(SEEN, 'yes');
    hint.hidden = true;
  };
  const link = { type: 'button', class: 'link', onclick: openDrawer };
  const closing = { type: 'button', class: 'tool', 'aria-label': 'Hide this hint', onclick: hide };
  const words = h(
    'span',
    {},
    `You can be ${people} people here: choose who at the top right. To make things fail, `,
    h('button', link, 'look behind the scenes'),
    '.',
  );
  hint.replaceChildren(words, h('button', closing, icon(ICONS.close)));
  hint.hidden = false;
}
