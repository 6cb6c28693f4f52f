import { type Finding, type Found, open, well, wrong } from '../smoke/finding.ts';
import { seen } from './az.ts';
import { trustIdentity } from './cures.ts';
import type { Deployment } from './deployment.ts';
import type { DirectoryFacts } from './directory.ts';
import type { Application, Trusts } from './shapes.ts';

const DAY_MS = 86_400_000;
const FEW_DAYS = 30;

/** Whether Entra accepts what the bot proves itself with, and for how long. */
export function checkCredential(
  { application, trusts }: DirectoryFacts,
  deployment: Deployment,
  now: number,
): Finding[] {
  const found = seen(application);
  if (found === null) return [];
  if (trusts.kind === 'unseen') return [{ check: 'credential', ...open(trusts.why) }];
  const trusted = seen(trusts) ?? [];
  const { identity } = deployment;
  const result =
    identity === null
      ? checkSecrets(found, trusted, deployment, now)
      : checkTrust(trusted, identity.principalId, deployment);
  return [{ check: 'credential', ...result }];
}

function checkTrust(trusted: Trusts, principalId: string, deployment: Deployment): Found {
  const { cloud, tenantId } = deployment;
  const issuer = `${cloud.loginHost}/${tenantId}/v2.0`;
  const audience = cloud.exchangeScope.replace('/.default', '');
  const own = trusted.find(({ subject }) => subject === principalId);
  const cure = trustIdentity(deployment, principalId);
  if (own === undefined)
    return wrong(`the application does not trust the bot's identity ${principalId}.`, cure);
  if (own.issuer !== issuer) return wrong(`it trusts the identity by ${own.issuer}, not ${issuer}.`, cure);
  if (!own.audiences.includes(audience))
    return wrong(`it trusts the identity for another audience than ${audience}.`, cure);
  return well("it trusts the bot's managed identity; there is nothing that runs out");
}

function checkSecrets(application: Application, trusted: Trusts, { appId }: Deployment, now: number): Found {
  const { passwordCredentials: secrets, keyCredentials: certificates } = application;
  const isCertificate = certificates.length > 0;
  const cure = `az ad app credential reset --id ${appId} --append --years 1${isCertificate ? ' --create-cert' : ''}`;
  const ends = [...secrets, ...certificates].map(({ endDateTime }) => Date.parse(endDateTime));
  if (ends.length === 0)
    return trusted.length > 0
      ? well('it trusts a managed identity; give --group to see whether it is the bot’s')
      : wrong('the application has no secret, no certificate and trusts no identity.', cure);
  const days = Math.floor((Math.max(...ends) - now) / DAY_MS);
  const what = isCertificate ? 'certificate' : 'secret';
  if (days < 0)
    return wrong(
      `the last ${what} ran out ${-days} days ago. Give the bot the new one and restart it:`,
      cure,
    );
  if (days < FEW_DAYS)
    return wrong(`the last ${what} runs out in ${days} days. Give the bot the new one and restart it:`, cure);
  return well(`a ${what} is good for ${days} days`);
}
