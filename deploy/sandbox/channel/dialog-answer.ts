import { actionsIn, faultIn, faultInCard, isRecord } from './cards.ts';
import type { Delivered } from './delivery.ts';
import type { Attachment, Dialog, Json } from './model.ts';

/** What Teams does with the bot's answer: shows something in the dialog, or closes it, perhaps with a card to send. */
export type DialogAnswer =
  | { kind: 'show'; shown: Dialog['shown'] }
  | { kind: 'close'; attachment: Attachment | null }
  | { kind: 'fault'; reason: string };

const SIZES = ['small', 'medium', 'large'];

/** Reads the answer to an invoke of a message extension; whatever Teams would not understand is a fault. */
export function readDialogAnswer({ status, body }: Delivered): DialogAnswer {
  if (status !== 200) return fault(`the app answered ${status}`);
  if (body === '' || body === null || body === undefined) return { kind: 'close', attachment: null };
  if (!isRecord(body)) return fault('the answer is no JSON object');
  const { task, composeExtension, ...others } = body;
  if (Object.keys(others).length > 0) return fault(`unknown members ${Object.keys(others)}`);
  if (isRecord(task) && composeExtension === undefined) return readTask(task);
  if (isRecord(composeExtension) && task === undefined) return readResult(composeExtension);
  return Object.keys(body).length === 0
    ? { kind: 'close', attachment: null }
    : fault('neither task nor composeExtension');
}

const fault = (reason: string): DialogAnswer => ({ kind: 'fault', reason });

function readTask({ type, value }: Json): DialogAnswer {
  if (type === 'message')
    return typeof value === 'string' && value !== ''
      ? { kind: 'show', shown: { kind: 'message', text: value } }
      : fault('a message without a text');
  if (type !== 'continue' || !isRecord(value)) return fault(`a task of type ${type}`);
  const { title, width, height, card, url, fallbackUrl } = value;
  if (typeof title !== 'string' || title === '') return fault('a dialog without a title');
  for (const size of [width, height])
    if (typeof size !== 'number' && !SIZES.includes(String(size))) return fault(`a dialog of size ${size}`);
  if (card !== undefined && url !== undefined) return fault('a dialog with a card and a page');
  if (url !== undefined)
    return isPage(url) && isPage(fallbackUrl)
      ? { kind: 'show', shown: { kind: 'page', title, url } }
      : fault('a page without an https address');
  return readCard(title, card);
}

function readCard(title: string, card: unknown): DialogAnswer {
  const content = isRecord(card) ? card.content : null;
  if (!isRecord(card) || card.contentType !== 'application/vnd.microsoft.card.adaptive' || !isRecord(content))
    return fault('a dialog without an Adaptive Card');
  const wrong = faultInCard(content);
  if (wrong !== null) return fault(wrong);
  const isExecute = actionsIn(content).some(({ type }) => type === 'Action.Execute');
  return isExecute
    ? fault('Action.Execute does nothing in a dialog')
    : { kind: 'show', shown: { kind: 'card', title, card: content } };
}

// A bot on this machine has no certificate; everywhere else Teams wants https.
const isPage = (url: unknown): url is string =>
  typeof url === 'string' && /^(https:\/\/|http:\/\/127\.0\.0\.1:)/.test(url);

function readResult({ type, attachmentLayout, attachments, suggestedActions }: Json): DialogAnswer {
  if (type === 'auth') return readAuth(suggestedActions);
  // Single sign-on is there for search commands and links only.
  if (type !== 'result') return fault(`a result of type ${type}`);
  const [attachment, ...others] = (Array.isArray(attachments) ? attachments : []) as Attachment[];
  if (attachmentLayout !== 'list' && attachmentLayout !== 'grid') return fault('a result without a layout');
  if (attachment === undefined || others.length > 0) return fault('not one attachment');
  const wrong = faultIn(attachment);
  if (wrong !== null) return fault(wrong);
  return isRecord(attachment.preview) && isRecord(attachment.preview.content)
    ? { kind: 'close', attachment }
    : fault('an attachment without a preview');
}

function readAuth(suggested: unknown): DialogAnswer {
  const actions = isRecord(suggested) && Array.isArray(suggested.actions) ? suggested.actions : [];
  const [action, ...others] = actions.filter(isRecord);
  const isOne = action !== undefined && others.length === 0;
  if (!isOne || action.type !== 'openUrl' || !isPage(action.value) || typeof action.title !== 'string')
    return fault('a sign-in without one openUrl');
  return { kind: 'show', shown: { kind: 'signIn', title: action.title, url: action.value } };
}
