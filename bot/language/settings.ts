import { ianaZone } from '../base/date-time.ts';
import type { SettingsChange } from './command.ts';
import { languageNamed } from './options/language-names.ts';
import type { Sentence } from './reading.ts';
import { all, saidIn } from './said.ts';

const LONGEST = 1440;
const IANA = /\b[A-Z][a-z]{2,12}\/[A-Z][\w+/-]{2,40}/;

/** The last place or zone that is named, as an IANA zone. */
export function zoneNamed({ text, tokens, pack }: Pick<Sentence, 'text' | 'tokens' | 'pack'>): string | null {
  const [iana = ''] = IANA.exec(text) ?? [];
  if (ianaZone(iana).isValid) return iana;
  const zones = saidIn(tokens, pack, 'zone').flatMap(({ values }) => values);
  const abbreviated = saidIn(tokens, pack, 'abbr').flatMap(({ values }) => values);
  return zones.at(-1) ?? (abbreviated.includes('utc') ? 'UTC' : null);
}

/** "UTC-5" has a name of its own, whose sign is the other way round; half hours have none. */
function zoneByOffset({ times }: Sentence): SettingsChange | null {
  const [minutes] = times.flatMap((time) =>
    time.kind === 'zone' && time.zone.kind === 'offset' ? [time.zone.minutes] : [],
  );
  if (minutes === undefined) return null;
  const zone = `Etc/GMT${minutes > 0 ? '-' : '+'}${Math.abs(minutes) / 60}`;
  return ianaZone(zone).isValid ? { zone } : { isCityNeeded: true };
}

/** Whether something is not to be: "don't", "no", "stop". */
const isDenied = ({ tokens, pack }: Sentence): boolean => saidIn(tokens, pack, 'deny').length > 0;

/** How long before a meeting people are reminded who do not say. */
const USUAL_NOTICE = 10;

/** How many minutes before a meeting somebody wants to be reminded; null for never. */
function noticeIn(sentence: Sentence): number | null {
  if (isDenied(sentence)) return null;
  const [notice] = sentence.times.flatMap((time) =>
    time.kind === 'notice' || time.kind === 'shift' ? [Math.abs(time.minutes)] : [],
  );
  const minutes = notice ?? sentence.when.minutes ?? USUAL_NOTICE;
  return Math.min(minutes, LONGEST);
}

/** What somebody wants remembered; null where they only want to see it. */
export function settingsIn(sentence: Sentence): SettingsChange | null {
  const { tokens, pack, when } = sentence;
  const topics = new Set(saidIn(tokens, pack, 'setting').flatMap(({ values }) => values));
  if (topics.has('reset')) return { reset: true };
  if (topics.has('remind')) return { remind: noticeIn(sentence) };
  if (topics.has('inviting')) return { alwaysInvite: !isDenied(sentence) };
  const offset = zoneByOffset(sentence);
  if (offset) return offset;
  const zone = zoneNamed(sentence);
  const language = topics.has('language') ? languageNamed(tokens, all(tokens), pack.tag) : null;
  const isLength = when.minutes !== null && when.minutes <= LONGEST && when.when === null;
  // "in French" is no place.
  const isPlace = zone !== null && (language === null || topics.has('zone'));
  const change: SettingsChange = {
    ...(isPlace && { zone }),
    ...(isLength && when.minutes !== null && { minutes: when.minutes }),
    ...(language !== null && { language }),
  };
  return Object.keys(change).length > 0 ? change : null;
}
