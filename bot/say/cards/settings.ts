import template from '../../../cards/settings.json' with { type: 'json' };
import { toCard } from '../card-template.ts';
import type { Say } from '../say.ts';
import { nameLanguage, wordLabelled } from '../words/text.ts';
import { duration, zoneName } from '../words/time.ts';

/** What is kept of a person, and what counts where nothing is. */
type SettingsReply = {
  kind: 'settings';
  /** Null: nobody knows, so every command asks. */
  zone: string | null;
  /** The zone comes from Teams, not from the person. */
  isTeamsZone: boolean;
  minutes: number;
  /** BCP 47 tag of the language of invitations; null: Teams' own choice. */
  language: string | null;
  /** Whether guests are mailed without being asked for; absent if no calendars are used. */
  alwaysInvites?: boolean;
  /** Minutes before a meeting; null for no reminder. */
  remind: number | null;
  /** What was just done to them. */
  change: 'saved' | 'reset' | null;
};

/** Renders cards/settings.json. */
export const settingsCard = toCard<SettingsReply>(template, (reply, { say }) => {
  const { text } = say;
  const title = text(`settings.${reply.change ?? 'title'}`);
  const facts = [
    { label: text('settings.zone'), value: settingOfZone(reply, say) },
    { label: text('settings.minutes'), value: duration(reply.minutes, say) },
    { label: text('settings.language'), value: settingOfLanguage(reply, say) },
    ...settingOfInvites(reply, say),
  ];
  const reminder = { label: text('settings.remind'), value: wordReminder(reply.remind, say) };
  const all = [...facts, reminder].map(({ label, value }) => wordLabelled(label, value, say));
  const how = { how: text('settings.how'), examples: text('settings.examples') };
  const remind = {
    label: text('settings.remindChoose'),
    save: text('settings.save'),
    ...choicesOf(reply, say),
  };
  return { data: { title, facts, ...remind, ...how }, speak: [title, ...all], summary: title };
});

/** Minutes before a meeting that can be chosen; others can be said. */
const REMINDERS = [null, 5, 10, 15, 30];

/** The value of the choice of no reminder. */
export const NEVER = 'never';

function choicesOf({ remind }: SettingsReply, say: Say) {
  const offered = REMINDERS.includes(remind) ? REMINDERS : [...REMINDERS, remind];
  const choices = offered.map((minutes) => ({
    title: wordReminder(minutes, say),
    value: String(minutes ?? NEVER),
  }));
  return { chosen: String(remind ?? NEVER), choices };
}

const wordReminder = (minutes: number | null, say: Say): string =>
  minutes === null
    ? say.text('settings.remindNever')
    : say.text('settings.remindBefore', { length: duration(minutes, say) });

function settingOfZone({ zone, isTeamsZone }: SettingsReply, say: Say): string {
  if (zone === null) return say.text('settings.zoneUnknown');
  const name = zoneName(zone, say);
  return isTeamsZone ? say.text('settings.zoneOfTeams', { zone: name }) : name;
}

function settingOfInvites({ alwaysInvites }: SettingsReply, { text }: Say) {
  if (alwaysInvites === undefined) return [];
  const value = text(alwaysInvites ? 'settings.invitesAlways' : 'settings.invitesAsked');
  return [{ label: text('settings.invites'), value }];
}

function settingOfLanguage({ language }: SettingsReply, say: Say): string {
  if (language === null) return say.text('settings.languageOfTeams');
  return nameLanguage(language, say);
}
