import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser } from '../sandbox/browser.ts';

// Draws color.png and outline.png anew after a change of their SVG: node deploy/teams/draw-icons.ts
// The pictures are committed, so that packaging needs no browser.
const browser = await openBrowser();
try {
  await draw('color', 192);
  await draw('outline', 32);
} finally {
  await browser.close();
}

async function draw(name: string, size: number): Promise<void> {
  const drawing = readFileSync(join(import.meta.dirname, `${name}.svg`), 'utf8');
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  await page.screenshot({ path: join(import.meta.dirname, `${name}.png`), omitBackground: true });
}
