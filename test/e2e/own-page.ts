import { existsSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect } from 'vitest';
import { CHROMIUM, openBrowser } from '../../deploy/sandbox/browser.ts';
import { ownWorld } from './own-world.ts';
import type { World } from './world.ts';

/** Tests that look at the page: left out where there is no browser. Where CI runs, a missing one must be seen. */
export function inBrowser(name: string, tests: () => Promise<void>): void {
  if (existsSync(CHROMIUM) || process.env.CI) describe(name, tests);
  else describe.todo(`${name}: needs ${CHROMIUM}`);
}

/** A world with its page. Each test has a browser profile of its own, which reaches nothing outside of this machine. */
type OwnPage = {
  world: World;
  /** A tab on the page, at this fragment of its address. What it complains of fails the test. */
  open(fragment?: string): Promise<Page>;
};

// TeamsJS asks Microsoft for hosts beyond those that it knows, which the policy of the bot's pages does not let it.
const MORE_HOSTS = 'teams-js/validDomains';

/** The page of one test file's own world, until its last test has ended. */
export async function ownPage(): Promise<OwnPage> {
  const world = await ownWorld({ withPage: true });
  const browser = await openBrowser();
  let context: BrowserContext;
  let complaints: string[];

  beforeEach(async () => {
    complaints = [];
    context = await browser.newContext({ colorScheme: 'light' });
    await context.route('https://**', (route) => route.fulfill({ body: 'outside' }));
  });
  afterEach(async () => {
    await world.idle();
    await context.close();
    expect(complaints).toEqual([]);
  });
  afterAll(() => browser.close());

  return {
    world,
    open: async (fragment = '') => {
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        const isBad = ['error', 'warning'].includes(message.type());
        if (isBad && !message.text().includes(MORE_HOSTS)) complaints.push(message.text());
      });
      await page.goto(`${world.page?.url}${fragment}`);
      return page;
    },
  };
}
