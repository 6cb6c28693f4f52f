import { describe, expect, test } from 'vitest';
import { type Node, nodes, read } from './card.ts';
import { draw, executes } from './draw.ts';

describe('the question card', () => {
  test.each([
    ['ask.ampm', ['Morning or evening?', 'Q3']],
    ['ask.conflict', ['That weekday and date don’t match. Which day do you mean?', 'Q3']],
  ] as const)('%s: a single question is the heading, and said once', (name, head) => {
    const words = read(draw(name));
    expect(words.slice(0, 2)).toEqual(head);
    expect(words.filter((line) => line === head[0])).toHaveLength(1);
  });

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
    [
      'ask.past-another-year',
      [
        ['date', '2026-11-24'],
        ['time', '08:00'],
      ],
    ],
    ['ask.several-days', []],
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
    ['ask.past-choice', 'en-GB', ['Tomorrow, 08:00', 'Create meeting']],
    ['ask.part-of-day', 'en-GB', ['09:00', '10:00', '11:00', 'Create meeting']],
    ['ask.now', 'en-GB', ['Now', 'Create meeting']],
    ['ask.date', 'en-GB', ['Create meeting']],
    ['ask.clocks-forward-offer', 'en-GB', ['Sunday 28 March 2027, 02:30', 'Create meeting']],
    ['ask.time', 'en-GB', ['Create meeting']],
    ['ask.repeating', 'en-GB', ['Create meeting']],
  ])('%s (%s) offers the readings in the words in which they differ', (name, locale, expected) => {
    expect(titles(name, locale)).toEqual(expected);
  });

  test.each([
    ['ask.no-such-day', ['There’s no “31 november”.']],
    ['ask.two-days', ['Which day do you mean?', '“friday” and “11 march” aren’t the same day.']],
    ['ask.now', ['With', 'Sam']],
  ])('%s says why it asks, and what it knows: %j', (name, words) => {
    expect(read(draw(name))).toEqual(expect.arrayContaining(words));
  });

  test('three hours stand beside each other, days one below the other', () => {
    const rows = (name: string) =>
      nodes(draw(name)).flatMap(({ type, actions }) =>
        type === 'ActionSet' ? [(actions as Node[]).length] : [],
      );
    expect(rows('ask.part-of-day')).toEqual([3]);
    expect(rows('ask.dateorder')).toEqual([1, 1]);
  });

  test('*Now* leaves the empty fields alone', () => {
    const [now] = executes(draw('ask.now'));
    expect(now).toMatchObject({
      title: 'Now',
      data: { id: 'q-4Tz81x', now: true },
      associatedInputs: 'none',
    });
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
      'The clocks go forward then, so there’s no 01:30 on Sunday 28 March 2027. Which time do you mean?',
    ],
    [
      'ask.clocks-back',
      'The clocks go back then, so 01:30 comes twice on Sunday 31 October 2027. Which one do you mean?',
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
      'That would be 50 hours, which is more than a day. When should it start, and how long should it be?',
    ],
    ['ask.ampm', 'It’ll be 30 minutes. Times are in London time.'],
    ['ask.zone', 'It’ll be 30 minutes.'],
    ['ask.range-choice', 'Times are in London time.'],
  ])('%s: %s', (name, words) => {
    expect(read(draw(name))).toContain(words);
  });

  test.each([
    ['ask.who', [['who0', ['29:1samk', '29:1samo', 'none']]]],
    [
      'ask.who-two',
      [
        ['who1', ['29:1samk', '29:1samo', 'none']],
        ['who2', ['29:1joa', '29:1job', '29:1joc', 'none']],
      ],
    ],
    ['ask.who-unknown', []],
    ['ask.date', []],
  ])('%s asks who is meant by each name that several people bear', (name, expected) => {
    const pickers = nodes(draw(name)).filter(({ id }) => String(id).startsWith('who'));
    const valuesOf = ({ choices }: Node) => (choices as { value: string }[]).map(({ value }) => value);
    expect(pickers.map((picker) => [picker.id, valuesOf(picker)])).toEqual(expected);
  });

  test.each([
    ['ask.who', ['One question', 'Who is “Sam”?']],
    ['ask.who-two', ['A few questions', 'Who is “Sam”?', 'Who is “Jo”?']],
    [
      'ask.who-unknown',
      ['Before I create it', 'There’s nobody called “Zed” here, so please send them the link.'],
    ],
    ['ask.who-and-time', ['A few questions', 'Who is “Sam”?', 'What time should it start?', 'Start']],
  ])('%s says so: %j', (name, expected) => {
    expect(read(draw(name))).toEqual(expect.arrayContaining(expected));
  });

  test('a name goes with the other questions, and each button takes its answer along', () => {
    expect(titles('ask.who')).toEqual(['Create meeting']);
    expect(titles('ask.who-and-ampm')).toEqual(['07:00', '19:00']);
    expect(JSON.stringify(draw('ask.who-and-ampm'))).not.toContain('associatedInputs');
  });

  test('each point is put once, however many needs it covers', () => {
    const all = read(draw('ask.everything'));
    expect(all.filter((words) => words === 'When should it be?')).toHaveLength(1);
  });
});
