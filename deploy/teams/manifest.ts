import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import type { Config } from '../../bot/config.ts';

/** What the app tells people about its permission, by GRAPH_MODE. */
export const HOW_IT_ACTS: Record<Config['graphMode'], string> = {
  delegated:
    'It acts as the person who asks, with one permission in Microsoft Graph: OnlineMeetings.ReadWrite, to create and change that person’s own online meetings. It can’t read mail, files or calendars. The first time, you’re asked to agree. If an administrator has to approve the app first, the bot gives you a text to forward.',
  application:
    'It creates and changes the online meetings of the person who asks, with one permission in Microsoft Graph that an administrator has granted: OnlineMeetings.ReadWrite.All. It can’t read mail, files or calendars. An administrator decides who it may act for; nobody else is asked to agree.',
};

/** Whether a text is the name of a mode in which the bot goes to Graph. */
export const isGraphMode = (text: string): text is Config['graphMode'] => text in HOW_IT_ACTS;

/** What an administrator decides about the app package. Addresses are https origins or pages. */
export type PackageAnswers = {
  botAppId: string;
  teamsAppId: string;
  publicUrl: string;
  ssoResource: string;
  name: string;
  fullName: string;
  developer: string;
  website: string;
  privacy: string;
  terms: string;
  version: string;
  graphMode: Config['graphMode'];
};

/** The text files of the package by name, filled in. */
type PackageTexts = { 'manifest.json': string; 'en-gb.json': string };

/** Fills the templates. Nothing is checked. */
export function fillTemplates(answers: PackageAnswers): PackageTexts {
  const values: Record<string, string> = {
    BOT_APP_ID: answers.botAppId,
    TEAMS_APP_ID: answers.teamsAppId,
    HOST: URL.canParse(answers.publicUrl) ? new URL(answers.publicUrl).host : answers.publicUrl,
    SSO_RESOURCE: answers.ssoResource,
    NAME: answers.name,
    FULL_NAME: answers.fullName,
    DEVELOPER: answers.developer,
    WEBSITE: answers.website,
    PRIVACY: answers.privacy,
    TERMS: answers.terms,
    VERSION: answers.version,
    HOW_IT_ACTS: HOW_IT_ACTS[answers.graphMode],
  };
  const fill = (file: string) =>
    readFileSync(join(import.meta.dirname, file), 'utf8').replace(/\{\{([A-Z_]+)\}\}/g, (_found, name) => {
      const value = values[name];
      if (value === undefined) throw new Error(`${file} asks for ${name}, which nobody answers.`);
      return JSON.stringify(value).slice(1, -1);
    });
  return { 'manifest.json': fill('manifest.json'), 'en-gb.json': fill('en-gb.json') };
}

/** Words that Teams does not let an app's name use. */
const RESERVED = /\b(Microsoft|Teams|Chat|Calendar|Files|Calls|Activity|Help)\b/i;

/**
 * Every fault of a package, in words; none means that Teams' own schema and the store's rules are kept. Offline: the
 * schemas lie in `@microsoft/app-manifest`.
 */
export async function findFaults(texts: PackageTexts, icons: Record<string, Uint8Array>): Promise<string[]> {
  const manifest = JSON.parse(texts['manifest.json']);
  const schemaFaults = [
    ...(await againstSchema('manifest.json', manifest, 'MicrosoftTeams.schema.json')),
    ...(await againstSchema(
      'en-gb.json',
      JSON.parse(texts['en-gb.json']),
      'MicrosoftTeams.Localization.schema.json',
    )),
  ];
  return [
    ...schemaFaults,
    ...nameFaults([manifest.name.short, manifest.name.full]),
    ...domainFaults(manifest.validDomains),
    ...addressFaults(manifest.developer),
    ...iconFaults('color.png', icons['color.png'], 192),
    ...iconFaults('outline.png', icons['outline.png'], 32),
  ];
}

async function againstSchema(file: string, content: object, schema: string): Promise<string[]> {
  const faults = await AppManifestUtils.validateAgainstSchema(content as never, readSchema(schema) as never);
  return faults.map((fault) => `${file}: ${inWords(fault)}`);
}

/** One pattern of the official localisation schema, about activities, is no regular expression; it is left out. */
function readSchema(name: string): object {
  const main = createRequire(import.meta.url).resolve('@microsoft/app-manifest');
  const schema = JSON.parse(readFileSync(join(dirname(main), 'json-schemas/teams/v1.30', name), 'utf8'));
  const patterns = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) => isPattern(pattern));
  return { ...schema, patternProperties: Object.fromEntries(patterns) };
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** `/name/short must NOT have more than 30 characters. Details: {…}` → `name.short must not have more than 30 characters`. */
function inWords(fault: string): string {
  const [sentence = ''] = fault.split('. Details:');
  const [path = '', ...rest] = sentence.trim().split(' ');
  return `${path.slice(1).replaceAll('/', '.')} ${rest.join(' ')}`.replace('must NOT', 'must not').trim();
}

function nameFaults(names: readonly string[]): string[] {
  const taken = names.map((name) => RESERVED.exec(name)?.[0]).find((word) => word !== undefined);
  return taken === undefined ? [] : [`name: Teams does not let an app's name contain "${taken}".`];
}

function domainFaults(domains: readonly string[]): string[] {
  const isHost = (domain: string) => /^[a-z\d-]+(\.[a-z\d-]+)+(:\d+)?$/i.test(domain);
  return domains
    .filter((domain) => !isHost(domain))
    .map((domain) => `validDomains: "${domain}" is not the name of one host.`);
}

function addressFaults(developer: Record<string, string>): string[] {
  return Object.entries(developer)
    .filter(([name, url]) => name.endsWith('Url') && !/^https:\/\/[^\s/]/.test(url))
    .map(([name]) => `developer.${name} must begin with https://.`);
}

/** A PNG says its width and height 16 bytes from its beginning. */
function iconFaults(name: string, png: Uint8Array | undefined, size: number): string[] {
  if (png === undefined) return [`${name} is missing.`];
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const isPng = png.byteLength > 24 && view.getUint32(0) === 0x89504e47;
  if (!isPng) return [`${name} is not a PNG picture.`];
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return width === size && height === size
    ? []
    : [`${name} must be ${size} × ${size} pixels, not ${width} × ${height}.`];
}
