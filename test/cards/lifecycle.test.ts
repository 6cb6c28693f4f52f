import { describe, expect, test } from 'vitest';
import { render } from '../../bot/say/render.ts';
import { readSamples } from '../../cards/samples.ts';
import { nodes, read } from './card.ts';
import { cardOf, draw, effects, executes, sampleOf } from './draw.ts';

describe('the draft', () => {
  test('says what will be made, for whom, and who may release it', () => {
    expect(read(draw('draft.channel'))).toEqual([
      'Ready to create',
      'Design review',
      'Tomorrow, Tuesday 24 November 2026',
      '15:00–16:30 London time (UTC+0)',
      'With',
      'Ben Ortiz and lee@contoso.com',
      'Ada Adeyemi, press “Create meeting”. You may have to sign in once.',
      'Create meeting',
    ]);
  });

  test('says its guesses, and has one button', () => {
    const card = draw('draft.assumed');
    expect(read(card)).toEqual(
      expect.arrayContaining(['I read “3” as 15:00.', 'You didn’t say how long, so it’s 30 minutes.']),
    );
    expect(effects(card)).toEqual([
      { title: 'Create meeting', verb: 'create', data: { id: 'p-8Kd02s', revision: 0 } },
    ]);
  });
});

describe('the form', () => {
  const inputs = (card: unknown) => nodes(card).filter(({ type }) => type.startsWith('Input.'));

  test('is filled with how things are', () => {
    const filled = inputs(draw('edit.plain')).map(({ type, id, value }) => [type, id, value]);
    expect(filled).toEqual([
      ['Input.Text', 'subject', 'Design review'],
      ['Input.Date', 'date', '2026-11-24'],
      ['Input.Time', 'time', '15:00'],
      ['Input.Number', 'minutes', 30],
      ['Input.ChoiceSet', 'lobby', 'organization'],
      ['Input.ChoiceSet', 'presenters', 'everyone'],
      ['Input.ChoiceSet', 'chat', 'enabled'],
      ['Input.Toggle', 'record', 'false'],
      ['Input.Toggle', 'transcribe', 'true'],
      ['Input.Toggle', 'mic', 'true'],
      ['Input.Toggle', 'camera', 'true'],
    ]);
    expect(inputs(draw('edit.untitled'))[0]).toMatchObject({ value: '', placeholder: 'Meeting' });
    expect(inputs(draw('edit.hostile'))[0]).toMatchObject({
      value: expect.stringContaining('<at>Everyone</at>'),
    });
  });

  test('names a switch once, by the sentence beside it', () => {
    const switches = inputs(draw('edit.every-option')).filter(({ type }) => type === 'Input.Toggle');
    expect(switches.length).toBeGreaterThan(5);
    expect(switches.map(({ label }) => label).filter((label) => label !== undefined)).toEqual([]);
    expect(new Set(switches.map(({ title }) => title)).size).toBe(switches.length);
  });

  test('takes a subject of 255 characters and never half of one', () => {
    const { reply, reader } = sampleOf('edit.plain');
    if (reply.kind !== 'edit') throw new Error('a form');
    const long = cardOf(render({ ...reply, subject: `${'a'.repeat(254)}🎉` }, reader));
    expect(inputs(long)[0]).toMatchObject({ value: 'a'.repeat(254), maxLength: 255 });
  });

  test('saves with the revision, and goes back without what was typed', () => {
    const card = draw('edit.plain');
    expect(effects(card)).toEqual([
      { title: 'Save', verb: 'change', data: { id: 'm-7Q2kd81', revision: 1 } },
      { title: 'Back', verb: 'view', data: { id: 'm-7Q2kd81' } },
    ]);
    expect(executes(card).map(({ associatedInputs }) => associatedInputs)).toEqual([undefined, 'none']);
  });

  test.each([
    ['edit.plain', 'Times are in London time. The link stays the same.'],
    ['edit.past', 'That time has already passed. Choose another.'],
    ['edit.range', 'Choose a length from 5 minutes to 24 hours.'],
    ['edit.dst', 'The clocks change around then: that time is skipped or comes twice. Choose another.'],
  ])('%s: %s', (name, words) => {
    expect(read(draw(name))).toContain(words);
  });
});

describe('the end of a meeting', () => {
  test('is asked about once, with what is lost', () => {
    const card = draw('confirm.plain');
    expect(read(card).slice(0, 2)).toEqual(['Cancel this meeting for everyone?', 'Design review']);
    expect(read(card)).toContain(
      'I’ll remove it from Teams. Anyone who opens the link after that waits in the lobby. I won’t tell your guests.',
    );
    expect(effects(card)).toEqual([
      {
        title: 'Yes, cancel it',
        verb: 'cancel',
        data: {
          id: 'm-7Q2kd81',
          revision: 1,
          asked: Date.parse('2026-11-23T09:30:00Z'),
          request: '',
          confirmed: true,
        },
      },
      { title: 'Keep it', verb: 'view', data: { id: 'm-7Q2kd81', request: '' } },
    ]);
  });

  test('a room is closed, not cancelled', () => {
    expect(executes(draw('confirm.room')).map(({ title }) => title)).toEqual(['Yes, close it', 'Keep it']);
  });

  test.each([
    [
      'ended.cancelled',
      'This meeting is cancelled',
      ['Anyone who opens the link waits in the lobby.'],
      ['create'],
    ],
    ['ended.gone', 'This meeting no longer exists', ['Please don’t use the link again.'], []],
    ['ended.over', 'This meeting is over', [], []],
  ])('%s says what was, and of its link only what is known', (name, heading, effect, verbs) => {
    const words = read(draw(name));
    expect(words.slice(0, 2)).toEqual([heading, 'Design review']);
    expect(words.filter((line) => /(its|the) link/.test(line))).toEqual(effect);
    expect(executes(draw(name)).map(({ verb }) => verb)).toEqual(verbs);
  });
});

describe('the choice between meetings', () => {
  test.each([
    ['which.choice-move', 'Move that meeting, or create another?', 'Move it to 16:00', 'Create another'],
    [
      'which.choice-move-day',
      'Move that meeting, or create another?',
      'Move it to Thu 26 Nov 16:00',
      'Create another',
    ],
    ['which.choice-move-open', 'Move that meeting, or create another?', 'Move it', 'Create another'],
    ['which.choice-sign-out', 'Sign out?', 'Yes, sign me out', 'Stay signed in'],
  ])('%s: %s', (name, heading, first, second) => {
    const card = draw(name);
    expect(read(card)[0]).toBe(heading);
    expect(effects(card)).toEqual([
      { title: first, verb: 'answer', data: { id: 'q-9Rt41x', choice: 0 } },
      { title: second, verb: 'answer', data: { id: 'q-9Rt41x', choice: 1 } },
    ]);
  });

  test.each([
    ['which.change', 'Which meeting do you want to change?'],
    ['which.cancel', 'Which meeting do you want to cancel?'],
    ['which.renew', 'Which meeting needs a new link?'],
  ])('%s asks by the wish: %s', (name, heading) => {
    expect(read(draw(name))[0]).toBe(heading);
  });

  test('is a button each, named by subject and time, however long the subject', () => {
    expect(effects(draw('which.cancel'))).toEqual([
      { title: 'Q3, tomorrow 15:00', verb: 'answer', data: { id: 'q-9Rt41x', choice: 0 } },
      { title: 'Q3 planning, Thu 3 Dec 10:00', verb: 'answer', data: { id: 'q-9Rt41x', choice: 1 } },
    ]);
    expect(executes(draw('which.change')).map(({ title }) => title)).toEqual([
      'Meeting, today 15:00',
      'Catch-up with the…, tomorrow 15:00',
    ]);
    expect(executes(draw('which.cancel', 'en-US'))[1]?.title).toBe('Q3 planning, Thu, Dec 3 10:00\u00a0AM');
  });

  test('shows five, and says how many more there are', () => {
    const card = draw('which.renew');
    expect(executes(card)).toHaveLength(5);
    expect(read(card).join(' ')).toContain('3 more match.');
  });
});

describe('a room', () => {
  const rooms = readSamples().filter(({ reply }) => 'isRoom' in reply && reply.isRoom);
  /** The id has this name in Teams, and the last is what a room cannot have. */
  const FITTING = /^Besprechungs-ID |^Sie wollten /;

  test.each(rooms.filter(({ reply }) => reply.kind !== 'invitation').map(({ name }) => name))(
    '%s speaks of a room, and of no meeting',
    (name) => {
      const words = read(draw(name, 'de-DE')).filter((line) => !FITTING.test(line));
      expect(words.filter((line) => /Besprechung|absagen/i.test(line))).toEqual([]);
    },
  );
});

test('each of several drafts says what is at its time already, and which of them mails nobody', () => {
  const words = read(draw('drafts.calendar'));
  const [first, second] = [words.indexOf('Design review'), words.indexOf('Budget')];
  const clash = words.indexOf('Your calendar has Dentist at 15:15.');
  expect(clash).toBeGreaterThan(first);
  expect(clash).toBeLessThan(second);
  expect(words.indexOf('I won’t email anyone about this one.')).toBeGreaterThan(second);
  expect(words).toContain('I’ll email an invitation to lee@contoso.com.');
});

test('what is left out is named by its reason', () => {
  const words = read(draw('drafts.group'));
  expect(words).toContain('Left out, because that time has passed: Stand-up');
  expect(words).toContain('Left out: Retro. Ask me for it in a message of its own.');
  expect(words).toContain('I wasn’t sure about “swiftly”.');
});
