import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { DateTime } from 'luxon';
import { PNG } from 'pngjs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { read } from '../../bot/language/read.ts';
import { fillTemplates, findFaults, type PackageAnswers } from '../../deploy/teams/manifest.ts';
import about from '../../package.json' with { type: 'json' };

const APP = '11111111-2222-4333-8444-555555555555';
const ANSWERS: PackageAnswers = {
  botAppId: APP,
  teamsAppId: APP,
  publicUrl: 'https://parley.contoso.com',
  ssoResource: `api://botid-${APP}`,
  name: 'Parley',
  fullName: 'Parley, meetings from a sentence',
  developer: 'Contoso IT',
  website: 'https://contoso.com/parley',
  privacy: 'https://contoso.com/privacy',
  terms: 'https://contoso.com/terms',
  version: '1.2.3',
  graphMode: 'delegated',
  isCalendarUsed: false,
};
const ICONS = {
  'color.png': await readFile('deploy/teams/color.png'),
  'outline.png': await readFile('deploy/teams/outline.png'),
};

/** Runs the command with these variables and nothing else of this machine's. */
async function run(args: string[], env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-package-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const out = join(folder, 'app.zip');
  const script = join(process.cwd(), 'deploy/teams/package.ts');
  // In a folder without .env, which the command would read.
  const ran = await new Promise<{ code: number; text: string }>((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH, ...env } };
    execFile(process.execPath, [script, '--out', out, ...args], options, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    );
  });
  return { ...ran, out };
}

const jsonOf = (answers: PackageAnswers, file: string) => JSON.parse(fillTemplates(answers)[file] ?? '');
const manifestOf = (answers: PackageAnswers) => jsonOf(answers, 'manifest.json');
const LANGUAGES = ['de.json', 'en-gb.json', 'fr.json'];
const APPLICATION: PackageAnswers = { ...ANSWERS, graphMode: 'application' };

test('one command makes the package, from two variables', async () => {
  const env = { BOT_APP_ID: APP, PUBLIC_URL: 'https://parley.contoso.com/' };
  const { code, text, out } = await run([], env);
  expect(text).toContain('manifest 1.30');
  expect(code).toBe(0);
  const files = unzipSync(await readFile(out));
  expect(Object.keys(files).sort()).toEqual(
    [...LANGUAGES, 'color.png', 'manifest.json', 'outline.png'].sort(),
  );
  const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
  expect(manifest).toMatchObject({
    manifestVersion: '1.30',
    version: about.version,
    id: APP,
    name: { short: 'Parley' },
    bots: [{ botId: APP, scopes: ['personal', 'team', 'groupChat'] }],
    validDomains: ['parley.contoso.com'],
    webApplicationInfo: { id: APP, resource: `api://botid-${APP}` },
    supportsChannelFeatures: 'tier1',
  });
  const again = await run([], env);
  expect((await readFile(again.out)).equals(await readFile(out))).toBe(true);
});

test('flags win over the environment', async () => {
  const { code, out } = await run(
    [
      '--name',
      'Huddle "B"',
      '--public-url',
      'https://meet.example.org',
      '--teams-app-id',
      APP.replace('1', '9'),
    ],
    { BOT_APP_ID: APP, PUBLIC_URL: 'https://parley.contoso.com' },
  );
  expect(code).toBe(0);
  const files = unzipSync(await readFile(out));
  const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
  expect(manifest).toMatchObject({
    id: APP.replace('1', '9'),
    name: { short: 'Huddle "B"' },
    developer: {
      privacyUrl: 'https://meet.example.org/privacy',
      termsOfUseUrl: 'https://meet.example.org/terms',
    },
    validDomains: ['meet.example.org'],
  });
});

test.each<[string, string[], Record<string, string>, string[]]>([
  ['nothing at all', [], {}, ['BOT_APP_ID (--app-id) is not set', 'PUBLIC_URL (--public-url) is not set']],
  [
    'a resource of another application',
    ['--public-url', 'https://x.example', '--sso-resource', 'api://botid-parley'],
    { BOT_APP_ID: APP },
    ['SSO_RESOURCE (--sso-resource) must be the application ID URI of the bot'],
  ],
  [
    'wrong values',
    [
      ...['--app-id', 'parley', '--public-url', 'https://x.example/bot', '--graph-mode', 'both'],
      ...['--name', 'Teams meetings', '--privacy', 'http://x.example'],
    ],
    {},
    [
      'BOT_APP_ID (--app-id) must be a GUID',
      'PUBLIC_URL (--public-url) must be an origin',
      'GRAPH_MODE (--graph-mode) must be delegated or application.',
      'contain "Teams"',
      'developer.privacyUrl must begin with https://',
    ],
  ],
])('%s: no package, and all that is wrong is told once', async (_name, args, env, sentences) => {
  const { code, text, out } = await run(args, env);
  expect(code).toBe(1);
  const faults = text.split('\n').filter((line) => line.startsWith('  - '));
  expect(faults).toEqual(sentences.map((sentence) => expect.stringContaining(sentence)));
  await expect(readFile(out)).rejects.toThrow('ENOENT');
});

test('an unknown flag is answered with the help', async () => {
  expect(await run(['--nonsense'])).toMatchObject({ code: 2, text: expect.stringContaining('--public-url') });
});

test.each<[string, Partial<PackageAnswers>, string]>([
  [
    'a wildcard',
    { publicUrl: '*.contoso.com' },
    'validDomains: "*.contoso.com" is not the name of one host.',
  ],
  [
    'a long name',
    { name: 'A name that no list in any client shows' },
    'name.short must not have more than 30 characters',
  ],
  ['a reserved word', { name: 'Teams meetings' }, `name: Teams does not let an app's name contain "Teams".`],
  ['http', { privacy: 'http://contoso.com' }, 'developer.privacyUrl must begin with https://.'],
  [
    'a long name of the developer',
    { developer: 'x'.repeat(33) },
    'developer.name must not have more than 32',
  ],
])('%s is a fault', async (_name, change, sentence) => {
  const faults = await findFaults(fillTemplates({ ...ANSWERS, ...change }), ICONS);
  expect(faults).toEqual(expect.arrayContaining([expect.stringContaining(sentence)]));
});

test('wrong icons are faults', async () => {
  const icons = { 'color.png': ICONS['outline.png'], 'outline.png': new TextEncoder().encode('GIF89a') };
  expect(await findFaults(fillTemplates(ANSWERS), icons)).toEqual([
    'color.png must be 192 × 192 pixels, not 32 × 32.',
    'outline.png is not a PNG picture.',
  ]);
});

test('the outline is white on nothing, the colour icon leaves nothing open', () => {
  const pixels = (png: Buffer) => {
    const { data } = PNG.sync.read(png);
    return Array.from({ length: data.length / 4 }, (_, index) => [
      ...data.subarray(index * 4, index * 4 + 4),
    ]);
  };
  const outline = pixels(ICONS['outline.png']);
  const drawn = outline.filter(([, , , alpha]) => alpha !== 0);
  expect(drawn.length).toBeGreaterThan(60);
  expect(drawn.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
  expect(outline[0]?.[3]).toBe(0);
  expect(pixels(ICONS['color.png']).every(([, , , alpha]) => alpha === 255)).toBe(true);
});

test('the least privilege: no consent by resource, no wildcard, one permission named', () => {
  const manifest = manifestOf(ANSWERS);
  expect(manifest.authorization).toBeUndefined();
  expect(JSON.stringify(manifest.validDomains)).not.toContain('*');
  for (const text of [manifest.description.full, jsonOf(ANSWERS, 'en-gb.json')['description.full']]) {
    expect(text).toContain('OnlineMeetings.ReadWrite');
    expect(text).toContain('administrator has to approve');
  }
});

test.each(['delegated', 'application'] as const)(
  'where calendars are used, people read so (%s)',
  async (graphMode) => {
    const answers = { ...ANSWERS, graphMode, isCalendarUsed: true };
    const texts = fillTemplates(answers);
    expect(await findFaults(texts, ICONS)).toEqual([]);
    for (const name of ['manifest.json', ...LANGUAGES]) {
      expect(texts[name]).toMatch(graphMode === 'delegated' ? 'Calendars.ReadWrite' : 'Exchange');
      expect(texts[name]).not.toMatch(/files or calendars|Dateien und Kalender|ni les calendriers/);
    }
  },
);

test('in application mode people do not read that they will be asked', async () => {
  const { out } = await run(['--graph-mode', 'application'], {
    BOT_APP_ID: APP,
    PUBLIC_URL: 'https://parley.contoso.com',
  });
  const files = unzipSync(await readFile(out));
  for (const name of ['manifest.json', ...LANGUAGES]) {
    const text = strFromU8(files[name] ?? new Uint8Array());
    expect(text).toContain('OnlineMeetings.ReadWrite.All');
    expect(text).not.toMatch(
      /you’re asked to agree|acts as the person|um Zustimmung gebeten\. Muss|votre accord/,
    );
    expect(text).not.toMatch(/“?sign in|anmelden"|se connecter/);
  }
});

describe.each([ANSWERS, APPLICATION])('with GRAPH_MODE=$graphMode', (answers) => {
  test('the package has no fault', async () => {
    expect(await findFaults(fillTemplates(answers), ICONS)).toEqual([]);
  });

  test.each(LANGUAGES)('%s says everything that the manifest says, where it says it', (file) => {
    const manifest = manifestOf(answers);
    const rows = [...manifest.bots[0].commandLists.entries()].flatMap(([list, { commands }]) =>
      [...commands.entries()].flatMap(([row, command]) =>
        Object.keys(command)
          .filter((key) => key !== 'type')
          .map((key) => `bots[0].commandLists[${list}].commands[${row}].${key}`),
      ),
    );
    const extension = ['title', 'description'].map((key) => `composeExtensions[0].commands[0].${key}`);
    const names = ['name.short', 'name.full', 'description.short', 'description.full'];
    expect(Object.keys(jsonOf(answers, file)).sort()).toEqual(
      ['$schema', ...names, ...rows, ...extension].sort(),
    );
  });

  test('the menu lists what there is to do: nobody signs in where the app acts by itself', () => {
    const titles = manifestOf(answers).bots[0].commandLists[0].commands.map(
      ({ title }: { title: string }) => title,
    );
    expect(titles.includes('sign in')).toBe(answers.graphMode === 'delegated');
    expect(titles).toContain('sign out');
  });
});

test('in groups commands are private slash commands, too; in a chat the first ones write for the person', () => {
  const [{ supportsTargetedMessages, commandLists }] = manifestOf(ANSWERS).bots;
  expect(supportsTargetedMessages).toBe(true);
  expect(commandLists).toMatchObject([
    {
      scopes: ['personal'],
      commands: [{ type: 'prompt', prompt: 'meeting tomorrow 3pm about Q3' }, {}, {}, {}, {}, {}, {}],
    },
    { scopes: ['team', 'groupChat'], triggers: ['mention', 'slash'] },
  ]);
});

test('the message extension has the command that the bot knows', () => {
  expect(manifestOf(ANSWERS).composeExtensions).toMatchObject([
    {
      botId: APP,
      commands: [{ id: 'meet', type: 'action', fetchTask: true }],
      messageHandlers: [{ type: 'link', value: { domains: ['parley.contoso.com'] } }],
    },
  ]);
});

test('a language that is missing, or lacks a text, is a fault', async () => {
  const { 'fr.json': _, ...others } = fillTemplates(ANSWERS);
  const { 'composeExtensions[0].commands[0].title': __, ...german } = jsonOf(ANSWERS, 'de.json');
  const texts = { ...others, 'de.json': JSON.stringify(german) };
  expect(await findFaults(texts, ICONS)).toEqual([
    'de.json: composeExtensions[0].commands[0].title is missing.',
    'fr.json is missing, or no JSON.',
  ]);
});

type CommandList = { scopes: string[]; commands: { title: string; prompt?: string }[] };
/** The command lists in every language: what is on a menu, and what it writes. */
const LISTED = ['manifest.json', ...LANGUAGES].flatMap((file) => {
  const said = Object.entries<string>(jsonOf(ANSWERS, file)).filter(([place]) =>
    /commandLists.*\.(title|prompt)$/.test(place),
  );
  if (file !== 'manifest.json') return said.map(([, phrase]) => phrase);
  return (manifestOf(ANSWERS).bots[0].commandLists as CommandList[]).flatMap(({ commands }) =>
    commands.flatMap(({ title, prompt }) => [title, prompt ?? title]),
  );
});
const READING = {
  now: DateTime.fromISO('2026-03-27T09:00', { zone: 'Europe/London' }),
  zone: 'Europe/London',
  locale: 'en-GB',
};
const kindOf = (text: string) => read({ text, people: [] }, READING).command.kind;
const MEANT: Record<string, string> = {
  'my meetings': 'list',
  settings: 'settings',
  help: 'help',
  'sign in': 'signin',
  'sign out': 'signout',
  'meine Meetings': 'list',
  Einstellungen: 'settings',
  Hilfe: 'help',
  anmelden: 'signin',
  abmelden: 'signout',
  'mes réunions': 'list',
  paramètres: 'settings',
  aide: 'help',
  'se connecter': 'signin',
  'se déconnecter': 'signout',
};

test.each([...new Set(LISTED)])('"%s" on the menu is understood', (phrase) => {
  expect(kindOf(phrase)).toBe(MEANT[phrase] ?? 'create');
});

/** What the descriptions put in quotation marks for people to write. */
const DESCRIBED = ['en-gb.json', 'de.json', 'fr.json'].flatMap((file) => {
  const said: Record<string, string> = jsonOf(ANSWERS, file);
  const quoted = [...(said['description.full'] ?? '').matchAll(/[“„«]\s*([^“”„«»]+?)\s*[“”»]/g)];
  const menu = said['composeExtensions[0].commands[0].title'];
  return quoted.flatMap(([, phrase = '']) => (phrase === menu ? [] : [phrase]));
});

test('the descriptions have phrases to write', () => {
  expect(DESCRIBED).toEqual(expect.arrayContaining(['Meet now', 'meine Meetings', 'Réunion maintenant']));
});

test.each(DESCRIBED)('"%s" in a description is understood', (phrase) => {
  expect(kindOf(phrase)).toBe(MEANT[phrase] ?? 'create');
});
