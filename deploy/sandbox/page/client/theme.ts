import type { Theme } from '../../../../cards/teams-look.ts';

/** Light or dark, as the system has it until somebody chooses by this button. */
export function createTheme(button: HTMLElement): () => Theme {
  let theme: Theme = (localStorage.getItem('theme') as Theme | null) ?? preferred();
  const show = () => {
    document.documentElement.dataset.theme = theme;
    button.setAttribute('aria-pressed', String(theme === 'dark'));
  };
  button.addEventListener('click', () => {
    theme = theme === 'light' ? 'dark' : 'light';
    localStorage.setItem('theme', theme);
    show();
  });
  show();
  return () => theme;
}

function preferred(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
