import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownedId } from '../../bot/store/keys.ts';
import { openTables } from '../../bot/store/tables.ts';
import { ADA, meeting, NOW } from '../../deploy/bench/sample-records.ts';
import { type Azurite, startAzurite } from '../../deploy/faults/azurite.ts';
import { createSigner } from '../../deploy/sandbox/keys.ts';
import { CONTOSO } from '../../deploy/sandbox/people.ts';
import { createTls } from '../../deploy/sandbox/tls.ts';

const LIFETIME_SECONDS = 3_600;

let azurite: Azurite;
beforeAll(async () => {
  const tls = await createTls();
  setDefaultCACertificates([...getCACertificates(), tls.caPem]);
  azurite = await startAzurite(tls);
});
afterAll(() => azurite.close());

/** A store that is opened by tokens for this audience, and the scopes that it asked tokens for. */
async function open(aud: string) {
  const signer = await createSigner();
  const asked: unknown[] = [];
  const credential = {
    getToken: async (scope: string | string[]) => {
      asked.push(scope);
      const iat = Math.floor(Date.now() / 1_000);
      const times = { iat, nbf: iat - 60, exp: iat + LIFETIME_SECONDS };
      const token = await signer.sign({ aud, iss: `https://sts.windows.net/${CONTOSO.id}/`, ...times });
      return { token, expiresOnTimestamp: times.exp * 1_000 };
    },
  };
  const url = `https://127.0.0.1:${azurite.port}/devstoreaccount1`;
  return { asked, store: openTables({ kind: 'tables', url, credential }, () => NOW) };
}

test('Entra’s token for storage opens the tables, over TLS and without a key', async () => {
  const { store, asked } = await open('https://storage.azure.com');
  await store.check();
  const record = meeting({ id: ownedId(ADA, 'm1') });
  await store.addMeeting(record);
  expect((await store.person(ADA, 0)).meetings).toEqual([record]);
  expect(new Set(asked.flat())).toEqual(new Set(['https://storage.azure.com/.default']));
});

test('a token for something else does not', async () => {
  const { store } = await open('https://graph.microsoft.com');
  await expect(store.check()).rejects.toMatchObject({ name: 'StoreError', status: 403 });
});
