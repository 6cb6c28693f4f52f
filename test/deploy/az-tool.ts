import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type AzServer, serveAz } from '../../deploy/sandbox/az/serve.ts';
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
const AZ = join(process.cwd(), 'deploy/sandbox/az/az.sh');

/** A folder with an `az`, and what that knows. */
export type AzTool = Pick<AzServer, 'read' | 'write'> & {
  folder: string;
  /** The project as it would be cloned, without what was built or written in it before. */
  clone(): string;
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
export async function createAzTool(): Promise<AzTool> {
  const server = await serveAz();
  const folder = mkdtempSync(join(tmpdir(), 'parley-az-'));
  symlinkSync(AZ, join(folder, 'az'));
  const path = [folder, dirname(process.execPath), process.env.PATH].join(delimiter);
  const environment = {
    PATH: path,
    HOME: folder,
    AZ_PORT: String(server.port),
    NODE_COMPILE_CACHE: COMPILED,
  };
  return {
    folder,
    env: environment,
    read: server.read,
    write: server.write,
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
    remove: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
