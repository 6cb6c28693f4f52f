import { expect, test } from 'vitest';
import de from '../../bot/say/messages/de.json' with { type: 'json' };
import fr from '../../bot/say/messages/fr.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { ownWorld, signedIn } from './own-world.ts';

// A person is answered in the language of their Teams, whatever language they write in.
const world = await ownWorld({ before: signedIn(ADA) });
const GERMAN = { ...ADA, locale: 'de-AT' };
const FRENCH = { ...ADA, locale: 'fr-CA' };

test('a meeting is created, moved, asked about, cancelled and created again in German', async () => {
  const made = await world.answer(GERMAN, 'Budgetrunde am 4. März 2030 um 15 Uhr mit lee@contoso.com');
  expect(made).toContain(de['meeting.ready']);
  expect(made).toContain('Montag, 4. März 2030');
  expect(await world.answer(GERMAN, 'doch lieber 16 Uhr')).toContain(de['meeting.moved']);
  expect(await world.answer(GERMAN, 'wer kommt?')).toContain('lee@contoso.com');
  expect(await world.answer(GERMAN, 'sag sie ab')).toContain(de['confirm.title']);
  await world.type(GERMAN, 'wie ist der Link?');
  // Something else was said since, so that it is asked once more.
  expect(await world.answer(GERMAN, 'ja')).toContain(de['confirm.yes']);
  expect(world.alive()).toHaveLength(1);
  expect(await world.answer(GERMAN, 'ja')).toContain(de['ended.cancelled']);
  expect(world.alive()).toEqual([]);
});

test('a question is asked and its typed answer taken in French', async () => {
  expect(await world.answer(FRENCH, 'réunion le 4 mars 2030 sur le budget')).toContain(fr['ask.time']);
  await world.answer(FRENCH, 'à 15h');
  expect(world.alive()).toMatchObject([{ subject: 'budget', startDateTime: '2030-03-04T15:00:00Z' }]);
});

test('who writes another language than their Teams speaks is understood, and answered in that of Teams', async () => {
  expect(await world.answer(GERMAN, 'design review on 4 March 2030 at 15:00')).toContain(de['meeting.ready']);
  expect(world.alive()).toMatchObject([{ subject: 'design review' }]);
});

test('a text that nobody can read is said to be so in the language of the person’s Teams', async () => {
  expect(await world.answer(GERMAN, 'reunión mañana a las 15:00 sobre el presupuesto')).toBe(
    de['notice.language'],
  );
  expect(world.alive()).toEqual([]);
});
