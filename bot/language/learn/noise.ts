import { normalize } from '../../base/safe-text.ts';
import { PERSON_MARK } from '../command.ts';
import type { Example } from './expand.ts';
import type { Random } from './random.ts';

const withoutAccents = (text: string) =>
  [...text]
    .map((sign) => {
      const base = normalize(sign, 'NFD').replace(/\p{M}/gu, '');
      return base.length === sign.length ? base : sign;
    })
    .join('');

const lower = (text: string) =>
  [...text].map((sign) => (sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign)).join('');
const upper = (text: string) =>
  [...text].map((sign) => (sign.toUpperCase().length === sign.length ? sign.toUpperCase() : sign)).join('');
const capitalized = (text: string) => upper(text.slice(0, 1)) + text.slice(1);

/** Two letters of one longer word in each other's place, where no list drew the word. */
function withSlip({ text, drawn }: Example, random: Random): string {
  const at = 1 + Math.floor(random() * Math.max(1, text.length - 3));
  const isInWord = /^\p{Ll}{5}$/u.test(text.slice(at - 1, at + 4));
  if (!isInWord || drawn.some(({ from, to }) => at + 2 > from && at < to)) return text;
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
}

/** Commas and end marks as blanks: the text stays as long. */
const withoutSigns = (text: string) => text.replace(/,(?= )|[.!]$/g, ' ');

/** The example as people type: in small letters, in capitals, without commas or accents, with a slip. Places stay. */
export function addNoise(example: Example, random: Random): Example {
  let { text } = example;
  if (text.includes(PERSON_MARK) === false && random() < 0.05) text = withSlip(example, random);
  const isSlipped = text !== example.text;
  const letters = random();
  if (letters < 0.4) text = lower(text);
  else if (letters < 0.42) text = upper(text);
  else if (letters < 0.7) text = capitalized(text);
  if (random() < 0.12) text = withoutSigns(text);
  if (random() < 0.1) text = withoutAccents(text);
  return { ...example, text, isSlipped };
}
