import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Plugin } from 'esbuild';
import about from '../package.json' with { type: 'json' };
import { licenseText } from './build/licenses.ts';
import { readPackages } from './build/packages.ts';
import { billOfMaterials } from './build/sbom.ts';

// ESM in the folder that is named, or in dist/: parley.js, and beside it the parts that only some need. It needs nothing
// but Node and starts in a third of the time of the sources. Node keeps a program's text in memory, so white space and comments
// go; names stay, and lines stay short, so that the stack traces in the log can be read.
const HELP = 'npm run build -- [folder]\n\nBundles the bot into one folder (dist) that needs only Node 24.';
const { values, positionals } = readArguments();
if (values.help) stop(HELP, 0);
const [folder = 'dist'] = positionals;

/** What a file of a package requires that Parley never calls. The bundle has nothing in its place, and none of what that would load. */
const UNCALLED: readonly (readonly [file: string, required: string])[] = [
  // For a symbol of answers that are not sent by the SDK.
  ['botbuilder-core/lib/turnContext.js', '.'],
  ['restify/lib/index.js', './plugins'],
];

const withoutUncalled: Plugin = {
  name: 'without what is not called',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\.(\/plugins)?$/ }, ({ path, importer }) => {
      const isUncalled = UNCALLED.some(
        ([file, required]) => path === required && importer.replaceAll(sep, '/').endsWith(file),
      );
      return isUncalled ? { path, namespace: 'empty' } : undefined;
    });
    onLoad({ filter: /./, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const { outputFiles, metafile } = await build({
  entryPoints: ['bot/main.ts'],
  outdir: folder,
  entryNames: 'parley',
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  // First of all, so that it can speak where the rest could not even be read.
  inject: ['bot/node-version.js'],
  splitting: true,
  write: false,
  metafile: true,
  minifyWhitespace: true,
  lineLimit: 160,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // CommonJS packages inside the bundle still call require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  plugins: [withoutUncalled],
  alias: { botbuilder: './deploy/build/botbuilder.ts' },
  // An optional native probe of restify; it runs without.
  external: ['dtrace-provider'],
  logLevel: 'warning',
});
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, ascii(text));
}
// Without it Node compiles the file twice to find out what it is.
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
// What the reader knows of languages is data, found beside the file that reads it. What it was learned from stays here.
for (const data of ['packs', 'time'])
  cpSync(join('bot/language', data), join(folder, data), {
    recursive: true,
    filter: (path) => !/\.(ts|md)$|\bcorpus$/.test(path),
  });
const teamsJs = createRequire(import.meta.url).resolve('@microsoft/teams-js');
copyFileSync(teamsJs, join(folder, 'teams.js'));
// Who passes the bundle on must pass these on, too.
copyFileSync('LICENSE', join(folder, 'LICENSE'));
const files = [...Object.keys(metafile.inputs), relative('.', teamsJs).replaceAll(sep, '/')];
const packages = readPackages(files, readFileSync('package-lock.json', 'utf8'));
writeFileSync(join(folder, 'LICENSES-THIRD-PARTY.txt'), licenseText(packages));
writeFileSync(
  join(folder, 'sbom.cdx.json'),
  billOfMaterials({ name: about.name, version: about.version }, packages),
);

console.log(`${folder}  Start it with: node ${join(folder, 'parley.js')}`);

function readArguments() {
  try {
    return parseArgs({ options: { help: { type: 'boolean', default: false } }, allowPositionals: true });
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : error}\n\n${HELP}`, 2);
  }
}

function stop(text: string, code: number): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}

/** One letter beyond Latin 1, and Node keeps the whole file at two bytes a letter. They are left in patterns only. */
function ascii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
