import { describe, expect, test } from 'vitest';
import { render } from '../../bot/say/render.ts';
import { read } from './card.ts';
import { cardOf, draw, executes, sampleOf } from './draw.ts';

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
      'Join online',
      'Join by phone',
      'Phone',
      '+44 203 321 5200',
      'Toll-free',
      '+44 800 031 8417',
      'Conference ID',
      '321 857 692#',
      'Numbers in other countries',
      'Numbers in other countries',
      'Join with a meeting ID',
      'Meeting ID',
      '245 123 678 903 3',
      'Passcode',
      'aB3xY9',
      'I don’t email guests – send them the link.',
      'Not on your calendar.',
      'New link',
    ]);
  });

  test.each([
    ['meeting.no-dial-in', 'No phone dial-in: the organiser has no Audio Conferencing licence.'],
    ['meeting.no-numbers', 'No phone numbers for this meeting.'],
    ['meeting.untitled', '30 minutes, the usual length.'],
    ['meeting.new-link', 'Your meeting has a new link'],
    [
      'meeting.new-link',
      'I removed the old meeting. Anyone who opens the old link waits in the lobby, so share the new one.',
    ],
    [
      'meeting.old-link-alive',
      'I couldn’t remove the old meeting, so its link may still work. Use the new one from now on.',
    ],
    ['meeting.video-device', 'Video device ID'],
    [
      'meeting.many-guests',
      'Ada Adeyemi, Ben Ortiz, Chloé Dubois, Dmitri Ivanov, Emre Yılmaz, Fatima Khan, Gábor Szabó, Hana Sato, Ivo Novák, Jun Park, Karin Berg, Lee Wong and 8 more',
    ],
    ['meeting.assumed', 'I read “3” as 15:00, Saturday 3 April 2027.'],
    ['meeting.every-button', 'I read “tuesday” as tomorrow.'],
    ['meeting.every-button', 'Change to Tuesday 1 December 2026'],
    ['meeting.assumed', 'Change to 03:00'],
    ['meeting.assumed', 'Change to Thursday 4 March 2027'],
    ['meeting.moved', 'Your meeting has a new time'],
    ['meeting.moved', 'Moved from 03:00.'],
    ['meeting.moved', 'Undo'],
    ['meeting.moved', 'Same link as before.'],
    ['meeting.moved-day', 'Undo'],
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
    ['meeting.no-passcode', 'Passcode'],
    ['meeting.toll-free-only', 'Phone'],
    ['meeting.no-dial-in', 'Conference ID'],
    ['meeting.no-numbers', 'No phone dial-in: the organiser has no Audio Conferencing licence.'],
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
    ['meeting.every-button', ['change', 'change', 'change', 'regenerate', 'cancel']],
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
