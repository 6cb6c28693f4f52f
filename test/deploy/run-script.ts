import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, onTestFinished } from 'vitest';

/** The scripts are for bash on Linux, macOS, WSL and Cloud Shell. */
export const test = base.skipIf(process.platform === 'win32');

export const REGISTER = 'deploy/azure/register-app.sh';
export const DEPLOY = 'deploy/azure/deploy.sh';
export const APP = '11111111-2222-4333-8444-555555555555';
export const IDENTITY = '99999999-2222-4333-8444-555555555555';
export const ADDRESS = ['--public-url', 'https://parley.contoso.com'];
export const PLACE = ['--group', 'meetings', '--location', 'westeurope'];

/** Runs a script. `path`: where programs are looked for; by default there is no az. */
export function run(
  script: string,
  args: string[],
  path = '/usr/bin:/bin',
  env: Record<string, string> = {},
): Promise<{ code: number; text: string }> {
  return new Promise((resolve) => {
    execFile('bash', [script, ...args], { env: { PATH: path, ...env } }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    );
  });
}

/** A folder with the few programs that the scripts use. */
export async function toolFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-az-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const tool of ['bash', 'cat', 'tr', 'grep', 'sed', 'dirname', 'date', 'mktemp', 'rm', 'sort']) {
    await addProgram(folder, tool, `#!/bin/sh\nexec /bin/${tool} "$@"\n`);
  }
  return folder;
}

/** Puts a program into such a folder. */
export async function addProgram(folder: string, name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), script);
  await chmod(join(folder, name), 0o755);
}

/** Knows one tenant; `apps`, `principal` and `subject` are what is registered there already, by us unless it is `foreign`. */
export const azWith = (
  state: { apps: string[]; hasPrincipal: boolean; subject: string; foreign?: boolean; cloud?: string },
  log: string,
) => `#!/bin/bash
case "$*" in
  'account show'*) echo ${IDENTITY.replaceAll('9', '7')} ;;
  'cloud show'*) echo ${state.cloud ?? 'AzureCloud'} ;;
  'ad app show'*) echo ${state.foreign ? 0 : 1} ;;
  'ad app list'*) printf '%s\\n' ${state.apps.join(' ')} ;;
  'ad sp show'*) exit ${state.hasPrincipal ? 0 : 3} ;;
  'ad app federated-credential list'*) echo '${state.subject}' ;;
  'ad app create'*) echo "$*" >> ${log}; echo ${APP} ;;
  *) echo "$*" >> ${log} ;;
esac
`;
