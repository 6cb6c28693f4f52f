import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

// One ESM file in the folder that is named, or in dist/. It needs nothing but Node and starts in half the time of the
// sources. Not minified: that would save little, and the stack traces in the log could not be read.
const folder = process.argv[2] ?? 'dist';

/** The SDK requires what we import, and these packages come in both forms; one form is enough. */
const oneForm: Plugin = {
  name: 'one form',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^@(azure|typespec)\// }, ({ path, kind, importer, resolveDir }) =>
      kind === 'import-statement' ? resolve(path, { kind: 'require-call', importer, resolveDir }) : undefined,
    );
  },
};

mkdirSync(folder, { recursive: true });
await build({
  entryPoints: ['bot/main.ts'],
  outfile: join(folder, 'parley.js'),
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // CommonJS packages inside the bundle still call require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  plugins: [oneForm],
  // node-fetch 2 takes nothing but URL from it, which Node has; it would warn of a deprecated module at each start.
  alias: { 'whatwg-url': 'node:url' },
  // An optional native probe of restify; it runs without.
  external: ['dtrace-provider'],
  logLevel: 'warning',
});
// Without it Node compiles the file twice to find out what it is.
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
copyFileSync(createRequire(import.meta.url).resolve('@microsoft/teams-js'), join(folder, 'teams.js'));
