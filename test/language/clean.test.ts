import { expect, test } from 'vitest';
import { PERSON_MARK } from '../../bot/language/command.ts';
import { cleanText, readRawText } from '../../bot/language/text/clean.ts';

test.each([
  ['tags go, their text stays', '<p>a <b>b</b></p>', 'a b'],
  ['a line break is one newline', 'a<br/><br>b\r\n\nc', 'a\nb\nc'],
  ['an image with an attack in it goes', 're <img src=x onerror=alert(2)> banner', 're banner'],
  ['entities', 'R&amp;D &quot;x&quot; &#39;y&#x27; 1&lt;2&nbsp;3', `R&D "x" 'y' 1<2 3`],
  [
    'entities of every language',
    'Gr&uuml;ner Punkt, Fran&ccedil;ois &#8211; &Scaron;koda',
    'Grüner Punkt, François – Škoda',
  ],
  ['an unknown entity stays', '&bogus; &amp', '&bogus; &amp'],
  ['an address in angle brackets is no tag', 'Bo <bo@contoso.com>', 'Bo <bo@contoso.com>'],
  ['less-than is no tag', 'a < b, i <3 u', 'a < b, i <3 u'],
  ['curly quotes', '“Vision” ‘day’ Bo’s', `"Vision" 'day' Bo's`],
  ['no-break and other spaces', '3\u00a0pm\u2009today', '3 pm today'],
  ['bidirectional and zero-width characters', '3\u202epm\u200b x\u2066y\ufeff', '3pm xy'],
  ['control characters', 'a\u0000b\u0007c', 'abc'],
  ['emoji stay whole', '👩‍💻 sync 🎉', '👩‍💻 sync 🎉'],
  ['full-width digits', '３pm', '3pm'],
  ['half an emoji is replaced', 'a\ud83d b', 'a\ufffd b'],
  ['person marks stay', `with ${PERSON_MARK}`, `with ${PERSON_MARK}`],
  ['only spaces', ' \n ', ''],
])('%s', (_name, raw, clean) => {
  expect(cleanText(raw)).toBe(clean);
});

test('mentions of others become marks, the bot goes, typed marks go', () => {
  const raw = `<at>Parley</at> 3pm ${PERSON_MARK} with <at id="1">Ana &amp; Co</at> and <at>Bo</at>`;
  expect(readRawText(raw, ['Parley'])).toEqual({
    text: `3pm with ${PERSON_MARK} and ${PERSON_MARK}`,
    people: [
      { name: 'Ana & Co', id: null },
      { name: 'Bo', id: null },
    ],
  });
});

test('a mark hidden in an entity is removed too', () => {
  expect(readRawText('a &#65532; b &#xFFFC; c &#0065532; d &#X000fffc; e', [])).toEqual({
    text: 'a b c d e',
    people: [],
  });
});
