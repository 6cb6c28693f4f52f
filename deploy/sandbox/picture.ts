import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { freePort, startBot } from './bot-process.ts';
import { openBrowser } from './browser.ts';
import { startStandIns } from './standins.ts';

// Plays the main job in a real browser and takes the README's picture.
const path = join(import.meta.dirname, 'picture.png');

const browser = await openBrowser();
const standIns = await startStandIns();
try {
  const bot = await startBot(standIns.botEnv(await freePort(), { LOG_LEVEL: 'warn' }));
  standIns.connect(bot.url);
  await takePicture(standIns.page?.url ?? '').finally(() => bot.stop());
} finally {
  await standIns.close();
  await browser.close();
}
console.log(path);

async function takePicture(url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1180, height: 1000 }, colorScheme: 'light' });
  await page.goto(url);
  await page.getByRole('article').first().waitFor();
  await page.getByRole('button', { name: 'Hide this hint' }).click();
  await ask(page);
  await page.screenshot({ path });
}

async function ask(page: Page): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Type a message' });
  await box.fill('meeting tomorrow 3pm about Q3');
  await box.press('Enter');
  const button = page.getByRole('button', { name: 'Sign in' });
  await button.waitFor();
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Accept' }).click()]);
  await page.getByRole('link', { name: 'Join online' }).waitFor();
  await page.mouse.move(0, 0);
}
