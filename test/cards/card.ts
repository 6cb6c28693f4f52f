/** An object of a rendered card that has a `type`: an element, an input or an action. */
export type Node = { type: string } & Record<string, unknown>;

/** Every typed object of a card, outside in; a fallback counts as part of its action. */
export function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([name, child]) => (name === 'fallback' ? [] : nodes(child)));
  return isNode(value) ? [value, ...below] : below;
}

/** Every text of a card, with the name it stands under ("text", "title", "speak"). */
export function texts(value: unknown, name = ''): { name: string; text: string }[] {
  if (typeof value === 'string') return [{ name, text: value }];
  if (Array.isArray(value)) return value.flatMap((child) => texts(child, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => texts(child, key));
}

/** What a person reads on a card, top to bottom, on one line each. */
export function read({ body, actions }: Record<string, unknown>): string[] {
  return nodes([body, actions])
    .flatMap(({ type, text, title, label }) => (type.startsWith('Action.') ? [title] : [text, label]))
    .filter((words) => typeof words === 'string');
}

function isNode(value: object): value is Node {
  return 'type' in value && typeof value.type === 'string';
}
