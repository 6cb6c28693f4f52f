import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { freePort, startBot } from './bot-process.ts';
import { openBrowser } from './browser.ts';
import { startStandIns } from './standins.ts';

// Plays the main job in a real browser and takes the README's picture; with --out, every step in both themes and widths.
const { values } = parseArgs({ options: { out: { type: 'string' } } });

const browser = await openBrowser();
try {
  if (values.out === undefined) await takePicture(join(import.meta.dirname, 'picture.png'));
  else await takeAll(values.out);
} finally {
  await browser.close();
}

async function takePicture(path: string): Promise<void> {
  await inSandbox(async (url) => {
    const page = await open(url, { width: 1180, height: 1000 }, 'light');
    await ask(page);
    await page.screenshot({ path });
  });
  console.log(path);
}

async function takeAll(folder: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const [name, width] of [
      ['wide', 1180],
      ['narrow', 375],
    ] as const) {
      const file = (step: string) => join(folder, `${step}.${theme}.${name}.png`);
      await inSandbox(async (url) => {
        const page = await open(url, { width, height: 820 }, theme);
        await play(page, (step) => page.screenshot({ path: file(step) }));
      });
    }
  }
}

async function play(page: Page, shoot: (step: string) => Promise<unknown>): Promise<void> {
  await shoot('1-welcome');
  await ask(page, () => shoot('2-sign-in'));
  await shoot('3-card');
  await write(page, 'meeting at 3');
  await page.getByRole('article').filter({ hasText: 'meeting at 3' }).waitFor();
  await page.waitForTimeout(1_000);
  await shoot('4-question');
  await page.getByRole('button', { name: 'Behind the scenes', exact: true }).click();
  await page.getByText('Has consented').waitFor();
  await shoot('5-drawer');
}

/** A bot welcomes once, so each run has its own. */
async function inSandbox(run: (url: string) => Promise<void>): Promise<void> {
  const standIns = await startStandIns();
  try {
    const bot = await startBot(standIns.botEnv(await freePort(), { LOG_LEVEL: 'warn' }));
    standIns.connect(bot.url);
    await run(standIns.page?.url ?? '').finally(() => bot.stop());
  } finally {
    await standIns.close();
  }
}

async function open(
  url: string,
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark',
): Promise<Page> {
  const page = await browser.newPage({ viewport, colorScheme });
  await page.goto(url);
  await page.getByRole('article').first().waitFor();
  await page.getByRole('button', { name: 'Hide this hint' }).click();
  return page;
}

async function ask(page: Page, onSignIn: () => Promise<unknown> = async () => undefined): Promise<void> {
  await write(page, 'meeting tomorrow 3pm about Q3');
  const button = page.getByRole('button', { name: 'Sign in' });
  await button.waitFor();
  await onSignIn();
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Accept' }).click()]);
  await page.getByRole('link', { name: 'Join online' }).waitFor();
  await page.mouse.move(0, 0);
}

async function write(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Type a message' });
  await box.fill(text);
  await box.press('Enter');
}
