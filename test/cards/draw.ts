import type { Rendered } from '../../bot/say/card-template.ts';
import { render } from '../../bot/say/render.ts';
import { readSamples, type Sample } from '../../cards/samples.ts';
import { type Node, nodes } from './card.ts';

const SAMPLES = new Map(readSamples().map((sample) => [sample.name, sample]));

/** The sample of that name; throws where there is none. */
export function sampleOf(name: string): Sample {
  const sample = SAMPLES.get(name);
  if (!sample) throw new Error(`no sample ${name}`);
  return sample;
}

/** The sample's card, for a reader of this locale. */
export function draw(name: string, locale = 'en-GB'): Record<string, unknown> {
  const { reply, reader } = sampleOf(name);
  return cardOf(render(reply, { ...reader, locale }));
}

/** The card of what was rendered; throws where it was a text. */
export function cardOf(rendered: Rendered): Record<string, unknown> {
  if (rendered.kind !== 'card') throw new Error(`a ${rendered.kind}, not a card`);
  return rendered.card;
}

/** Every Action.Execute of a card, refresh included. */
export function executes(card: unknown): Node[] {
  return nodes(card).filter(({ type }) => type === 'Action.Execute');
}

/** What each of them is called and sends. */
export function effects(card: unknown): { title: unknown; verb: unknown; data: unknown }[] {
  return executes(card).map(({ title, verb, data }) => ({ title, verb, data }));
}
