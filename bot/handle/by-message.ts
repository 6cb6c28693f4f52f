import type { DateTime } from 'luxon';
import type { Command } from '../command/command.ts';
import { changed } from '../meeting/change.ts';
import { whichMeeting } from '../meeting/which.ts';
import type { Pending } from '../store/store.ts';
import { confirmCancel } from './cancel.ts';
import { change, editForm } from './change.ts';
import { asOrganiser, headOf, oncePerRevision } from './on-meeting.ts';
import { renew } from './renew.ts';
import { type Setting, type Step, says } from './services.ts';

export type MeetingCommand = Extract<Command, { kind: 'reschedule' | 'renew' | 'cancel' }>;

const WISHES = { reschedule: 'change', renew: 'renew', cancel: 'cancel' } as const;
/** More would be a list to search in, not a question. */
const MOST = 5;

/**
 * "move Q3 to 4pm", "cancel the 3pm", "new link for Q3": finds which meeting is meant, asks where several fit, and does
 * what its button would do. `asked` is the instant of the message in the person's zone.
 */
export async function onNamedMeeting(
  command: MeetingCommand,
  pending: Pending,
  asked: DateTime,
  setting: Setting,
): Promise<Step> {
  const { services, owner, turn } = setting;
  const zone = asked.zoneName ?? 'utc';
  const records = await services.store.meetingsOf(owner, services.now().toMillis());
  const context = { now: asked, zone, conversation: turn.conversation };
  const fitting = whichMeeting(records, command.which, context).slice(0, MOST);
  const choice = pending.answers.at(-1)?.choice ?? (fitting.length === 1 ? 0 : null);
  if (fitting.length === 0) return says('noSuchMeeting');
  const record = choice === null ? undefined : fitting[choice];
  if (record === undefined) {
    await services.store.park({ ...pending, waitsFor: 'answer' });
    const choices = fitting.map(headOf);
    const reply = { kind: 'which' as const, id: pending.id, wish: WISHES[command.kind], zone, choices };
    return { kind: 'say', name: 'asked', reply };
  }
  const step = await act(command, record.id, record.revision, { asked, zone }, setting);
  if (step.kind !== 'token') await services.store.unpark(owner, pending.id);
  return step;
}

function act(
  command: MeetingCommand,
  id: string,
  revision: number,
  { asked, zone }: { asked: DateTime; zone: string },
  setting: Setting,
): Promise<Step> {
  switch (command.kind) {
    case 'renew':
      return oncePerRevision(id, revision, setting, (record, caller) => renew(record, caller, setting));
    case 'cancel':
      return asOrganiser(id, setting, async (record) => confirmCancel(record));
    case 'reschedule':
      return oncePerRevision(id, revision, setting, async (record, caller) => {
        const wish = changed(record, command.change, { now: asked, zone });
        return wish.kind === 'ask' ? editForm(record, wish.wrong) : change(record, wish, caller, setting);
      });
    default:
      return command satisfies never;
  }
}
