import { randomUUID, webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { expect, test } from 'vitest';
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownFolder, ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

const folder = await ownFolder();
// Each test begins with a credential of its own.
const world = await ownWorld({ before: async () => undefined });

/** A certificate that Entra knows; the path of the file with its key. */
async function certificate(): Promise<Record<string, string>> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const size = { modulusLength: 2_048, publicExponent: new Uint8Array([1, 0, 1]) };
  const keys = await webcrypto.subtle.generateKey({ ...algorithm, ...size }, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({ name: 'CN=parley', keys });
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const path = join(folder, 'parley.pem');
  await writeFile(path, `${key}\n${made.toString('pem')}`);
  world.entra.state.app.certificate = made.toString('pem');
  return { BOT_CERTIFICATE_PATH: path };
}

/** A machine with an identity that Entra lets stand for the app, as in Azure. */
async function managedIdentity(): Promise<Record<string, string>> {
  const clientId = randomUUID();
  world.entra.state.app.federated = { clientId, subject: randomUUID() };
  return { BOT_MANAGED_IDENTITY_CLIENT_ID: clientId, ...world.entra.managedIdentityEnv };
}

const MODES = ['delegated', 'application'] as const;
const CREDENTIALS = [
  ['certificate', certificate],
  ['federated', managedIdentity],
] as const;

test.each(MODES.flatMap((mode) => CREDENTIALS.map(([kind, prepare]) => ({ mode, kind, prepare }))))(
  'without a secret, by $kind, $mode: a sentence becomes a meeting',
  async ({ mode, kind, prepare }) => {
    await world.begin({ BOT_CLIENT_SECRET: '', GRAPH_MODE: mode, ...(await prepare()) });
    world.entra.grantAppRole('OnlineMeetings.ReadWrite.All');
    world.graph.policy.add(ADA.oid);
    world.entra.consent(ADA.oid);
    await world.write(ADA, 'meeting tomorrow 3pm about Q3');
    expect(world.cards(ADA)).toHaveLength(1);
    expect(world.alive()).toMatchObject([{ organizer: ADA.oid, subject: 'Q3' }]);
    // A request is in the list before Entra has looked at its credential.
    const shown = () => world.entra.state.requests.map(({ credential }) => credential);
    await until(() => !shown().includes(null));
    expect(new Set(shown())).toEqual(new Set([kind]));
  },
);

/** What the bot has logged of faults since it started; the alert of deploy/azure/monitoring.bicep looks for them. */
const faults = () =>
  world
    .log()
    .split('\n')
    .filter((line) => line.includes('"event":"fault"'))
    .map((line) => JSON.parse(line) as { error: string; status: number });

test('a credential that Entra refuses from the start leaves nothing to answer with, and the operator is told', async () => {
  await world.begin({ BOT_CLIENT_SECRET: 'wrong-secret' });
  world.entra.consent(ADA.oid);
  const said = await world.channel.say(ADA, world.chat(ADA).id, 'meeting tomorrow 3pm about Q3');
  expect(said).toMatchObject({ status: 500, body: '' });
  await until(() => faults().some(({ error, status }) => error === 'ChannelError' && status === 401));
  await until(() => /"event":"fault".*AuthenticationRequiredError/.test(world.log()));
  expect(world.output()).not.toContain('wrong-secret');
  expect(world.said(ADA)).toEqual([]);
  expect(world.alive()).toEqual([]);
});
