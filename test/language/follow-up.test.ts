import { describe, expect, test } from 'vitest';
import type { Context } from '../../bot/language/reading.ts';
import { AT_HAND, answerOf, FRAME, readText } from './reading.ts';

const at = (clock: string, day = '15') => `2026-09-${day}T${clock}:00+01:00`;

const ON_FRIDAY = { subject: 'Q3', start: at('10:00', '18'), end: at('10:30', '18'), attendees: [] };

const IN_OCTOBER = {
  subject: 'Q3',
  start: '2026-10-08T10:00:00+01:00',
  end: '2026-10-08T10:30:00+01:00',
  attendees: [],
};

test.each([
  ['make it friday', 'en-GB', '2026-10-09T10:00:00+01:00'],
  ['actually make it tuesday', 'en-GB', '2026-10-06T10:00:00+01:00'],
  ['monday 4pm instead', 'en-GB', '2026-10-05T16:00:00+01:00'],
  ['dann Freitag', 'de-DE', '2026-10-09T10:00:00+01:00'],
  ['mets-le plutôt mercredi', 'fr-FR', '2026-10-07T10:00:00+01:00'],
  ['make it this friday', 'en-GB', '2026-09-18T10:00:00+01:00'],
])('%s: a weekday alone is the one that is nearest to the meeting', (text, locale, start) => {
  const context = { open: null, focus: { ...IN_OCTOBER, minutesAgo: 1 }, meetings: [IN_OCTOBER] };
  expect(answerOf(text, context, locale)).toMatchObject({ intent: 'reschedule', start });
});

const ASKED_HALF: Context = {
  open: { kind: 'question', needs: ['ampm'], subject: 'Q3', start: '2026-09-16' },
  focus: null,
  meetings: [],
};

test.each([
  ['morning', 'am'],
  ['evening', 'pm'],
])('%s: the half of the day that was asked', (text, half) => {
  const { command } = readText(text, { ...FRAME, context: ASKED_HALF });
  expect(command).toMatchObject({ kind: 'answer', answer: { half } });
});

test('a greeting is no half of the day', () => {
  expect(readText('good morning', { ...FRAME, context: ASKED_HALF }).command.kind).toBe('none');
});

test.each([
  ["don't cancel it", 'en-GB'],
  ['please do not move it', 'en-GB'],
  ['bitte nicht absagen', 'de-DE'],
  ["n'annule pas", 'fr-FR'],
])('%s: nothing is done', (text, locale) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'decline' });
});

test.each(["don't cancel it, 4pm instead", 'leave it at 10 but add Tom'])(
  '%s: what is wanted beside a refusal is not dropped',
  (text) => expect(answerOf(text, AT_HAND)).not.toMatchObject({ intent: 'decline' }),
);

test('a refusal in plain talk, where nothing was shown or asked, is not answered', () => {
  expect(answerOf("don't book the flights", { open: null, focus: null, meetings: [] })).toMatchObject({
    intent: 'none',
  });
});

test.each([
  ['no, the other one', 'en-GB'],
  ['not that one, the other', 'en-GB'],
  ['wrong one, I meant Retro', 'en-GB'],
  ['die andere', 'de-DE'],
  ["pas celle-là, l'autre", 'fr-FR'],
])('%s: no yes to what is asked of this one', (text, locale) => {
  const context: Context = { ...AT_HAND, open: { kind: 'confirm' } };
  expect(answerOf(text, context, locale)).toMatchObject({
    intent: 'reschedule',
    which: 'Retro',
    needs: ['time'],
  });
});

test.each([
  ['non le mardi d’après', 'fr-FR', ['date']],
  ['den Dienstag drauf', 'de-DE', ['date']],
  ['plutôt le 17 si possible', 'fr-FR', ['time']],
])('%s: the day is asked, and neither today nor an hour is meant', (text, locale, needs) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'reschedule', needs });
});

test('a word that takes back is no name of a meeting', () => {
  const fields = { intent: 'reschedule', start: '2026-12-02T09:00:00+00:00', subject: 'Q3' };
  expect(answerOf('Blödsinn, am 2.12. um 9', AT_HAND, 'de-DE')).toMatchObject(fields);
});

test('an undo names its meeting anywhere in its words', () => {
  expect(answerOf('undo the Retro change', AT_HAND)).toMatchObject({ intent: 'undo', which: 'Retro' });
});

test.each([
  ['ja', 'de-DE', false],
  ['ok', 'de-DE', true],
  ['yes', 'en-GB', false],
])('%s: whether it only says that it was heard', (text, locale, isNod) => {
  const { command } = readText(text, { ...FRAME, locale });
  expect(command).toMatchObject({ kind: 'confirm', isNod });
});

test('an end without a zone is confirmed where the start was said in another one', () => {
  const focus = { ...ON_FRIDAY, clockZone: 'America/New_York', minutesAgo: 1 };
  const of = (context: Context) => readText('until 11am', { ...FRAME, context });
  expect(of({ open: null, focus: { ...ON_FRIDAY, minutesAgo: 1 }, meetings: [] }).way).toBe('do');
  expect(of({ open: null, focus, meetings: [] }).way).not.toBe('do');
});

describe('a value that is typed about the meeting at hand moves it', () => {
  test.each([
    ['make it 4pm', at('16:00'), at('16:30')],
    ['make that 4pm', at('16:00'), at('16:30')],
    ['make it 5', at('17:00'), at('17:30')],
    ['make it friday', at('14:00', '18'), at('14:30', '18')],
    ['actually 9pm', at('21:00'), at('21:30')],
    ['sorry 4pm', at('16:00'), at('16:30')],
    ['4pm instead', at('16:00'), at('16:30')],
    ['tomorrow instead', at('14:00', '16'), at('14:30', '16')],
    ["let's do 4pm", at('16:00'), at('16:30')],
    ['can we do 4:30 instead?', at('16:30'), at('17:00')],
    ['4pm', at('16:00'), at('16:30')],
    ['3 to 4', at('15:00'), at('16:00')],
    ['60 min', at('14:00'), at('15:00')],
    ['make it 45', at('14:00'), at('14:45')],
    ['make it 90', at('14:00'), at('15:30')],
    ['delay it by 10', at('14:10'), at('14:40')],
    ['push it by 15', at('14:15'), at('14:45')],
    ['postpone by 20', at('14:20'), at('14:50')],
    ['shift it 15 earlier', at('13:45'), at('14:15')],
    ['half an hour later', at('14:30'), at('15:00')],
    ['extend by 30 minutes', at('14:00'), at('15:00')],
    ['end it at 4pm', at('14:00'), at('16:00')],
    ['verlängere um eine Viertelstunde', at('14:00'), at('14:45')],
    ['verlängere auf eine Stunde', at('14:00'), at('15:00')],
    ['bitte auf eine Stunde kürzen', at('14:00'), at('15:00')],
    ['raccourcis à une heure', at('14:00'), at('15:00')],
    ['ajoute une heure', at('14:00'), at('15:30')],
    ['shorten to 20 min', at('14:00'), at('14:20')],
    ['end at 5', at('14:00'), at('17:00')],
    ['extend it until 4pm', at('14:00'), at('16:00')],
    ['extend it to 4pm', at('14:00'), at('16:00')],
    ['verlängere auf 16 Uhr', at('14:00'), at('16:00')],
    ['push it by a day', at('14:00', '16'), at('14:30', '16')],
    ['bring it forward 15', at('13:45'), at('14:15')],
    ['push it back 30', at('14:30'), at('15:00')],
    ['push it back by 1 week', at('14:00', '22'), at('14:30', '22')],
    ['push it out by two weeks', at('14:00', '29'), at('14:30', '29')],
    ['delay it 2 days', at('14:00', '17'), at('14:30', '17')],
    ['das dauert jetzt nur noch 20 Minuten', at('14:00'), at('14:20')],
    ['schieb es zwei Tage', at('14:00', '17'), at('14:30', '17')],
    ['schieb es um 30 Minuten vor', at('13:30'), at('14:00')],
  ])('%s', (text, start, end) => {
    expect(answerOf(text, AT_HAND)).toMatchObject({
      intent: 'reschedule',
      which: 'Q3',
      start,
      end,
      needs: null,
    });
  });

  test.each([
    ['verschieb es auf 16 Uhr', 'de-DE'],
    ['verschieb sie auf 16 Uhr', 'de-DE'],
    ['décale-la à 16h', 'fr-FR'],
    ['doch lieber 16 Uhr', 'de-DE'],
    ['16 Uhr', 'de-DE'],
    ['plutôt 16h', 'fr-FR'],
    ['16h', 'fr-FR'],
  ])('%s', (text, locale) => {
    expect(answerOf(text, AT_HAND, locale)).toMatchObject({
      intent: 'reschedule',
      which: 'Q3',
      start: at('16:00'),
    });
  });

  test.each(['show me the card', 'can you show me the card again'])('%s', (text) => {
    expect(answerOf(text, AT_HAND)).toMatchObject({ intent: 'show' });
  });

  test.each([
    ['and invite him', 'en-GB', 'guests'],
    ['and invite everyone', 'en-GB', 'guests'],
    ['und trag es in meinen Kalender ein', 'de-DE', 'mine'],
    ['et invite-les', 'fr-FR', 'guests'],
  ])('%s', (text, locale, calendar) => {
    expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'invite', which: 'Q3', calendar });
  });

  test.each([
    ['sag sie ab', 'de-DE'],
    ['streich das', 'de-DE'],
    ['annule-la', 'fr-FR'],
  ])('%s', (text, locale) => {
    expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'cancel', which: 'Q3' });
  });

  test.each([
    ['tomorrow morning instead', 'en-GB'],
    ['lieber Freitag früh', 'de-DE'],
    ['plutôt demain matin', 'fr-FR'],
  ])(
    'a part of another day asks for the clock, because the old one may be in another: %s',
    (text, locale) => {
      expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'reschedule', needs: ['time'] });
    },
  );

  test('after an hour, with more than one meeting, it is asked which', () => {
    const context: Context = { ...AT_HAND, focus: { ...AT_HAND.focus, minutesAgo: 90 } as Context['focus'] };
    expect(answerOf('make it 4pm', context)).toMatchObject({ intent: 'reschedule', needs: ['which'] });
  });

  test.each([
    ['make that 5pm Paris time', '16:00'],
    ['make that 5pm UTC+2', '16:00'],
    ['make that 11am EST', '16:00'],
    ['make that 5pm my time', '17:00'],
  ])('a clock in another zone keeps the day of the meeting: %s', (text, clock) => {
    const context: Context = { ...AT_HAND, meetings: [ON_FRIDAY], focus: { ...ON_FRIDAY, minutesAgo: 1 } };
    expect(answerOf(text, context)).toMatchObject({ start: at(clock, '18') });
  });

  test('while a cancellation waits for a yes, a new time is shown before it is taken', () => {
    const context: Context = { ...AT_HAND, open: { kind: 'confirm' } };
    expect(answerOf('sorry, I meant wednesday', context)).toMatchObject({ draft: true });
  });

  test('a meeting that is named is that one', () => {
    expect(answerOf('move the retro to 5pm', AT_HAND)).toMatchObject({ which: 'Retro', start: at('17:00') });
  });
});

const shown = (minutesAgo: number, meetings = AT_HAND.meetings): Context => ({
  ...AT_HAND,
  focus: { ...AT_HAND.focus, minutesAgo } as Context['focus'],
  meetings,
});

describe('a change that names no meeting, an hour after one was shown, is offered with its name', () => {
  const only = shown(90, AT_HAND.meetings.slice(0, 1));
  test.each([
    ['make it 4', 'en-GB'],
    ['an hour later pls', 'en-GB'],
    ['make it friday', 'en-GB'],
    ['add priya@contoso.com', 'en-GB'],
    ['verschieb es auf 16 Uhr', 'de-DE'],
    ['mets plutôt 16h', 'fr-FR'],
  ])('%s', (text, locale) => {
    expect(answerOf(text, only, locale)).toMatchObject({ intent: 'reschedule', which: 'Q3', draft: true });
    expect(answerOf(text, AT_HAND, locale)).not.toHaveProperty('draft');
  });

  test('one that names it is done', () => {
    expect(answerOf('move Q3 to 4pm', only)).not.toHaveProperty('draft');
  });
});

describe('the other one is the one that was not shown last', () => {
  test.each([
    ['no, the other one. make that 5pm', 'en-GB', at('17:00')],
    ['the other one needs to start 15 mins later', 'en-GB', at('16:15')],
    ['und der andere 15 Minuten früher', 'de-DE', at('15:45')],
  ])('%s', (text, locale, start) => {
    expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'reschedule', which: 'Retro', start });
  });

  test('of several others it is asked which', () => {
    const [first, second] = AT_HAND.meetings;
    const three = shown(2, [first, second, { ...second, subject: 'Demo' }] as Context['meetings']);
    expect(answerOf('no, the other one. make that 5pm', three)).toMatchObject({ needs: ['which'] });
  });
});

test.each([
  ['the second one, make it 5pm', 'en-GB', 'Retro'],
  ['la deuxième, mets-la à 17h', 'fr-FR', 'Retro'],
  ['la première, mets-la à 17h', 'fr-FR', 'Q3'],
])('%s: which one is said first', (text, locale, which) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'reschedule', which });
});

describe('a word of its name tells which meeting is meant', () => {
  test.each(['retro one make it 2 hours', 'and retro only 20 min'])('%s', (text) => {
    expect(answerOf(text, AT_HAND)).toMatchObject({ intent: 'reschedule', which: 'Retro' });
  });

  test('further on it may be about anything', () => {
    const answer = answerOf('make it 4pm, the retro room is free then', AT_HAND);
    expect(answer).toMatchObject({ which: 'Q3', start: at('16:00') });
  });

  test('a pronoun behind a verb is no name', () => {
    expect(answerOf('mets-la plutôt samedi', AT_HAND, 'fr-FR')).toMatchObject({ which: 'Q3' });
  });
});

describe('one more is a new meeting', () => {
  test.each([
    ['and one at 5pm', 'en-GB'],
    ['und noch einen um 17 Uhr', 'de-DE'],
    ['et une autre à 17h', 'fr-FR'],
  ])('%s', (text, locale) => {
    expect(answerOf(text, AT_HAND, locale)).toMatchObject({
      intent: 'create',
      start: at('17:00'),
      attendees: [],
    });
  });

  test('an hour alone is on the day of the one it is like', () => {
    const focus = {
      subject: 'Q3',
      start: '2026-09-17T10:00:00+01:00',
      end: '2026-09-17T10:20:00+01:00',
      minutesAgo: 1,
    };
    const context = { ...AT_HAND, focus, meetings: [{ ...focus, attendees: ['Sam'] }] };
    const another = (text: string) => answerOf(text, context).start;
    expect(another('another one at 11am with Denise')).toBe('2026-09-17T11:00:00+01:00');
    expect(another('another one on friday at 11am')).toBe('2026-09-18T11:00:00+01:00');
    expect(another('another one tomorrow at 11am')).toBe('2026-09-16T11:00:00+01:00');
  });

  test('it is as long as the one it is like', () => {
    const long = { ...AT_HAND.focus, end: at('15:30') } as NonNullable<Context['focus']>;
    const context = { ...AT_HAND, focus: long, meetings: [{ ...long, attendees: [] }] };
    expect(answerOf('do the same on friday at 2pm', context)).toMatchObject({
      subject: 'Q3',
      start: at('14:00', '18'),
      end: at('15:30', '18'),
    });
  });
});

test('German "mach es" is a yes only where nothing else is wanted', () => {
  const answer = answerOf('mach es ohne Passcode', AT_HAND, 'de-DE');
  expect(answer).toMatchObject({ intent: 'reschedule', which: 'Q3', options: { passcode: false } });
  expect(answer).not.toHaveProperty('draft');
});

test.each([
  ['eine viertelstunde länger', at('14:45')],
  ['eine viertelstunde länger auch noch', at('14:45')],
  ['eine dreiviertelstunde länger', at('15:15')],
])('%s adds to the length', (text, end) => {
  expect(answerOf(text, AT_HAND, 'de-DE')).toMatchObject({ intent: 'reschedule', start: at('14:00'), end });
});

test.each([
  ['non finalement on la garde', 'fr-FR'],
  ['finalement on la garde', 'fr-FR'],
  ['no, leave it', 'en-GB'],
])('%s is no yes to what is asked', (text, locale) => {
  const context: Context = { ...AT_HAND, open: { kind: 'confirm' } };
  expect(answerOf(text, context, locale)).toMatchObject({ intent: 'decline' });
});

test.each([
  ['sure', 'en-GB'],
  ['ok good', 'en-GB'],
])('%s says yes to nobody where nothing is asked', (text, locale) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'none' });
});

describe('an hour without its half of the day is the one near to the meeting', () => {
  const evening = {
    ...AT_HAND,
    focus: { subject: 'Choir', start: at('19:00'), end: at('19:45'), minutesAgo: 2 },
    meetings: [{ subject: 'Choir', start: at('19:00'), end: at('19:45'), attendees: [] }],
  };

  test.each([
    ['make it 8', at('20:00'), at('20:45')],
    ['until 8:15', at('19:00'), at('20:15')],
    ['and end at 9', at('19:00'), at('21:00')],
  ])('%s', (text, start, end) => {
    expect(answerOf(text, evening)).toMatchObject({ intent: 'reschedule', start, end });
  });

  test('one in the afternoon may be moved to the morning', () => {
    expect(answerOf('make it 10', AT_HAND)).toMatchObject({ start: at('10:00') });
  });
});

test('German "am" before a day is no half of it', () => {
  expect(answerOf('noch eins am Mittwoch um 15 Uhr', AT_HAND, 'de-DE')).toMatchObject({
    intent: 'create',
    start: at('15:00', '16'),
  });
});

describe('the start moves and the end stays', () => {
  test.each([
    ['start 15 min earlier but same end', at('13:45')],
    ['start at 1:45 but keep the end', at('13:45')],
    ['start 10 min later, same end time', at('14:10')],
  ])('%s', (text, start) => {
    expect(answerOf(text, AT_HAND)).toMatchObject({ intent: 'reschedule', start, end: at('14:30') });
  });
});

describe('small words beside a value leave it one', () => {
  test.each([
    ['no, just an hour', 'en-GB'],
    ['can you make it an hour', 'en-GB'],
    ['und eine Stunde bitte', 'de-DE'],
    ['non juste une heure', 'fr-FR'],
  ])('%s', (text, locale) => {
    const answer = answerOf(text, AT_HAND, locale);
    expect(answer).toMatchObject({ intent: 'reschedule', which: 'Q3', end: at('15:00') });
    expect(answer).not.toHaveProperty('draft');
  });

  test.each(['I’m at the dentist at 4pm', 'pizza at 1pm', 'the bus leaves at 5pm'])(
    'news beside a time moves nothing: %s',
    (text) => {
      const { command, way } = readText(text, { ...FRAME, context: AT_HAND });
      expect(command.kind === 'reschedule' && way === 'do').toBe(false);
    },
  );
});

test('what is always so is a setting, and no meeting', () => {
  expect(answerOf('Could you please change my usual meeting length to 45 minutes?', AT_HAND)).toMatchObject({
    intent: 'settings',
  });
});

test('a name and a whole time without a meeting are a new one', () => {
  const text = 'Kannst du für morgen 16:30 was mit Gesa einstellen? Thema ist die Schadensmeldung';
  expect(answerOf(text, AT_HAND, 'de-DE')).toMatchObject({ intent: 'create', subject: 'Schadensmeldung' });
});

describe('a name behind "remove" is a guest', () => {
  test.each(['remove Sam', 'take Sam off', 'uninvite Sam', 'drop Sam', 'remove lee@contoso.com'])(
    '%s',
    (text) => {
      const { command } = readText(text, { ...FRAME, context: AT_HAND });
      expect(command).toMatchObject({ kind: 'reschedule', change: { leaving: [expect.anything()] } });
    },
  );
});

const question = (needs: readonly string[], start: string | null, subject: string | null): Context =>
  ({ open: { kind: 'question', needs, start, subject }, focus: null, meetings: [] }) as unknown as Context;

describe('what may be talk beside a time is offered, not done', () => {
  test.each([
    ['4pm works for me', 'en-GB'],
    ["let's eat at 12", 'en-GB'],
    ['5 more minutes', 'en-GB'],
    ['another 10 minutes', 'en-GB'],
    ['noch 5 Minuten', 'de-DE'],
    ['16 Uhr passt mir', 'de-DE'],
    ['encore 5 minutes', 'fr-FR'],
  ])('%s', (text, locale) => {
    expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'reschedule', draft: true });
  });

  test('an address alone may be a guest', () => {
    const { command, way } = readText('sanjay@contoso.com', { ...FRAME, context: AT_HAND });
    expect(way).toBe('draft');
    expect(command).toMatchObject({
      kind: 'reschedule',
      change: { invitees: [{ email: 'sanjay@contoso.com' }] },
    });
  });

  test('more minutes make a meeting longer, not short', () => {
    expect(answerOf('noch 5 Minuten', AT_HAND, 'de-DE')).toMatchObject({ end: at('14:35') });
  });
});

describe('what is typed to an open question answers it', () => {
  test.each([
    ['2pm', question(['time'], '2026-09-18', 'topic'), at('14:00', '18')],
    ['2pm please', question(['time'], '2026-09-18', 'topic'), at('14:00', '18')],
    ['2pm to 3pm', question(['time'], '2026-09-18', 'topic'), at('14:00', '18')],
    ['tomorrow at 2pm', question(['date', 'time'], null, 'pricing'), at('14:00', '16')],
    ['pm', question(['ampm'], at('07:00', '16'), 'budget'), at('19:00', '16')],
    ['evening', question(['ampm'], at('07:00', '16'), 'budget'), at('19:00', '16')],
  ])('%s', (text, context, start) => {
    const { subject } = context.open as { subject: string };
    expect(answerOf(text, context)).toMatchObject({ intent: 'answer', start, subject });
  });

  test('an end beside an hour that has gone by today is kept for the day that is asked about', () => {
    const context = question(['time'], '2026-09-18', 'topic');
    expect(answerOf('8am to 9:30am', context)).toMatchObject({
      intent: 'answer',
      start: at('08:00', '18'),
      durationMinutes: 90,
    });
  });

  test('German "morgen" is a day here, and no morning', () => {
    const context = question(['past'], at('15:00'), 'Messe');
    expect(answerOf('morgen natürlich', context, 'de-DE')).toMatchObject({ start: at('15:00', '16') });
  });

  test('an answer about the meeting at hand names it', () => {
    const { focus } = AT_HAND;
    const context = { ...question(['time'], at('14:00'), 'Q3'), focus };
    expect(answerOf('3:30pm', context)).toMatchObject({ intent: 'answer', which: 'Q3' });
  });

  test('a place is the zone that was asked for', () => {
    expect(answerOf('Berlin', question(['tz'], null, 'z'))).toMatchObject({
      intent: 'answer',
      zone: 'Europe/Berlin',
    });
  });

  test.each([
    ['the second one', 2],
    ['the last one', -1],
  ])('%s', (text, ordinal) => {
    expect(answerOf(text, question(['dateorder'], null, 'review'))).toMatchObject({
      intent: 'answer',
      ordinal,
    });
  });

  test('a time that is more than a value answers as well', () => {
    expect(answerOf('oh I meant tomorrow', question(['past'], at('08:00'), 'topic'))).toMatchObject({
      intent: 'answer',
      subject: 'topic',
    });
  });

  test('another request is no answer', () => {
    expect(answerOf('cancel the retro', question(['time'], '2026-09-18', 'topic'))).toMatchObject({
      intent: 'cancel',
    });
  });
});

test.each([
  ['let it run til 11', 'en-GB', 'reschedule', 'do'],
  ['apologies, ignore that last change', 'en-GB', 'undo', 'do'],
])(
  'what may be about the meeting that was shown just now is not left alone: %s',
  (text, locale, kind, way) => {
    const frame = { ...FRAME, locale };
    expect(readText(text, { ...frame, context: AT_HAND })).toMatchObject({ way, command: { kind } });
  },
);

test.each([
  ['raccourcis à deux heures', 'fr-FR'],
  ['raccourcis à 8 heures', 'fr-FR'],
])('whether hours behind a verb that shortens are how long or until when is asked: %s', (text, locale) => {
  expect(answerOf(text, AT_HAND, locale)).toMatchObject({ intent: 'reschedule', needs: ['time'] });
});

test('a new end beside an hour that has gone by today is kept for another day', () => {
  const context = { open: null, focus: { ...ON_FRIDAY, minutesAgo: 2 }, meetings: [ON_FRIDAY] };
  expect(answerOf('can it be 9:15 to 10?', context)).toMatchObject({
    intent: 'reschedule',
    start: at('09:15', '18'),
    end: at('10:00', '18'),
  });
});

describe('yes and no', () => {
  const context: Context = { open: { kind: 'confirm' }, focus: null, meetings: [] };
  test.each([
    ['yes', 'confirm'],
    ['yes please', 'confirm'],
    ['do it', 'confirm'],
    ['no', 'decline'],
    ['no wait, keep it', 'decline'],
    ['never mind', 'decline'],
    ['stop', 'decline'],
    ['forget it', 'decline'],
    ['undo', 'undo'],
    ['change it back', 'undo'],
    ['hmm actually no', 'decline'],
    ['y', 'confirm'],
    ['yes, cancel it', 'confirm'],
  ])('%s: %s', (text, intent) => {
    expect(answerOf(text, context)).toMatchObject({ intent });
  });
});

test.each(['half an hour is enough'])(
  'what is likely to be about the meeting that was shown just now needs no click: %s',
  (text) => {
    const kind = { command: { kind: 'reschedule' } };
    expect(readText(text)).toMatchObject({ way: 'draft', ...kind });
    expect(readText(text, { ...FRAME, context: AT_HAND })).toMatchObject({ way: 'do', ...kind });
  },
);

describe('which of several is meant by its place among them', () => {
  test.each([
    ['push the first one to 3pm', { intent: 'reschedule', which: 'Q3', start: at('15:00') }],
    ['cancel the last one', { intent: 'cancel', which: 'Retro' }],
    ['move the second one to 5pm', { intent: 'reschedule', which: 'Retro', start: at('17:00') }],
  ])('%s', (text, expected) => {
    expect(answerOf(text, { ...AT_HAND, focus: null })).toMatchObject(expected);
  });
});

test('a word that asks for something, beside the name of a meeting that is there, is heard', () => {
  const quote = { subject: 'Loft quote', start: at('12:00'), end: at('12:30'), attendees: [] };
  const context = { ...AT_HAND, meetings: [...AT_HAND.meetings, quote] };
  expect(answerOf('cancel loft quote', context)).toMatchObject({ intent: 'cancel', which: 'Loft quote' });
});

describe('what corrects a value moves the meeting at hand', () => {
  test.each([
    ['wait i meant wed', 'en-GB', at('14:00', '16'), null],
    ['oops that should have been tomorrow', 'en-GB', at('14:00', '16'), null],
    ['no sorry, tomorrow', 'en-GB', at('14:00', '16'), null],
    ['lieber um 14:15 Uhr.', 'de-DE', at('14:15'), null],
    ['et 16h15 au lieu de 16h', 'fr-FR', at('16:15'), null],
    ['und 45 Minuten statt 30', 'de-DE', at('14:00'), 45],
  ])('%s', (text, locale, start, minutes) => {
    const answer = answerOf(text, AT_HAND, locale);
    expect(answer).toMatchObject({ intent: 'reschedule', which: 'Q3', start, needs: null });
    expect(answer).not.toHaveProperty('draft');
    if (minutes !== null) expect(answer).toMatchObject({ durationMinutes: minutes });
  });

  test('a yes before a time, where nothing is open, may answer somebody else', () => {
    expect(readText('oui vers 17h', { ...FRAME, locale: 'fr-FR', context: AT_HAND }).way).not.toBe('do');
  });
});

test.each([
  ['yeah 4:15 out front', 'en-GB'],
  ['good on ya mate', 'en-GB'],
  ['ja kommen Freitag', 'de-DE'],
])('where nothing is open, a yes with more beside it is for somebody else: %s', (text, locale) => {
  expect(answerOf(text, AT_HAND, locale).intent).not.toBe('confirm');
});

describe('which meeting is meant, by a word of its name or by its hour', () => {
  const among: Context = {
    ...AT_HAND,
    focus: null,
    open: { kind: 'question', needs: [], subject: null, start: null },
  };
  test.each([
    ['Retro', 'Retro'],
    ['the retro one', 'Retro'],
    ['Q3', 'Q3'],
    ['the 4pm one', 'Retro'],
  ])('%s', (text, which) => {
    expect(answerOf(text, among)).toMatchObject({ intent: 'answer', which });
  });

  test('a name that is a word of no language is one all the same', () => {
    const [q3] = AT_HAND.meetings;
    const named: Context = {
      ...among,
      meetings: [{ ...(q3 as (typeof AT_HAND.meetings)[number]), subject: 'Gartenpflege' }],
    };
    expect(answerOf('Gartenpflege', named)).toMatchObject({ intent: 'answer', which: 'Gartenpflege' });
  });
});

test('an answer keeps the day that it says', () => {
  const open = { kind: 'question', needs: ['past'], subject: 'IRB', start: at('08:00') } as const;
  expect(answerOf('8 tomorrow', { ...AT_HAND, focus: null, open })).toMatchObject({
    start: at('08:00', '16'),
  });
});

test.each([['and one more at 4 with Lakshmi', at('16:00', '17')]])(
  'one more is on the day of the one at hand: %s',
  (text, start) => {
    const day = { ...AT_HAND.focus, start: at('14:00', '17'), end: at('14:30', '17') } as Context['focus'];
    expect(answerOf(text, { ...AT_HAND, focus: day })).toMatchObject({ intent: 'create', start });
  },
);

test('an hour in the zone of other people is asked', () => {
  expect(answerOf('Call Monday 10am local time for them with yuki@contoso.com')).toMatchObject({
    needs: ['tz'],
  });
});

test('"again" names no meeting', () => {
  expect(answerOf('Sag das wieder ab', AT_HAND, 'de-DE')).toMatchObject({ intent: 'cancel', which: 'Q3' });
});

const IN_NEW_YORK: Context = {
  open: null,
  focus: {
    subject: 'Q3',
    start: at('14:00', '16'),
    end: at('14:30', '16'),
    clockZone: 'America/New_York',
    minutesAgo: 2,
  },
  meetings: [],
};

test.each([
  ['make it 10', at('15:00', '16'), true],
  ['make it friday 10am', at('15:00', '18'), true],
  ['make it 10 London time', at('10:00', '16'), undefined],
  ['half an hour later', at('14:30', '16'), undefined],
])('%s: an hour is in the zone in which the meeting was said, and shown first', (text, start, draft) => {
  expect(answerOf(text, IN_NEW_YORK)).toMatchObject({ intent: 'reschedule', start, ...(draft && { draft }) });
});

test.each([
  ["can't make 10, sorry", 'en-GB'],
  ['je peux pas à 10h', 'fr-FR'],
])('%s: an hour at which somebody cannot come is not the new one', (text, locale) => {
  expect(answerOf(text, AT_HAND, locale).start).not.toBe(at('10:00'));
});

test("I can't make 10, can we do 11?: of two hours the one that is possible is the new one", () => {
  const said = answerOf("I can't make 10, can we do 11?", AT_HAND);
  expect(said).toMatchObject({ intent: 'reschedule', start: at('11:00') });
});

test.each([
  ['17 Uhr schaffe ich nicht, geht 12?', 'de-DE', at('12:00')],
  ['15 Uhr schaffe ich nicht', 'de-DE', null],
  ["3pm doesn't work", 'en-GB', null],
  ['15 Uhr geht bei mir nicht, lieber 12 Uhr', 'de-DE', at('12:00')],
  ["I can't do today, let's do Thursday", 'en-GB', at('14:00', '17')],
  ['demain je ne peux pas, plutôt jeudi', 'fr-FR', at('14:00', '17')],
  ['not coming in today, back Thursday', 'en-GB', null],
])('%s: the hour before words that refuse it is not the new one', (text, locale, start) => {
  expect(answerOf(text, AT_HAND, locale).start).toBe(start);
});

const CONFIRMING: Context = { open: { kind: 'confirm' }, focus: null, meetings: [] };

test.each([
  ['ok thanks', 'en-GB', 'none'],
  ['yes thanks', 'en-GB', 'confirm'],
  ['ok danke', 'de-DE', 'none'],
  ['ok merci', 'fr-FR', 'none'],
  ['oui merci', 'fr-FR', 'confirm'],
])('%s: thanks beside a nod is no yes', (text, locale, kind) => {
  expect(readText(text, { ...FRAME, locale, context: CONFIRMING }).command.kind).toBe(kind);
});
