import type { World } from '../world.ts';
import type { Item } from './items.ts';
import type { Mail, StoredAttendee } from './store.ts';

/** Addresses there whose mail comes back to the organiser. */
const NOWHERE = /@nowhere\.example$/;

/** Puts a mail into the inbox of each of these people; nothing turns that off. */
export function mail(
  world: World,
  { event, subject, start }: Pick<Item, 'event' | 'subject' | 'start'>,
  kind: Mail['kind'],
  to: readonly Pick<StoredAttendee, 'address'>[],
  comment: string | null = null,
): void {
  const { key, joinUrl, organizer } = event;
  const at = world.now();
  const common = { event: key, subject, start: start.toUTC().toISO() ?? '', comment, joinUrl, at };
  const owner = world.people.find(({ oid }) => oid === organizer)?.upn ?? '';
  for (const { address } of to) {
    const isLost = NOWHERE.test(address);
    world.calendar.mails.push(
      isLost ? { ...common, to: owner, kind: 'undeliverable' } : { ...common, to: address, kind },
    );
  }
}
