import { execFile } from 'node:child_process';
import type { z } from 'zod';
import { readJson } from '../../bot/base/http-client.ts';

/** What came of a look at something in Azure or Entra ID. */
export type Seen<T> = { kind: 'seen'; value: T } | { kind: 'missing' } | { kind: 'unseen'; why: string };

/** Runs the Azure CLI. */
export type Az = (args: readonly string[]) => Promise<{ code: number; stdout: string; stderr: string }>;

const PATIENCE_MS = 60_000;
const MOST_BYTES = 16 * 1024 * 1024;
/** Why nothing can be seen where there is no Azure CLI. */
export const NOT_INSTALLED = 'The Azure CLI (az) is not installed: https://aka.ms/azure-cli.';

/** The Azure CLI of this machine, with whoever is signed in to it. */
export const runAz: Az = (args) =>
  new Promise((resolve) => {
    const options = { timeout: PATIENCE_MS, maxBuffer: MOST_BYTES };
    execFile('az', [...args], options, (error, stdout, stderr) => {
      if (error?.code === 'ENOENT') return resolve({ code: 127, stdout: '', stderr: NOT_INSTALLED });
      resolve({
        code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1,
        stdout,
        stderr,
      });
    });
  });

/** The CLI's exit code for what is not there. */
const MISSING = 3;

/** Asks the CLI for JSON of this shape. Never throws: what cannot be seen is told with the CLI's own reason. */
export async function ask<T>(az: Az, args: readonly string[], shape: z.ZodType<T>): Promise<Seen<T>> {
  const { code, stdout, stderr } = await az([...args, '--output', 'json']);
  if (code === MISSING || /ResourceNotFound|does not exist/.test(stderr)) return { kind: 'missing' };
  if (code !== 0) return { kind: 'unseen', why: firstError(stderr) };
  const read = shape.safeParse(readJson(stdout));
  if (!read.success)
    return { kind: 'unseen', why: `az ${args.slice(0, 3).join(' ')} answered something else.` };
  return { kind: 'seen', value: read.data };
}

/** What was seen, or null. */
export const seen = <T>(look: Seen<T>): T | null => (look.kind === 'seen' ? look.value : null);

/** Warnings come before the error. */
function firstError(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((each) => each.startsWith('ERROR: ')) ?? lines.at(-1) ?? 'az gave no reason.';
  return line.replace('ERROR: ', '').slice(0, 300);
}
