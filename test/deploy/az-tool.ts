import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { AzureState } from '../../deploy/sandbox/az/state.ts';

const MAIN = join(process.cwd(), 'deploy/sandbox/az/main.ts');

/** A folder with an `az` that knows what the file beside it says. */
export type AzTool = {
  folder: string;
  read(): AzureState;
  write(state: AzureState): void;
  /** Runs a line of shell as an administrator would, in the project's folder. */
  run(line: string, env?: Record<string, string>): Promise<{ code: number; text: string }>;
  remove(): void;
};

/** Puts the stand-in for the Azure CLI before everything else that is named az. */
export function createAzTool(): AzTool {
  const folder = mkdtempSync(join(tmpdir(), 'parley-az-'));
  const file = join(folder, 'state.json');
  writeFileSync(join(folder, 'az'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, {
    mode: 0o755,
  });
  const path = [folder, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
  return {
    folder,
    read: () => JSON.parse(readFileSync(file, 'utf8')),
    write: (state) => writeFileSync(file, JSON.stringify(state)),
    run: (line, env = {}) =>
      new Promise((resolve) => {
        const options = { env: { PATH: path, HOME: folder, AZ_STATE: file, ...env }, maxBuffer: 1 << 24 };
        execFile('bash', ['-c', line], options, (error, stdout, stderr) =>
          resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
        );
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
