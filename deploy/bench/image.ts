import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import about from '../../package.json' with { type: 'json' };
import type { Program } from './places.ts';

/** The bot as its image starts it, without a container. */
type Image = { program: Program; env: Record<string, string> };

/** The sources as `npm start` starts them. */
export function sourcesOf(checkout = file('../..')): Program {
  const words = about.scripts.start.split(' ').map((word) => word.replace(/^\.\//, `${checkout}/`));
  return { file: join(checkout, words.at(-1) ?? ''), flags: words.slice(1, -1) };
}

const file = (name: string) => new URL(name, import.meta.url).pathname;

/** Builds the bundle of a checkout into this folder; with Node's flags of its image, and with what Node kept of a first start. */
export function buildImage(folder: string, checkout = file('../..')): Image {
  execFileSync(process.execPath, [join(checkout, 'deploy/build.ts'), folder], { cwd: checkout });
  const dockerfile = readFileSync(join(checkout, 'deploy/azure/Dockerfile'), 'utf8');
  const [, entrypoint = '[]'] = /^ENTRYPOINT (.+)$/m.exec(dockerfile) ?? [];
  const [, settings = ''] = /^ENV (.+)$/m.exec(dockerfile) ?? [];
  const flags = (JSON.parse(entrypoint) as string[]).filter((word) => word.startsWith('--'));
  const program = { file: join(folder, 'parley.js'), flags };
  const env = {
    ...Object.fromEntries(settings.split(' ').map((pair) => pair.split('='))),
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  };
  spawnSync(process.execPath, [...flags, program.file], { env });
  return { program, env };
}
