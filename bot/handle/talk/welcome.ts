import type { Reply } from '../../say/reply.ts';
import { type Outcome, sends, silent } from '../../teams/outcome.ts';
import { welcomeKey } from '../once/once.ts';
import type { Setting } from '../services.ts';

const WELCOME_MS = 30 * 24 * 3_600_000;

/** Once in each chat, group or team, however often Teams says that the bot has come. */
export async function welcome({ services, owner, turn }: Setting): Promise<Outcome> {
  const until = services.now().toMillis() + WELCOME_MS;
  const isFirst = await services.store.claim(owner.tenant, welcomeKey(turn), until);
  if (!isFirst) return silent('again');
  const reply: Reply = {
    kind: 'welcome',
    ...(turn.place !== 'personal' && { place: 'group' }),
    ...(services.access.mode === 'application' && { mode: 'application' }),
  };
  return sends('welcomed', reply);
}
