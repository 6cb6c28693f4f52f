import { describe, expect, test } from 'vitest';
import type { Options } from '../../bot/command/command.ts';
import { createOf, nameOf, parseText } from './reading.ts';

describe('options of a meeting that is there', () => {
  test.each<[string, string | null, Options]>([
    ['record it', null, { record: true }],
    ['can you record it?', null, { record: true }],
    ['record Q3', 'q3', { record: true }],
    ['record the Q3 meeting', 'q3', { record: true }],
    ["don't record the design review", 'design review', { record: false }],
    ['turn recording off', null, { record: false }],
    ['turn recording off for Q3', 'q3', { record: false }],
    ['stop the recording', null, { record: false }],
    ['turn transcription off please', null, { transcribe: false }],
    ['turn off the lobby for Q3', null, { lobby: 'everyone' }],
    ['make the Q3 review no passcode', 'q3 review', { passcode: false }],
    ['remove the passcode from Q3', 'q3', { passcode: false }],
    ['add a passcode to Q3', 'q3', { passcode: true }],
    ['passcode for Q3 off', 'q3', { passcode: false }],
    ['passcode for Q3 on', 'q3', { passcode: true }],
    ['only I can present in the budget meeting', 'budget', { presenters: 'organizer' }],
    ['encrypt Q3', 'q3', { encrypted: true }],
    ['make it encrypted', null, { encrypted: true }],
    ['record the standup room', 'standup room', { record: true }],
    ['encrypt our standup room', 'standup room', { encrypted: true }],
    ['no cameras', null, { camera: false }],
    ['mute everyone in Q3', 'q3', { mic: false }],
    ['use template Board for Q3', 'q3', { template: 'board' }],
    ['no lobby for the 3pm', null, { lobby: 'everyone' }],
    ["record tomorrow's standup", 'standup', { record: true }],
  ])('%s', (text, subject, options) => {
    const command = parseText(text);
    expect(command).toMatchObject({ kind: 'reschedule', needs: [], change: { options } });
    if (subject !== null) expect(command).toMatchObject({ which: { subject } });
  });

  test.each<[string, object, Options]>([
    [
      'move Q3 to 4pm and record it',
      { which: { subject: 'Q3' }, change: { clock: '16:00' } },
      { record: true },
    ],
    ['make it 45 minutes and record it', { change: { minutes: 45 } }, { record: true }],
  ])('%s: with another time', (text, change, options) => {
    const command = parseText(text);
    expect(command).toMatchObject({ kind: 'reschedule', ...change });
    expect(command).toMatchObject({ change: { options } });
  });

  test('a new link with another option', () => {
    expect(parseText('new link for Q3 without passcode')).toMatchObject({
      ...{ kind: 'renew', which: { subject: 'Q3' } },
      options: { passcode: false },
    });
  });
});

test.each([
  'meeting tomorrow 3pm about Q3, spoken language German',
  'meeting tomorrow 3pm about Q3, spoken language: German',
  'meeting tomorrow 3pm about Q3, language is German',
  'meeting tomorrow 3pm about Q3, in German',
])('%s: the language that is spoken', (text) => {
  expect(createOf(text)).toMatchObject({ subject: 'Q3', options: { language: 'de' } });
});

test.each<[string, string]>([
  ['the design review tomorrow 3pm, no lobby', 'create'],
  ['meeting about Q3, record it', 'create'],
  ['team sync no passcode', 'create'],
  ['set up a meeting without passcode', 'create'],
  ['book the budget review, no chat', 'create'],
  ['is it recorded?', 'topic'],
  ['was the meeting recorded', 'none'],
  ['they recorded it', 'none'],
  ['the passcode is wrong', 'topic'],
  ['set the passcode of Q3 to 1234', 'topic'],
  ['the recording is great', 'none'],
  ['can you record a song', 'none'],
  ['mute me', 'none'],
  ['turn off the lights', 'none'],
  ['no chat features review yet', 'none'],
])('%s: %s, no change', (text, kind) => {
  expect(parseText(text).kind).toBe(kind);
});

describe('people with a role', () => {
  const named = (text: string) => {
    const { subject, invitees, options } = createOf(text);
    return {
      subject,
      guests: invitees.map(nameOf),
      coorganisers: (options.coorganisers ?? []).map(nameOf),
      presenters: options.presenters === 'named' ? (options.namedPresenters ?? []).map(nameOf) : null,
    };
  };
  const [SAM, LEE] = ['<at>Sam</at>', '<at>Lee</at>'];

  test.each<[string, Partial<ReturnType<typeof named>>]>([
    [
      `meeting tomorrow 3pm about Q3 presenters ${SAM} and ${LEE}`,
      { presenters: ['Sam', 'Lee'], guests: [] },
    ],
    [`meeting tomorrow 3pm about Q3, only ${SAM} can present`, { presenters: ['Sam'] }],
    ['meeting tomorrow 3pm about Q3, presenters: Sam and Lee', { presenters: ['Sam', 'Lee'] }],
    [`meeting tomorrow 3pm about Q3 with ${SAM} as presenter`, { presenters: ['Sam'] }],
    ['meeting tomorrow 3pm about Q3, only sam@contoso.com may present', { presenters: ['sam@contoso.com'] }],
    [
      `meeting tomorrow 3pm about Q3 with ${LEE}, co-organiser ${SAM}`,
      { guests: ['Lee'], coorganisers: ['Sam'], presenters: null },
    ],
  ])('%s', (text, expected) => {
    expect(named(text)).toMatchObject({ subject: 'Q3', ...expected });
  });

  test.each([
    ['meeting tomorrow 3pm about presenter training', 'presenter training'],
    ['meeting tomorrow 3pm about speaker selection', 'speaker selection'],
  ])('%s: nobody', (text, subject) => {
    expect(named(text)).toEqual({ subject, guests: [], coorganisers: [], presenters: null });
  });
});
