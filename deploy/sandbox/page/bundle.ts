import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { PALETTES, type Theme } from '../../../cards/teams-look.ts';

/** The page's files by path, each with its content type. Bundled in memory; nothing is written. */
type Assets = ReadonlyMap<string, { type: string; content: string }>;

/** Reads and bundles the page. Rejects when its sources do not compile. */
export async function bundlePage(): Promise<Assets> {
  const here = import.meta.dirname;
  const [html, css, script] = await Promise.all([
    readFile(join(here, 'index.html'), 'utf8'),
    readFile(join(here, 'page.css'), 'utf8'),
    bundleScript(join(here, 'client', 'main.ts')),
  ]);
  return new Map([
    ['/', { type: 'text/html', content: html }],
    ['/page.css', { type: 'text/css', content: `${colours('light')}${colours('dark')}${css}` }],
    ['/page.js', { type: 'text/javascript', content: script }],
  ]);
}

async function bundleScript(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** The palette of the cards, as custom properties for the page around them. */
function colours(theme: Theme): string {
  const lines = Object.entries(PALETTES[theme]).map(([name, value]) => `--${name}: ${value};`);
  return `:root[data-theme='${theme}'] { color-scheme: ${theme}; ${lines.join(' ')} }\n`;
}
