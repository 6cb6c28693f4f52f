import type { Activity, Attachment, CardAction, Json } from './model.ts';

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';
const OAUTH = 'application/vnd.microsoft.card.oauth';
const KNOWN = [
  ADAPTIVE,
  OAUTH,
  'application/vnd.microsoft.card.hero',
  'application/vnd.microsoft.card.signin',
];
const MOST_CARD_BYTES = 28 * 1024;
const MOST_ACTIONS = 6;
const ACTIONS = [
  'Action.Execute',
  'Action.Submit',
  'Action.OpenUrl',
  'Action.ShowCard',
  'Action.ToggleVisibility',
];

/** The Adaptive Cards of an activity, in order. */
export const adaptiveCards = (activity: Activity): Json[] =>
  (activity.attachments ?? []).filter(({ contentType }) => contentType === ADAPTIVE).map(contentOf);

/** The content of an activity's OAuthCard, if it has one. */
export function oauthCard(activity: Activity): Json | null {
  const found = activity.attachments?.find(({ contentType }) => contentType === OAUTH);
  return found ? contentOf(found) : null;
}

/** Every action in a card, however deep, in the order of the card. */
export function actionsIn(card: unknown): CardAction[] {
  if (Array.isArray(card)) return card.flatMap(actionsIn);
  if (!isRecord(card)) return [];
  const own = typeof card.type === 'string' && card.type.startsWith('Action.') ? [card as CardAction] : [];
  const inner = Object.entries(card).filter(([key]) => !['data', 'fallback', 'refresh'].includes(key));
  return [...own, ...inner.flatMap(([, value]) => actionsIn(value))];
}

/** Why Teams would not show this attachment; null where it would. */
export function faultIn(attachment: Attachment): string | null {
  if (!KNOWN.includes(attachment.contentType)) return `unknown contentType ${attachment.contentType}`;
  if (!isRecord(attachment.content)) return 'attachment without content';
  if (attachment.contentType === OAUTH) return faultInOAuth(attachment.content);
  return attachment.contentType === ADAPTIVE ? faultInCard(attachment.content) : null;
}

/** Why Teams would not show this Adaptive Card; null where it would. */
export function faultInCard(card: Json): string | null {
  if (card.type !== 'AdaptiveCard') return 'type is not AdaptiveCard';
  const version = typeof card.version === 'string' ? /^1\.([0-5])$/.exec(card.version) : null;
  if (!version) return 'version is not 1.0 to 1.5';
  if (Buffer.byteLength(JSON.stringify(card)) > MOST_CARD_BYTES) return 'card is larger than 28 KB';
  if (!Array.isArray(card.body ?? [])) return 'body is not a list';
  if (Array.isArray(card.actions) && card.actions.length > MOST_ACTIONS) return 'more than 6 actions';
  const unnamed = elementsIn(card.body).find((element) => typeof element.type !== 'string');
  if (unnamed) return 'an element without type';
  for (const action of actionsIn(card)) {
    if (!ACTIONS.includes(action.type)) return `unknown action ${action.type}`;
    // A bot on this machine has no certificate; everywhere else Teams wants https.
    if (action.type === 'Action.OpenUrl' && !/^(https:\/\/|http:\/\/127\.0\.0\.1:)/.test(String(action.url)))
      return 'Action.OpenUrl without an https address';
    if (action.type === 'Action.Execute' && typeof action.verb !== 'string')
      return 'Action.Execute without verb';
    if (action.type === 'Action.Submit' && isTextless(action)) return 'imBack without a text';
  }
  return null;
}

function isTextless({ data }: CardAction): boolean {
  const msteams = isRecord(data) ? data.msteams : null;
  return isRecord(msteams) && msteams.type === 'imBack' && !/\S/.test(String(msteams.value ?? ''));
}

function faultInOAuth(card: Json): string | null {
  const resource = card.tokenExchangeResource;
  if (typeof card.connectionName !== 'string') return 'OAuthCard without connectionName';
  if ('tokenExchangeResource' in card && !isRecord(resource)) return 'tokenExchangeResource is not an object';
  if (isRecord(resource) && (typeof resource.id !== 'string' || typeof resource.uri !== 'string'))
    return 'tokenExchangeResource without id or uri';
  const buttons = Array.isArray(card.buttons) ? card.buttons : [];
  const hasButton = buttons.some((button) => isRecord(button) && button.type === 'signin' && button.value);
  return hasButton ? null : 'OAuthCard without a signin button';
}

const elementsIn = (body: unknown): Json[] => (Array.isArray(body) ? body.filter(isRecord) : []);
const contentOf = ({ content }: Attachment): Json => (isRecord(content) ? content : {});

/** True for a JSON object. */
export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
