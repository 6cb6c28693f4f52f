import { DatabaseSync } from 'node:sqlite';
import type { World } from './world.ts';

/** Somebody else holds the file of the bot's store, until what is answered here is called. */
export function hold(world: World): () => void {
  const other = new DatabaseSync(world.storeFile());
  other.exec('BEGIN EXCLUSIVE');
  return () => {
    other.exec('ROLLBACK');
    other.close();
  };
}
