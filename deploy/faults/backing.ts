import type { Store } from '../../bot/store/store.ts';
import type { Trouble } from './trouble.ts';

/** What the bot under test remembers things in, and what can go wrong with it. */
export type Backing = {
  /** For the bot's environment. */
  env: Readonly<Record<string, string>>;
  /** To be loaded into its process before its own code. */
  hooks: readonly string[];
  troubles: readonly Trouble[];
  /** The same store past everything that goes wrong. */
  store: Store;
  close(): Promise<void>;
};
