import { expect, test } from 'vitest';
import type { Options } from '../../bot/language/command.ts';
import { meetingWords } from '../../bot/language/languages.ts';
import { selectInRoom } from '../../bot/meeting/granted-options.ts';
import { isUpdatable, type OptionName } from '../../bot/meeting/options.ts';
import { roomKey } from '../../bot/meeting/record.ts';

const WORDS = meetingWords();

test.each([
  ['standup room', 'Stand-Up Room'],
  ['standup', 'standup room'],
  ['the design', 'the  design room'],
  ['standup meeting room', 'standup'],
  ['Ünïcode room', 'ünïcode'],
  ['ＡＢＣ room', 'abc'],
  ['Standup-Raum', 'Raum Standup'],
  ['Vertrieb Besprechungsraum', 'vertrieb'],
  ['salle de réunion Produit', 'produit room'],
])('“%s” and “%s” are the same room', (one, other) => {
  expect(roomKey(one, WORDS)).toBe(roomKey(other, WORDS));
});

test.each([
  ['standup room', 'design room'],
  ['standup room', 'standup lounge'],
  ['room 1', 'room 2'],
  ['classroom', 'class'],
  ['Lernraum', 'lern'],
  ['東京 room', '大阪 room'],
])('“%s” and “%s” are not', (one, other) => {
  expect(roomKey(one, WORDS)).not.toBe(roomKey(other, WORDS));
});

test('a room without a name has a key all the same', () => {
  expect([null, 'room', '!!!', 'Raum'].map((name) => roomKey(name, WORDS))).toEqual([
    'room',
    'room',
    'room',
    'room',
  ]);
});

const OFFER = { lacks: new Set<OptionName>(), templates: ['board'], labels: ['secret'] };

test('what Graph cannot change later a room cannot have; the rest it can', () => {
  const asked: Options = {
    passcode: true,
    encrypted: true,
    language: 'fr',
    template: 'Board',
    lobby: 'everyone',
    presenters: 'organizer',
    chat: 'disabled',
    mic: false,
    camera: false,
    announce: true,
  };
  const { options, missed } = selectInRoom(asked, OFFER);
  expect(missed.map(({ option, why }) => [option, why])).toEqual([
    ['template', 'room'],
    ['passcode', 'room'],
  ]);
  expect((Object.keys(options) as OptionName[]).every(isUpdatable)).toBe(true);
  expect(missed.some(({ option }) => isUpdatable(option))).toBe(false);
});

test('a room has no passcode anyway', () => {
  expect(selectInRoom({ passcode: false }, OFFER)).toEqual({ options: {}, missed: [] });
});
