import { describe, expect, test } from 'vitest';
import { render } from '../../bot/say/render.ts';
import { type Node, nodes, read } from './card.ts';
import { cardOf, draw, executes, sampleOf } from './draw.ts';

const actionsOf = (name: string) => draw(name).actions as Node[];

describe('the meeting card', () => {
  test('says when, with whom and how to join, in this order, and hides what few people need', () => {
    expect(read(draw('meeting.own-time', 'en-GB'))).toEqual([
      'Your meeting is ready',
      'Design review',
      'Tomorrow, Tuesday 24 November 2026',
      '15:00–15:30 London time (UTC+0)',
      '10:00–10:30 your time',
      'With',
      'Ben Ortiz',
      'Join online',
      'Add to calendar',
      'Phone +44 203 321 5200, conference ID 321\u00a0857\u00a0692#',
      'Meeting ID 245 123 678 903 3, passcode aB3xY9',
      'More ways to join',
      'More ways to join',
      'Phone +49 691 234 567',
      'Toll-free +44 800 031 8417',
      'Video device ID 1180012345',
      'Numbers in other countries',
      'Numbers in other countries',
      'Change',
      'New link',
      'Invitation',
      'Download .ics',
      'All options in Teams',
      'Cancel it',
    ]);
    const hidden = nodes(draw('meeting.own-time')).filter(({ isVisible }) => isVisible === false);
    expect(hidden.map(({ id }) => id)).toEqual(['more']);
    expect(read({ body: hidden })[0]).toBe('Phone +49 691 234 567');
  });

  test.each([
    ['Europe/London', 'Europe/London', []],
    ['Europe/London', 'Europe/Lisbon', []],
    ['Europe/London', null, []],
    ['Europe/London', 'America/New_York', ['10:00–10:30 your time']],
    ['Europe/London', 'Pacific/Auckland', ['Wed 25 Nov, 04:00–04:30 your time']],
    ['Asia/Tokyo', 'Europe/London', ['Tomorrow, 15:00–15:30 your time']],
  ])('a meeting in %s tells a reader in %s their own time where it differs: %j', (zone, own, lines) => {
    const { reply, reader } = sampleOf('meeting.own-time');
    if (reply.kind !== 'meeting') throw new Error('a meeting');
    const card = cardOf(render({ ...reply, zone }, { ...reader, locale: 'en-GB', zone: own }));
    expect(read(card).filter((words) => words.includes('your time'))).toEqual(lines);
  });

  test('a card that others see, too, names the zone of the second time', () => {
    const words = read(draw('meeting.channel-own-time'));
    expect(words).toContain('Tomorrow, 21:00–21:30 New York time (UTC−5)');
    expect(words.join(' ')).not.toContain('your time');
  });

  test('what cannot be undone stands last in the menu', () => {
    const menu = actionsOf('meeting.own-time').filter(({ mode }) => mode === 'secondary');
    expect(menu.map(({ title }) => title)).toEqual([
      'Invitation',
      'Download .ics',
      'All options in Teams',
      'Cancel it',
    ]);
  });

  test.each([
    ['meeting.no-dial-in', 'No phone dial-in: the organiser has no Audio Conferencing licence.'],
    ['meeting.no-numbers', 'No phone numbers for this meeting.'],
    ['meeting.untitled', 'You didn’t say how long, so it’s 30 minutes.'],
    ['meeting.new-link', 'Your meeting has a new link'],
    [
      'meeting.new-link',
      'I removed the old meeting. Anyone who opens the old link waits in the lobby, so share the new one.',
    ],
    [
      'meeting.old-link-alive',
      'I couldn’t remove the old meeting, so its link may still work. Use the new one from now on.',
    ],
    ['meeting.video-device', 'Video device ID 1138271234'],
    [
      'meeting.many-guests',
      'Ada Adeyemi, Ben Ortiz, Chloé Dubois, Dmitri Ivanov, Emre Yılmaz, Fatima Khan, Gábor Szabó, Hana Sato, Ivo Novák, Jun Park, Karin Berg, Lee Wong and 8 more',
    ],
    ['meeting.assumed', 'I read “3” as 15:00, Saturday 3 April 2027.'],
    ['meeting.every-button', 'I read “tuesday” as tomorrow.'],
    ['meeting.every-button', 'Change to Tue 1 Dec'],
    ['meeting.assumed', 'Change to 03:00'],
    ['meeting.assumed', 'Change to Thu 4 Mar'],
    ['meeting.moved', 'Your meeting has a new time'],
    ['meeting.moved', 'Moved from 03:00.'],
    ['meeting.moved', 'Undo'],
    ['meeting.moved', 'Same link as before.'],
    ['meeting.moved-day', 'Moved from Thu 3 Dec, 16:00.'],
    ['meeting.assumed', 'I read “03/04” as Saturday 3 April 2027.'],
    ['meeting.assumed', 'I read “EST” as New York time.'],
    ['meeting.assumed', 'I read “end of day” as 17:00.'],
    ['meeting.assumed-unsaid', 'You didn’t say a day, so I chose tomorrow.'],
  ])('%s: %s', (name, words) => {
    expect(read(draw(name))).toContain(words);
  });

  test.each([
    [
      'meeting.plain',
      'I removed the old meeting. Anyone who opens the old link waits in the lobby, so share the new one.',
    ],
    [
      'meeting.old-link-alive',
      'I removed the old meeting. Anyone who opens the old link waits in the lobby, so share the new one.',
    ],
    ['meeting.no-numbers', 'No phone dial-in: the organiser has no Audio Conferencing licence.'],
  ])('%s does not say: %s', (name, words) => {
    expect(read(draw(name))).not.toContain(words);
  });

  test.each([
    ['meeting.no-passcode', /^Meeting ID [\d ]+$/],
    ['meeting.toll-free-only', /^Toll-free [+\d ]+, conference ID /],
    ['meeting.no-numbers', /^Conference ID /],
  ])('%s says what there is: %s', (name, line) => {
    expect(read(draw(name)).filter((words) => line.test(words))).toHaveLength(1);
  });

  test('American readers get their clock and their spelling', () => {
    const words = read(draw('meeting.no-dial-in', 'en-US'));
    expect(words).toContain('Tomorrow, Tuesday, November 24, 2026');
    expect(words).toContain('3:00\u00a0–\u00a03:30\u00a0PM London time (UTC+0)');
    expect(words.join(' ')).toContain('organizer has no Audio Conferencing license');
  });

  test.each([
    ['meeting.plain', ['change', 'regenerate', 'invite', 'cancel']],
    ['meeting.channel', ['view', 'create']],
    ['meeting.every-button', ['change', 'change', 'change', 'regenerate', 'invite', 'cancel']],
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
      { id: 'm-7Q2kd81', revision: 1 },
    ]);
  });

  test('what looks like a binding in a subject stays text', () => {
    const words = read(draw('meeting.hostile')).join(' ');
    expect(words).toMatch(/\$\{\$root\.id\}/);
    expect(words).not.toContain('m-7Q2kd81');
  });

  test('a page of phone numbers that is not https is not linked', () => {
    const sample = sampleOf('meeting.plain');
    if (sample.reply.kind !== 'meeting' || !sample.reply.meeting.dialIn)
      throw new Error('a meeting with dial-in');
    const { meeting } = sample.reply;
    const spoilt = { ...meeting, dialIn: { ...sample.reply.meeting.dialIn, url: 'http://numbers.example' } };
    const card = cardOf(render({ ...sample.reply, meeting: spoilt }, sample.reader));
    expect(read(card)).not.toContain('Numbers in other countries');
    expect(JSON.stringify(card)).not.toContain('numbers.example');
  });
});
