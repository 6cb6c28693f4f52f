import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const make = (text = 'meeting tomorrow 3pm about budget') => world.ask(ADA, text);
const click = (message: Message, verb: string, inputs?: Record<string, unknown>) =>
  world.click(ADA, message, verb, inputs);
const patches = () => world.sent('PATCH');
const FORM = { date: '2027-03-04', time: '16:15', minutes: '45', subject: 'Budget, second round' };

test('Change shows how things are, and saves time, length and subject under the same link', async () => {
  const card = await make();
  const link = world.alive()[0]?.joinWebUrl;
  expect(await click(card, 'change')).toMatchObject({ shown: 'card' });
  expect(world.seen(ADA, card)).toContain('15:00');
  expect(world.seen(ADA, card)).toContain('budget');
  expect(textOf(card)).toContain(en['meeting.join']);
  expect(await click(card, 'change', FORM)).toMatchObject({ shown: 'card' });
  expect(textOf(card)).toContain('Budget, second round');
  expect(patches().map(({ body }) => body)).toEqual([
    {
      subject: 'Budget, second round',
      startDateTime: '2027-03-04T16:15:00Z',
      endDateTime: '2027-03-04T17:00:00Z',
    },
  ]);
  expect(world.alive()).toMatchObject([{ joinWebUrl: link, subject: 'Budget, second round' }]);
});

test.each(['meet now about budget', 'budget on 27 October 2030 at 00:30 UTC'])(
  '“%s”: length and subject can be changed while its clock shows seconds, has gone by, or comes twice',
  async (text) => {
    const card = await make(text);
    const start = world.alive()[0]?.startDateTime;
    await click(card, 'change');
    await click(card, 'change', { ...world.form(ADA, card), minutes: '45', subject: 'renamed' });
    expect(patches()).toHaveLength(1);
    expect(world.alive()).toMatchObject([{ subject: 'renamed' }]);
    expect(Date.parse(String(world.alive()[0]?.startDateTime))).toBe(Date.parse(String(start)));
  },
);

test.each(['change', 'cancel'])('*Back* after *%s* leaves everything as it was', async (verb) => {
  const card = await make();
  await click(card, verb);
  expect(await click(card, 'view')).toMatchObject({ shown: 'card' });
  expect(world.seen(ADA, card)).toContain(en['meeting.join']);
  expect(world.sent('PATCH')).toEqual([]);
  expect(world.alive()).toHaveLength(1);
});

test.each<[string, Record<string, unknown>, keyof typeof en]>([
  ['a time that has passed', { ...FORM, date: '2020-01-01' }, 'edit.past'],
  ['a time that the clocks skip', { ...FORM, date: '2027-03-28', time: '01:30' }, 'edit.dst'],
  ['a date that is none', { ...FORM, date: '2027-02-30' }, 'edit.unread'],
  ['a time that is none', { ...FORM, time: 'later' }, 'edit.unread'],
  ['a length that is none', { ...FORM, minutes: '-5' }, 'edit.range'],
  ['a length beyond all time', { ...FORM, minutes: '1000000000000000' }, 'edit.range'],
  ['rubbish', { date: {}, time: 7, minutes: 'x', subject: [] }, 'edit.unread'],
])('%s is asked again, and nothing is changed', async (_name, inputs, sentence) => {
  const card = await make();
  await click(card, 'change');
  expect(await click(card, 'change', inputs)).toMatchObject({ shown: 'card' });
  expect(world.seen(ADA, card)).toContain(en[sentence]);
  expect(patches()).toEqual([]);
  await click(card, 'change', FORM);
  expect(patches()).toHaveLength(1);
});

test('saved twice at once it is changed once', async () => {
  const card = await make();
  await click(card, 'change');
  const results = await Promise.all([1, 2, 3].map(() => click(card, 'change', FORM)));
  expect(results.every(({ status }) => status === 200)).toBe(true);
  expect(patches()).toHaveLength(1);
});

test('when Graph refuses, the card keeps its link, a sentence says so, and a second try works', async () => {
  const card = await make();
  world.faults.add({ service: 'graph', method: 'PATCH' }, 400, 1);
  await click(card, 'change');
  expect(await click(card, 'change', FORM)).toMatchObject({ shown: 'message' });
  expect(textOf(card)).toContain(en['meeting.join']);
  expect(world.alive()).toMatchObject([{ subject: 'budget' }]);
  await click(card, 'change', FORM);
  expect(textOf(card)).toContain('Budget, second round');
});

test('Cancel it asks once, then deletes, and the card says so for everybody', async () => {
  const card = await make();
  expect(await click(card, 'cancel')).toMatchObject({ shown: 'card' });
  expect(world.alive()).toHaveLength(1);
  expect(await world.confirm(ADA, card, 'cancel')).toMatchObject({ shown: 'card' });
  expect(textOf(card)).toContain(en['ended.cancelled']);
  expect(world.alive()).toEqual([]);
  await world.write(ADA, 'my meetings');
  // The tests before have signed out with meetings of theirs.
  const none: string[] = [en['notice.noMeetings'], en['notice.forgotMeetings']];
  await until(() => none.includes(world.lastText(ADA)));
});

test('a meeting whose old link lives on is cancelled only when that is dead too', async () => {
  const card = await make();
  world.faults.add({ service: 'graph', method: 'DELETE' }, 403, 1);
  await world.clickAndConfirm(ADA, card, 'regenerate');
  expect(textOf(card)).toContain(en['note.oldLinkAlive']);
  const [old] = world.alive();
  world.faults.add(
    {
      service: 'graph',
      method: 'DELETE',
      path: `/v1.0/me/onlineMeetings/${encodeURIComponent(old?.id ?? '')}`,
    },
    403,
    1,
  );
  expect(await world.clickAndConfirm(ADA, card, 'cancel')).toMatchObject({ shown: 'message' });
  expect(textOf(card)).not.toContain(en['ended.cancelled']);
  await world.confirm(ADA, card, 'cancel');
  expect(textOf(card)).toContain(en['ended.cancelled']);
  expect(world.alive()).toEqual([]);
});

test.each(['change', 'view'])('a meeting that Teams no longer has says so at %s', async (verb) => {
  const card = await make();
  await click(card, 'change');
  for (const meeting of world.graph.meetings) meeting.isDeleted = true;
  await click(card, verb, verb === 'change' ? FORM : undefined);
  expect(world.seen(ADA, card)).toContain(en['ended.gone']);
});

test('a guess is changed by one click and back by another, under the same link', async () => {
  const card = await make('meeting on 1 March 2028 at 6 about budget');
  const link = world.alive()[0]?.joinWebUrl;
  const start = () => world.alive()[0]?.startDateTime;
  expect(start()).toBe('2028-03-01T18:00:00Z');
  await click(card, 'change');
  expect(start()).toBe('2028-03-01T06:00:00Z');
  expect(textOf(card)).toContain('18:00');
  await click(card, 'change');
  expect(start()).toBe('2028-03-01T18:00:00Z');
  expect(world.alive()).toMatchObject([{ joinWebUrl: link }]);
});

test('settings are kept, shown, used and reset', async () => {
  const ask = (text: string) => world.answer(ADA, text);
  expect(await ask('settings')).toContain('London time, as in your Teams');
  expect(await ask('set my time zone to Berlin')).toContain('Berlin time');
  expect(await ask('my meetings are 25 minutes')).toContain('25 minutes');
  await ask('meeting on 4 March 2027 at 15:00 about budget');
  expect(world.alive()).toMatchObject([
    { startDateTime: '2027-03-04T14:00:00Z', endDateTime: '2027-03-04T14:25:00Z' },
  ]);
  const reset = await ask('reset my settings');
  expect(reset).toContain(en['settings.reset']);
  expect(reset).toContain('30 minutes');
  expect(await ask('settings')).toContain('London time, as in your Teams');
});

test.each([
  ['set my time zone to UTC-5', 'UTC−5'],
  ['set my time zone to UTC+5:30', en['notice.cityNeeded']],
])('“%s” is saved, or a city is asked for', async (text, words) => {
  expect(await world.answer(ADA, text)).toContain(words);
});
