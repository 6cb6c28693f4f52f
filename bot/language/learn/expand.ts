import type { Role } from '../roles/labels.ts';
import type { Corpus } from './corpus.ts';
import type { Random } from './random.ts';
import { pick } from './random.ts';
import type { Label, Piece, Template } from './template.ts';

/** Characters from `from` up to but not including `to` that play a part. */
type LabelledText = { role: Role; from: number; to: number };

/** Words that a list drew. `isOpen`: one of so many that any other word might stand there. */
type DrawnText = { slot: string; isOpen: boolean; from: number; to: number };

/**
 * A sentence made of a template. `drawn`: where its words come out of lists instead of the template. `isSlipped`: one of
 * its words is typed wrong.
 */
export type Example = {
  template: Template;
  text: string;
  parts: readonly LabelledText[];
  drawn: readonly DrawnText[];
  isSlipped?: boolean;
};

const LABEL_OF_SLOT = new Map<string, Label>([
  ['subject', 'subject'],
  ['topic', 'subject'],
  ['event', 'subject'],
  ['task', 'subject'],
  ['title', 'subject'],
  ['guest', 'guest'],
  ['guests', 'guest'],
  ['which', 'which'],
  ['option', 'option'],
]);

/** What a label says inside another: the outermost wins, but `which` has a subject and guests of its own. */
function within(outer: Role | 'none' | null, label: Label): Role | 'none' {
  if (outer === null) return label;
  if (outer === 'which' && (label === 'subject' || label === 'guest')) return `which.${label}`;
  return outer;
}

const NOTHING_BEFORE = /^[ ,.?!;:]/;

class Writer {
  text = '';
  parts: LabelledText[] = [];
  drawn: DrawnText[] = [];

  /** Adds text without doubled spaces and without spaces before a comma or a full stop. */
  add(text: string): void {
    for (const sign of text) {
      const isDoubled = sign === ' ' && (this.text === '' || /\s$/.test(this.text));
      if (isDoubled) continue;
      if (NOTHING_BEFORE.test(sign) && this.text.endsWith(' ') && sign !== ':')
        this.text = this.text.slice(0, -1);
      this.text += sign;
    }
  }
}

type Frame = { writer: Writer; random: Random; corpus: Corpus };

const VARIED = 0.16;

/** The text of a template with some of its words in other people's words. */
function vary(text: string, { corpus, random }: Frame): string {
  return text.replace(/[\p{L}&][\p{L}']*/gu, (word) => {
    const others = corpus.variants.get(word.toLowerCase());
    return others && random() < VARIED ? pick(random, others) : word;
  });
}

function write(pieces: readonly Piece[], outer: Role | 'none' | null, frame: Frame): void {
  for (const piece of pieces) {
    if (piece.kind === 'text') frame.writer.add(vary(piece.text, frame));
    else if (piece.kind === 'choice') write(pick(frame.random, piece.of), outer, frame);
    else if (piece.kind === 'label') writeLabelled(piece.pieces, within(outer, piece.label), outer, frame);
    else writeSlot(piece.name, outer, frame);
  }
}

/** Lists that are shorter have a part in what is wanted ("cancel", "scrap"): their words are to be learned. */
const OPEN = 60;

function writeSlot(slot: string, outer: Role | 'none' | null, frame: Frame): void {
  const label = LABEL_OF_SLOT.get(slot);
  const { writer, random, corpus } = frame;
  const from = writer.text.length;
  const list = corpus.lists.get(slot) ?? [];
  const entry = pick(random, list);
  const isOpen = list.length >= OPEN && entry.every(({ kind }) => kind === 'text');
  // What an unlabelled list draws plays no part; inside `which` it goes on saying which.
  if (label) writeLabelled(entry, within(outer, label), outer, frame);
  else write(entry, outer ?? 'none', frame);
  writer.drawn.push({ slot, isOpen, from, to: writer.text.length });
}

function writeLabelled(
  pieces: readonly Piece[],
  role: Role | 'none',
  outer: Role | 'none' | null,
  frame: Frame,
): void {
  const { writer } = frame;
  const from = writer.text.length;
  write(pieces, role, frame);
  if (role !== 'none' && role !== outer) writer.parts.push({ role, from, to: writer.text.length });
}

/** One sentence of a template, with what its words mean. */
export function expand(template: Template, corpus: Corpus, random: Random): Example {
  const writer = new Writer();
  write(template.pieces, null, { writer, random, corpus });
  const { text, parts, drawn } = writer;
  return { template, text: text.trimEnd(), parts, drawn };
}
