import { expect, test } from 'vitest';
import { readDialogAnswer } from '../../deploy/sandbox/channel/dialog-answer.ts';

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';
const CARD = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'x' }] };
const EXECUTE = { ...CARD, actions: [{ type: 'Action.Execute', title: 'x', verb: 'x' }] };
const DIALOG = { title: 'x', width: 'medium', height: 300 };
const attached = (content: object) => ({ contentType: ADAPTIVE, content });
const page = (url: string) => ({ task: { type: 'continue', value: { ...DIALOG, url, fallbackUrl: url } } });
const shown = (card: object) => ({ task: { type: 'continue', value: { ...DIALOG, card: attached(card) } } });
const PREVIEW = {
  preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title: 'x' } },
};
const result = (...attachments: object[]) => ({
  composeExtension: { type: 'result', attachmentLayout: 'list', attachments },
});
const auth = (...actions: object[]) => ({
  composeExtension: { type: 'auth', suggestedActions: { actions } },
});
const OPEN = { type: 'openUrl', value: 'https://x.example', title: 'x' };

test.each<[unknown, string]>([
  ['', 'close'],
  [{}, 'close'],
  [{ task: { type: 'message', value: 'x' } }, 'show'],
  [shown(CARD), 'show'],
  [page('https://x.example'), 'show'],
  [auth(OPEN), 'show'],
  [result({ ...attached(CARD), ...PREVIEW }), 'close'],
])('takes %j', (body, kind) => {
  expect(readDialogAnswer({ status: 200, body }).kind).toBe(kind);
});

test.each<[string, unknown, string]>([
  ['an answer in HTML', '<html>', 'no JSON object'],
  ['the answer to a click', { statusCode: 200, type: 'x', value: {} }, 'unknown members'],
  ['two answers', { ...shown(CARD), ...auth(OPEN) }, 'neither'],
  ['an empty sentence', { task: { type: 'message', value: '' } }, 'without a text'],
  ['a dialog without a title', { task: { type: 'continue', value: { ...DIALOG, title: '' } } }, 'title'],
  ['a size that there is not', { task: { type: 'continue', value: { ...DIALOG, width: 'huge' } } }, 'size'],
  ['a dialog without anything', { task: { type: 'continue', value: DIALOG } }, 'without an Adaptive Card'],
  ['a page by http', page('http://x.example'), 'https'],
  ['Action.Execute in a dialog', shown(EXECUTE), 'Action.Execute'],
  ['a card that is none', shown({ ...CARD, version: '1.6' }), 'version'],
  // Single sign-on is there for search commands and links only.
  ['silent sign-in', { composeExtension: { type: 'silentAuth' } }, 'silentAuth'],
  ['a sign-in with two buttons', auth(OPEN, OPEN), 'openUrl'],
  ['a card without a preview', result(attached(CARD)), 'preview'],
  ['two cards', result({ ...attached(CARD), ...PREVIEW }, { ...attached(CARD), ...PREVIEW }), 'not one'],
])('refuses %s', (_what, body, reason) => {
  expect(readDialogAnswer({ status: 200, body })).toEqual({
    kind: 'fault',
    reason: expect.stringContaining(reason),
  });
});

test('an answer that is no success is a fault', () => {
  expect(readDialogAnswer({ status: 500, body: '' }).kind).toBe('fault');
});
