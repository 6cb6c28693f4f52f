import tls from 'node:tls';
import { ClientSecretCredential } from '@azure/identity';
import { CLOUDS, type Cloud } from '../../bot/config/cloud.ts';
import { createEntra } from '../../deploy/sandbox/entra.ts';
import { BOARD_TEMPLATE, createGraph } from '../../deploy/sandbox/graph.ts';
import { ADA, BEN, CONTOSO, PEOPLE } from '../../deploy/sandbox/people.ts';
import { createTls } from '../../deploy/sandbox/tls.ts';
import type { Place } from './scenario.ts';

const SCOPES = 'OnlineMeetings.ReadWrite Calendars.ReadWrite';

/** The stand-in, once as a person and once as the app itself, with everything granted that there is. */
export async function openStandIn(): Promise<{ places: readonly Place[]; close(): Promise<void> }> {
  const certificates = await createTls();
  tls.setDefaultCACertificates([certificates.caPem]);
  const app = { id: crypto.randomUUID(), secret: 's', ssoResource: 'api://contract' };
  const entra = await createEntra({ tls: certificates, tenantId: CONTOSO.id, people: PEOPLE, app });
  const graph = await createGraph({ entra, people: PEOPLE });
  graph.policy.add(ADA.oid);
  const times = { exp: Math.floor(Date.now() / 1000) + 600 };
  const token = { aud: entra.state.resources.graph, tid: CONTOSO.id, ...times };
  const values = {
    app: app.id,
    user: ADA.oid,
    userUpn: ADA.upn,
    template: BOARD_TEMPLATE,
    colleague: BEN.oid,
    colleagueUpn: BEN.upn,
  };
  const common = { url: graph.url, kind: 'standIn', values } as const;
  return {
    places: [
      {
        ...common,
        as: 'person',
        home: '/me',
        token: await entra.sign({ ...token, oid: ADA.oid, scp: SCOPES }),
      },
      {
        ...common,
        as: 'app',
        home: `/users/${ADA.oid}`,
        token: await entra.sign({
          ...token,
          idtyp: 'app',
          appid: app.id,
          roles: ['OnlineMeetings.ReadWrite.All', 'Calendars.ReadWrite'],
        }),
      },
    ],
    close: async () => void (await Promise.all([graph.close(), entra.close()])),
  };
}

type Env = Readonly<Record<string, string | undefined>>;

/** What test/contract/README.md asks for. */
export const hasTenant = (env: Env): boolean =>
  Boolean(env.CONTRACT_USER_ID && env.CONTRACT_COLLEAGUE_ID && (env.CONTRACT_TOKEN || env.CONTRACT_SECRET));

/** A real tenant: as a person where there is their token, else as the app itself. */
export async function openTenant(env: Env): Promise<Place> {
  const need = (name: string) => {
    const value = env[name];
    if (!value) throw new Error(`${name} is missing: see test/contract/README.md`);
    return value;
  };
  const { graphUrl, loginHost, graphAppScope } = CLOUDS[(env.CONTRACT_CLOUD ?? 'global') as Cloud['name']];
  const user = need('CONTRACT_USER_ID');
  const values = {
    user,
    userUpn: need('CONTRACT_USER_UPN'),
    app: env.CONTRACT_APP_ID ?? crypto.randomUUID(),
    colleague: need('CONTRACT_COLLEAGUE_ID'),
    colleagueUpn: need('CONTRACT_COLLEAGUE_UPN'),
  };
  const common = { url: graphUrl, kind: 'tenant', values } as const;
  if (env.CONTRACT_TOKEN) return { ...common, as: 'person', home: '/me', token: env.CONTRACT_TOKEN };
  const [tenant, app, secret] = [
    need('CONTRACT_TENANT_ID'),
    need('CONTRACT_APP_ID'),
    need('CONTRACT_SECRET'),
  ];
  const credential = new ClientSecretCredential(tenant, app, secret, { authorityHost: loginHost });
  const { token } = await credential.getToken(graphAppScope);
  return { ...common, as: 'app', home: `/users/${user}`, token };
}
