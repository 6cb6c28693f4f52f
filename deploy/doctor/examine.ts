import type { Cloud } from '../../bot/config/cloud.ts';
import { type Finding, type Found, open, well, wrong } from '../smoke/finding.ts';
import { readSignIn, type SignIn } from '../smoke/sign-in.ts';
import { type Az, ask, NOT_INSTALLED, seen } from './az.ts';
import { type AzureFacts, type Place, readAzure } from './azure.ts';
import { checkClock } from './clock.ts';
import { checkConsent } from './consent.ts';
import { checkCredential } from './credential.ts';
import { type Deployment, describeDeployment, type Said } from './deployment.ts';
import { readDirectory } from './directory.ts';
import { checkPackage } from './package.ts';
import { checkRegistration } from './registration.ts';
import { checkResources } from './resources.ts';
import { Account, AzureCloud } from './shapes.ts';

type ExamineOptions = Said & {
  /** Null: nobody said in which resource group to look. */
  group: string | null;
  name: string;
  /** The Teams package, if there is one. */
  zip: Uint8Array | null;
};

/** Looks at everything that the Azure CLI's login can see of a deployment. Changes nothing. */
export async function examine(az: Az, options: ExamineOptions, now: number): Promise<Finding[]> {
  const [account, cloud, signIn] = await Promise.all([
    ask(az, ['account', 'show'], Account),
    ask(az, ['cloud', 'show'], AzureCloud),
    readSignIn(options.url).catch(() => null),
  ]);
  const page = signIn !== null && 'loginHost' in signIn ? signIn : null;
  if (account.kind !== 'seen') {
    const why = account.kind === 'unseen' ? account.why : 'nobody is signed in.';
    return [{ check: 'az', ...wrong(why, why === NOT_INSTALLED ? null : 'az login') }];
  }
  const place: Place | null = options.group === null ? null : { group: options.group, name: options.name };
  const azure = place === null ? null : await readAzure(az, place, options.appId ?? page?.appId ?? null);
  const app = azure === null ? null : seen(azure.app);
  const deployment = describeDeployment(options, page, app, account.value.tenantId);
  if (deployment === null)
    return [{ check: 'az', ...open('which application is the bot’s? Give --app-id or --group.') }];
  const login = checkLogin(deployment, account.value.tenantId, seen(cloud)?.name ?? '');
  if (login.kind === 'wrong') return [{ check: 'az', ...login }];
  return [
    { check: 'az', ...login },
    ...(await examineAll(az, deployment, azure, page, now)),
    { check: 'Teams package', ...(await checkPackage(options.zip, deployment)) },
  ];
}

async function examineAll(
  az: Az,
  deployment: Deployment,
  azure: AzureFacts | null,
  page: SignIn | null,
  now: number,
): Promise<Finding[]> {
  const facts = await readDirectory(az, deployment.appId, deployment.cloud.graphUrl);
  const unlooked: Finding = { check: 'Azure', ...open('not looked at: --group names the resource group.') };
  const loginHost = page?.loginHost ?? deployment.cloud.loginHost;
  return [
    ...checkRegistration(facts.application, deployment),
    ...checkCredential(facts, deployment, now),
    ...checkConsent(facts, deployment),
    ...(azure === null ? [unlooked] : checkResources(azure, deployment)),
    { check: 'clock', ...(await checkClock(deployment.url, loginHost, deployment.tenantId)) },
  ];
}

/** Where the CLI is signed in elsewhere, whatever it answers is about something else. */
function checkLogin({ cloud, tenantId }: Deployment, tenant: string, azureCloud: string): Found {
  const wanted = azureCloudOf(cloud);
  if (azureCloud !== wanted)
    return wrong(
      `it is set to ${azureCloud}, but the bot is in ${wanted}.`,
      `az cloud set --name ${wanted} && az login`,
    );
  if (tenant !== tenantId)
    return wrong(
      `it is signed in to the tenant ${tenant}, not ${tenantId}.`,
      `az login --tenant ${tenantId}`,
    );
  return well(`signed in to the bot's tenant ${tenantId}`);
}

const azureCloudOf = ({ name }: Cloud) => (name === 'global' ? 'AzureCloud' : 'AzureUSGovernment');
