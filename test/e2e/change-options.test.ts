import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import type { Message } from '../../deploy/sandbox/channel/model.ts';
import { BOARD_TEMPLATE } from '../../deploy/sandbox/graph.ts';
import { ADA } from '../../deploy/sandbox/people.ts';
import { nodes } from '../cards/card.ts';
import { textOf } from './messages.ts';
import { ownWorld, signedIn } from './own-world.ts';

const world = await ownWorld({ before: signedIn(ADA) });

const say = (text: string) => world.answer(ADA, text);

const click = (message: Message, verb: string, inputs?: Record<string, unknown>) =>
  world.click(ADA, message, verb, inputs);
const patches = () => world.sent('PATCH').map(({ body }) => body);

describe('by words', () => {
  test.each<[string, object, string]>([
    ['record it', { recordAutomatically: true }, 'Records automatically'],
    [
      'turn off the lobby for Q3',
      { lobbyBypassSettings: { scope: 'everyone' } },
      'Nobody waits in the lobby',
    ],
    ['only I can present in the Q3 meeting', { allowedPresenters: 'organizer' }, 'Only you can present'],
    ['no chat in the Q3 meeting', { allowMeetingChat: 'disabled' }, 'No chat'],
    ['turn transcription off', { allowTranscription: false }, 'No transcription'],
    [
      'mute attendees in the Q3 meeting',
      { allowAttendeeToEnableMic: false },
      'Attendees can’t use their microphones',
    ],
  ])('“%s” changes that and nothing else, under the same link', async (words, body, line) => {
    await say('meeting tomorrow 3pm about Q3');
    const link = world.alive()[0]?.joinWebUrl;
    const card = await say(words);
    expect(card).toContain(line);
    expect(card).toContain(en['meeting.changed']);
    expect(patches()).toEqual([body]);
    expect(world.alive()).toMatchObject([{ joinWebUrl: link, options: body }]);
  });

  test('a time and an option at once', async () => {
    await say('meeting on 4 March 2030 at 3pm about Q3');
    expect(await say('move Q3 to 4pm and record it')).toContain('Records automatically');
    expect(patches()).toEqual([
      {
        startDateTime: '2030-03-04T16:00:00Z',
        endDateTime: '2030-03-04T16:30:00Z',
        recordAutomatically: true,
      },
    ]);
  });

  test('on and off again; the line on the card follows', async () => {
    await say('meeting tomorrow 3pm about Q3, record it');
    expect(await say('turn recording off')).toContain('Doesn’t record automatically');
    expect(world.alive()).toMatchObject([{ options: { recordAutomatically: false } }]);
  });

  test('what a template has locked is said, and the rest is changed', async () => {
    await say('meeting on 4 March 2030 at 3pm about Q3, template Board');
    const card = await say("move Q3 to 4pm and don't record it");
    expect(card).toContain('It stayed “Records automatically”, because the meeting’s template decides that.');
    expect(world.alive()).toMatchObject([
      { startDateTime: '2030-03-04T16:00:00Z', options: { recordAutomatically: true } },
    ]);
  });

  test('an encrypted meeting cannot be recorded afterwards', async () => {
    await say('meeting tomorrow 3pm about Q3, encrypted');
    expect(await say('record it')).toContain(
      'An encrypted meeting can’t have this: “Records automatically”.',
    );
  });

  test('no meeting fits: nothing is made', async () => {
    // Between tests everyone is signed out, and hears that where nothing is left.
    expect([en['notice.noSuchMeeting'], en['notice.forgotMeetings']]).toContain(
      await say('no lobby for the budget meeting'),
    );
    expect(world.graph.requests).toEqual([]);
  });
});

describe('what Graph cannot change afterwards', () => {
  test.each<[string, object]>([
    ['make the Q3 meeting no passcode', { passcode: null }],
    ['make the Q3 meeting use template Board', { options: { meetingTemplateId: BOARD_TEMPLATE } }],
  ])('“%s” asks first, then makes a new link that keeps everything else', async (words, wanted) => {
    await say('meeting tomorrow 3pm about Q3, no chat');
    const [before] = world.alive();
    const question = await say(words);
    expect(question).toContain(en['confirm.renewTitle']);
    expect(world.alive()).toEqual([before]);
    expect(patches()).toEqual([]);
    const asked = world.newest(ADA);
    await world.confirm(ADA, asked, 'answer');
    expect(textOf(asked)).toContain(en['note.oldLinkLocked']);
    const kept = { subject: 'Q3', startDateTime: before?.startDateTime };
    expect(world.alive()).toMatchObject([{ ...kept, ...wanted }]);
    expect(world.alive()[0]?.options.allowMeetingChat).toBe('disabled');
    expect(textOf(asked)).not.toContain('You asked for');
    expect(world.alive()[0]?.joinWebUrl).not.toBe(before?.joinWebUrl);
  });

  test('clicked three times at once it is one new link', async () => {
    await say('meeting tomorrow 3pm about Q3');
    await say('make it no passcode');
    const asked = world.newest(ADA);
    await Promise.all([1, 2, 3].map(() => world.confirm(ADA, asked, 'answer')));
    expect(textOf(asked)).toContain(en['note.oldLinkLocked']);
    expect(world.alive()).toHaveLength(1);
    expect(world.graph.meetings).toHaveLength(2);
  });

  test('what the meeting has already is not asked', async () => {
    await say('meeting tomorrow 3pm about Q3, no passcode');
    expect(await say('make it no passcode')).toContain('No passcode');
    expect(world.graph.meetings).toHaveLength(1);
  });

  test('a new link can be asked for with it', async () => {
    await say('meeting tomorrow 3pm about Q3, record it');
    expect(await say('new link for Q3 without passcode')).toContain('No passcode');
    const asked = world.newest(ADA);
    expect(textOf(asked)).not.toContain(en['confirm.renewNeeded']);
    await world.confirm(ADA, asked, 'answer');
    expect(textOf(asked)).toContain(en['note.oldLinkLocked']);
    expect(world.alive()).toMatchObject([{ passcode: null, options: { recordAutomatically: true } }]);
  });

  test('of several meetings the one is asked for first', async () => {
    await say('meeting tomorrow 3pm about Q3 numbers');
    await say('meeting tomorrow 5pm about Q3 people');
    await say('make the Q3 meeting no passcode');
    const asked = world.newest(ADA);
    expect(textOf(asked)).toContain(en['which.change']);
    await click(asked, 'answer', { choice: 1 });
    expect(world.seen(ADA, asked)).toContain(en['confirm.renewTitle']);
    await world.confirm(ADA, asked, 'answer');
    expect(world.alive().map(({ subject, passcode }) => [subject, passcode === null])).toEqual([
      ['Q3 numbers', false],
      ['Q3 people', true],
    ]);
  });
});

describe('by the form', () => {
  const formOf = (message: Message) => world.form(ADA, message);
  /** A new meeting whose card shows its form. */
  async function open(): Promise<Message> {
    const card = await world.ask(ADA, 'meeting tomorrow 3pm about Q3');
    await click(card, 'change');
    return card;
  }

  test('it shows how things are at Graph, whoever changed them', async () => {
    await say('meeting tomorrow 3pm about Q3, no lobby');
    Object.assign(world.alive()[0]?.options ?? {}, {
      allowMeetingChat: 'limited',
      recordAutomatically: true,
    });
    await click(world.newest(ADA), 'change');
    expect(formOf(world.newest(ADA))).toMatchObject({
      subject: 'Q3',
      lobby: 'everyone',
      presenters: 'everyone',
      chat: 'limited',
      record: 'true',
      transcribe: 'true',
      mic: 'true',
      camera: 'true',
    });
  });

  test('it changes what is different, and nothing else', async () => {
    const card = await open();
    const form = formOf(card);
    await click(card, 'change', { ...form, lobby: 'organizer', camera: 'false' });
    expect(textOf(card)).toContain('Everyone but you waits in the lobby');
    expect(patches()).toEqual([
      { lobbyBypassSettings: { scope: 'organizer' }, allowAttendeeToEnableCamera: false },
    ]);
  });

  test.each<[string, string, object, string]>([
    [
      'admitters',
      'organizers',
      { allowedLobbyAdmitters: 'organizerAndCoOrganizers' },
      'Only organisers let people in',
    ],
    ['reactions', 'false', { allowTeamworkReactions: false }, 'No reactions'],
    ['whiteboard', 'false', { allowWhiteboard: false }, 'No whiteboard'],
    ['breakout', 'false', { allowBreakoutRooms: false }, 'No breakout rooms'],
    ['powerpoint', 'false', { allowPowerPointSharing: false }, 'No PowerPoint Live'],
    ['liveShare', 'false', { allowLiveShare: 'disabled' }, 'No Live Share'],
    [
      'copying',
      'false',
      { allowCopyingAndSharingMeetingContent: false },
      'Chat and captions can’t be copied or shared',
    ],
  ])('%s is changed to %s at Graph, and the card says so', async (name, value, body, words) => {
    const card = await open();
    await click(card, 'change', { ...formOf(card), [name]: value });
    expect(textOf(card)).toContain(words);
    expect(patches()).toEqual([body]);
    expect(world.alive()).toMatchObject([{ options: body }]);
  });

  test('the rest is a link away, for the organiser', async () => {
    await say('meeting tomorrow 3pm about Q3');
    const links = nodes(world.channel.cardsFor(ADA, world.newest(ADA).id)).filter(
      ({ title }) => title === en['meeting.allOptions'],
    );
    expect(links.map(({ url }) => String(url))).toEqual([
      expect.stringMatching(/^https:\/\/teams\.microsoft\.com\/meetingOptions/),
    ]);
  });

  test('saved as it was it changes nothing', async () => {
    const card = await open();
    await click(card, 'change', formOf(card));
    expect(textOf(card)).toContain(en['meeting.ready']);
    expect(patches()).toEqual([]);
  });

  test('after a wrong value it shows what was entered', async () => {
    const card = await open();
    const entered = {
      date: '2020-01-01',
      time: '08:15',
      minutes: '45',
      subject: 'Q3, second round',
      lobby: 'everyone',
      presenters: 'organizer',
      chat: 'disabled',
      record: 'true',
      mic: 'false',
    };
    await click(card, 'change', { ...formOf(card), ...entered });
    expect(world.seen(ADA, card)).toContain(en['edit.past']);
    expect(formOf(card)).toMatchObject({ ...entered, minutes: 45 });
    await click(card, 'change', { ...formOf(card), date: '2030-01-01' });
    expect(textOf(card)).toContain('Q3, second round');
    expect(world.alive()).toMatchObject([
      {
        options: { allowedPresenters: 'organizer', allowMeetingChat: 'disabled', recordAutomatically: true },
      },
    ]);
  });

  test('rubbish in an option is no wish', async () => {
    const card = await open();
    const rubbish = { lobby: 'nobody', presenters: {}, chat: 7, record: 'perhaps', mic: null };
    await click(card, 'change', { ...formOf(card), ...rubbish, subject: 'renamed' });
    expect(textOf(card)).toContain('renamed');
    expect(patches()).toEqual([{ subject: 'renamed' }]);
  });
});
