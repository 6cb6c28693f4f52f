import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { render } from '../bot/render.ts';
import type { Rendered, Reply } from '../bot/reply.ts';
import { en } from '../bot/say/en.ts';
import { readSamples } from '../cards/samples.ts';
import { type Node, nodes, read } from './cards/card.ts';

const SAMPLES = new Map(readSamples().map((sample) => [sample.name, sample]));
const READER = { locale: 'en-GB', zone: 'Europe/London', now: DateTime.fromISO('2026-11-23T09:30Z') };

function draw(name: string, locale = 'en-GB'): Record<string, unknown> {
  const sample = SAMPLES.get(name);
  if (!sample) throw new Error(`no sample ${name}`);
  return cardOf(render(sample.reply, { ...sample.reader, locale }));
}

function cardOf(rendered: Rendered): Record<string, unknown> {
  if (rendered.kind !== 'card') throw new Error(`a ${rendered.kind}, not a card`);
  return rendered.card;
}

const executes = (card: unknown): Node[] => nodes(card).filter(({ type }) => type === 'Action.Execute');

describe('the meeting card', () => {
  test('says when, where, with whom and how to join, in this order', () => {
    expect(read(draw('meeting.plain'))).toEqual([
      'Your meeting is ready',
      'Q3',
      'Tomorrow, Tuesday 24 November 2026',
      '15:00–15:30',
      'London time (UTC+0)',
      'With',
      'Ben Ortiz and lee@contoso.com',
      'Join with link',
      'Join by phone',
      'Phone',
      '+44 203 321 5200',
      'Toll-free',
      '+44 800 031 8417',
      'Conference ID',
      '321 857 692#',
      'Numbers in other countries',
      'Numbers in other countries',
      'Join with the ID',
      'Meeting ID',
      '245 123 678 903 3',
      'Passcode',
      'aB3xY9',
      'I send no invitations by e-mail: pass the link on to your guests.',
      'This meeting is not on your calendar.',
      'New link',
    ]);
  });

  test.each([
    [
      'meeting.no-dial-in',
      'Phone dial-in is not available: the organiser has no Audio Conferencing licence.',
    ],
    ['meeting.no-numbers', 'Teams gave no phone number for this meeting.'],
    ['meeting.untitled', '30 minutes, because no length was given.'],
    ['meeting.new-link', 'Your meeting has a new link'],
    ['meeting.new-link', 'The old link no longer works. Pass on the new one.'],
    [
      'meeting.old-link-alive',
      'The old link still works: I could not remove it. Use the new one from now on.',
    ],
    ['meeting.only-once', 'This is one meeting. I cannot make a repeating one.'],
    ['meeting.video-device', 'Video device ID'],
    [
      'meeting.many-guests',
      'Ada Adeyemi, Ben Ortiz, Chloé Dubois, Dmitri Ivanov, Emre Yılmaz, Fatima Khan, Gábor Szabó, Hana Sato, Ivo Novák, Jun Park, Karin Berg, Lee Wong and 8 more',
    ],
    ['meeting.assumed', 'Took “3” as 15:00, Saturday 3 April 2027.'],
    ['meeting.every-button', 'Took “tuesday” as tomorrow.'],
    ['meeting.every-button', 'Change to Tuesday 1 December 2026'],
    ['meeting.assumed', 'Change to 03:00'],
    ['meeting.assumed', 'Change to Thursday 4 March 2027'],
    ['meeting.moved', 'Your meeting has a new time'],
    ['meeting.moved', 'Moved from 03:00.'],
    ['meeting.moved', 'Change back to 03:00'],
    ['meeting.moved', 'The link is still the same.'],
    ['meeting.moved-day', 'Change back to Thursday 3 December 2026, 16:00'],
    ['meeting.assumed', 'Took “03/04” as Saturday 3 April 2027.'],
    ['meeting.assumed', 'Took “EST” as New York time.'],
    ['meeting.assumed', 'Took “end of day” as 17:00.'],
    ['meeting.assumed-unsaid', 'No day was given, so I took tomorrow.'],
  ])('%s: %s', (name, words) => {
    expect(read(draw(name))).toContain(words);
  });

  test.each([
    ['meeting.plain', 'The old link no longer works. Pass on the new one.'],
    ['meeting.old-link-alive', 'The old link no longer works. Pass on the new one.'],
    ['meeting.no-passcode', 'Passcode'],
    ['meeting.toll-free-only', 'Phone'],
    ['meeting.no-dial-in', 'Conference ID'],
    [
      'meeting.no-numbers',
      'Phone dial-in is not available: the organiser has no Audio Conferencing licence.',
    ],
  ])('%s does not say: %s', (name, words) => {
    expect(read(draw(name))).not.toContain(words);
  });

  test('American readers get their clock and their spelling', () => {
    const words = read(draw('meeting.no-dial-in', 'en-US'));
    expect(words).toContain('Tomorrow, Tuesday, November 24, 2026');
    expect(words).toContain('3:00\u00a0–\u00a03:30\u00a0PM');
    expect(words.join(' ')).toContain('organizer has no Audio Conferencing license');
  });

  test.each([
    ['meeting.plain', ['regenerate']],
    ['meeting.reader', []],
    ['meeting.every-button', ['change', 'change', 'regenerate', 'change', 'cancel']],
  ])('%s carries the buttons that work', (name, verbs) => {
    expect(executes(draw(name)).map(({ verb }) => verb)).toEqual(verbs);
  });

  test('buttons carry id and revision as they are, and which other reading was chosen', () => {
    expect(executes(draw('meeting.every-button')).map(({ data }) => data)).toEqual([
      { id: 'm-7Q2kd81', revision: 1, choice: 0 },
      { id: 'm-7Q2kd81', revision: 1, choice: 1 },
      { id: 'm-7Q2kd81', revision: 1 },
      { id: 'm-7Q2kd81', revision: 1 },
      { id: 'm-7Q2kd81', revision: 1 },
    ]);
  });

  test('what looks like a binding in a subject stays text', () => {
    const words = read(draw('meeting.hostile')).join(' ');
    expect(words).toMatch(/\$\{\$root\.id\}/);
    expect(words).not.toContain('m-7Q2kd81');
  });

  test('a page of phone numbers that is not https is not linked', () => {
    const sample = SAMPLES.get('meeting.plain');
    if (sample?.reply.kind !== 'meeting' || !sample.reply.meeting.dialIn)
      throw new Error('a meeting with dial-in');
    const { meeting } = sample.reply;
    const spoilt = { ...meeting, dialIn: { ...sample.reply.meeting.dialIn, url: 'http://numbers.example' } };
    const card = cardOf(render({ ...sample.reply, meeting: spoilt }, sample.reader));
    expect(read(card)).not.toContain('Numbers in other countries');
    expect(JSON.stringify(card)).not.toContain('numbers.example');
  });
});

describe('the question card', () => {
  const inputs = (name: string) => {
    const shown = nodes(draw(name)).filter(({ type }) => type.startsWith('Input.'));
    return shown.map(({ id, value }) => [id, value]);
  };
  const titles = (name: string, locale?: string) => executes(draw(name, locale)).map(({ title }) => title);

  test.each([
    ['ask.date', [['date', '']]],
    ['ask.time', [['time', '']]],
    [
      'ask.date-and-time',
      [
        ['date', ''],
        ['time', ''],
      ],
    ],
    [
      'ask.past-today',
      [
        ['date', '2026-11-23'],
        ['time', '08:00'],
      ],
    ],
    ['ask.ampm', []],
    ['ask.zone', [['zone', undefined]]],
    ['ask.zone-and-ampm', [['zone', undefined]]],
    [
      'ask.range',
      [
        ['time', '16:00'],
        ['minutes', '40'],
      ],
    ],
    [
      'ask.range-too-long',
      [
        ['time', '16:00'],
        ['minutes', '60'],
      ],
    ],
    ['ask.clocks-forward-offer', [['time', '01:30']]],
    ['ask.repeating', []],
  ])('%s asks for no more than is open', (name, expected) => {
    expect(inputs(name)).toEqual(expected);
  });

  test.each([
    ['ask.ampm', 'en-GB', ['07:00', '19:00']],
    ['ask.ampm-us', 'en-US', ['7:00\u00a0AM', '7:00\u00a0PM']],
    ['ask.dateorder', 'en-GB', ['Saturday 3 April 2027', 'Thursday 4 March 2027']],
    ['ask.clocks-back', 'en-GB', ['01:30 (UTC+1)', '01:30 (UTC+0)']],
    ['ask.range-choice', 'en-GB', ['15:00–16:00', '15:00–17:00']],
    ['ask.past-choice', 'en-GB', ['Tuesday 24 November 2026, 08:00', 'Make the meeting']],
    ['ask.clocks-forward-offer', 'en-GB', ['Sunday 28 March 2027, 02:30', 'Make the meeting']],
    ['ask.time', 'en-GB', ['Make the meeting']],
    ['ask.repeating', 'en-GB', ['Make the meeting']],
  ])('%s (%s) offers the readings in the words in which they differ', (name, locale, expected) => {
    expect(titles(name, locale)).toEqual(expected);
  });

  test('buttons say which reading was chosen, and the submit leaves it open', () => {
    expect(executes(draw('ask.past-choice')).map(({ verb, data }) => ({ verb, data }))).toEqual([
      { verb: 'answer', data: { id: 'q-4Tz81x', choice: 0 } },
      { verb: 'answer', data: { id: 'q-4Tz81x' } },
    ]);
  });

  test.each([
    ['ask.past-today', '08:00 has already passed today. When should it be?'],
    ['ask.past', 'Friday 20 November 2026 at 14:00 has already passed. When should it be?'],
    [
      'ask.clocks-forward',
      'The clocks go forward then, and 01:30 does not exist on Sunday 28 March 2027. Which time do you mean?',
    ],
    [
      'ask.clocks-back',
      'The clocks go back then, and 01:30 comes twice on Sunday 31 October 2027. Which one do you mean?',
    ],
    ['ask.clocks-unknown', 'The clocks change around that time. Which time do you mean?'],
    ['ask.date-and-time', 'When should it be?'],
    ['ask.time', 'Tuesday 24 November 2026'],
    ['ask.date', '15:00'],
    ['ask.ampm', 'Tuesday 24 November 2026'],
    ['ask.dateorder', '10:00'],
    ['ask.repeating', 'Tuesday 24 November 2026, 09:15'],
    [
      'ask.range-too-long',
      'That would last 50 hours, which is longer than a day. When should it start, and how long should it be?',
    ],
    ['ask.ampm', 'It will last 30 minutes. Times are in London time.'],
    ['ask.zone', 'It will last 30 minutes.'],
    ['ask.range-choice', 'Times are in London time.'],
  ])('%s: %s', (name, words) => {
    expect(read(draw(name))).toContain(words);
  });

  test('each point is put once, however many needs it covers', () => {
    const all = read(draw('ask.everything'));
    expect(all.filter((words) => words === 'When should it be?')).toHaveLength(1);
  });
});

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

  test('a long list says how much of it is missing', () => {
    expect(read(draw('meetings.many'))).toContain('12 later meetings are not shown.');
    expect(read(draw('meetings.few'))).toContain('Today, 15:00–15:30');
  });

  test('the welcome names the permission and who may have to approve it', () => {
    expect(read(draw('welcome.first')).join(' ')).toMatch(/OnlineMeetings\.ReadWrite.*administrator/);
  });
});

describe('words without a card', () => {
  const notices = Object.keys(en).flatMap((key) => /^notice\.(\w+)$/.exec(key)?.[1] ?? []);

  test.each(notices)('%s is one short text without markup', (notice) => {
    const rendered = render({ kind: 'notice', notice } as Reply, READER);
    expect(rendered.kind).toBe('text');
    if (rendered.kind === 'text') expect(rendered.text).toMatch(/^[^<>*_[\]`]{5,200}$/);
  });

  test('signing in has a text and a button', () => {
    const reply: Reply = { kind: 'signin', startUrl: 'https://parley.example/auth/start', exchange: null };
    expect(render(reply, READER)).toEqual({
      kind: 'oauth',
      text: 'Sign in once, and I carry on with what you asked.',
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
