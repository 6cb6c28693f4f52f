import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { freePort, startBot } from './bot-process.ts';
import { openBrowser } from './browser.ts';
import { startStandIns } from './standins.ts';

// Plays the main job in a real browser and takes the README's picture; with --out, every step in both themes and widths.
const { values } = parseArgs({ options: { out: { type: 'string' } } });

const standIns = await startStandIns();
const bot = await startBot(standIns.botEnv(await freePort(), { LOG_LEVEL: 'warn' }));
standIns.connect(bot.url);
const browser = await openBrowser();
try {
  if (values.out === undefined) await takePicture(join(import.meta.dirname, 'picture.png'));
  else await takeAll(values.out);
} finally {
  await browser.close();
  await bot.stop();
  await standIns.close();
}

async function takePicture(path: string): Promise<void> {
  const page = await open({ width: 1180, height: 900 }, 'light');
  await ask(page);
  await page.screenshot({ path });
  console.log(path);
}

async function takeAll(folder: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const [name, width] of [
      ['wide', 1180],
      ['narrow', 375],
    ] as const) {
      for (const { oid } of standIns.people) {
        standIns.entra.withdrawConsent(oid);
        standIns.entra.revoke(oid);
      }
      standIns.channel.state.clear();
      const page = await open({ width, height: 820 }, theme);
      const shoot = (step: string) => page.screenshot({ path: join(folder, `${step}.${theme}.${name}.png`) });
      await shoot('1-welcome');
      await ask(page, () => shoot('2-sign-in'));
      await shoot('3-card');
      await write(page, 'meeting at 3');
      await page.waitForTimeout(1_000);
      await shoot('4-question');
      await page.getByRole('button', { name: 'What the stand-ins hold' }).click();
      await page.getByText('Consent given by').waitFor();
      await shoot('5-drawer');
      await page.close();
    }
  }
}

async function open(
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark',
): Promise<Page> {
  const page = await browser.newPage({ viewport, colorScheme });
  await page.goto(standIns.page?.url ?? '');
  await page.getByRole('article').first().waitFor({ state: 'attached' });
  const chat = page.getByRole('button', { name: 'Parley' }).first();
  if (viewport.width < 720) await chat.click();
  return page;
}

async function ask(page: Page, onSignIn: () => Promise<unknown> = async () => undefined): Promise<void> {
  await write(page, 'meeting tomorrow 3pm about Q3');
  const button = page.getByRole('button', { name: 'Sign in' });
  await button.waitFor();
  await onSignIn();
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Accept' }).click()]);
  await page.getByRole('link', { name: 'Join with link' }).waitFor();
  await page.mouse.move(0, 0);
}

async function write(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Type a message' });
  await box.fill(text);
  await box.press('Enter');
}
