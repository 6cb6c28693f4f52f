import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { sourcesOf } from '../deploy/bench/image.ts';
import { COMPILED, freePort, startBot } from '../deploy/sandbox/bot-process.ts';
import { ADA } from '../deploy/sandbox/people.ts';
import { startStandIns } from '../deploy/sandbox/standins.ts';

const run = promisify(execFile);

test('the build explains itself instead of making a folder of that name, and says where the bundle is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-build-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const script = join(process.cwd(), 'deploy/build.ts');
  const { stdout } = await run(process.execPath, [script, '--help'], { cwd: folder });
  expect(stdout).toContain('npm run build -- [folder]');
  expect(await readdir(folder)).toEqual([]);
  await expect(run(process.execPath, [script, '--nonsense'], { cwd: folder })).rejects.toMatchObject({
    code: 2,
  });
});

test('the bundle makes a meeting from an empty folder, without node_modules', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-build-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { stdout } = await run(process.execPath, ['deploy/build.ts', folder]);
  expect(stdout).toContain(`node ${join(folder, 'parley.js')}`);
  expect((await readdir(folder)).sort()).toEqual([
    ...[
      'LICENSE',
      'LICENSES-THIRD-PARTY.txt',
      'package.json',
      'packs',
      'parley.js',
      'parts',
      'sbom.cdx.json',
      'teams.js',
      'time',
    ],
  ]);

  // Where Node is too old a sentence says so, not the first module that it has not got.
  const older = 'Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})';
  await expect(
    run(process.execPath, ['--import', `data:text/javascript,${older}`, join(folder, 'parley.js')]),
  ).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^Parley needs Node 24 or newer/) });

  const standIns = await startStandIns({ withPage: false });
  onTestFinished(() => standIns.close());
  const env = standIns.botEnv(await freePort());
  const bot = await startBot(env, { entry: join(folder, 'parley.js') });
  onTestFinished(async () => void (await bot.stop()));
  standIns.connect(bot.url);
  const [ada] = standIns.people.filter(({ oid }) => oid === ADA.oid);
  if (ada === undefined) throw new Error('Ada is not there');
  standIns.entra.consent(ada.oid);

  const chat = standIns.channel.state.personal(ada.oid);
  await standIns.channel.say(ada, chat?.id ?? '', 'meeting tomorrow 3pm about Q3');
  // After the sign-in the bot answers first and makes the meeting then.
  await expect.poll(() => standIns.graph.meetings.length).toBe(1);
  const newest = () => JSON.stringify(chat?.messages.at(-1)?.activity.attachments);
  await expect.poll(newest).toContain(standIns.graph.meetings[0]?.joinWebUrl);

  const [meeting] = standIns.graph.meetings;
  expect(meeting).toMatchObject({ subject: 'Q3', organizer: ada.oid });
  expect(newest()).toContain('application/vnd.microsoft.card.adaptive');
  expect(bot.output()).not.toContain('Warning');

  await standIns.channel.say(ada, chat?.id ?? '', 'Termin morgen um 15:30 zum Thema Budget');
  await expect.poll(() => standIns.graph.meetings.map(({ subject }) => subject)).toEqual(['Q3', 'Budget']);

  // The page on which a person agrees needs TeamsJS, which lies beside the bundle.
  const library = await fetch(`${bot.url}/auth/teams.js`);
  expect(library.status).toBe(200);
  expect(await library.text()).toContain('notifySuccess');
  expect(await bot.stop()).toBe(0);
});

test('npm start keeps what Node makes of the sources, and the sandbox and the tests use the same', () => {
  const { file, flags } = sourcesOf();
  expect(file).toMatch(/bot\/main\.ts$/);
  const ask = [
    '--input-type=module',
    '-e',
    "console.log((await import('node:module')).getCompileCacheDir())",
  ];
  const { stdout } = spawnSync(process.execPath, [...flags, ...ask], { env: {}, encoding: 'utf8' });
  expect(stdout).toContain(COMPILED);
});
