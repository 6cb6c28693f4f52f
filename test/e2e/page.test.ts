import { DateTime } from 'luxon';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import de from '../../bot/say/messages/de.json' with { type: 'json' };
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import fr from '../../bot/say/messages/fr.json' with { type: 'json' };
import { DOCUMENTED_ERRORS } from '../../deploy/sandbox/graph/documented-errors.ts';
import { ADA, BEN, CHANDRA, DMITRI } from '../../deploy/sandbox/people.ts';
import { inBrowser, ownPage } from './own-page.ts';

const PHONE = { width: 375, height: 740 };

inBrowser('the page in a browser', async () => {
  const { world, open } = await ownPage();
  let page: Page;
  beforeEach(async () => {
    page = await open();
    await page.getByRole('textbox', { name: 'Type a message' }).waitFor();
  });

  const messages = () => page.getByRole('log', { name: 'Messages' });
  const join = () => messages().getByRole('link', { name: 'Join online' });

  /** How what has the focus is called. */
  const focused = () =>
    page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent');

  const inDays = (days: number) => DateTime.now().setZone(ADA.zone).plus({ days }).toFormat('yyyy-MM-dd');

  async function write(text: string) {
    const box = page.getByRole('textbox', { name: 'Type a message' });
    await box.fill(text);
    await box.press('Enter');
  }

  async function decide(decision: 'Accept' | 'Decline') {
    const button = messages().getByRole('button', { name: /sign in/i });
    await button.waitFor();
    const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
    await popup.getByRole('button', { name: decision }).click();
  }

  test('a sentence, one consent, and the card with its link', async () => {
    await write('meeting tomorrow 3pm about Q3');
    await decide('Accept');
    await join().waitFor();
    expect(world.alive()).toMatchObject([{ subject: 'Q3', organizer: ADA.oid }]);
    const asked = page
      .context()
      .waitForEvent('request', (request) => request.url() === world.alive()[0]?.joinWebUrl);
    await Promise.all([asked, join().click()]);
  });

  test('Teams can be set to another language, in which Parley answers', async () => {
    await page.getByLabel('You are').selectOption(DMITRI.oid);
    await write('Hilfe');
    await messages().getByText(de['help.note']).waitFor();
    await page.getByLabel('Language of Teams').selectOption('fr-FR');
    await write('aide');
    await messages().getByText(fr['help.note']).waitFor();
    // Where everything begins anew, Teams is set to what it was at first.
    world.channel.state.clear();
    await world.type(DMITRI, 'Hilfe');
    expect(world.lastText(DMITRI)).toContain(de['help.note']);
  });

  test('who declines is left with a button, and nothing is made', async () => {
    await page.getByLabel('You are').selectOption(CHANDRA.oid);
    await write('meeting tomorrow 3pm about Q3');
    await decide('Decline');
    await messages()
      .getByRole('button', { name: /sign in/i })
      .last()
      .waitFor();
    expect(world.graph.meetings).toEqual([]);
  });

  test('a question is answered on its card', async () => {
    world.entra.consent(ADA.oid);
    await write('meeting about Q3');
    const question = messages().getByRole('article').last();
    await question.getByLabel('Day').fill(inDays(3));
    await question.getByLabel('Start').fill('15:00');
    await question.getByRole('button').last().click();
    await join().waitFor();
    expect(world.alive()).toMatchObject([{ subject: 'Q3' }]);
  });

  test('a mention in a channel is answered in its thread', async () => {
    await page.getByRole('button', { name: /Design/ }).click();
    await write('@Parley good morning');
    const threads = messages().getByRole('region', { name: 'Thread' });
    const asked = threads.filter({ hasText: 'good morning' });
    await expect.poll(() => asked.getByRole('article').count()).toBe(2);
    await expect.poll(() => asked.getByText('Parley', { exact: true }).count()).toBeGreaterThan(1);
    const before = await threads.count();
    await write('another post, to nobody in particular');
    await expect.poll(() => threads.count()).toBe(before + 1);
  });

  test('what a person writes is shown as text', async () => {
    const text = '<img src=x onerror=alert(1)> **bold**';
    await write(text);
    await messages().getByText(text).first().waitFor();
    expect(await messages().locator('img').count()).toBe(0);
  });

  test('somebody else sees their own chat, not this one', async () => {
    await write('hello from Ada');
    await messages().getByText('hello from Ada').first().waitFor();
    await page.getByLabel('You are').selectOption(BEN.oid);
    await expect.poll(() => world.channel.state.personal(BEN.oid)?.installed).toBe(true);
    expect(await messages().getByText('hello from Ada').count()).toBe(0);
  });

  test('chats that come late, of somebody who is played no longer, are not shown', async () => {
    const held = Promise.withResolvers<void>();
    await page.route(`**/api/boot?as=${ADA.oid}`, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.getByLabel('You are').selectOption(BEN.oid);
    await expect.poll(() => world.channel.state.personal(BEN.oid)?.installed).toBe(true);
    await page.getByLabel('You are').selectOption(ADA.oid);
    await page.getByLabel('You are').selectOption(BEN.oid);
    const late = page.waitForResponse((response) => response.url().endsWith(`boot?as=${ADA.oid}`));
    await page.getByRole('textbox', { name: 'Type a message' }).waitFor();
    held.resolve();
    await (await late).finished();
    await write('hello from Ben');
    await messages().getByText('hello from Ben').first().waitFor();
  });

  test('the drawer shows what Graph holds and who has consented, and makes Graph fail', async () => {
    await page.getByRole('button', { name: 'Behind the scenes', exact: true }).click();
    const drawer = page.getByRole('complementary');
    await drawer.getByRole('switch', { name: ADA.name }).check();
    await expect.poll(() => world.entra.state.consents.has(ADA.oid)).toBe(true);
    const answers = drawer.getByLabel('Graph answers');
    await expect
      .poll(() => answers.getByRole('option').allTextContents())
      .toEqual(['As usual', ...DOCUMENTED_ERRORS.map(({ title }) => title)]);
    await answers.selectOption('forbidden');
    await expect.poll(() => world.faults.list()).toHaveLength(1);
    await write('meeting tomorrow 3pm about Q3');
    await messages().getByText(en['problem.forbidden.title']).waitFor();
    await answers.selectOption('As usual');
    await expect.poll(() => world.faults.list()).toHaveLength(0);
    await write('meeting tomorrow 3pm about Q3');
    await drawer.getByText('Meetings in Graph: 1').waitFor();
    await drawer.getByText(ADA.name, { exact: false }).first().waitFor();
  });

  test('a switch of the drawer changes what people may do, and changes it back', async () => {
    world.entra.consent(ADA.oid);
    await page.getByRole('button', { name: 'Behind the scenes', exact: true }).click();
    const licences = page
      .getByRole('complementary')
      .getByRole('switch', { name: 'Nobody has a Teams licence' });
    await licences.check();
    await expect.poll(() => world.people[0]?.licence.teams).toBe(false);
    await write('meeting tomorrow 3pm about Q3');
    await messages().getByText(en['problem.forbidden.title']).waitFor();
    expect(world.graph.meetings).toEqual([]);
    await licences.uncheck();
    await expect.poll(() => world.people[0]?.licence.teams).toBe(true);
  });

  test('on a phone the list and the chat take turns, and nothing runs over the edge', async () => {
    world.entra.consent(ADA.oid);
    await write('meeting tomorrow 3pm about Q3');
    await join().waitFor();
    await page.setViewportSize(PHONE);
    await page.reload();
    await join().waitFor();
    const below = 'document.getElementById("log").scrollHeight - document.getElementById("log").clientHeight';
    expect(await page.evaluate(`${below} - document.getElementById("log").scrollTop`)).toBeLessThan(2);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Back to conversations' }).click();
    expect(await page.getByRole('navigation', { name: 'Conversations' }).isVisible()).toBe(true);
    expect(await focused()).toContain('Parley');
    await page.keyboard.press('Enter');
    await join().waitFor();
  });

  test('it says at once that one can be several people and make things fail, until that is put away', async () => {
    const words = page.getByText(`You can be ${world.people.length} people here`);
    await words.waitFor();
    await page.getByRole('button', { name: 'look behind the scenes' }).click();
    await page.getByRole('heading', { name: 'Make it fail' }).waitFor();
    expect(await focused()).toBe('Close');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Hide this hint' }).click();
    await page.reload();
    await page.getByRole('textbox', { name: 'Type a message' }).waitFor();
    expect(await words.count()).toBe(0);
  });

  test('whoever presses a button by the keyboard goes on from the card that comes of it', async () => {
    world.entra.consent(ADA.oid);
    await write('meeting tomorrow 3pm about Q3');
    await join().waitFor();
    await messages().getByRole('button', { name: 'Change', exact: true }).focus();
    await page.keyboard.press('Enter');
    const subject = messages().getByLabel(en['edit.subjectLabel']);
    await subject.waitFor();
    await page.keyboard.press('Tab');
    expect(await subject.evaluate((field) => field.matches(':focus'))).toBe(true);
  });

  test('in forced colours it is seen which chat is open, what is pressed first, and where a card ends', async () => {
    world.entra.consent(ADA.oid);
    await write('meeting tomorrow 3pm about Q3');
    await join().waitFor();
    await page.emulateMedia({ forcedColors: 'active' });
    const look = (selector: string, property: string) =>
      page
        .locator(selector)
        .last()
        .evaluate((one, name) => String(one.computedStyleMap().get(name)), property);
    expect(await look('.chat[aria-current]', 'outline-style')).toBe('solid');
    expect(await look('.card', 'border-top-style')).toBe('solid');
    const [first, other] = ['.ac-pushButton.style-positive', '.ac-pushButton:not(.style-positive)'];
    expect(await look(first, 'background-color')).not.toBe(await look(other, 'background-color'));
    await page.getByRole('button', { name: 'Behind the scenes', exact: true }).click();
    expect(await look('.switch input', 'appearance')).toBe('auto');
  });

  test('the theme stays', async () => {
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await page.reload();
    await expect.poll(() => page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
  });

  test('only the page itself may act', async () => {
    const url = `${world.page?.url}/api/command`;
    const conversation = world.chat(ADA).id;
    const body = JSON.stringify({ kind: 'say', as: ADA.oid, conversation, text: 'hi', thread: null });
    const post = (headers: Record<string, string>) => fetch(url, { method: 'POST', headers, body });
    const written = () => world.chat(ADA).messages.filter(({ author }) => author.kind === 'person').length;
    const json = { 'Content-Type': 'application/json' };
    expect((await post({ 'Content-Type': 'text/plain' })).status).toBe(400);
    expect((await post({ ...json, Origin: 'https://evil.example' })).status).toBe(400);
    expect(written()).toBe(0);
    expect((await post(json)).status).toBe(200);
    expect(written()).toBe(1);
  });
});
