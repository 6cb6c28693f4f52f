import { describe, expect, test } from 'vitest';
import { answerOf, FRAME, readText } from './reading.ts';

const commandOf = (text: string, locale = 'en-GB') => readText(text, { ...FRAME, locale }).command;

describe('a series that is to be made', () => {
  test.each([
    ['standup every Monday 9am until June', 'standup', { kind: 'weekly', interval: 1, days: [1] }],
    ['1:1 with Sam every other Tuesday at 3pm, 10 times', '1:1', { kind: 'weekly', interval: 2, days: [2] }],
    ['weekly review Friday 3pm for 10 weeks', 'weekly review', { kind: 'weekly', interval: 1, days: [5] }],
    [
      'quarterly review every quarter starting 5 October at 10am',
      'quarterly review',
      { interval: 3, dayOfMonth: 5 },
    ],
  ])('%s', (text, subject, pattern) => {
    const command = commandOf(text);
    expect(command).toMatchObject({
      kind: 'create',
      subject,
      recurrence: { pattern },
      invitees: expect.anything(),
    });
    const isAsked =
      command.kind === 'create' && [...command.needs, ...(command.unmet ?? [])].includes('recurrence');
    expect(isAsked).toBe(true);
  });

  test('the line protocol says it, and says nothing of it where there is none', () => {
    expect(answerOf('standup every Monday 9am until June')).toMatchObject({
      recurrence: { pattern: { kind: 'weekly', interval: 1, days: [1] }, end: { until: '2027-06-30' } },
      needs: ['recurrence'],
      attendees: [],
    });
    expect(answerOf('standup Monday 9am')).not.toHaveProperty('recurrence');
  });

  test('what is called weekly without being asked for is once', () => {
    expect(commandOf('meeting tomorrow 3pm about the weekly report')).not.toHaveProperty('recurrence');
  });

  test.each([
    ['we meet every Monday', 'en-GB'],
    ['we meet every Monday at 9', 'en-GB'],
    ['every Monday we have standup at 9', 'en-GB'],
    ['wir treffen uns jeden Montag um 9 Uhr', 'de-DE'],
    ['on se réunit tous les lundis à 9h', 'fr-FR'],
  ])('news is none: %s', (text, locale) => {
    expect(commandOf(text, locale).kind).toBe('none');
  });
});

describe('whose calendar a new meeting goes into', () => {
  test.each([
    ['schedule a call with Sam tomorrow at 3pm and invite him', 'guests', null],
    ['schedule a call with Sam tomorrow at 3pm and send invitations', 'guests', null],
    ['design review tomorrow 10am with Sam, and add it to our calendars', 'guests', 'design review'],
    ['design review with Sam Friday 10am, put it on my calendar', 'mine', 'design review'],
  ])('%s', (text, calendar, subject) => {
    expect(commandOf(text)).toMatchObject({
      ...{ kind: 'create', calendar, subject },
      invitees: [{ kind: 'name', name: 'Sam' }],
    });
  });

  test.each([
    ['Planung morgen 10 Uhr mit Jana und lad sie ein', 'de-DE', 'guests'],
    ['Planung morgen 10 Uhr mit Jana, trag es in meinen Kalender ein', 'de-DE', 'mine'],
    ['point budget demain 10h avec Léa et invite-la', 'fr-FR', 'guests'],
    ['point budget demain 10h avec Léa, mets-le dans mon agenda', 'fr-FR', 'mine'],
  ])('%s', (text, locale, calendar) => {
    expect(commandOf(text, locale)).toMatchObject({ kind: 'create', calendar, invitees: [{ kind: 'name' }] });
  });

  test('nobody who says nothing of it', () => {
    expect(commandOf('schedule a call with Sam tomorrow at 3pm')).not.toHaveProperty('calendar');
  });
});

describe('a meeting that is there goes into a calendar', () => {
  test.each([
    ['put it on my calendar', 'en-GB', 'mine', null],
    ['add the Q3 review to my calendar', 'en-GB', 'mine', 'Q3 review'],
    ['invite them to Q3 review', 'en-GB', 'guests', 'Q3 review'],
    ['send the invitations for the design review', 'en-GB', 'guests', 'design review'],
    ['send the invites', 'en-GB', 'guests', null],
    ['trag es in meinen Kalender ein', 'de-DE', 'mine', null],
    ['schick die Einladungen raus', 'de-DE', 'guests', null],
    ['mets-la dans mon agenda', 'fr-FR', 'mine', null],
    ['envoie les invitations', 'fr-FR', 'guests', null],
  ])('%s', (text, locale, calendar, subject) => {
    expect(commandOf(text, locale)).toMatchObject({ kind: 'invite', calendar, which: { subject } });
  });

  test.each([
    ['is it in my calendar?', 'topic'],
    ['why is it not in my calendar?', 'topic'],
    ['give me the invitation text', 'invitation'],
    ['invite Sam to the Q3 review', 'reschedule'],
    ['did you send the invites?', 'none'],
    ['i sent the invites yesterday', 'none'],
  ])('another thing: %s', (text, kind) => {
    expect(commandOf(text).kind).toBe(kind);
  });
});

describe('how much of a series is meant', () => {
  test.each([
    ['cancel the whole series', { subject: null, occurrence: 'series' }],
    ['cancel the standup series', { subject: 'standup', occurrence: 'series' }],
    ["cancel next Monday's standup", { subject: 'standup', day: '2026-09-21', occurrence: 'one' }],
    ['cancel the standup from now on', { subject: 'standup', occurrence: 'rest' }],
    ['move the standup to 10am from now on', { subject: 'standup', occurrence: 'rest' }],
    ['move the standup to 10am just this once', { subject: 'standup', occurrence: 'one' }],
    ['cancel the Series B review', { subject: 'Series B review' }],
  ])('%s', (text, which) => {
    expect(commandOf(text)).toMatchObject({ which });
  });

  test('not said is absent', () => {
    expect(commandOf('cancel the standup')).toMatchObject({
      which: expect.not.objectContaining({ occurrence: 'one' }),
    });
    expect(answerOf('cancel the Series B review')).not.toHaveProperty('occurrence');
  });

  test.each([
    ['sag die ganze Serie ab', 'de-DE', 'series'],
    ['annule toute la série', 'fr-FR', 'series'],
  ])('%s', (text, locale, occurrence) => {
    expect(commandOf(text, locale)).toMatchObject({ kind: 'cancel', which: { occurrence } });
  });
});

describe('settings of invitations and reminders', () => {
  test.each([
    ['always invite', 'en-GB', { alwaysInvite: true }],
    ['always send invitations', 'en-GB', { alwaysInvite: true }],
    ["don't invite automatically", 'en-GB', { alwaysInvite: false }],
    ['ask me before inviting people', 'en-GB', { alwaysInvite: false }],
    ['remind me 10 minutes before', 'en-GB', { remind: 10 }],
    ['remind me half an hour before every meeting', 'en-GB', { remind: 30 }],
    ['no reminders', 'en-GB', { remind: null }],
    ['turn off reminders', 'en-GB', { remind: null }],
    ['immer einladen', 'de-DE', { alwaysInvite: true }],
    ['nicht automatisch einladen', 'de-DE', { alwaysInvite: false }],
    ['erinnere mich 10 Minuten vorher', 'de-DE', { remind: 10 }],
    ['keine Erinnerungen', 'de-DE', { remind: null }],
    ['invite toujours', 'fr-FR', { alwaysInvite: true }],
    ["n'invite pas automatiquement", 'fr-FR', { alwaysInvite: false }],
    ['rappelle-moi 10 minutes avant', 'fr-FR', { remind: 10 }],
    ['pas de rappels', 'fr-FR', { remind: null }],
  ])('%s', (text, locale, change) => {
    expect(commandOf(text, locale)).toEqual({ kind: 'settings', change });
  });

  test.each(['remind me to call Sam tomorrow', 'remind me at 5', 'you reminded me 10 minutes before'])(
    'none of the settings: %s',
    (text) => {
      expect(commandOf(text).kind).toBe('none');
    },
  );
});

describe('what came out of a meeting is asked of that one', () => {
  test.each([
    ['who came to the Q3 review?', 'attendance', { subject: 'Q3 review' }],
    ["who came to yesterday's standup?", 'attendance', { subject: 'standup', day: '2026-09-14' }],
    ['where is the transcript of the design review?', 'transcript', { subject: 'design review' }],
    ['where is the recording of the Q3 review', 'transcript', { subject: 'Q3 review' }],
  ])('%s', (text, topic, which) => {
    expect(commandOf(text)).toMatchObject({ kind: 'topic', topic, which });
  });
});
