/** How a sign-in ended; `adminUrl`: where an administrator agrees for everyone. */
export type EndPage = {
  result: 'ok' | 'approved' | 'declined' | 'admin' | 'failed';
  adminUrl: string | null;
};

const SENTENCES: Record<EndPage['result'], { title: string; text: string }> = {
  ok: {
    title: 'You are signed in',
    text: 'This window closes by itself. If it stays open, you can close it.',
  },
  // Anybody can open its address, so it says nothing that it cannot know.
  approved: {
    title: 'That’s all here',
    text: 'If you just approved Parley on Microsoft’s page, everyone in your organization can sign in to it now. You can close this window.',
  },
  declined: {
    title: 'Nothing was changed',
    text: 'Parley may not make meetings for you yet. Close this window and sign in again whenever you like.',
  },
  admin: {
    title: 'Your administrator has to agree first',
    text: 'Please forward this address to the people who look after Teams in your organisation:',
  },
  failed: {
    title: 'Sign-in did not work',
    text: 'Please close this window and press the sign-in button again. If it keeps happening, ask your administrator.',
  },
};

/** The page that the popup ends on. Its script tells Teams how it went; without Teams around, the text says it. */
export function endHtml({ result, adminUrl }: EndPage): string {
  const { title, text } = SENTENCES[result];
  const lead = result === 'failed' ? '<p>They may need this address:</p>' : '';
  const address =
    adminUrl === null || result === 'declined' ? '' : `${lead}<p class="address">${escapeHtml(adminUrl)}</p>`;
  const scripts = '<script src="/auth/teams.js"></script><script src="/auth/end.js"></script>';
  return page(title, `<p>${escapeHtml(text)}</p>${address}`, { result, scripts });
}

/** Where the popup cannot even begin. */
export const problemHtml = (): string =>
  page('Sign-in cannot start here', '<p>Parley is not set up for your organisation.</p>');

/** Where the address of a calendar file leads nowhere (any more). */
export const noCalendarHtml = (): string =>
  page('This address has expired', '<p>Open the card in Teams again and choose “Add to calendar” there.</p>');

/** Runs on the end page: TeamsJS closes the popup and lets Teams know. */
export const END_SCRIPT = `
const result = document.body.dataset.result;
microsoftTeams.app.initialize().then(() =>
  result === 'ok' ? microsoftTeams.authentication.notifySuccess('agreed') : microsoftTeams.authentication.notifyFailure(result),
);
`;

/** One page of ours: `content` is HTML, `title` is text; nothing is loaded from elsewhere. */
export function page(title: string, content: string, { result = '', scripts = '' } = {}): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} – Parley</title><link rel="stylesheet" href="/auth/page.css"></head>
<body data-result="${result}"><main><h1>${escapeHtml(title)}</h1>${content}</main>${scripts}</body></html>
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

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
