import type { Act } from '../roles/labels.ts';
import { ACTS, SITUATIONS, type Situation } from '../roles/labels.ts';

/** The labels that a corpus may write; `none` takes away those inside it. */
export const LABELS = ['subject', 'guest', 'which', 'option', 'none'] as const;

/** A label as it stands in a corpus. */
export type Label = (typeof LABELS)[number];

/** A piece of a template: text, one of several, an entry of a list, or something labelled. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'choice'; of: readonly Piece[][] }
  | { kind: 'slot'; name: string }
  | { kind: 'label'; label: Label; pieces: readonly Piece[] };

/** A line of the corpus: what such a message wants, how it is said, and where in a conversation if that decides what it wants. */
export type Template = { act: Act; situation?: Situation; line: string; pieces: readonly Piece[] };

type Reader = { text: string; at: number };

const isLabel = (word: string): word is Label => (LABELS as readonly string[]).includes(word);
const isAct = (word: string): word is Act => (ACTS as readonly string[]).includes(word);
const isSituation = (word: string): word is Situation => (SITUATIONS as readonly string[]).includes(word);

/** Reads up to one of the ends, which is left standing. */
function readPieces(reader: Reader, ends: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') pieces.push({ kind: 'text', text: plain });
    plain = '';
  };
  while (reader.at < reader.text.length && !ends.includes(reader.text.charAt(reader.at))) {
    const sign = reader.text.charAt(reader.at);
    if (sign === '<' || sign === '{') {
      flush();
      pieces.push(sign === '<' ? readChoice(reader) : readBraces(reader));
    } else if (reader.text.startsWith('\\n', reader.at)) {
      plain += '\n';
      reader.at += 2;
    } else {
      plain += sign;
      reader.at += 1;
    }
  }
  flush();
  return pieces;
}

function readChoice(reader: Reader): Piece {
  const of: Piece[][] = [];
  do {
    reader.at += 1;
    of.push(readPieces(reader, '|>'));
  } while (reader.text.charAt(reader.at) === '|');
  expectSign(reader, '>');
  return { kind: 'choice', of };
}

function readBraces(reader: Reader): Piece {
  const [whole, name = '', colon] = /^\{([\w-]+)(:?)/.exec(reader.text.slice(reader.at)) ?? [''];
  if (whole === '') throw new Error(`A brace names no slot at "${reader.text.slice(reader.at)}".`);
  reader.at += whole.length;
  if (!colon) {
    expectSign(reader, '}');
    return { kind: 'slot', name };
  }
  if (!isLabel(name)) throw new Error(`"${name}" is no label; use ${LABELS.join(', ')}.`);
  const pieces = readPieces(reader, '}');
  expectSign(reader, '}');
  return { kind: 'label', label: name, pieces };
}

function expectSign(reader: Reader, sign: string): void {
  if (reader.text.charAt(reader.at) !== sign)
    throw new Error(`"${sign}" is missing at "${reader.text.slice(reader.at)}".`);
  reader.at += 1;
}

/** Pieces of a template as it is written. Throws where braces or brackets do not match. */
export function readTemplate(text: string): Piece[] {
  return readPieces({ text, at: 0 }, '');
}

/**
 * One line of a corpus: `act| template`, or `situation: act| template`. Throws where the act is none of ours, or the template
 * cannot be read.
 */
export function readLine(line: string): Template {
  const bar = line.indexOf('|');
  const [act = '', situation, ...more] = line
    .slice(0, bar)
    .split(':')
    .map((word) => word.trim())
    .toReversed();
  if (situation !== undefined && (!isSituation(situation) || more.length > 0))
    throw new Error(`"${situation}" is no situation in "${line}".`);
  if (!isAct(act)) throw new Error(`"${act}" is no act in "${line}".`);
  try {
    const pieces = readTemplate(line.slice(bar + 1).trim());
    return { act, line, pieces, ...(situation && { situation }) };
  } catch (error) {
    throw new Error(`${(error as Error).message} The line is: ${line}`);
  }
}

/** The names of all slots in pieces, those inside others too. */
export function slotsIn(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === 'slot') return [piece.name];
    if (piece.kind === 'choice') return piece.of.flatMap((pieces) => slotsIn(pieces));
    return piece.kind === 'label' ? slotsIn(piece.pieces) : [];
  });
}

/** How much a template can vary: one for each word that may stand in another's place, and some for each slot. */
export function varietyOf(pieces: readonly Piece[]): number {
  let variety = 0;
  for (const piece of pieces) {
    if (piece.kind === 'slot') variety += 3;
    if (piece.kind === 'label') variety += varietyOf(piece.pieces);
    if (piece.kind === 'choice') for (const of of piece.of) variety += 1 + varietyOf(of);
  }
  return variety;
}
