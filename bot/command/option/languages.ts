const TAGS =
  'english en french fr german de spanish es italian it portuguese pt dutch nl polish pl swedish sv danish da norwegian nb finnish fi czech cs slovak sk hungarian hu romanian ro bulgarian bg greek el turkish tr russian ru ukrainian uk croatian hr serbian sr slovenian sl estonian et latvian lv lithuanian lt irish ga welsh cy catalan ca basque eu galician gl hebrew he arabic ar hindi hi tamil ta telugu te bengali bn marathi mr urdu ur malay ms indonesian id thai th vietnamese vi japanese ja korean ko chinese zh mandarin zh cantonese zh filipino fil afrikaans af icelandic is français fr deutsch de español es'.split(
    ' ',
  );

const byName = new Map<string, string>();
for (let i = 0; i < TAGS.length; i += 2) byName.set(TAGS[i] ?? '', TAGS[i + 1] ?? '');

/** The tag of a language by its English name (lower case): french → fr. */
export function languageTag(name: string): string | null {
  return byName.get(name) ?? null;
}

/** Every language name that `languageTag` knows, lower case. */
export const LANGUAGE_NAMES: readonly string[] = [...byName.keys()].filter((name) => name.length > 3);
