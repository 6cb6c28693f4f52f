import { actionsIn } from '../../deploy/sandbox/channel/cards.ts';
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

/** Presses the button of that name on the newest card in a person's chat, as they see it. */
export async function pressNewest(
  world: Pick<World, 'channel' | 'newest' | 'idle'>,
  person: Person,
  title: string,
  data: Json = {},
) {
  const { id } = world.newest(person);
  const [card = {}] = world.channel.cardsFor(person, id);
  const button = actionsIn(card).find((action) => action.title === title);
  if (button === undefined) throw new Error(`there is no ${title}`);
  await world.channel.execute(person, id, button, data);
  await world.idle();
}
