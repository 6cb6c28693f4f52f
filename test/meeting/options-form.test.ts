import { describe, expect, test } from 'vitest';
import {
  type Choices,
  diffChoices,
  fixedIn,
  formOf,
  type Granted,
  type OptionName,
  readChoices,
} from '../../bot/meeting/options.ts';

const NOTHING: ReadonlySet<OptionName> = new Set();

describe('the form as things are', () => {
  test.each<[string, Granted, Choices, OptionName[], object]>([
    ['nothing told, nothing shown', {}, {}, [], {}],
    [
      'as Graph has it',
      { lobby: 'invited', record: false },
      { record: true },
      [],
      { lobby: 'invited', record: false },
    ],
    ['a value without a word stays open', { lobby: null }, {}, [], { lobby: null }],
    ['named presenters', { presenters: 'invited' }, { presenters: 'named' }, [], { presenters: 'named' }],
    [
      'presenters named once, invited now',
      { presenters: 'everyone' },
      { presenters: 'named' },
      [],
      { presenters: 'everyone' },
    ],
    ['what the cloud lacks is not shown', { transcribe: true, mic: true }, {}, ['transcribe'], { mic: true }],
    [
      'an encrypted meeting is not recorded',
      { encrypted: true, record: false, transcribe: false, mic: true },
      {},
      [],
      { mic: true },
    ],
    ['no passcode, no template', { passcode: true, template: 'board', announce: true }, {}, [], {}],
  ])('%s', (_name, granted, asked, lacks, expected) => {
    expect(formOf(granted, asked, new Set(lacks))).toEqual(expected);
  });
});

describe('what came back', () => {
  test.each<[object, object]>([
    [
      { lobby: 'everyone', record: 'true', mic: 'false' },
      { lobby: 'everyone', record: true, mic: false },
    ],
    [{ lobby: 'nobody', presenters: {}, chat: 7, record: true, mic: null }, {}],
    [{ lobby: '', presenters: 'named', encrypted: 'true', passcode: 'false' }, { presenters: 'named' }],
    [{ lobby: '__proto__', record: 'TRUE' }, {}],
  ])('%j', (data, expected) => {
    expect(readChoices({ ...data })).toEqual(expected);
  });
});

test('only what is different is wished', () => {
  const before = formOf({ lobby: 'everyone', record: false, mic: true, chat: null }, {}, NOTHING);
  expect(diffChoices({ lobby: 'everyone', record: true, mic: true, chat: 'limited' }, before)).toEqual({
    record: true,
    chat: 'limited',
  });
});

test('what needs a new link, as far as it can be had', () => {
  expect(fixedIn({ lacks: NOTHING, templates: ['board'], labels: [] })).toEqual(['passcode', 'template']);
  expect(fixedIn({ lacks: NOTHING, templates: [], labels: [] })).not.toContain('template');
  expect(
    fixedIn({ lacks: new Set(['encrypted', 'language', 'template']), templates: ['board'], labels: [] }),
  ).toEqual(['passcode']);
});
