import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { type Reply, render } from '../../bot/say/render.ts';
import { nodes, read } from '../cards/card.ts';
import { cardOf, draw, executes } from '../cards/draw.ts';

const READER = { locale: 'en-GB', zone: 'Europe/London', now: DateTime.fromISO('2026-11-23T09:30Z') };

describe('the other cards', () => {
  test('a problem offers another try only where there is one', () => {
    expect(executes(draw('problem.timeout')).map(({ verb, data }) => ({ verb, data }))).toEqual([
      { verb: 'create', data: { id: 'p-8Kd02s' } },
    ]);
    expect(executes(draw('problem.forbidden'))).toEqual([]);
  });

  test('the link for an administrator can be copied and opened', () => {
    const all = nodes(draw('problem.admin-consent'));
    const url = all.find(({ type }) => type === 'Action.OpenUrl')?.url;
    expect(url).toMatch(/^https:\/\/login\.microsoftonline\.com\//);
    expect(all.find(({ type }) => type === 'Input.Text')?.value).toContain(String(url));
  });

  test('help says back what it did not understand, shortened', () => {
    expect(read(draw('help.quoted'))).toContain('could you maybe look into the thing from before');
    const long = read(cardOf(render({ kind: 'help', quoted: 'é'.repeat(500) }, READER)));
    expect(long.find((words) => words.includes('é'))?.replaceAll('\u200b', '')).toBe(`${'é'.repeat(200)}…`);
  });

  test('a long list can be turned to its later pages', () => {
    expect(read(draw('meetings.many'))).toContain('Later meetings');
    expect(read(draw('meetings.few'))).not.toContain('Later meetings');
    expect(read(draw('meetings.few'))).toContain('Today, 15:00–15:30');
  });

  test.each([
    ['which.guests', 'Meeting with Sam, today 15:00'],
    ['meetings.guests', 'Meeting with Sam'],
    ['draft.unnamed', 'Meeting with Ben Ortiz and lee@contoso.com'],
    ['meetings.few', 'Meeting'],
  ])('%s: a meeting without a subject is called by its guests: %s', (name, words) => {
    expect(read(draw(name)).map((line) => line.replaceAll('\u200b', ''))).toContain(words);
  });

  test('a group is welcomed in short, and told to mention the bot', () => {
    const words = read(draw('welcome.group'));
    expect(words.length).toBeLessThan(read(draw('welcome.first')).length);
    expect(words.join(' ')).toMatch(/Mention me with a day and a time.*@Parley/);
  });

  test('the welcome names the permission and who may have to approve it', () => {
    expect(read(draw('welcome.first')).join(' ')).toMatch(/OnlineMeetings\.ReadWrite.*administrator/);
  });
});

describe('words without a card', () => {
  test.each<[number, string]>([
    [17 * 60 + 1, 'in 18 minutes'],
    [60, 'in 1 minute.'],
    [-5, 'in 1 minute.'],
  ])('a limit that ends in %i seconds says %s', (seconds, words) => {
    const until = READER.now.plus({ seconds });
    expect(render({ kind: 'notice', notice: 'limit', until }, READER)).toMatchObject({
      text: expect.stringContaining(words),
    });
  });

  const notices = Object.keys(en).flatMap((key) => /^notice\.(\w+)$/.exec(key)?.[1] ?? []);
  const until = READER.now.plus({ minutes: 17, seconds: 1 });

  const HEAD = { subject: 'Q3', start: READER.now, end: until, zone: 'Europe/London', guests: [] };

  test.each(notices)('%s is one short text without markup', (notice) => {
    const head = notice === 'ownTime' ? HEAD : { until };
    const rendered = render({ kind: 'notice', notice, ...head } as Reply, READER);
    expect(rendered.kind).toBe('text');
    if (rendered.kind === 'text') expect(rendered.text).toMatch(/^[^<>*_[\]`]{5,200}$/);
  });

  test('signing in has a text and a button', () => {
    const reply: Reply = {
      kind: 'signin',
      reason: 'first',
      startUrl: 'https://parley.example/auth/start',
      exchange: null,
    };
    expect(render(reply, READER)).toEqual({
      kind: 'oauth',
      text: 'Sign in once and I’ll carry on.',
      buttonTitle: 'Sign in',
    });
  });
});

test('rendering twice gives the same card, and leaves the first alone', () => {
  const first = draw('meeting.plain');
  const copy = structuredClone(first);
  draw('meeting.hostile');
  expect(draw('meeting.plain')).toEqual(copy);
  expect(first).toEqual(copy);
});
