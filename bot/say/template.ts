import { Template } from 'adaptivecards-templating';
import { memo } from '../base/cache.ts';
import type { Audience } from './say.ts';

/** What a template is filled with: words, and the ids that buttons carry. Never null or undefined, which would show as `${name}`. */
export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value };

/** A card's data, and the same in one sentence for who does not see cards. */
export type Filling = { data: { readonly [name: string]: Value }; summary: string };

/** A reply as it is sent: a card, Teams' own sign-in card, or a text where a sentence is enough. */
export type Rendered =
  | { kind: 'card'; card: Record<string, unknown>; summary: string }
  | { kind: 'oauth'; text: string; buttonTitle: string }
  | { kind: 'text'; text: string };

/**
 * Renders a reply with a template. The template is compiled when it is first needed, and expanded once for each shape of
 * data: expanding costs thirty times what filling in does, and templates ask only what is there, never what it says.
 */
export function toCard<R>(
  template: object,
  fill: (reply: R, audience: Audience) => Filling,
): (reply: R, audience: Audience) => Rendered {
  let compiled: Template | undefined;
  const expanded = memo(SHAPES, (shape) => {
    compiled ??= new Template(template);
    return filler(withoutNull(compiled.expand({ $root: JSON.parse(shape) })));
  });
  return (reply, audience) => {
    const { data, summary } = fill(reply, audience);
    const { shape, values } = outline(data);
    return { kind: 'card', card: expanded(shape)(values) as Record<string, unknown>, summary };
  };
}

/** Shapes of one card that are kept: which of its parts are there, and how many rows each has. */
const SHAPES = 200;

/** A member of the card itself whose data is an empty list comes out of the template as null. */
function withoutNull(card: object): object {
  return Object.fromEntries(Object.entries(card).filter(([, value]) => value !== null));
}

/** Data as JSON without its words and numbers, each replaced by a mark that says which of `values` it was. */
type Outline = { shape: string; values: readonly unknown[] };

/** Takes data apart. What has the same structure has the same shape, whatever it says. */
export function outline(data: unknown): Outline {
  const values: unknown[] = [];
  const shape = JSON.stringify(data, (_name, value: unknown) =>
    typeof value === 'object' ? value : `${MARK}${values.push(value) - 1}`,
  );
  return { shape, values };
}

/** Puts values where the marks are. What has no mark is the same each time, and is not to be changed. */
type Fill = (values: readonly unknown[]) => unknown;

/** Looks once where the marks are in what a shape became, so that filling it copies only what leads to them. */
export function filler(marked: unknown): Fill {
  return fillerOf(marked) ?? (() => marked);
}

/** Null where there is no mark. */
function fillerOf(marked: unknown): Fill | null {
  if (typeof marked === 'string' && marked.startsWith(MARK)) {
    const index = Number(marked.slice(1));
    return (values) => values[index];
  }
  if (typeof marked !== 'object' || marked === null) return null;
  const fills = Object.entries(marked).flatMap(([name, one]) => {
    const fill = fillerOf(one);
    return fill === null ? [] : [{ name, fill }];
  });
  if (fills.length === 0) return null;
  return (values) => {
    const copy = (Array.isArray(marked) ? [...marked] : { ...marked }) as Record<string, unknown>;
    for (const { name, fill } of fills) copy[name] = fill(values);
    return copy;
  };
}

/** No text of ours begins with it. */
const MARK = '\u0001';
