import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll } from 'vitest';
import type { Az } from '../../deploy/doctor/az.ts';
import { examine } from '../../deploy/doctor/examine.ts';
import { answerAz } from '../../deploy/sandbox/az/cli.ts';
import { type AzureState, emptyAzure } from '../../deploy/sandbox/az/state.ts';
import { type Answer, type Serving, serve } from '../../deploy/sandbox/serve.ts';
import { createTls } from '../../deploy/sandbox/tls.ts';
import type { Finding } from '../../deploy/smoke/finding.ts';
import { createAzTool } from './az-tool.ts';
import { TENANT } from './azure-faults.ts';

type GraphMode = 'delegated' | 'application';
type Sound = { state: AzureState; appId: string; zip: Uint8Array };
type Looked = { zip?: Uint8Array | null; group?: string | null };

/** When the doctor looks. */
export const NOW = Date.now();

/** An Azure in which everything is in order, made by the project's own scripts, and the doctor who looks at it. */
export async function ownSoundAzure() {
  const trusted = getCACertificates('default');
  const tool = await createAzTool();
  const file = join(tool.folder, 'parley.zip');
  const authority = join(tool.folder, 'authority.pem');
  /** What stands at the bot's address, and for Entra. */
  let server: Serving;
  let sound: Record<GraphMode, Sound>;
  const bot = {
    /** By its number: Teams takes no address without a dot. */
    url: '',
    appId: '',
    /** By how much its clock is wrong. */
    skewSeconds: 0,
  };

  beforeAll(async () => {
    const tls = await createTls();
    writeFileSync(authority, tls.caPem);
    setDefaultCACertificates([...trusted, tls.caPem]);
    server = await serve({ service: 'bot', tls, handle: ({ path }) => answerAt(path) });
    bot.url = `https://127.0.0.1:${server.port}`;
    sound = { delegated: await deployAll('delegated'), application: await deployAll('application') };
  }, 60_000);
  afterAll(async () => {
    setDefaultCACertificates(trusted);
    tool.remove();
    await server.close();
  });

  function answerAt(path: string): Answer {
    const date = new Date(Date.now() + bot.skewSeconds * 1000).toUTCString();
    const back = encodeURIComponent(`${bot.url}/auth/end`);
    const location = `${bot.url}/${TENANT}/oauth2/v2.0/authorize?client_id=${bot.appId}&redirect_uri=${back}`;
    if (path === '/auth/start') return { status: 302, headers: { location } };
    return path === '/healthz' ? { status: 200, headers: { date } } : { status: 200 };
  }

  /** deploy.sh up to its last step, against an Azure that has nothing yet. */
  async function deployAll(graphMode: GraphMode): Promise<Sound> {
    tool.write(emptyAzure(TENANT, bot.url));
    const deploy = `az deployment group create --resource-group meetings --name parley --template-file deploy/azure/main.bicep --parameters name=parley graphMode=${graphMode}`;
    await must('az provider register --namespace Microsoft.ContainerService --wait');
    await must(`az group create --name meetings --location westeurope && ${deploy}`);
    const { identityPrincipalId: identity, registryName: registry } =
      tool.read().deployments['meetings/parley'] ?? {};
    const text = await must(
      `deploy/azure/register-app.sh --public-url ${bot.url} --identity-principal-id ${identity?.value} --graph-mode ${graphMode} --grant-admin-consent`,
    );
    const appId = /BOT_APP_ID=(\S+)/.exec(text)?.[1] ?? '';
    await must(
      `az acr build --registry ${registry?.value} --image parley:1 --file deploy/azure/Dockerfile .`,
    );
    await must(`${deploy} botAppId=${appId} image=${registry?.value}.azurecr.io/parley:1`);
    await must(
      `npm run -s package -- --app-id ${appId} --public-url ${bot.url} --graph-mode ${graphMode} --out ${file}`,
    );
    return { state: tool.read(), appId, zip: readFileSync(file) };
  }

  /** Runs a line as an administrator would. */
  async function must(line: string): Promise<string> {
    const { code, text } = await tool.run(line);
    if (code !== 0) throw new Error(`${line}\n${text}`);
    return text;
  }

  const soundIn = (graphMode: GraphMode): Sound => {
    const found = sound[graphMode];
    Object.assign(bot, { appId: found.appId, skewSeconds: 0 });
    return { ...found, state: structuredClone(found.state) };
  };

  /** What the doctor finds; with the package and the group of what is in order, unless said otherwise. */
  function look(state: AzureState, { zip = soundIn('delegated').zip, group = 'meetings' }: Looked = {}) {
    const az: Az = async (args) => answerAz(state, args);
    const said = { url: bot.url, appId: null, cloud: null, graphMode: null, isCalendarUsed: false };
    return examine(az, { ...said, zip, group, name: 'parley' }, NOW);
  }

  return {
    tool,
    /** Where the package is. */
    file,
    /** The certificate of whoever signed the bot's. */
    authority,
    bot,
    must,
    soundIn,
    look,
    /** What is wrong. */
    wrong: async (state: AzureState, looked?: Looked) =>
      (await look(state, looked)).filter(({ kind }) => kind === 'wrong'),
    /** What is wrong and what is open, by its check. */
    notWell: async (state: AzureState, looked?: Looked): Promise<Record<string, Finding>> => {
      const findings = await look(state, looked);
      return Object.fromEntries(
        findings.flatMap((finding) => (finding.kind === 'well' ? [] : [[finding.check, finding]])),
      );
    },
  };
}
