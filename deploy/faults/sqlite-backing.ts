import { writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { openSqlite } from '../../bot/store/sqlite.ts';
import type { Backing } from './backing.ts';
import type { Random } from './random.ts';
import type { Trouble } from './trouble.ts';

const STORE_TROUBLE = new URL('store-trouble.ts', import.meta.url).href;

/** A file in a folder of its own: locked by another process, full, gone, slow. */
export async function startSqlite(): Promise<Backing> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-faults-'));
  const file = join(folder, 'parley.db');
  const troubleFile = join(folder, 'trouble');
  await writeFile(troubleFile, '');
  const inStore = (name: string, words: string): Trouble => ({
    name,
    weight: 1,
    happen: async (_place, random) => {
      writeFileSync(troubleFile, words);
      await wait(random.whole(50, 800));
      writeFileSync(troubleFile, '');
    },
  });
  const store = openSqlite(file, Date.now);
  return {
    env: {
      STORE: `sqlite:${file}`,
      STORE_TROUBLE: troubleFile,
    },
    hooks: [STORE_TROUBLE],
    troubles: [
      inStore('store full', 'full'),
      inStore('store gone', 'gone'),
      inStore('store slow', 'slow 60'),
      { name: 'store locked', weight: 1, happen: (_place, random) => lock(file, random) },
    ],
    store,
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function lock(file: string, random: Random): Promise<void> {
  const other = new DatabaseSync(file);
  try {
    other.exec('BEGIN EXCLUSIVE');
    await wait(random.whole(100, 2_500));
    other.exec('ROLLBACK');
  } catch {
    // The bot was writing, which is as good.
  } finally {
    other.close();
  }
}
