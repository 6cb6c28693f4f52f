import { afterEach, describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { BOARD_TEMPLATE } from '../../deploy/sandbox/graph.ts';
import { ADA, type Licence, type Policy } from '../../deploy/sandbox/people.ts';
import { inputsIn, textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';
import { until } from './waiting.ts';

/** Configured, but nothing that Graph knows. */
const UNKNOWN_TEMPLATE = '5d0c1a52-0b7e-4f5a-9a41-2f6d8c9be0ff';
const WHEN = 'meeting tomorrow 3pm about budget';

describe('in the global cloud', async () => {
  const world = await ownWorld({
    env: { MEETING_TEMPLATES: `Board=${BOARD_TEMPLATE},Gala=${UNKNOWN_TEMPLATE}` },
    before: signedIn(ADA),
  });
  afterEach(() => {
    grant({ premium: true, encryption: true, recording: true, transcription: true, presenters: true });
  });

  /** What Ada may decide, until the end of the test. */
  function grant(change: Partial<Licence & Policy>): void {
    const ada = world.people.find(({ oid }) => oid === ADA.oid);
    if (!ada) throw new Error('nobody is Ada');
    for (const [name, value] of Object.entries(change)) {
      Object.assign(name in ada.policy ? ada.policy : ada.licence, { [name]: value });
    }
  }

  const ask = (text: string) => world.answer(ADA, text);

  const posts = () => world.sent('POST');

  const left = (wish: string) => en['missed.unknown'].replace('{wish}', wish);

  test('an option that nobody knows is said to be left out, on a new meeting and on one that is there', async () => {
    expect(await ask(`${WHEN}, with hologram mode`)).toContain(left('hologram mode'));
    const changed = await ask('move it to 4pm, with hologram mode');
    expect(changed).toContain(left('hologram mode'));
    expect(await ask('make it 5pm')).not.toContain('hologram');
  });

  test.each<[string, object, string]>([
    ['record it', { recordAutomatically: true }, 'Records automatically'],
    ['with transcription', { allowTranscription: true }, 'Transcription allowed'],
    ['no lobby', { lobbyBypassSettings: { scope: 'everyone' } }, 'Nobody waits in the lobby'],
    ['only I can present', { allowedPresenters: 'organizer' }, 'Only you can present'],
    ['no chat', { allowMeetingChat: 'disabled' }, 'No chat'],
    [
      'no mics and no cameras',
      { allowAttendeeToEnableMic: false, allowAttendeeToEnableCamera: false },
      'microphones',
    ],
    ['announce people joining', { isEntryExitAnnounced: true }, 'Callers are announced'],
    ['in French', { meetingSpokenLanguageTag: 'fr-FR' }, 'Spoken language: French'],
    ['template Board', { meetingTemplateId: BOARD_TEMPLATE }, 'Template: board'],
    ['encrypted', { isEndToEndEncryptionEnabled: true }, 'End-to-end encrypted'],
  ])('“%s” is asked of Graph, granted, and stands on the card', async (words, options, line) => {
    const card = await ask(`${WHEN}, ${words}`);
    expect(world.alive()).toMatchObject([{ subject: 'budget', options }]);
    expect(card).toContain(line);
    expect(card).not.toMatch(/You asked for|No end-to-end|confirm/);
  });

  test('a passcode unless it was declined', async () => {
    expect(await ask(WHEN)).toMatch(/, passcode \S+/);
    const card = await ask('meeting tomorrow 5pm about Q3, no passcode');
    expect(card).toContain('No passcode');
    expect(card).not.toContain('You asked for');
    expect(world.alive().map(({ passcode }) => passcode !== null)).toEqual([true, false]);
  });

  test('an encrypted meeting says what it cannot do', async () => {
    const card = await ask(`${WHEN}, encrypted`);
    expect(card).toContain(en['options.encryptedLimits']);
    expect(card).toContain(en['meeting.noDialInEncrypted']);
  });

  test('of encryption and a recording encryption wins, and the card says so', async () => {
    const card = await ask(`${WHEN}, encrypted, record it`);
    expect(posts().map(({ body }) => body)).toMatchObject([{ isEndToEndEncryptionEnabled: true }]);
    expect(posts()[0]?.body).not.toHaveProperty('recordAutomatically');
    expect(card).toContain('Left out, because an encrypted meeting can’t have it: “Records automatically”.');
  });

  test.each<[string, Partial<Licence & Policy>, string, string]>([
    ['encryption', { encryption: false }, 'encrypted', en['missed.encryptedPolicy']],
    ['encryption', { premium: false }, 'encrypted', en['missed.encryptedPolicy']],
    ['recording', { recording: false }, 'record it', 'It stayed “Doesn’t record automatically”.'],
    ['transcription', { transcription: false }, 'with transcription', 'It stayed “No transcription”.'],
    ['presenters', { presenters: false }, 'only I can present', 'It stayed “Everyone can present”.'],
  ])(
    'where the policy has no %s, the meeting is made and the card says what it is',
    async (_name, policy, words, why) => {
      grant(policy);
      expect(await ask(`${WHEN}, ${words}`)).toContain(why);
      expect(world.alive()).toHaveLength(1);
    },
  );

  test('a template that the licence refuses costs the template, not the meeting', async () => {
    grant({ premium: false });
    const card = await ask(`${WHEN}, template Board, no chat`);
    expect(card).toContain('Teams didn’t apply the template “board”.');
    expect(card).toContain('No chat');
    expect(posts().map(({ status }) => status)).toEqual([403, 201]);
    expect(world.alive()).toMatchObject([
      { options: { meetingTemplateId: null, allowMeetingChat: 'disabled' } },
    ]);
  });

  test('a template that Graph does not know costs the template, not the meeting', async () => {
    expect(await ask(`${WHEN}, template Gala`)).toContain('Teams didn’t apply the template “gala”.');
    expect(posts().map(({ status }) => status)).toEqual([400, 201]);
  });

  test('a template that nobody configured is said, with those there are', async () => {
    expect(await ask(`${WHEN}, use template Party`)).toContain(
      'There’s no template “party”. Available: board and gala.',
    );
    expect(world.alive()).toHaveLength(1);
  });

  test('what a template decides is said', async () => {
    const card = await ask(`${WHEN}, template Board, don't record`);
    expect(world.alive()).toMatchObject([{ options: { recordAutomatically: true } }]);
    expect(card).toContain('It stayed “Records automatically”, because the meeting’s template decides that.');
  });

  test('what was not granted is said again when the card is looked at, and anew with a new link', async () => {
    grant({ recording: false });
    await ask(`${WHEN}, record it, no chat`);
    const message = world.newest(ADA);
    await world.click(ADA, message, 'change');
    await world.click(ADA, message, 'view');
    expect(world.seen(ADA, message)).toContain('It stayed “Doesn’t record automatically”.');
    grant({ recording: true });
    await world.clickAndConfirm(ADA, message, 'regenerate');
    expect(textOf(message)).toContain(en['note.oldLinkLocked']);
    expect(textOf(message)).toContain('Records automatically · No chat');
    expect(textOf(message)).not.toContain('You asked for');
    expect(world.alive()).toMatchObject([
      { options: { recordAutomatically: true, allowMeetingChat: 'disabled' } },
    ]);
  });
});

describe('in GCC High', async () => {
  const world = await ownWorld({ cloud: 'gcch', before: signedIn(ADA) });

  const ask = (text: string) => world.answer(ADA, text);

  test('what its Graph does not have is not sent but said, and the rest is made', async () => {
    await world.write(
      ADA,
      `${WHEN}, encrypted, record it, in French, template Board, with a transcript, no lobby`,
    );
    await until(() => world.said(ADA).length > 0);
    const card = world.lastText(ADA);
    expect(world.graph.requests.map(({ status }) => status)).toEqual([201]);
    expect(world.alive()).toMatchObject([
      { options: { recordAutomatically: true, lobbyBypassSettings: { scope: 'everyone' } } },
    ]);
    expect(card).toContain('Records automatically · Nobody waits in the lobby');
    for (const wish of [
      'End-to-end encrypted',
      'Spoken language: French',
      'Template: board',
      'Transcription allowed',
    ]) {
      expect(card).toContain(`Your Microsoft cloud doesn’t have this: “${wish}”.`);
    }
  });

  test('it is not offered for a meeting that is there either, nor is a new link made for it', async () => {
    await ask(WHEN);
    const card = await ask('make it encrypted');
    expect(card).toContain('Your Microsoft cloud doesn’t have this: “End-to-end encrypted”.');
    expect(world.graph.meetings).toHaveLength(1);
    expect(world.sent('PATCH')).toEqual([]);
  });

  test('the form does not show it', async () => {
    await ask(WHEN);
    const message = world.newest(ADA);
    await world.click(ADA, message, 'change');
    const [form] = world.channel.cardsFor(ADA, message.id);
    expect(Object.keys(inputsIn(form))).toEqual([
      'subject',
      'date',
      'time',
      'minutes',
      'lobby',
      'presenters',
      'chat',
      'record',
      'mic',
      'camera',
      'reactions',
    ]);
    expect(textOf(form)).toContain('The passcode setting can only change with a new link.');
  });
});
