import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA, BEN } from '../../deploy/sandbox/people.ts';
import { READ, textOf } from './messages.ts';
import type { World } from './world.ts';

/**
 * Tests that are dialogues, written as such. `#` begins one with its name; then, line by line:
 *
 *     > text         Ada writes to the bot, and says yes where it shows first what it read
 *     >> text        the same, but she agrees to nothing
 *     group> text    she mentions the bot in the group chat, or in the `channel`; `Ben group> text`: Ben does
 *     * button       she presses that button of the newest message there; `* button @ 2`: of the second
 *     < words        what the bot has said to that, a line a message; where it said nothing new, how Ada sees the newest
 *     2< words       how the second of its messages there looks by now
 *     = meetings     all that there are: subject, day, start–end, as far as it matters; `*` is any subject, `–` is none
 *     unchanged      since the last that was said or pressed, Graph was asked for nothing but to read
 *     | one | other  a row of a table: for each, the dialogue is a test in which %1 and %2 stand for these
 *
 * Words are a key of the messages or text in quotes, several with `&`, each with `!` where it must not be there. A
 * `notice.…` must be all that is said, `again` is what was said before to the letter, `nothing` is no message at all.
 * {+3} is the day in three days, {friday} that of next week, {friday+7} of the week after, {friday:d MMMM} in that format.
 */
export function dialogues(world: World, script: string): void {
  for (const [name = '', ...lines] of script.split(/^# /m).slice(1).map(linesOf)) {
    const rows = lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2).split(' | '));
    const steps = lines.filter((line) => !line.startsWith('| '));
    for (const row of rows.length > 0 ? rows : [[]]) {
      const fill = (text: string) => withDays(text.replace(/%(\d)/g, (_, n) => row[n - 1] ?? ''));
      test(fill(name), () => play(world, steps.map(fill)));
    }
  }
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('//'));

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

function withDays(text: string): string {
  const today = DateTime.now().setZone(ADA.zone);
  return text.replace(
    /\{([a-z]*)(?:\+(\d+))?(?::([^}]+))?\}/g,
    (_, weekday, days, format = 'd MMMM yyyy') => {
      const from = weekday
        ? today.startOf('week').plus({ weeks: 1, days: WEEKDAYS.indexOf(weekday) })
        : today;
      return from.plus({ days: Number(days ?? 0) }).toFormat(format);
    },
  );
}

const PLACES: Readonly<Record<string, 'groupChat' | 'channel'>> = { group: 'groupChat', channel: 'channel' };

type Line = [pattern: RegExp, act: (match: readonly (string | undefined)[]) => unknown];

async function play(world: World, lines: readonly string[]): Promise<void> {
  let where: Parameters<World['said']>[0] = ADA;
  let asked = 0;
  let said: string[] = [];
  const known = new Set<string>();
  const messages = () => world.said(where);
  const listenTo = async (work: () => Promise<unknown>) => {
    const before = messages();
    for (const message of before) known.add(textOf(message));
    asked = world.graph.requests.length;
    await work();
    said = messages().slice(before.length).map(textOf);
  };
  const say: Line[1] = async ([, ben, place = '', how, text = '']) => {
    const person = ben === undefined ? ADA : BEN;
    const shared = PLACES[place];
    where = shared ?? person;
    const others = text.includes('@Ben') ? [BEN] : [];
    await listenTo(() =>
      shared === undefined
        ? (how === '>' ? world.write : world.type)(person, text)
        : world.mention(person, shared, text, ...others),
    );
  };
  const press: Line[1] = async ([, button = '', at]) => {
    const message = at === undefined ? world.newest(where) : messages()[Number(at) - 1];
    if (message === undefined) throw new Error(`there is no message ${at}`);
    const [, pattern] = /^\/(.*)\/$/.exec(button) ?? [];
    const title = pattern === undefined ? (wordsOf(button) ?? button) : new RegExp(pattern);
    const inputs = button.startsWith('confirm.') ? READ : undefined;
    await listenTo(async () => world.press(ADA, message, title, inputs));
  };
  const hear: Line[1] = ([, expected = '']) => {
    const newest = world.newest(where);
    const heard = said.length > 0 ? said : [world.seen(ADA, newest) || textOf(newest)];
    const all = expected.split('\n< ');
    for (const [i, words] of all.entries()) expectWords(heard[i] ?? '', words, known);
    expect(heard, 'what was said').toHaveLength(all.length);
  };
  const kinds: readonly Line[] = [
    [/^(Ben )?(group|channel)?(>>?) (.*)$/, say],
    [/^\* (.*?)(?: @ (\d))?$/, press],
    [/^< nothing$/, () => expect(said).toEqual([])],
    [/^< (.*)$/s, hear],
    [/^(\d)< (.*)$/, ([, n, words = '']) => expectWords(textOf(messages()[Number(n) - 1]), words, known)],
    [/^= (.*)$/, ([, meetings = '']) => expectMeetings(world, meetings)],
    [/^unchanged$/, () => expect(world.graph.requests.slice(asked).filter(isChange)).toEqual([])],
  ];
  for (const line of lines.reduce<string[]>(joinHeard, [])) {
    const [pattern, act] = kinds.find(([one]) => one.test(line)) ?? [];
    if (pattern === undefined) throw new Error(`not a line of a dialogue: ${line}`);
    await act?.(pattern.exec(line) ?? []);
  }
}

/** What is heard of one message after the other is one step. */
const joinHeard = (steps: string[], line: string): string[] =>
  line.startsWith('< ') && steps.at(-1)?.startsWith('< ')
    ? [...steps.slice(0, -1), `${steps.at(-1)}\n${line}`]
    : [...steps, line];

const isChange = ({ method }: { method: string }) => method !== 'GET';

/** What a message says before the first thing that is filled in; undefined where no message has that key. */
const wordsOf = (key: string): string | undefined => en[key as keyof typeof en]?.split('{')[0];

function expectWords(said: string, expected: string, known: ReadonlySet<string>): void {
  for (const item of expected.split(' & ')) {
    const isMissing = item.startsWith('!');
    const key = isMissing ? item.slice(1) : item;
    const words = wordsOf(key) ?? /^"(.*)"$/.exec(key)?.[1];
    if (key === 'again') expect([...known]).toContain(said);
    else if (!words) throw new Error(`there is no message ${key}, or nothing to tell it by`);
    else if (key.startsWith('notice.')) expect(said).toBe(words);
    else if (isMissing) expect(said).not.toContain(words);
    else expect(said).toContain(words);
  }
}

const MEETING = /^(.+?)(?:, (\d+ \w+(?: \d{4})?|[MTWF]\w\w))?(?:, (\d\d:\d\d)(?:–(\d\d:\d\d))?)?$/;

function expectMeetings(world: World, expected: string): void {
  const wanted = expected === 'none' ? [] : expected.split('; ').map((one) => MEETING.exec(one) ?? []);
  const found = world.alive().map(({ subject, startDateTime, endDateTime }, i) => {
    const [, name, day, start, end] = wanted[i] ?? [];
    const from = DateTime.fromISO(startDateTime, { zone: ADA.zone });
    const to = DateTime.fromISO(endDateTime, { zone: ADA.zone });
    const parts = [
      name === '*' ? name : (subject ?? '–'),
      day && from.toFormat(/^\D/.test(day) ? 'ccc' : /\d{4}$/.test(day) ? 'd MMMM yyyy' : 'd MMMM'),
      start && from.toFormat('HH:mm'),
    ];
    return parts.filter(Boolean).join(', ') + (end ? `–${to.toFormat('HH:mm')}` : '');
  });
  expect(found.join('; ') || 'none').toBe(expected);
}
