import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { isSsoResource, SSO_RESOURCE_FORMS } from '../../bot/config.ts';
import about from '../../package.json' with { type: 'json' };
import { readOptions, stop } from '../command-line.ts';
import { fillTemplates, findFaults, isGraphMode, type PackageAnswers } from './manifest.ts';

const HELP = `npm run package -- [options]

Makes the app package that an administrator uploads to Teams, and checks it against Teams' schema 1.30, offline.
Every option can also stand in the environment or in .env, under the name behind it.

  --out <file>           where to write it (parley.zip)
  --app-id <guid>        BOT_APP_ID       the bot's Entra application; needed
  --public-url <url>     PUBLIC_URL       the https address of the bot, without a path; needed
  --name <text>          APP_NAME         what people see, up to 30 characters (Parley)
  --full-name <text>     APP_FULL_NAME    up to 100 characters (Parley, meetings from a sentence)
  --developer <text>     DEVELOPER_NAME   who runs it, up to 32 characters (Parley)
  --website <url>        WEBSITE_URL      your page about it (the bot's address)
  --privacy <url>        PRIVACY_URL      your page on privacy (the bot's /privacy)
  --terms <url>          TERMS_URL        your terms of use (the bot's /terms)
  --teams-app-id <guid>  TEAMS_APP_ID     id of the Teams app (the bot's app id)
  --sso-resource <uri>   SSO_RESOURCE     (api://botid-<app id>)
  --graph-mode <name>    GRAPH_MODE       delegated or application: what people read about its permission (delegated)
  --calendar             CALENDAR=on      people's calendars are used: what people read about its permissions
  --version <version>                     raise it with every upload (${about.version})
  --help                                  this text`;

const FLAGS = {
  'app-id': 'BOT_APP_ID',
  'public-url': 'PUBLIC_URL',
  name: 'APP_NAME',
  'full-name': 'APP_FULL_NAME',
  developer: 'DEVELOPER_NAME',
  website: 'WEBSITE_URL',
  privacy: 'PRIVACY_URL',
  terms: 'TERMS_URL',
  'teams-app-id': 'TEAMS_APP_ID',
  'sso-resource': 'SSO_RESOURCE',
  'graph-mode': 'GRAPH_MODE',
} as const;

if (existsSync('.env')) process.loadEnvFile('.env');
const text = { type: 'string' } as const;
const values = readOptions(HELP, {
  out: { ...text, default: 'parley.zip' },
  version: { ...text, default: about.version },
  calendar: { type: 'boolean', default: false },
  'app-id': text,
  'public-url': text,
  name: text,
  'full-name': text,
  developer: text,
  website: text,
  privacy: text,
  terms: text,
  'teams-app-id': text,
  'sso-resource': text,
  'graph-mode': text,
});

const botAppId = given('app-id').toLowerCase();
const publicUrl = given('public-url').replace(/\/+$/, '');
// What is no id or no address is told once; the rest is checked with one in its place.
const answers = readAnswers(
  isGuid(botAppId) ? botAppId : '00000000-0000-0000-0000-000000000000',
  isOrigin(publicUrl) ? publicUrl : 'https://parley.example.com',
);
const texts = fillTemplates(answers);
const icons = { 'color.png': readIcon('color.png'), 'outline.png': readIcon('outline.png') };
const faults = [...answerFaults(), ...(await findFaults(texts, icons))];
if (faults.length > 0)
  stop(`The package was not made:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`, 1);

const encoder = new TextEncoder();
const zip = zipSync(
  {
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, encoder.encode(text)])),
    ...icons,
  },
  // The same answers make the same file, byte by byte.
  { mtime: new Date(1980, 0, 1) },
);
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, zip);
console.log(`${values.out}  ${answers.name} ${answers.version}, manifest 1.30, ${(zip.length / 1024).toFixed(1)} KB
Upload it in the Teams admin center under Teams apps, Manage apps, Upload new app.`);
const unnamed = (['website', 'privacy', 'terms'] as const).filter((name) => given(name) === '');
if (unnamed.length > 0)
  console.log(
    `The bot's own short pages stand in for yours; to name yours, give ${unnamed.map((name) => `--${name}`).join(', ')}.`,
  );

function isGuid(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function readAnswers(botAppId: string, publicUrl: string): PackageAnswers {
  const graphMode = given('graph-mode');
  return {
    botAppId,
    publicUrl,
    teamsAppId: given('teams-app-id') || botAppId,
    ssoResource: given('sso-resource') || `api://botid-${botAppId}`,
    name: given('name') || 'Parley',
    fullName: given('full-name') || `${given('name') || 'Parley'}, meetings from a sentence`,
    developer: given('developer') || 'Parley',
    website: given('website') || publicUrl,
    privacy: given('privacy') || `${publicUrl}/privacy`,
    terms: given('terms') || `${publicUrl}/terms`,
    version: values.version,
    graphMode: isGraphMode(graphMode) ? graphMode : 'delegated',
    isCalendarUsed: values.calendar || process.env.CALENDAR?.trim().toLowerCase() === 'on',
  };
}

function answerFaults(): string[] {
  const found: string[] = [];
  if (botAppId === '') found.push('BOT_APP_ID (--app-id) is not set: it is the id of the bot in Entra ID.');
  else if (!isGuid(botAppId))
    found.push('BOT_APP_ID (--app-id) must be a GUID: it is the id of the bot in Entra ID.');
  if (publicUrl === '')
    found.push('PUBLIC_URL (--public-url) is not set: it is the https address of the bot.');
  else if (!isOrigin(publicUrl))
    found.push(
      'PUBLIC_URL (--public-url) must be an origin such as https://parley.contoso.com, without a path.',
    );
  if (isGuid(botAppId) && !isSsoResource(answers.ssoResource, botAppId))
    found.push(`SSO_RESOURCE (--sso-resource) ${SSO_RESOURCE_FORMS}`);
  if (!isGraphMode(given('graph-mode') || 'delegated'))
    found.push('GRAPH_MODE (--graph-mode) must be delegated or application.');
  return found;
}

function given(flag: keyof typeof FLAGS): string {
  return (values[flag] ?? process.env[FLAGS[flag]] ?? '').trim();
}

function readIcon(name: string): Uint8Array {
  return readFileSync(join(import.meta.dirname, name));
}
