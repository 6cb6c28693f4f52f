import { escapeUTF8 } from 'entities';

const STYLE = `
  body { font: 16px/1.5 'Segoe UI', system-ui, sans-serif; margin: 0; background: #f2f2f2; color: #1b1b1b; }
  main { max-width: 26rem; margin: 8vh auto; padding: 2.5rem; background: #fff; box-shadow: 0 2px 6px #0003; }
  h1 { font-size: 1.4rem; font-weight: 600; margin: 0.5rem 0 1rem; }
  .who { color: #616161; margin: 0; }
  li { margin: 0.25rem 0; }
  .actions { display: flex; gap: 0.5rem; justify-content: flex-end; margin-top: 2rem; }
  button { font: inherit; padding: 0.4rem 1.6rem; border: 1px solid #8c8c8c; background: #fff; color: inherit; }
  button[value='accept'] { background: #0067b8; border-color: #0067b8; color: #fff; }
  .note { color: #616161; font-size: 0.85rem; margin-top: 2rem; }
  :focus-visible { outline: 3px solid #1b1b1b; outline-offset: 2px; }
  @media (prefers-color-scheme: dark) {
    body { background: #1b1b1b; color: #f2f2f2; }
    main, button { background: #2b2b2b; }
    .who, .note { color: #b8b8b8; }
    :focus-visible { outline-color: #f2f2f2; }
  }
`;

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeUTF8(title)}</title><style>${STYLE}</style></head>
<body><main>${content}<p class="note">This is the sandbox’s stand-in for Microsoft’s sign-in page.</p></main></body></html>`;
}

type Consent = { action: string; id: string; who: string; app: string; says: readonly string[] };

/** Asks a person to accept or decline; posts `id` and `decision` to `action`. */
export function consentPage({ action, id, who, app, says }: Consent): string {
  const name = escapeUTF8(app);
  const items = says.map((text) => `<li>${escapeUTF8(text)}</li>`).join('');
  return page(
    'Permissions requested',
    `<p class="who">${escapeUTF8(who)}</p>
    <h1>${name} wants to create meetings for you</h1>
    <p>If you accept, ${name} can:</p><ul>${items}</ul>
    <form method="post" action="${escapeUTF8(action)}"><input type="hidden" name="id" value="${escapeUTF8(id)}">
    <div class="actions"><button name="decision" value="decline">Decline</button>
    <button name="decision" value="accept">Accept</button></div></form>`,
  );
}

/** Says that only an administrator can agree; the one button goes back without an agreement. */
export function adminNeededPage({ action, id, who, app }: Omit<Consent, 'says'>): string {
  return page(
    'Need admin approval',
    `<p class="who">${escapeUTF8(who)}</p>
    <h1>Need admin approval</h1>
    <p>${escapeUTF8(app)} needs a permission that only an administrator of your organisation can grant.</p>
    <form method="post" action="${escapeUTF8(action)}"><input type="hidden" name="id" value="${escapeUTF8(id)}">
    <div class="actions"><button name="decision" value="decline">Back without approval</button></div></form>`,
  );
}

/** A refusal that must not be sent to a redirect address. */
export function errorPage(message: string): string {
  return page('Sign-in error', `<h1>Sorry, we couldn’t sign you in</h1><p>${escapeUTF8(message)}</p>`);
}
