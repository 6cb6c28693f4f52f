import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import about from '../package.json' with { type: 'json' };
import { createApp } from './app.ts';
import { ConfigurationError, readConfig } from './config.ts';
import { createTelemetry } from './telemetry.ts';

/** A host kills after its own patience; this leaves it nothing to kill. */
const DRAIN_MS = 25_000;

const STORE_REFUSALS: Readonly<Record<string, string>> = {
  ESTORENEWER: 'a newer version of Parley wrote it. Start that version, or set STORE to another file.',
  ESTOREFOREIGN: 'the file belongs to another program. Set STORE to a file of its own.',
  ESTOREDAMAGED:
    'the file is damaged, or is no database at all. Move it away, with the -wal and -shm files beside it, and Parley makes a new one.',
};

if (existsSync('.env')) process.loadEnvFile('.env');
const config = readOrStop();
heedProxy();
// Microsoft's exporter would otherwise report on itself to a host that nobody configured.
process.env.APPLICATION_INSIGHTS_NO_STATSBEAT ??= '1';
const { version } = about;
const telemetry = createTelemetry({
  level: config.logLevel,
  applicationInsights: config.applicationInsights?.connectionString ?? null,
  version,
  output: process.stdout,
});
const app = await createOrStop();

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void drain(signal));
process.on('unhandledRejection', (error) => telemetry.fault('unhandledRejection', null, error));
process.on('uncaughtException', (error) => {
  telemetry.fault('uncaughtException', null, error);
  process.exit(1);
});

try {
  const credential = config.applicationInsights?.isSignedIn ? app.machine : null;
  telemetry.started({ port: await app.listen(), node: process.versions.node, version }, credential);
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
  const remedy = /^EA(DDRINUSE|CCES)$/.test(code)
    ? 'Set PORT to a free port.'
    : 'Set HOST to an address of this machine.';
  stop(`Parley cannot listen on ${config.host}:${config.port} (${code}). ${remedy}`);
}

async function drain(signal: string): Promise<void> {
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  await app.close();
  telemetry.stopped(signal);
  await telemetry.close();
  process.exit(0);
}

function readOrStop() {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return stop(
      `${error.message}\n\nEvery variable is explained in .env.example. To try Parley without any account: npm run sandbox`,
    );
  }
}

/** @azure/identity and @azure/data-tables heed HTTPS_PROXY by themselves; so does everything else then. */
function heedProxy(): void {
  const proxy = process.env.https_proxy || process.env.HTTPS_PROXY;
  if (!proxy) return;
  if (!/^https?:\/\/[^/]/.test(proxy) || !URL.canParse(proxy))
    stop('HTTPS_PROXY must be the address of a proxy, such as http://proxy.contoso.com:8080.');
  // By its name it could not even be imported from the first releases of Node 24.
  if (!('setGlobalProxyFromEnv' in http))
    stop(`Behind a proxy Parley needs Node 24.14 or newer, and this is ${process.versions.node}.`);
  try {
    http.setGlobalProxyFromEnv();
  } catch {
    // What Node says of it repeats the address, which may have a password in it.
    stop(
      'HTTPS_PROXY, and HTTP_PROXY where it is set, must be addresses such as http://proxy.contoso.com:8080, with %25 for a % in a password.',
    );
  }
}

async function createOrStop() {
  try {
    return await createApp(config, { telemetry, teamsJs: readTeamsJs(), version });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^(ERR_SQLITE|E[A-Z]+$)/.test(code)) throw error;
    const why = STORE_REFUSALS[code] ?? 'set STORE to a file that it may write to.';
    return stop(`Parley cannot open its store (${code}): ${why}`);
  }
}

/** The bundle has TeamsJS beside it; the sources take it from its package. */
function readTeamsJs(): string {
  const beside = join(import.meta.dirname, 'teams.js');
  const path = existsSync(beside) ? beside : createRequire(import.meta.url).resolve('@microsoft/teams-js');
  return readFileSync(path, 'utf8');
}

function stop(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
