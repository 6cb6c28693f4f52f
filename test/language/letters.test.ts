import { describe, expect, test } from 'vitest';
import type { CreateCommand } from '../../bot/language/command.ts';
import { answerOf, FRAME, readText } from './reading.ts';

describe('of a letter only the sentence that wants something is read', () => {
  test.each([
    [
      'en-GB',
      'Hi Ruth,\ncan you please book a pricing review for Friday at 2pm?\nKind regards,\nOla Nilsen\nHead of Sales | Ext. 4471',
      'pricing review',
      '2026-09-18T14:00',
    ],
    [
      'en-GB',
      'The pump failed again on Monday. Please set up a call tomorrow at 10am about spare parts. Thanks, Ines',
      'spare parts',
      '2026-09-16T10:00',
    ],
    [
      'de-DE',
      'Hallo Frau Lorenz,\nbitte morgen um 14 Uhr eine Besprechung zum Thema Umzug ansetzen.\nViele Grüße\nTom Ebert',
      'Umzug',
      '2026-09-16T14:00',
    ],
    [
      'fr-FR',
      'Bonjour Luc,\npeux-tu planifier une réunion demain à 14h sur le budget ?\nCordialement,\nInès Petit',
      'budget',
      '2026-09-16T14:00',
    ],
  ])('%s: %s', (locale, text, subject, start) => {
    const { command } = readText(text, { ...FRAME, locale });
    expect(command.kind).toBe('create');
    const { when, invitees, ...create } = command as CreateCommand;
    expect(create.subject?.toLowerCase()).toContain(subject.toLowerCase());
    expect(when?.start.toFormat("yyyy-MM-dd'T'HH:mm")).toBe(start);
    expect(invitees).toEqual([]);
  });
});

describe('news with a time in it is left alone', () => {
  test.each([
    ['en-GB', 'The forklift is booked until 3pm'],
    ['en-GB', 'From Monday the warehouse starts at 6'],
    ['en-GB', "Payroll cut-off is the 23rd at noon, don't be late"],
    ['en-GB', 'Dear all,\nthe lift is out of order until Thursday 4pm. We apologise.\nFacilities'],
    ['en-GB', 'Thanks for coming on Tuesday at 10. I enclose the contract.\nBest wishes,\nOla'],
    ['en-GB', 'Kids finish school at 3:15 so I am off at 3'],
    ['de-DE', 'Kollegen, der Drucker im zweiten Stock geht bis Mittwoch 12 Uhr nicht'],
    ['de-DE', 'Herr Abels hat für Montag 9 Uhr abgesagt'],
    ['de-DE', 'Der Azubi bleibt morgen bis 16 Uhr da'],
    ['de-DE', 'Liebe Kollegen,\ndas Tor ist morgen von 8 bis 10 Uhr gesperrt.\nViele Grüße\nDie Haustechnik'],
    ['fr-FR', 'Le plombier passe demain entre 9h et 11h'],
    ['fr-FR', "L'ascenseur est en panne jusqu'à jeudi 16h"],
    ['fr-FR', 'Chers collègues,\nle parking ferme à 18h vendredi.\nCordialement,\nLes services généraux'],
  ])('%s: %s', (locale, text) => {
    const { command, way } = readText(text, { ...FRAME, locale });
    expect({ way, kind: command.kind }).toEqual({ way: 'leave', kind: 'none' });
  });
});

test('a time in another sentence is the wanted one where the request names only a length', () => {
  const { command, way } = readText(
    'Client confirmed 9:00 AM EST on 6 Nov. Please schedule for 30 mins with <at>Farah</at>, subject line "KYC".',
  );
  expect(command).toMatchObject({ kind: 'create', subject: 'KYC', minutes: 30 });
  expect((command as CreateCommand).when?.start.toUTC().toISO()).toBe('2026-11-06T14:00:00.000Z');
  expect(way).toBe('do');
});

test('a weekday in a sentence that only tells is shown before it becomes the time of a meeting', () => {
  const text =
    'We met Thursday at 3pm and talked about it. Please set up a call about the pump for 30 minutes.';
  expect(readText(text)).toMatchObject({ way: 'draft', command: { kind: 'create' } });
});

describe('what is pasted or is to be done by a time is no wish for a meeting', () => {
  test.each([
    [
      'en-US',
      '________________\nMicrosoft Teams meeting\nJoin on your computer or mobile app\nMeeting ID: 219 334 708 11\nPasscode: hQ2vTe\n________________\nKai got this one',
    ],
    [
      'de-DE',
      'Microsoft Teams-Besprechung\nNehmen Sie von Ihrem Computer oder der mobilen App teil\nBesprechungs-ID: 219 334 708 11\nPasscode: hQ2vTe',
    ],
    [
      'fr-FR',
      'Réunion Microsoft Teams\nRejoignez sur votre ordinateur ou application mobile\nID de réunion : 219 334 708 11\nCode secret : hQ2vTe',
    ],
    ['en-GB', 'order 30 aprons by friday noon'],
    ['en-GB', 'Kindly send the signed form back by EOD Monday.'],
    ['en-AU', 'i thought we had these on tuesdays at ten and nobody came'],
  ])('%s: %s', (locale, text) => {
    const { command, way } = readText(text, { ...FRAME, locale });
    expect({ way, kind: command.kind }).toEqual({ way: 'leave', kind: 'none' });
  });
});

test.each([
  [
    'Please book a meeting for tomorrow at 11am with Stavros. We lost two educators this month and I want to talk about agency cover.',
    '2026-09-16T11:00:00+01:00',
  ],
  ['The inspection was last week. Please book a call tomorrow at 2.15pm.', '2026-09-16T14:15:00+01:00'],
])('what news says of other times is no question: %s', (text, start) => {
  expect(answerOf(text)).toMatchObject({ intent: 'create', start, needs: null });
});
