import type { MeetingsReply, SettingsReply } from '../reply/lists.ts';
import type { HelpReply, WelcomeReply } from '../reply/words.ts';
import { type Audience, clockFor, cut, duration, type Filling, plain, shown } from './filling.ts';
import { isAnyTime } from './occasion.ts';
import type { Say } from './say.ts';
import { capital, shortDay, span, zoneName } from './when.ts';

const PHRASES = [
  ...(['create', 'range', 'now', 'room', 'move', 'option', 'cancel'] as const),
  ...(['link', 'invitation', 'list', 'show', 'signout'] as const),
] as const;
/** For a place with many people, where the bot hears only what mentions it. */
const GROUP_PHRASES = ['mention', 'mentionHelp'] as const;
/** What unknown text is held against; the two nearest are offered. */
const KNOWN = [...PHRASES, 'relative', 'add', 'zone', 'settings', 'help', 'signin'] as const;
type PhraseName = (typeof KNOWN | typeof GROUP_PHRASES)[number];
const NEAREST = 2;
const MEETINGS_SHOWN = 8;
/** Of several meetings on one card; each is said twice. */
const SUBJECT_SHOWN = 72;
const QUOTED_SHOWN = 200;

/** Fills cards/welcome.json; a team or group is told less, for what concerns one person is said to that person. */
export function welcomeFilling({ place, mode }: WelcomeReply, { say }: Audience): Filling {
  const { text } = say;
  const isGroup = place === 'group';
  const needs =
    mode === 'application'
      ? (['welcome.granted'] as const)
      : (['welcome.consent', 'welcome.limits'] as const);
  const title = text('welcome.title');
  const what = text(isGroup ? 'welcome.group' : 'welcome.what');
  return {
    data: {
      title,
      what,
      tryTitle: text('welcome.try'),
      phrases: isGroup ? phrases(say, GROUP_PHRASES) : phrases(say, PHRASES).slice(0, 3),
      permissionTitle: isGroup ? [] : [text('welcome.permission')],
      permission: isGroup ? [] : needs.map((need) => text(need)),
      speak: `${title}. ${what}`,
      fallbackText: `${title}. ${what}`,
    },
    summary: title,
  };
}

/** Fills cards/help.json; unknown text is said back as it was written, with what comes nearest to it. */
export function helpFilling({ quoted }: HelpReply, { say }: Audience): Filling {
  const { text } = say;
  const title = text(quoted === null ? 'help.title' : 'help.unknown');
  const shownPhrases =
    quoted === null ? phrases(say, PHRASES) : nearest(quoted, phrases(say, KNOWN), NEAREST);
  const spoken = [title, ...shownPhrases.map(({ phrase }) => phrase)].join('. ');
  return {
    data: {
      title,
      quoted: quoted === null ? [] : [shown(cut(quoted, QUOTED_SHOWN))],
      works: quoted === null ? [] : [text('help.works')],
      phrases: shownPhrases,
      note: text(quoted === null ? 'help.note' : 'help.more'),
      speak: spoken,
      fallbackText: spoken,
    },
    summary: title,
  };
}

/** Fills cards/settings.json. */
export function settingsFilling(reply: SettingsReply, { say }: Audience): Filling {
  const { text } = say;
  const title = text(reply.isChanged ? 'settings.saved' : 'settings.title');
  const facts = [
    { label: text('settings.zone'), value: settingOfZone(reply, say) },
    { label: text('settings.minutes'), value: duration(reply.minutes, say) },
    { label: text('settings.language'), value: settingOfLanguage(reply, say) },
  ];
  const spoken = [title, ...facts.map(({ label, value }) => `${label}: ${value}`)].join('. ');
  const how = { how: text('settings.how'), examples: text('settings.examples') };
  return { data: { title, facts, ...how, speak: spoken, fallbackText: spoken }, summary: title };
}

function settingOfZone({ zone, isTeamsZone }: SettingsReply, say: Say): string {
  if (zone === null) return say.text('settings.zoneUnknown');
  const name = zoneName(zone, say);
  return isTeamsZone ? say.text('settings.zoneOfTeams', { zone: name }) : name;
}

function settingOfLanguage({ language }: SettingsReply, say: Say): string {
  if (language === null) return say.text('settings.languageOfTeams');
  return new Intl.DisplayNames([say.locale], { type: 'language' }).of(language) ?? language;
}

/** Fills cards/meetings.json, soonest first as given. */
export function meetingsFilling({ zone, meetings, more = 0 }: MeetingsReply, audience: Audience): Filling {
  const { say } = audience;
  const clock = clockFor(audience, zone);
  const rows = meetings.slice(0, MEETINGS_SHOWN).map(({ subject, start, end, joinUrl, isRoom }) => ({
    title: shown(cut(subject ?? say.text(isRoom ? 'room.untitled' : 'meeting.untitled'), SUBJECT_SHOWN)),
    when: isAnyTime({ isRoom, start }, audience)
      ? say.text('room.anyTime')
      : say.text('meetings.line', {
          day: capital(shortDay(start, clock), say),
          hours: span(start, end, clock).hours,
        }),
    join: say.text('meetings.join'),
    url: joinUrl,
  }));
  const hidden = meetings.length - rows.length + more;
  const count = say.text('meetings.summary', { count: meetings.length + more });
  return {
    data: {
      heading: say.text('meetings.title'),
      rows,
      more: hidden > 0 ? [say.text('meetings.more', { count: hidden })] : [],
      zone: say.text('times.zone', { zone: zoneName(zone, say) }),
      speak: [count, ...rows.map(({ title, when }) => `${plain(title)}, ${when}`)].join('. '),
      fallbackText: [count, ...rows.map(({ when, url }) => `${when}: ${url}`)].join('. '),
    },
    summary: count,
  };
}

type Phrase = { phrase: string; does: string };

function phrases({ text }: Say, names: readonly PhraseName[]): Phrase[] {
  return names.map((name) => ({ phrase: text(`phrase.${name}`), does: text(`phrase.${name}.does`) }));
}

/** The phrases that share most with what was written, by pairs of letters: typing errors and other forms still count. */
function nearest(written: string, known: readonly Phrase[], count: number): Phrase[] {
  const pairs = pairsOf(written.slice(0, QUOTED_SHOWN));
  const likeness = ({ phrase }: Phrase) => {
    const own = pairsOf(phrase);
    return (2 * [...own].filter((pair) => pairs.has(pair)).length) / (own.size + pairs.size || 1);
  };
  return known.toSorted((a, b) => likeness(b) - likeness(a)).slice(0, count);
}

function pairsOf(text: string): Set<string> {
  const letters = text.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)));
}
