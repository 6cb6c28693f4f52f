import template from '../../../cards/settings.json' with { type: 'json' };
import type { Audience, Say } from '../say.ts';
import { type Filling, toCard } from '../template.ts';
import { nameLanguage, wordLabelled, wordSentences } from '../words/text.ts';
import { duration, zoneName } from '../words/time.ts';

/** What is kept of a person, and what counts where nothing is. */
export type SettingsReply = {
  kind: 'settings';
  /** Null: nobody knows, so every command asks. */
  zone: string | null;
  /** The zone comes from Teams, not from the person. */
  isTeamsZone: boolean;
  minutes: number;
  /** BCP 47 tag of the language of invitations; null: Teams' own choice. */
  language: string | null;
  /** Whether guests are mailed without being asked for; absent where no calendars are used. */
  alwaysInvites?: boolean;
  /** What was just done to them. */
  change: 'saved' | 'reset' | null;
};

/** Renders cards/settings.json. */
export const settingsCard = toCard(template, fillSettings);

/** Fills cards/settings.json. */
function fillSettings(reply: SettingsReply, { say }: Audience): Filling {
  const { text } = say;
  const title = text(`settings.${reply.change ?? 'title'}`);
  const facts = [
    { label: text('settings.zone'), value: settingOfZone(reply, say) },
    { label: text('settings.minutes'), value: duration(reply.minutes, say) },
    { label: text('settings.language'), value: settingOfLanguage(reply, say) },
    ...settingOfInvites(reply, say),
  ];
  const spoken = wordSentences(
    [title, ...facts.map(({ label, value }) => wordLabelled(label, value, say))],
    say,
  );
  const how = { how: text('settings.how'), examples: text('settings.examples') };
  return { data: { title, facts, ...how, speak: spoken, fallbackText: spoken }, summary: title };
}

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
