import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadPack } from '../../bot/language/pack.ts';
import { matchNames } from '../../bot/meeting/match-names.ts';

const ENGLISH = loadPack('en').meetings;

const person = (name: string, upn = `${name.replaceAll(/\W/g, '')}@contoso.com`) => ({ id: name, name, upn });

const ROSTER = [
  person('Sam Jones', 'sam.jones@contoso.com'),
  person('Ben Lee', 'blee@contoso.com'),
  person('Lee Chen', 'chen.l@contoso.com'),
  person('Renée Müller', 'rm42@contoso.com'),
  person("O'Brien, Aoife (Finance)", 'aoife@contoso.com'),
  person('Anna Maria Schmidt', 'anna-maria.schmidt@contoso.com'),
  person('Anna Kovács', 'akovacs@contoso.com'),
  person('Anna', 'anna@fabrikam.com'),
  person('Jean-Luc Petit', 'jl.petit@contoso.com'),
  person('Priya Crew', 'priya@contoso.com'),
  person('王小明', 'wang.xiaoming@contoso.com'),
];

/** Who was found, or who to ask about after a question mark, or "text". */
function outcome(said: string, roster = ROSTER, isCut = false): string {
  const [match] = matchNames([said], { members: roster, isCut }, ENGLISH);
  switch (match?.kind) {
    case 'person':
      return match.person.name;
    case 'ask':
      return ['?', ...match.candidates.map(({ name }) => name)].join(' | ');
    default:
      return match?.kind ?? 'nothing';
  }
}

describe('exactly one fits', () => {
  test.each([
    ['a first name', 'Sam', 'Sam Jones'],
    ['in small letters', 'sam', 'Sam Jones'],
    ['a last name', 'Jones', 'Sam Jones'],
    ['a whole name', 'sam jones', 'Sam Jones'],
    ['the other way round', 'Jones, Sam', 'Sam Jones'],
    ['with an initial', 'Sam J.', 'Sam Jones'],
    ['without accents', 'Renee', 'Renée Müller'],
    ['with ue for ü', 'Mueller', 'Renée Müller'],
    ['with u for ü', 'muller', 'Renée Müller'],
    ['the part before the @', 'rm42', 'Renée Müller'],
    ['a dotted part before the @', 'sam.jones', 'Sam Jones'],
    ['another apostrophe', 'O’Brien', "O'Brien, Aoife (Finance)"],
    ['what stands behind the name is no name', 'Aoife O’Brien', "O'Brien, Aoife (Finance)"],
    ['a whole name of one word comes before first names', 'Anna', 'Anna'],
    ['two first names', 'Anna Maria', 'Anna Maria Schmidt'],
    ['a whole name of three words', 'Anna Maria Schmidt', 'Anna Maria Schmidt'],
    ['a hyphen', 'jean-luc', 'Jean-Luc Petit'],
    ['a name that is also a group', 'Crew', 'Priya Crew'],
    ['another script', '王小明', '王小明'],
    ['the same in Latin letters', 'Xiaoming', '王小明'],
  ])('%s', (_name, said, expected) => {
    expect(outcome(said)).toBe(expected);
  });
});

describe('a question', () => {
  test.each([
    ['a first and a last name', 'Lee', '? | Ben Lee | Lee Chen'],
    ['a slip, even of one person', 'Kovacz', '? | Anna Kovács'],
    ['the beginning of a name', 'Schmi', '? | Anna Maria Schmidt'],
    ['nobody', 'Zoltan', '?'],
    ['nobody by that last name', 'Sam Smith', '?'],
    ['a single letter', 'S', '?'],
  ])('%s', (_name, said, expected) => {
    expect(outcome(said)).toBe(expected);
  });

  test('two of the same name', () => {
    const twins = [person('Sam Jones', 'sam@contoso.com'), person('Sam Jones', 'sj2@contoso.com')];
    expect(outcome('Sam Jones', twins)).toBe('? | Sam Jones | Sam Jones');
  });
});

describe('among more people than are known', () => {
  test.each([
    ['a first name is asked: another may have it, too', 'Sam', '? | Sam Jones'],
    ['so are two first names', 'Anna Maria', '? | Anna Maria Schmidt'],
    ['and an initial', 'Sam J.', '? | Sam Jones'],
    ['a whole name is that person', 'Sam Jones', 'Sam Jones'],
    ['so is the part before the @', 'rm42', 'Renée Müller'],
    ['nobody is no question', 'Zoltan', '?'],
    ['a team is text', 'Brand Team', 'text'],
  ])('%s', (_name, said, expected) => {
    expect(outcome(said, ROSTER, true)).toBe(expected);
  });
});

describe('text', () => {
  test.each([
    ['a team', 'the brand team'],
    ['two words', 'brand team'],
    ['a team written large', 'Brand Team'],
    ['a shift', 'night shift'],
    ['a crew, although somebody is called so', 'crew'],
    ['a department', 'finance'],
    ['a department written large', 'Marketing'],
    ['an article', 'the boss'],
    ['more than two words', 'people who like tea'],
    ['a person among more words', 'Sam and the others'],
    ['signs', '🎉'],
    ['nothing', ' '],
  ])('%s', (_name, said) => {
    expect(outcome(said)).toBe('text');
  });
});

test('each name is answered in its place', () => {
  const found = matchNames(['Sam', 'the brand team', 'Lee'], { members: ROSTER, isCut: false }, ENGLISH);
  expect(found.map(({ kind, said }) => `${kind} ${said}`)).toEqual([
    'person Sam',
    'text the brand team',
    'ask Lee',
  ]);
});

test('nobody is there', () => {
  expect(outcome('Sam', [])).toBe('?');
  expect(outcome('team', [])).toBe('text');
});

test('whoever is written out in full is found among any number of others, however it is written', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdé'), minLength: 3, maxLength: 8 });
  const names = fc.uniqueArray(fc.tuple(word, word), {
    minLength: 1,
    maxLength: 8,
    selector: (pair) =>
      pair
        .map((one) => one.replaceAll('é', 'e'))
        .toSorted()
        .join(' '),
  });
  fc.assert(
    fc.property(names, (pairs) => {
      const members = pairs.map(([a, b], i) => ({ id: String(i), name: `${a} ${b}`, upn: `${i}@x` }));
      pairs.forEach(([a, b], i) => {
        const [match] = matchNames([`${b.toUpperCase()}, ${a}`], { members, isCut: false }, ENGLISH);
        expect(match).toMatchObject({ kind: 'person', person: { id: String(i) } });
      });
    }),
  );
});

test('groups are called by the words of a language', () => {
  const german = { groups: new Set(['vertrieb']), determiners: new Set(['das']) };
  const kinds = (...names: string[]) =>
    matchNames(names, { members: ROSTER, isCut: false }, german).map(({ kind }) => kind);
  expect(kinds('vertrieb', 'das Vertriebsteam', 'Sam')).toEqual(['text', 'text', 'person']);
  expect(kinds('sales')).toEqual(['ask']);
});
