import type { SettingsChange } from '../language/command.ts';
import { DEFAULT_MINUTES } from '../meeting/decide.ts';
import { nextDues } from '../meeting/due.ts';
import type { MeetingRecord } from '../meeting/record.ts';
import { NEVER } from '../say/cards/settings.ts';
import { NO_SETTINGS, type Settings } from '../store/store.ts';
import { answerNotice, answerWith, type Outcome } from '../teams/outcome.ts';
import type { CardAction } from '../teams/turn.ts';
import { comingMeetings, type TurnScope } from './services.ts';

/** Handles `settings` and changes of them: saves the change, and shows the settings as they are now. */
export async function answerSettings(change: SettingsChange | null, scope: TurnScope): Promise<Outcome> {
  const { services, owner, turn } = scope;
  if (change?.isCityNeeded) return answerNotice('cityNeeded');
  const { settings: before } = await scope.person();
  const settings = change === null ? before : apply(before, change);
  if (change !== null) await services.store.saveSettings(owner, settings);
  const { zone, minutes, language, remind = null } = settings;
  if (remind !== (before.remind ?? null)) {
    const reminders = { before: before.remind ?? null, after: remind };
    await replanDues(await comingMeetings(scope), reminders, scope);
  }
  return answerWith(change === null ? 'settings' : 'settingsChanged', {
    kind: 'card',
    reply: {
      kind: 'settings',
      zone: zone ?? turn.zone,
      isTeamsZone: zone === null,
      minutes: minutes ?? DEFAULT_MINUTES,
      language,
      ...(services.calendar && { alwaysInvites: settings.invites === 'always' }),
      remind,
      change: change && (change.reset ? 'reset' : 'saved'),
    },
  });
}

/** Plans anew for a person who has chosen another reminder, in minutes; null for none. */
export async function replanDues(
  records: readonly MeetingRecord[],
  { before, after }: { before: number | null; after: number | null },
  { services: { store, now } }: Pick<TurnScope, 'services'>,
): Promise<void> {
  const first = (remind: number | null) =>
    records.flatMap((record) => nextDues(record, remind, now().toMillis()));
  await store.removeDue(first(before));
  await store.addDue(first(after));
}

/** Reads what was chosen on the card. Null if it is none of its choices. */
export function readSettings({ remind }: CardAction['data']): SettingsChange | null {
  if (remind === NEVER) return { remind: null };
  const minutes = Number(remind);
  return Number.isSafeInteger(minutes) && minutes > 0 && minutes <= LONGEST_REMINDER
    ? { remind: minutes }
    : null;
}

/** One day, in minutes. */
const LONGEST_REMINDER = 24 * 60;

function apply(
  before: Settings,
  { reset, zone, minutes, language, remind, alwaysInvite }: SettingsChange,
): Settings {
  const from = reset ? NO_SETTINGS : before;
  return {
    zone: zone ?? from.zone,
    minutes: minutes ?? from.minutes,
    language: language ?? from.language,
    ...invitesAfter(from, alwaysInvite),
    remind: remind === undefined ? (from.remind ?? null) : remind,
  };
}

function invitesAfter({ invites }: Settings, alwaysInvite?: boolean): Pick<Settings, 'invites'> {
  if (alwaysInvite === true) return { invites: 'always' };
  if (alwaysInvite === false && invites === 'always') return { invites: 'known' };
  return invites === undefined ? {} : { invites };
}
