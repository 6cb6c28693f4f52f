import { IANAZone } from 'luxon';
import type { Intent, Reading, SettingsChange } from '../command.ts';
import type { Understood } from '../create.ts';
import { languageTag } from '../option/languages.ts';
import { ABBREVIATIONS, REGIONS } from '../when/places.ts';
import { zoneOfPlace } from '../when/zones.ts';

const SHOW =
  /^(?:(?:show|open|see|view|change|edit|display|what are|list|update|my|go to)(?: me)?(?: my| the)? )?(?:settings|preferences|prefs|defaults|configuration)\b/;
const RESET =
  /^(?:reset|clear|restore|forget)(?: all)?(?: my| the)?(?: default)? ?(?:settings|preferences|defaults|prefs|time ?zone|language|length)\b|^(?:reset|restore) (?:everything|to defaults?|all)\b|^back to (?:the )?defaults\b/;
const ZONE =
  /\btime[ -]?zone\b|^(?:use|switch to|set me to|put me on|i'm (?:now )?(?:in|on|based in)|i am (?:now )?(?:in|on|based in)|i (?:now )?(?:live|work) in|i'm working from|i moved to|my clock is) /;
const LENGTH =
  /\b(?:my|all|default|usual|standard|normal)\b.{0,30}\b(?:meetings?|calls?|length|duration)\b|\bmeetings? (?:should|length|duration|default)|\bdefault\b.{0,30}\b(?:minutes?|mins?|hour|hours|half an hour)\b/;
const BY_DEFAULT = /\bby default\b/;
const LANGUAGE = /\b(?:invitations?|invites?|language|emails?)\b/;

/** The place or zone named in a setting's text. */
function zoneIn(low: string): string | null {
  const tail =
    /(?:time[ -]?zone(?: setting)?(?: is| to| =|:| as| should be| should now be)*|^(?:use|switch to|set me to|put me on|i'm (?:now )?(?:in|on|based in)|i am (?:now )?(?:in|on|based in)|i (?:now )?(?:live|work) in|i'm working from|i moved to|my clock is)) +(?:the )?([\p{L}/_+ .'-]{2,40})/u.exec(
      low,
    );
  const said = (tail?.[1] ?? '')
    .replace(
      / (?:time|timezone|time zone|now|please|pls|for me|from now on|instead|as my|as my time|standard time).*$/,
      '',
    )
    .replace(/[ .!]+$/, '')
    .trim();
  const before = /\b([\p{L}/_]+(?: [\p{L}/_]+)?) (?:time|as my time ?zone)\b/u.exec(low)?.[1];
  for (const name of [said, before]) {
    const zone = name ? knownZone(name) : null;
    if (zone) return zone;
  }
  return null;
}

function knownZone(name: string): string | null {
  const place = zoneOfPlace(name) ?? REGIONS[name] ?? ABBREVIATIONS[name]?.zone;
  if (place) return place;
  if (!name.includes('/')) return name === 'utc' ? 'UTC' : null;
  const iana = name
    .split('/')
    .map((part) => part.replaceAll(' ', '_').replace(/(^|_)\p{L}/gu, (letter) => letter.toUpperCase()))
    .join('/');
  return IANAZone.isValidZone(iana) ? iana : null;
}

const OFFSET =
  /^(?:(?:please )?(?:set|change|update|switch) (?:my |the )?time ?zone to|my time ?zone is|use) (?:utc|gmt) ?([+−–-]) ?(\d{1,2})(?::?(\d\d))?[ .!]*$/;

/** "UTC-5" has a name of its own, whose sign is the other way round; half hours have none. */
function zoneByOffset(low: string): SettingsChange | null {
  const [, sign, hours, minutes = '00'] = OFFSET.exec(low) ?? [];
  if (hours === undefined) return null;
  const zone = `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`;
  return minutes === '00' && IANAZone.isValidZone(zone) ? { zone } : { isCityNeeded: true };
}

/** A wish about the person's own settings; null where the text is about something else. */
export function readSettings(low: string, understood: Understood, _reading: Reading): Intent | null {
  const { picked, text } = understood;
  const fixed = zoneByOffset(low);
  if (fixed) return { kind: 'settings', change: fixed };
  if (RESET.test(low)) return { kind: 'settings', change: { reset: true } };
  if (SHOW.test(low) && !picked.clock && !picked.date) return { kind: 'settings', change: null };
  if (picked.clock || picked.date || low.length > 120 || /\?$/.test(text)) return question(low);
  const change: SettingsChange = {};
  const zone = ZONE.test(low) ? zoneIn(low) : null;
  if (zone) change.zone = zone;
  const isDefault =
    (LENGTH.test(low) || BY_DEFAULT.test(low)) &&
    /^(?:my|all|default|the default|set|make|change|use|keep|meetings|by default|always|i want|from now|usual|standard|let)\b/.test(
      low,
    );
  if (isDefault && picked.minutes !== null && picked.minutes <= 1440) change.minutes = picked.minutes;
  const language =
    LANGUAGE.test(low) &&
    /^(?:my|all|set|make|change|use|send|write|keep|i want|invitations?|invites?|language|from now|default|switch|please)\b/.test(
      low,
    )
      ? languageIn(low)
      : null;
  if (language) change.language = language;
  if (Object.keys(change).length > 0) return { kind: 'settings', change };
  const isAboutSettings =
    /\btime[ -]?zone\b/.test(low) && /^(?:my|set|change|update|use|switch|what|which|the|fix)\b/.test(low);
  const isHabit = /^(?:always|by default|from now on|in future)\b|\bby default[ .!]*$/.test(low);
  if (isHabit) return { kind: 'settings', change: null };
  return isAboutSettings ||
    (isDefault && /^(?:my|set|change|default|the default)\b.{0,20}\b(?:default|length|duration)/.test(low))
    ? { kind: 'settings', change: null }
    : null;
}

function question(low: string): Intent | null {
  return /^(?:what|which)(?:'s| is| are)? (?:my|the) (?:time ?zone|default|settings|language)/.test(low)
    ? { kind: 'settings', change: null }
    : null;
}

function languageIn(low: string): string | null {
  for (const word of low.split(/[^\p{L}]+/u)) {
    const tag = word.length > 3 ? languageTag(word) : null;
    if (tag) return tag;
  }
  return null;
}
