import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { readJson } from '../../bot/base/http-client.ts';
import { type Found, open, well, wrong } from '../smoke/finding.ts';
import { findFaults, howItActs } from '../teams/manifest.ts';
import { packageAgain } from './cures.ts';
import type { Deployment } from './deployment.ts';

const Manifest = z.object({
  version: z.string(),
  description: z.object({ full: z.string() }),
  bots: z.array(z.object({ botId: z.string() })),
  validDomains: z.array(z.string()),
  webApplicationInfo: z.object({ id: z.string(), resource: z.string() }),
});

/** Holds a Teams package against the deployment. Which one Teams has, only its admin center shows. */
export async function checkPackage(zip: Uint8Array | null, deployment: Deployment): Promise<Found> {
  const cure = packageAgain(deployment);
  if (zip === null)
    return open('there is no parley.zip here to look at; --package names one. To make it:', cure);
  const files = unzip(zip);
  const texts = Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => name.endsWith('.json'))
      .map(([name, content]) => [name, strFromU8(content)]),
  );
  const read = Manifest.safeParse(readJson(texts['manifest.json'] ?? ''));
  if (!read.success) return wrong('it is no Teams package of Parley.', cure);
  const fault = mismatch(read.data, deployment) ?? (await findFaults(texts, files))[0];
  return fault === undefined
    ? well(`version ${read.data.version} fits; whether Teams has this one, its admin center shows`)
    : wrong(`${fault} Make it again and upload it:`, cure);
}

function mismatch(manifest: z.infer<typeof Manifest>, deployment: Deployment): string | null {
  const { appId, url, ssoResource, graphMode } = deployment;
  const { host } = new URL(url);
  const [bot] = manifest.bots;
  if (bot?.botId !== appId) return `its bot is ${bot?.botId}, not ${appId}.`;
  if (!manifest.validDomains.includes(host))
    return `its domain is ${manifest.validDomains.join(', ')}, not ${host}.`;
  const { id, resource } = manifest.webApplicationInfo;
  if (id !== appId) return `it signs people in to ${id}, not ${appId}.`;
  if (resource !== ssoResource) return `it asks for a token for ${resource}, not ${ssoResource}.`;
  const isTold = manifest.description.full.includes(howItActs(deployment));
  return isTold
    ? null
    : `it tells people something else about its permissions than is so with GRAPH_MODE=${graphMode} and CALENDAR=${deployment.isCalendarUsed ? 'on' : 'off'}.`;
}

function unzip(zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch {
    return {};
  }
}
