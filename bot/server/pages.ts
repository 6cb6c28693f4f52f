import { escapeUTF8 } from 'entities';
import type { MessageKey, Say } from '../say/say.ts';

/** How a sign-in ended; `adminUrl`: where an administrator agrees for everyone. */
export type EndPage = {
  result: 'ok' | 'approved' | 'declined' | 'admin' | 'failed';
  adminUrl: string | null;
};

/** The last page of the sign-in popup. Its script reports the result to Teams; outside Teams the text tells it. */
export function endHtml({ result, adminUrl }: EndPage, say: Say): string {
  const lead = result === 'failed' ? paragraph(say.text('page.failed.address')) : '';
  const address =
    adminUrl === null || result === 'declined' ? '' : `${lead}<p class="address">${escapeUTF8(adminUrl)}</p>`;
  const scripts = '<script src="/auth/teams.js"></script><script src="/auth/end.js"></script>';
  const text = paragraph(say.text(`page.${result}.text`));
  return page(say, `page.${result}.title`, `${text}${address}`, { result, scripts });
}

/** The page in a dialog: its script gets a token from Teams, and submits the dialog of this id with it. */
export const dialogHtml = (id: string, say: Say): string =>
  page(say, 'page.dialog.title', paragraph(say.text('page.dialog.text')), {
    id,
    scripts: '<script src="/auth/teams.js"></script><script src="/auth/dialog.js"></script>',
  });

/** The page for an organization that Parley does not serve. */
export const problemHtml = (say: Say): string =>
  page(say, 'page.refused.title', paragraph(say.text('page.refused.text')));

/** The page of a calendar file whose address is wrong or has expired. */
export const noCalendarHtml = (say: Say): string =>
  page(say, 'page.expired.title', paragraph(say.text('page.expired.text')));

/**
 * The pages that the Teams app names unless an administrator names better ones, by path: what Parley is, what becomes
 * of people's data, and on which terms it is used. deploy/privacy.md says the same at length.
 */
export const PUBLIC_PAGES: Readonly<Record<string, (say: Say) => string>> = {
  '/': (say) => page(say, 'page.home.title', [...texts(say, 'page.home.what', 'page.home.run'), links(say)]),
  '/privacy': (say) =>
    page(say, 'page.privacy.title', [
      ...texts(say, 'page.privacy.run'),
      heading(say.text('page.privacy.may.title')),
      ...texts(say, 'page.privacy.may'),
      heading(say.text('page.privacy.keeps.title')),
      `<ul>${KEPT.map((what) => `<li>${escapeUTF8(say.text(`page.privacy.keeps.${what}`))}</li>`).join('')}</ul>`,
      ...texts(say, 'page.privacy.tokens'),
      heading(say.text('page.privacy.choices.title')),
      ...texts(say, 'page.privacy.choices', 'page.privacy.ask'),
    ]),
  '/terms': (say) => page(say, 'page.terms.title', texts(say, 'page.terms.licence', 'page.terms.meetings')),
};

const KEPT = ['request', 'votes', 'begun', 'meetings', 'due', 'counts', 'once', 'settings'] as const;

const links = ({ text }: Say): string =>
  `<p><a href="/privacy">${escapeUTF8(text('page.privacy.title'))}</a> · <a href="/terms">${escapeUTF8(text('page.terms.title'))}</a></p>`;

const texts = ({ text }: Say, ...keys: MessageKey[]): string[] => keys.map((key) => paragraph(text(key)));
const paragraph = (text: string): string => `<p>${escapeUTF8(text)}</p>`;
const heading = (text: string): string => `<h2>${escapeUTF8(text)}</h2>`;

/** Runs on the end page: TeamsJS closes the popup and lets Teams know. */
export const END_SCRIPT = `
const result = document.body.dataset.result;
microsoftTeams.app.initialize().then(() =>
  result === 'ok' ? microsoftTeams.authentication.notifySuccess('agreed') : microsoftTeams.authentication.notifyFailure(result),
);
`;

/** Runs on the page in a dialog. Without a token the bot offers Entra's own page. */
export const DIALOG_SCRIPT = `
const { app, authentication, dialog } = microsoftTeams;
const submit = (more) => dialog.url.submit({ verb: 'meet', id: document.body.dataset.id, ...more });
app.initialize().then(() => authentication.getAuthToken()).then((token) => submit({ token }), () => submit({}));
`;

/** One page of ours: `content` is HTML; nothing is loaded from elsewhere. */
function page(
  { locale, text }: Say,
  titleKey: MessageKey,
  content: string | readonly string[],
  { result = '', id = '', scripts = '' } = {},
): string {
  const title = escapeUTF8(text(titleKey));
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} – Parley</title><link rel="stylesheet" href="/auth/page.css"></head>
<body data-result="${result}" data-id="${id}"><main><h1>${title}</h1>${[content].flat().join('\n')}</main>${scripts}</body></html>
`;
}

/** For all pages; it follows the reader's colours. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 'Segoe UI', system-ui, sans-serif; }
main { max-width: 30rem; margin: 12vh auto 0; padding: 0 1.5rem; }
h1 { font-size: 1.4rem; font-weight: 600; }
h2 { font-size: 1.1rem; font-weight: 600; }
.address { overflow-wrap: anywhere; user-select: all; padding: .75rem 1rem; border: 1px solid GrayText; border-radius: .5rem; }
`;
