import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import type { Config } from '../../bot/config.ts';
import template from './manifest.json' with { type: 'json' };
import german from './texts/de.json' with { type: 'json' };
import british from './texts/en-gb.json' with { type: 'json' };
import american from './texts/en-us.json' with { type: 'json' };
import french from './texts/fr.json' with { type: 'json' };

/** What people read about the app in one language. */
type Texts = Readonly<Record<keyof typeof american, string>>;

/** The languages besides American English, by their tags in Teams. */
const LANGUAGES: Readonly<Record<string, Texts>> = { 'en-gb': british, de: german, fr: french };

/** How the bot goes to Graph, and whether it uses people's calendars there. */
type Acting = Pick<Config, 'graphMode' | 'isCalendarUsed'>;

/** What the app tells people about its permissions. */
export const howItActs = ({ graphMode, isCalendarUsed }: Acting, texts: Texts = american): string =>
  texts[`howItActs.${graphMode}${isCalendarUsed ? 'Calendar' : ''}`];

/** Whether a text is the name of a mode in which the bot goes to Graph. */
export const isGraphMode = (text: string): text is Config['graphMode'] =>
  text === 'delegated' || text === 'application';

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
} & Acting;

/** The text files of the package by name, filled in. */
type PackageTexts = Readonly<Record<string, string>>;

/** Fills the manifest, and a file for each further language with the manifest's texts by their places. Nothing is checked. */
export function fillTemplates(answers: PackageAnswers): PackageTexts {
  const outline = inMode(template, answers.graphMode);
  const files = Object.entries(LANGUAGES).map(([tag, texts]) => [
    fileOf(tag),
    { $schema: LOCALISATION_SCHEMA, ...localised(outline, texts, answers) },
  ]);
  const manifest = fill(outline, american, answers);
  return Object.fromEntries(
    [['manifest.json', manifest], ...files].map(([name, content]) => [
      name,
      JSON.stringify(content, null, 2),
    ]),
  );
}

const fileOf = (tag: string) => `${tag}.json`;
const LOCALISATION_SCHEMA =
  'https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.Localization.schema.json';

/** The manifest without what is true in the other mode only. */
function inMode(value: unknown, mode: Config['graphMode']): unknown {
  if (Array.isArray(value))
    return value
      .filter(({ onlyIn = mode }: { onlyIn?: unknown }) => onlyIn === mode)
      .map((one) => inMode(one, mode));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== 'onlyIn');
  return Object.fromEntries(members.map(([name, one]) => [name, inMode(one, mode)]));
}

/** The same value with its marks, such as `{{NAME}}` and `{{description.short}}`, replaced by answers and texts. */
function fill(value: unknown, texts: Texts, answers: PackageAnswers): unknown {
  if (value === '{{LANGUAGES}}')
    return Object.keys(LANGUAGES).map((tag) => ({ languageTag: tag, file: fileOf(tag) }));
  if (typeof value === 'string') return fillText(value, texts, answers);
  if (Array.isArray(value)) return value.map((one) => fill(one, texts, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, texts, answers)]));
}

function fillText(text: string, texts: Texts, answers: PackageAnswers): string {
  const values: Readonly<Record<string, string>> = { ...texts, ...marksOf(answers, texts) };
  return text.replace(/\{\{([\w.]+)\}\}/g, (_found, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The manifest asks for ${name}, which nobody answers.`);
    return name in texts ? fillText(value, texts, answers) : value;
  });
}

const marksOf = (answers: PackageAnswers, texts: Texts) => ({
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
  HOW_IT_ACTS: howItActs(answers, texts),
});

/** Every text of the manifest that people read, by its place: `bots[0].commandLists[0].commands[0].title`. */
function localised(outline: unknown, texts: Texts, answers: PackageAnswers): Record<string, string> {
  const places = leavesOf(outline).filter(([, text]) =>
    /\{\{(?:[a-z]\w*\.[\w.]+|NAME|FULL_NAME)\}\}/.test(text),
  );
  return Object.fromEntries(places.map(([place, text]) => [place, fillText(text, texts, answers)]));
}

function leavesOf(value: unknown, place = ''): [place: string, text: string][] {
  if (typeof value === 'string') return [[place, value]];
  if (Array.isArray(value)) return value.flatMap((one, at) => leavesOf(one, `${place}[${at}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    leavesOf(one, place === '' ? name : `${place}.${name}`),
  );
}

/** Words that Teams does not let an app's name use. */
const RESERVED = /\b(Microsoft|Teams|Chat|Calendar|Files|Calls|Activity|Help)\b/i;

/**
 * Every fault of a package, in words; none means that Teams' own schema and the store's rules are kept. Offline: the
 * schemas lie in `@microsoft/app-manifest`.
 */
export async function findFaults(texts: PackageTexts, icons: Record<string, Uint8Array>): Promise<string[]> {
  const manifest = JSON.parse(texts['manifest.json'] ?? '{}');
  const languages: { file: string }[] = manifest.localizationInfo?.additionalLanguages ?? [];
  const ofLanguages = await Promise.all(languages.map(({ file }) => languageFaults(file, texts, languages)));
  return [
    ...(await againstSchema('manifest.json', manifest, 'MicrosoftTeams.schema.json')),
    ...ofLanguages.flat(),
    ...nameFaults([manifest.name.short, manifest.name.full]),
    ...domainFaults(manifest.validDomains),
    ...addressFaults(manifest.developer),
    ...iconFaults('color.png', icons['color.png'], 192),
    ...iconFaults('outline.png', icons['outline.png'], 32),
  ];
}

/** A language says what the schema lets it say, and everything that the others say. */
async function languageFaults(
  file: string,
  texts: PackageTexts,
  languages: readonly { file: string }[],
): Promise<string[]> {
  const said = parseLanguage(texts[file]);
  if (said === null) return [`${file} is missing, or no JSON.`];
  const all = new Set(languages.flatMap((other) => Object.keys(parseLanguage(texts[other.file]) ?? {})));
  const left = [...all].filter((place) => !(place in said)).map((place) => `${file}: ${place} is missing.`);
  return [...left, ...(await againstSchema(file, said, 'MicrosoftTeams.Localization.schema.json'))];
}

function parseLanguage(text = ''): object | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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
