import type { SettingsChange } from '../../language/command.ts';
import { DEFAULT_MINUTES } from '../../meeting/decide.ts';
import { NO_SETTINGS, type Settings } from '../../store/store.ts';
import { answerNotice, answerWith, type Outcome } from '../../teams/outcome.ts';
import type { TurnScope } from '../services.ts';

/** `settings` and its changes: what is kept for a person, shown as it now is. */
export async function answerSettings(
  change: SettingsChange | null,
  { services, owner, turn }: TurnScope,
): Promise<Outcome> {
  if (change?.isCityNeeded) return answerNotice('cityNeeded');
  const before = await services.store.settings(owner);
  const settings = change === null ? before : apply(before, change);
  if (change !== null) await services.store.saveSettings(owner, settings);
  const { zone, minutes, language } = settings;
  return answerWith(change === null ? 'settings' : 'settingsChanged', {
    kind: 'card',
    reply: {
      kind: 'settings',
      zone: zone ?? turn.zone,
      isTeamsZone: zone === null,
      minutes: minutes ?? DEFAULT_MINUTES,
      language,
      ...(services.calendar && { alwaysInvites: settings.invites === 'always' }),
      change: change && (change.reset ? 'reset' : 'saved'),
    },
  });
}

function apply(before: Settings, { reset, zone, minutes, language, alwaysInvite }: SettingsChange): Settings {
  const from = reset ? NO_SETTINGS : before;
  return {
    zone: zone ?? from.zone,
    minutes: minutes ?? from.minutes,
    language: language ?? from.language,
    ...invitesAfter(from, alwaysInvite),
  };
}

function invitesAfter({ invites }: Settings, alwaysInvite?: boolean): Pick<Settings, 'invites'> {
  if (alwaysInvite === true) return { invites: 'always' };
  if (alwaysInvite === false && invites === 'always') return { invites: 'known' };
  return invites === undefined ? {} : { invites };
}
