import type { CardAction, Json } from '../../deploy/sandbox/channel/model.ts';
import type { Person } from '../../deploy/sandbox/people.ts';
import type { World } from './world.ts';

/** Long enough ago for somebody who has read the question. */
const READ = { asked: null } as const satisfies Json;

/** Says yes to what a button has asked first. */
export const confirm = (world: Pick<World, 'channel'>, person: Person, card: string, verb: string) =>
  world.channel.execute(person, card, verb, READ);

/** Presses a button that asks first, and then says yes. */
export async function pressAndConfirm(
  world: Pick<World, 'channel'>,
  person: Person,
  card: string,
  button: CardAction | string,
) {
  await world.channel.execute(person, card, button);
  return confirm(world, person, card, typeof button === 'string' ? button : String(button.verb));
}
