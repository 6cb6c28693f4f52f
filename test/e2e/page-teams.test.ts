import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN, CHANDRA, type Person } from '../../deploy/sandbox/people.ts';
import { inBrowser, ownPage } from './own-page.ts';

/** What Microsoft's renderer calls “…”. */
const MENU = 'More options';
const SENTENCE = '@Parley tomorrow 3-4:30pm design review with @Ben';

inBrowser('teams on the page', async () => {
  const { world, open } = await ownPage();

  /** A window on the page, as this person, in one of the conversations. */
  async function look(person: Person, conversation: RegExp) {
    const page = await open(`/#as=${person.oid}`);
    await page.getByRole('button', { name: conversation }).click();
    return windowOn(page);
  }

  function windowOn(page: Page) {
    const log = page.getByRole('log', { name: 'Messages' });
    const card = log
      .getByRole('article')
      .filter({ has: page.getByRole('group') })
      .last();
    const box = page.getByRole('textbox', { name: 'Type a message' });
    const button = (name: string) => card.getByRole('button', { name, exact: true });
    /** Until the click before is answered, the page takes no other on that card. */
    const click = (name: string) =>
      card.and(page.locator(':not([aria-busy="true"])')).getByRole('button', { name, exact: true }).click();
    return {
      page,
      log,
      /** The newest card. */
      card,
      button,
      press: click,
      /** Opens “…” and chooses there. */
      choose: async (name: string) => {
        await click(MENU);
        await page.getByRole('menuitem', { name, exact: true }).click();
      },
      /** Reads the question first: an answer that comes at once is none. */
      confirm: async (name: string) => {
        await button(name).waitFor();
        await page.waitForTimeout(1_100);
        await click(name);
      },
      sees: (words: string) => card.getByText(words).first().waitFor(),
      write: async (text: string) => {
        await box.fill(text);
        await box.press('Enter');
      },
      become: async (person: Person) => {
        await page.getByLabel('You are').selectOption(person.oid);
        await expect.poll(() => box.isEnabled()).toBe(true);
      },
      agree: async () => {
        const signIn = log.getByRole('button', { name: en['signin.button'] }).last();
        await signIn.waitFor();
        const [popup] = await Promise.all([page.waitForEvent('popup'), signIn.click()]);
        await popup.getByRole('button', { name: 'Accept' }).click();
      },
    };
  }

  test('a draft in a group chat is seen and created by the one who asked; each sees their own side of the one card', async () => {
    const ada = await look(ADA, /Q3 launch/);
    await ada.write(SENTENCE);
    await ada.sees(en['draft.title']);
    expect(await ada.log.locator('.text .mention').allTextContents()).toEqual(['Parley', BEN.name]);

    await ada.become(BEN);
    await ada.sees('design review with');
    expect(await ada.log.getByText(en['draft.title']).count()).toBe(0);

    await ada.become(ADA);
    await ada.sees('Only you can see this');
    await ada.press(en['draft.create']);
    await ada.agree();
    for (const name of ['newLink', 'change'] as const) await ada.button(en[`meeting.${name}`]).waitFor();
    await ada.button(MENU).waitFor();
    expect(world.alive()).toMatchObject([{ subject: 'design review', organizer: ADA.oid }]);

    await ada.become(BEN);
    await ada.card.getByRole('link', { name: en['meeting.calendarOutlook'] }).waitFor();
    await ada.button(MENU).waitFor();
    expect(await ada.card.locator('.mention').textContent()).toBe(BEN.name);
    expect(await ada.button(en['meeting.newLink']).count()).toBe(0);
    expect(world.entra.state.consents.has(BEN.oid)).toBe(false);

    await ada.become(ADA);
    await ada.button(en['meeting.newLink']).waitFor();
  });

  test('Change and Cancel it change the card under the eyes of somebody else', async () => {
    world.entra.consent(ADA.oid);
    const ben = await look(BEN, /Q3 launch/);
    // The tab in front is the one that is clicked in: Chromium draws the others once a second.
    const ada = await look(ADA, /Q3 launch/);
    await ada.write(SENTENCE);
    await ada.press(en['meeting.change']);
    await ada.card.getByLabel(en['edit.subjectLabel']).fill('second round');
    await ada.card.locator('input[type=time]').fill('16:15');
    await ada.card.getByLabel(en['edit.minutesLabel']).fill('45');
    const link = world.alive()[0]?.joinWebUrl;
    expect(await ben.card.getByLabel(en['edit.subjectLabel']).count()).toBe(0);
    await ada.press(en['edit.save']);
    await ben.sees('second round');
    await ben.sees('16:15');
    expect(world.alive()).toMatchObject([{ subject: 'second round', joinWebUrl: link }]);

    await ada.choose(en['meeting.cancel']);
    await ada.press(en['confirm.keep']);
    await ada.choose(en['meeting.cancel']);
    await ada.confirm(en['confirm.yes']);
    for (const window of [ada, ben]) {
      await window.sees(en['ended.cancelled']);
      expect(await window.card.getByRole('link', { name: en['meeting.join'] }).count()).toBe(0);
    }
    expect(world.alive()).toEqual([]);
  });

  test('a new link reaches everybody; where the old one cannot be removed, the card says so', async () => {
    world.entra.consent(ADA.oid);
    const ada = await look(ADA, /Q3 launch/);
    await ada.write(SENTENCE);
    await ada.press(en['meeting.newLink']);
    await ada.confirm(en['confirm.renewYes']);
    await ada.sees(en['note.oldLinkLocked']);
    await expect.poll(() => world.alive().length).toBe(1);

    await ada.page.getByRole('button', { name: 'Behind the scenes', exact: true }).click();
    const drawer = ada.page.getByRole('complementary');
    await drawer.getByLabel('Graph answers').selectOption('forbidden');
    await drawer.getByLabel('when it is asked to').selectOption('delete a meeting');
    await expect.poll(() => world.faults.list()).toMatchObject([{ match: { method: 'DELETE' } }]);
    await ada.press(en['meeting.newLink']);
    await ada.confirm(en['confirm.renewYes']);
    await ada.sees(en['note.oldLinkAlive']);
    await drawer.getByText('Meetings in Graph: 2').waitFor();
  });

  test('in a channel all of it happens in its thread, and each agrees for themselves', async () => {
    const page = await look(ADA, /Design/);
    await page.write('@Parley friday 10-11 roadmap with @Chandra');
    const thread = page.log.getByRole('region', { name: 'Thread' }).filter({ hasText: 'friday' });
    await thread.getByRole('button', { name: en['draft.create'] }).click();
    await page.agree();
    const join = thread.getByRole('link', { name: en['meeting.join'] });
    await join.waitFor();

    await page.become(CHANDRA);
    const yes = thread.getByRole('button', { name: en['meeting.copyYes'] });
    await thread.getByRole('button', { name: MENU }).click();
    expect(await yes.isVisible()).toBe(false);
    await page.page.getByRole('menuitem', { name: en['meeting.makeCopy'] }).click();
    await thread.getByText(en['meeting.copyAsk']).waitFor();
    expect(world.alive()).toHaveLength(1);
    await yes.click();
    await page.agree();
    await expect.poll(() => join.count()).toBe(2);
    expect(world.organizers()).toEqual([ADA.oid, CHANDRA.oid]);
    await thread.getByRole('button', { name: 'Reply' }).click();
    await page.write('see you there');
    await thread.getByText('see you there').waitFor();
  });

  test('the calendar file comes from the card, through the page', async () => {
    world.entra.consent(ADA.oid);
    const ada = await look(ADA, /Q3 launch/);
    await ada.write(SENTENCE);
    const [file] = await Promise.all([
      Promise.race([
        ada.page.waitForEvent('download'),
        ada.page
          .context()
          .waitForEvent('page')
          .then((tab) => tab.waitForEvent('download')),
      ]),
      ada.choose(en['meeting.calendarFile']),
    ]);
    const content = await readFile(await file.path(), 'utf8');
    expect(content.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
    expect(content).toContain('SUMMARY:design review');
  });

  test('what is edited, deleted or liked makes no second meeting; who leaves is gone', async () => {
    world.entra.consent(ADA.oid);
    const ada = await look(ADA, /Q3 launch/);
    await ada.write(SENTENCE);
    await ada.button(en['meeting.newLink']).waitFor();
    const own = ada.log.getByRole('article', { name: ADA.name });
    const choose = async (name: string) => {
      await own.hover();
      await own.getByLabel('More').click();
      await own.getByRole('button', { name, exact: true }).click();
    };
    await choose('Like');
    await own.getByText('👍 1').waitFor();
    await choose('Edit');
    await ada.write('@Parley tomorrow 5pm design review');
    await own.getByText('tomorrow 5pm').waitFor();
    await choose('Delete');
    await own.getByText('This message has been deleted.').waitFor();
    await ada.page.getByRole('button', { name: 'Remove Parley' }).click();
    await ada.page.getByRole('button', { name: 'Add Parley' }).click();
    await ada.page.getByRole('button', { name: 'Remove Parley' }).waitFor();
    await world.idle();
    expect(world.graph.meetings).toHaveLength(1);
  });
});
