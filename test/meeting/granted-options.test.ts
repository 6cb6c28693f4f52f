import { describe, expect, test } from 'vitest';
import type { Options } from '../../bot/language/command.ts';
import { listDeclined, selectPossible, toHeld, type Why } from '../../bot/meeting/granted-options.ts';
import type { Granted, Offer, OptionName } from '../../bot/meeting/options.ts';

const ALL: Offer = { lacks: new Set(), templates: ['board'], labels: ['secret'] };
const GOVERNMENT: Offer = {
  lacks: new Set(['encrypted', 'transcribe', 'language', 'template']),
  templates: [],
  labels: [],
};

type Reasons = Partial<Record<OptionName, Why>>;
const reasons = (missed: readonly { option: OptionName; why: Why }[]): Reasons =>
  Object.fromEntries(missed.map(({ option, why }) => [option, why]));

describe('what is worth sending', () => {
  test.each<[string, Options, Offer, Options, Reasons]>([
    ['nothing', {}, ALL, {}, {}],
    ['what there is', { record: true, template: 'Board' }, ALL, { record: true, template: 'Board' }, {}],
    [
      'a template that nobody configured',
      { template: 'Gala', chat: 'disabled' },
      ALL,
      { chat: 'disabled' },
      { template: 'template' },
    ],
    [
      'encryption rules recordings out',
      { encrypted: true, record: true, transcribe: true, lobby: 'organizer' },
      ALL,
      { encrypted: true, lobby: 'organizer' },
      { record: 'encryption', transcribe: 'encryption' },
    ],
    [
      'encryption and no recording agree',
      { encrypted: true, record: false },
      ALL,
      { encrypted: true, record: false },
      {},
    ],
    [
      'no encryption lets recordings be',
      { encrypted: false, record: true },
      ALL,
      { encrypted: false, record: true },
      {},
    ],
    [
      'a cloud without encryption records',
      { encrypted: true, record: true, transcribe: true, language: 'fr' },
      GOVERNMENT,
      { record: true },
      { encrypted: 'cloud', transcribe: 'cloud', language: 'cloud' },
    ],
    [
      'people are no option of Graph’s',
      { coorganisers: [{ kind: 'name', name: 'Sam' }], template: 'x' },
      GOVERNMENT,
      {},
      { template: 'cloud' },
    ],
  ])('%s', (_name, asked, offer, sent, why) => {
    const { options, missed } = selectPossible(asked, offer);
    expect(options).toEqual(sent);
    expect(reasons(missed)).toEqual(why);
  });
});

describe('what was sent and is not so', () => {
  test.each<[string, Options, Granted, Reasons]>([
    ['all granted', { record: true, chat: 'limited' }, { record: true, chat: 'limited' }, {}],
    ['what nobody asked for', {}, { record: true, presenters: 'everyone' }, {}],
    ['a fallback', { presenters: 'organizer' }, { presenters: 'everyone' }, { presenters: 'policy' }],
    ['encryption', { encrypted: true }, { encrypted: false }, { encrypted: 'policy' }],
    ['silence', { encrypted: true, mic: false }, {}, { encrypted: 'unconfirmed', mic: 'unconfirmed' }],
    ['a value without a word', { lobby: 'everyone' }, { lobby: null }, { lobby: 'policy' }],
    [
      'a recording of an encrypted meeting',
      { record: true },
      { record: false, encrypted: true },
      { record: 'encrypted' },
    ],
    [
      'a template that locks',
      { lobby: 'everyone', template: 'Board' },
      { lobby: 'organization', template: 'board' },
      { lobby: 'locked' },
    ],
    ['a template that was not applied', { template: 'Board' }, { template: null }, { template: 'policy' }],
    ['a language by its region', { language: 'fr' }, { language: 'fr-CA' }, {}],
    ['another language', { language: 'fr' }, { language: 'en-US' }, { language: 'policy' }],
    ['presenters by role', { presenters: 'named' }, { presenters: 'invited' }, {}],
    ['nobody to present', { presenters: 'invited' }, { presenters: 'organizer' }, { presenters: 'nobody' }],
  ])('%s', (_name, sent, granted, why) => {
    expect(reasons(listDeclined(sent, granted))).toEqual(why);
  });

  test('comes with what was wished and what it is', () => {
    expect(listDeclined({ presenters: 'organizer' }, { presenters: 'everyone' })).toEqual([
      { option: 'presenters', why: 'policy', wish: 'organizer', is: 'everyone' },
    ]);
  });
});

describe('what stands on the card as it is', () => {
  test.each<[string, Options, Granted, object[]]>([
    [
      'only what was asked for',
      { record: true },
      { record: true, chat: 'enabled' },
      [{ option: 'record', value: true }],
    ],
    [
      'as it is now, whatever was asked',
      { record: true },
      { record: false },
      [{ option: 'record', value: false }],
    ],
    ['encryption, whoever asked', {}, { encrypted: true }, [{ option: 'encrypted', value: true }]],
    [
      'named presenters by their name',
      { presenters: 'named' },
      { presenters: 'invited' },
      [{ option: 'presenters', value: 'named' }],
    ],
    ['nothing that has no word', { lobby: 'everyone' }, { lobby: null }, []],
  ])('%s', (_name, asked, granted, expected) => {
    expect(toHeld(asked, granted, [])).toEqual(expected);
  });

  test('nothing that was missed, for that has a sentence of its own', () => {
    const granted: Granted = { presenters: 'everyone' };
    const asked: Options = { presenters: 'organizer' };
    expect(toHeld(asked, granted, listDeclined(asked, granted))).toEqual([]);
  });
});

test('a label that nobody configured is not sent, and names that are hidden stay hidden', () => {
  expect(selectPossible({ label: 'Top secret', whiteboard: false }, ALL)).toMatchObject({
    options: { whiteboard: false },
    missed: [{ option: 'label', why: 'label', wish: 'Top secret' }],
  });
  expect(selectPossible({ label: 'Secret' }, ALL)).toEqual({ options: { label: 'Secret' }, missed: [] });
  expect(listDeclined({ anonymous: false }, { anonymous: true })).toMatchObject([
    { option: 'anonymous', why: 'oneWay' },
  ]);
});
