import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { render } from '../bot/say/render.ts';
import { readSamples } from './samples.ts';
import { bundle, type Drawing, page } from './sheet.ts';
import type { Theme } from './teams-look.ts';

const THEMES: readonly Theme[] = ['light', 'dark'];
/** A phone's chat column, and a desktop's. */
const WIDTHS = [320, 560] as const;
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    only: { type: 'string', default: '' },
    locale: { type: 'string' },
    chromium: { type: 'string', default: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium' },
  },
});
if (values.out === undefined) {
  console.error(
    'Usage: node cards/preview.ts --out <folder> [--only meeting.] [--locale de-DE] [--chromium <path>]',
  );
  process.exit(2);
}
await preview(values.out, drawingsOf(values.only, values.locale), values.chromium);

/** Draws every sample as PNG in both themes and widths, and one sheet of all per theme and width. */
async function preview(out: string, drawings: Drawing[], executablePath: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const renderer = await bundle();
  const browser = await chromium.launch({ executablePath, args: QUIET });
  try {
    for (const theme of THEMES) {
      for (const width of WIDTHS)
        await draw(browser, page(renderer, drawings, theme, width), out, `${theme}.${width}`);
    }
  } finally {
    await browser.close();
  }
  for (const { name, card } of drawings) {
    await writeFile(join(out, `${name}.json`), `${JSON.stringify(card, null, 2)}\n`);
  }
  console.log(`${drawings.length} samples, ${THEMES.length * WIDTHS.length} pictures each, in ${out}`);
}

/** The cards of the samples whose names begin so, for readers of that locale, or for each sample's own. */
function drawingsOf(only: string, locale?: string): Drawing[] {
  return readSamples()
    .filter(({ name }) => name.startsWith(only))
    .flatMap(({ name, reply, reader }) => {
      const rendered = render(reply, { ...reader, ...(locale && { locale }) });
      return rendered.kind === 'card' ? [{ name, card: rendered.card }] : [];
    });
}

/** One picture of the whole sheet, from which each card's is cut: a screenshot of every card would take minutes. */
async function draw(browser: Browser, html: string, out: string, suffix: string): Promise<void> {
  const tab = await browser.newPage({ viewport: { width: 1900, height: 1000 }, deviceScaleFactor: 1 });
  tab.on('pageerror', (error) => console.error(error.message));
  await tab.setContent(html);
  const bytes = await tab.screenshot({ path: join(out, `sheet.${suffix}.png`), fullPage: true });
  const boxes = await tab.locator('.card').evaluateAll((cards) =>
    cards.map((card) => {
      const { x, y, width, height } = card.getBoundingClientRect();
      return { id: card.id, box: [x, y, width, height].map(Math.round) };
    }),
  );
  await tab.close();
  const sheet = PNG.sync.read(bytes);
  for (const { id, box } of boxes) await writeFile(join(out, `${id}.${suffix}.png`), cut(sheet, box));
  console.log(`${suffix}: ${boxes.length} cards`);
}

function cut(sheet: PNG, [x = 0, y = 0, wide = 0, high = 0]: readonly number[]): Buffer {
  const width = Math.min(wide, sheet.width - x);
  const height = Math.min(high, sheet.height - y);
  const picture = new PNG({ width, height });
  PNG.bitblt(sheet, picture, x, y, width, height, 0, 0);
  return PNG.sync.write(picture);
}
