import { h, ICONS, icon } from './dom.ts';

const SETTLE_MS = 100;

/** A drawer on the right with its heading. Its button opens and closes it; `load` draws what is in it. */
export function createAside(
  aside: HTMLElement,
  button: HTMLElement,
  title: string,
  load: () => Promise<void>,
) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isOpen = () => !aside.hasAttribute('hidden');
  const setOpen = (opens: boolean) => {
    aside.toggleAttribute('hidden', !opens);
    button.setAttribute('aria-expanded', String(opens));
    if (!opens) return button.focus();
    close.focus();
    void load();
  };
  button.addEventListener('click', () => setOpen(!isOpen()));
  aside.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') setOpen(false);
  });
  const closing = { type: 'button', class: 'tool', 'aria-label': 'Close', onclick: () => setOpen(false) };
  const close = h('button', closing, icon(ICONS.close));
  aside.append(h('header', {}, h('h2', {}, title), close));
  return {
    isOpen,
    open: () => setOpen(true),
    /** Something happened; a burst of events loads once. */
    loadSoon: () => {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), SETTLE_MS);
    },
  };
}
