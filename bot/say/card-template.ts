import { Template } from 'adaptivecards-templating';
import { memo } from '../base/cache.ts';
import type { Audience, Say } from './say.ts';
import { wordSentences } from './words/text.ts';

/** The data of a template: words, and the ids that buttons carry. Never null or undefined, because the person would see `${name}`. */
export type Value = string | number | boolean | readonly Value[] | { readonly [name: string]: Value };

/** A text, or sentences that are joined to one. */
type Words = string | readonly string[];

/**
 * What a card says: the data of its template, what is read aloud, and `fallbackText` for clients that show no cards (by
 * default what is read aloud). `summary`: its content in one sentence, for notifications.
 */
type Filling = {
  data: { readonly [name: string]: Value };
  speak: Words;
  fallbackText?: Words;
  summary: string;
};

const joined = (words: Words, say: Say): string =>
  typeof words === 'string' ? words : wordSentences(words, say);

/** A reply as it is sent: a card, Teams' own sign-in card, or a text where a sentence is enough. */
export type Rendered =
  | { kind: 'card'; card: Record<string, unknown>; summary: string }
  | { kind: 'oauth'; text: string; buttonTitle: string }
  | { kind: 'text'; text: string };

/** A rendered reply as a text. */
export const textOf = (rendered: Rendered): string =>
  rendered.kind === 'card' ? String(rendered.card.fallbackText) : rendered.text;

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
    const { data, speak, fallbackText = speak, summary } = fill(reply, audience);
    const [spoken, written] = [speak, fallbackText].map((words) => joined(words, audience.say));
    const { shape, values } = outline({ ...data, speak: spoken, fallbackText: written });
    return { kind: 'card', card: expanded(shape)(values) as Record<string, unknown>, summary };
  };
}

/** Shapes of one card that are kept: which of its parts are there, and how many rows each has. */
const SHAPES = 200;

/** Removes top-level members of the card that are null: the template makes null of an empty list. */
function withoutNull(card: object): object {
  return Object.fromEntries(Object.entries(card).filter(([, value]) => value !== null));
}

/** Data as JSON in which a mark replaces each word and number; the mark has its index in `values`. */
type Outline = { shape: string; values: readonly unknown[] };

/** Separates data into its shape and its values. Data of the same structure has the same shape. */
export function outline(data: unknown): Outline {
  const values: unknown[] = [];
  const shape = JSON.stringify(data, (_name, value: unknown) =>
    typeof value === 'object' ? value : `${MARK}${values.push(value) - 1}`,
  );
  return { shape, values };
}

/** Puts the values in place of the marks. Parts without a mark are shared between cards: do not change them. */
type Fill = (values: readonly unknown[]) => unknown;

/** Finds the marks in an expanded shape once, so that filling copies only the parts that contain marks. */
export function filler(marked: unknown): Fill {
  return fillerOf(marked) ?? (() => marked);
}

/** Returns null if the value contains no mark. */
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

/** Marks a value in an outline. No text begins with this character. */
const MARK = '\u0001';
