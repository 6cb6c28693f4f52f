import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../sandbox/bot-process.ts';
import type { Tls } from '../sandbox/serve.ts';

/** Azure's own emulator of storage, as a process. */
export type Azurite = {
  /** For STORE=tables:…; another port than Azurite's own, where a proxy stands before it. */
  connectionString(port?: number): string;
  port: number;
  close(): Promise<void>;
};

const PROGRAM = new URL('../../node_modules/azurite/dist/src/table/main.js', import.meta.url).pathname;
/** Printed in Azurite's documentation: it keeps nothing from anybody. */
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/**
 * Microsoft's own emulator of Azure Tables as a process, with nothing in it; it forgets everything when it ends. With a
 * certificate it speaks https, and takes Entra's tokens.
 */
export async function startAzurite(tls: Tls | null = null): Promise<Azurite> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'parley-azurite-'));
  const options = ['--silent', '--disableTelemetry', '--inMemoryPersistence'];
  if (tls !== null) {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    await Promise.all([writeFile(cert, tls.cert), writeFile(key, tls.key)]);
    options.push('--oauth', 'basic', '--cert', cert, '--key', key);
  }
  const child = spawn(process.execPath, [PROGRAM, '--tablePort', String(port), ...options], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const reap = () => void child.kill('SIGKILL');
  process.once('exit', reap);
  const exited = once(child, 'exit');
  let output = '';
  child.stderr.on('data', (text: Buffer) => {
    output += text;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      output += text;
      if (output.includes('successfully started')) resolve();
    });
    void exited.then(() => reject(new Error(`Azurite stopped:\n${output}`)));
  });
  return {
    port,
    connectionString: (at = port) =>
      `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${KEY};TableEndpoint=http://127.0.0.1:${at}/devstoreaccount1;`,
    close: async () => {
      process.off('exit', reap);
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
