import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { AzureState } from '../../deploy/sandbox/az/state.ts';
import { COMPILED } from '../../deploy/sandbox/bot-process.ts';

/** What its commands need. */
const PROJECT = [
  'bot',
  'cards',
  'deploy',
  'node_modules',
  'package.json',
  'package-lock.json',
  '.npmrc',
  'LICENSE',
];
const MAIN = join(process.cwd(), 'deploy/sandbox/az/main.ts');

/** A folder with an `az` that knows what the file beside it says. */
export type AzTool = {
  folder: string;
  /** The project as it would be cloned, without what was built or written in it before. */
  clone(): string;
  read(): AzureState;
  write(state: AzureState): void;
  /** Runs lines of shell as an administrator would: in the project's folder, unless `cwd` says where. */
  run(
    lines: string,
    options?: { cwd?: string; env?: Record<string, string> },
  ): Promise<{ code: number; text: string }>;
  /** What such lines find in their environment. */
  env: Record<string, string>;
  remove(): void;
};

/** Puts the stand-in for the Azure CLI before everything else that is named az. */
export function createAzTool(): AzTool {
  const folder = mkdtempSync(join(tmpdir(), 'parley-az-'));
  const file = join(folder, 'state.json');
  writeFileSync(join(folder, 'az'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, {
    mode: 0o755,
  });
  const path = [folder, dirname(process.execPath), process.env.PATH].join(delimiter);
  const environment = { PATH: path, HOME: folder, AZ_STATE: file, NODE_COMPILE_CACHE: COMPILED };
  return {
    folder,
    env: environment,
    read: () => JSON.parse(readFileSync(file, 'utf8')),
    write: (state) => writeFileSync(file, JSON.stringify(state)),
    clone: () => {
      const clone = mkdtempSync(join(folder, 'clone-'));
      for (const name of PROJECT) symlinkSync(join(process.cwd(), name), join(clone, name));
      return clone;
    },
    run: (lines, { cwd = process.cwd(), env = {} } = {}) =>
      new Promise((resolve) => {
        const options = {
          cwd,
          env: { ...environment, ...env },
          maxBuffer: 1 << 24,
        };
        execFile('bash', ['-c', lines], options, (error, stdout, stderr) =>
          resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
        );
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
