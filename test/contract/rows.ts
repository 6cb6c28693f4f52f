/** A test, or a scenario of the contract: the file, its title, and the case in its table where it has one. */
export type Shown = readonly [file: string, title: string, example?: string];

/** Something that the reference pages describe, and the test that shows what becomes of it here. */
export type Row = { row: number; what: string; shown: readonly Shown[] };

const e2e = (name: string, title: string, example?: string): Shown =>
  example === undefined ? [`test/e2e/${name}.test.ts`, title] : [`test/e2e/${name}.test.ts`, title, example];
const contract = (name: string, title: string): Shown => [`test/contract/fixtures/${name}.json`, title];
const asked = (topic: string): Shown =>
  e2e('honest', 'asked about %s: an honest answer, and nothing goes to Graph', topic);
const FIRST = contract('create', "a person's meeting: 201 with everything that a card needs, times in UTC");
const GONE = contract('refused', 'addresses that are gone or never were');
const OLD = contract('refused', 'members of older days, and of live events');
const CARD = e2e('meeting', 'the card has everything that Graph knows (%s spelling)');
const OPTION = '“%s” is asked of Graph, granted, and stands on the card';
const WISHED = '%s: says so, and makes the ordinary meeting only if it is wished';
const MADE = '%s: the meeting is made, and its card says what it is not';

/** Every system and behaviour of the five pages that this bot grew from. */
export const ROWS: readonly Row[] = [
  { row: 1, what: 'making meetings at /app', shown: [asked('address'), GONE] },
  { row: 2, what: 'making meetings at /applications/{id}', shown: [asked('address'), GONE] },
  {
    row: 3,
    what: 'a page about beta',
    shown: [
      [
        'test/graph/client.test.ts',
        'asks version 1.0 with everything that Graph wants to know, and answers status and body',
      ],
    ],
  },
  {
    row: 4,
    what: 'nothing there for a signed-in person',
    shown: [e2e('sign-in', 'from a sentence over one consent to one card')],
  },
  {
    row: 5,
    what: 'a meeting that begins now',
    shown: [
      contract('create', 'without times it begins now and takes an hour'),
      e2e('meet-now', '%s: it begins with the message and lasts %i minutes', 'meet now'),
      e2e('meet-now', 'Graph is told no meetingType: it is read only'),
    ],
  },
  { row: 6, what: 'an organiser named in the request', shown: [asked('organiser'), OLD] },
  {
    row: 7,
    what: 'it is in no calendar',
    shown: [
      CARD,
      asked('calendar'),
      e2e('honest', '“is it on my calendar?” brings the two ways there, for the meeting that is meant'),
    ],
  },
  {
    row: 8,
    what: 'who gets in without waiting, and who may present',
    shown: [e2e('options', OPTION, 'no lobby'), e2e('options', OPTION, 'only I can present'), OLD],
  },
  {
    row: 9,
    what: 'dial-in numbers, toll and toll-free',
    shown: [CARD, e2e('meeting', 'without the licence for dial-in the card says why there is none')],
  },
  { row: 10, what: 'passcodes for dialling in', shown: [asked('dialIn')] },
  {
    row: 11,
    what: 'the thread of the chat',
    shown: [
      asked('chat'),
      e2e(
        'honest',
        '“open the chat of Q3” leads to the thread that Graph named; the bot itself stays out of it',
      ),
    ],
  },
  {
    row: 12,
    what: 'when it was cancelled',
    shown: [e2e('change', 'a meeting that Teams no longer has says so at %s'), OLD],
  },
  { row: 13, what: 'when it expires', shown: [asked('expiry'), OLD] },
  { row: 14, what: 'announcing who joins', shown: [e2e('options', OPTION, 'announce people joining')] },
  { row: 15, what: 'the link', shown: [CARD, FIRST] },
  {
    row: 16,
    what: 'the same meeting each time: made, or already there',
    shown: [
      e2e('rooms', 'a room is made once, and is the same each time it is asked for'),
      contract('create-or-get', '201 makes it, 200 finds it: what is sent the second time changes nothing'),
    ],
  },
  {
    row: 17,
    what: 'whose it is: tenant, person and external id',
    shown: [
      e2e('rooms', 'Graph is told a name that tells nothing, and only what createOrGet takes'),
      e2e('rooms', 'in a %s a colleague’s room of the same name is another one, and both are told'),
      ['test/sandbox/graph.test.ts', 'makes it once a person, and answers the old one unchanged'],
    ],
  },
  {
    row: 18,
    what: 'times that were not given',
    shown: [
      e2e('rooms', 'without a time no hour is shown, whatever hour Graph keeps for it'),
      contract('create-or-get', 'without times it begins now; with a start alone it takes an hour'),
    ],
  },
  {
    row: 19,
    what: 'an end without a start, or before it',
    shown: [
      e2e('rooms', 'an end without a start, or before it, is never sent'),
      contract('create-or-get', 'an end without a start, or before it, is an error; so is no external id'),
    ],
  },
  {
    row: 20,
    what: 'people of such a meeting',
    shown: [
      e2e('rooms', 'people are in it without a role, and are told; later ones join those who were there'),
      contract('create-or-get', 'people come without roles, and there is never a passcode'),
    ],
  },
  {
    row: 21,
    what: 'clouds',
    shown: [
      e2e('options', 'what its Graph does not have is not sent but said, and the rest is made'),
      ['test/config.test.ts', '%s', 'China'],
      ['test/config/cloud.test.ts', '$name: tokens are asked for the Graph that is called'],
    ],
  },
  {
    row: 22,
    what: 'personal accounts',
    shown: [e2e('people', 'somebody without a directory account is told what they need')],
  },
  {
    row: 23,
    what: 'the application access policy',
    shown: [
      e2e(
        'application-mode',
        'without an access policy the person is told simply, and has a text for the administrator',
      ),
      contract('as-itself', 'somebody whom no access policy names'),
    ],
  },
  {
    row: 24,
    what: 'a person’s object id',
    shown: [
      e2e('application-mode', 'everything that is done with a meeting is done below its organiser'),
      contract('as-itself', 'a person is named by object id, not by user principal name'),
    ],
  },
  {
    row: 25,
    what: 'what is sent for a meeting that is there',
    shown: [
      e2e('rooms', 'a room with a time shows it; with another time, what is stored and a way to update it'),
    ],
  },
  { row: 26, what: 'making a meeting as a person', shown: [CARD, FIRST] },
  {
    row: 27,
    what: 'making a meeting for a person',
    shown: [e2e('application-mode', 'a sentence becomes a meeting of whoever wrote it; nobody signs in')],
  },
  {
    row: 28,
    what: 'the invitation, in a language',
    shown: [
      contract('create', 'the invitation is in the language that was asked for, form-encoded'),
      e2e('invitation', '“invitation for Q3 in %s”: Graph’s words and the time are in it', 'Japanese'),
      e2e('invitation', 'a language that Teams does not have is said, and the invitation is in English'),
      [
        'test/graph/join-information.test.ts',
        'an invitation becomes lines of text, with the addresses that guests may follow',
      ],
    ],
  },
  { row: 29, what: 'the example of a person’s meeting', shown: [FIRST] },
  {
    row: 30,
    what: 'the example of a live event',
    shown: [asked('event'), e2e('honest', WISHED, 'live event tomorrow 3pm about launch'), OLD],
  },
  {
    row: 31,
    what: 'presenters and co-organisers from outside',
    shown: [
      e2e('roles', 'people outside of the directory come as guests, and the card says why'),
      contract('refused', 'a presenter or co-organiser from outside'),
    ],
  },
  {
    row: 32,
    what: 'it makes no live events',
    shown: [e2e('honest', WISHED, 'webinar tomorrow 3pm about launch')],
  },
  {
    row: 33,
    what: 'transcripts need a calendar',
    shown: [asked('transcript')],
  },
  {
    row: 34,
    what: 'more than 150 people',
    shown: [
      ['test/meeting/guest-list.test.ts', '%i members: %s', 'chatDuringMeeting'],
      e2e('honest', MADE, 'meeting tomorrow 3pm about launch for 200 people'),
    ],
  },
  {
    row: 35,
    what: 'more than 1,000 people',
    shown: [
      ['test/meeting/guest-list.test.ts', '%i members: %s', 'tooMany'],
      asked('everybody'),
      ['test/sandbox/graph.test.ts', 'refuses %s with %i', 'more than 1,000 people'],
    ],
  },
  { row: 36, what: 'the meeting id', shown: [CARD] },
  {
    row: 37,
    what: 'a passcode',
    shown: [
      e2e('options', 'a passcode unless it was declined'),
      contract('create', 'a passcode is made where one is required, and cannot be chosen'),
    ],
  },
  {
    row: 38,
    what: 'a passcode of one’s own',
    shown: [asked('passcode'), e2e('honest', MADE, 'meeting tomorrow 3pm about launch, passcode 1234')],
  },
  {
    row: 39,
    what: 'no passcode',
    shown: [
      e2e('options', 'a passcode unless it was declined'),
      e2e(
        'change-options',
        '“%s” asks first, then makes a new link that keeps everything else',
        'make the Q3 meeting no passcode',
      ),
      contract('create', 'without a passcode there is a meeting id all the same'),
    ],
  },
  {
    row: 40,
    what: 'templates, and what they lock',
    shown: [
      e2e('options', OPTION, 'template Board'),
      e2e('change-options', 'what a template has locked is said, and the rest is changed'),
      contract('create', 'a template is taken, and keeps what it locks'),
    ],
  },
  {
    row: 41,
    what: 'end-to-end encryption',
    shown: [
      e2e('options', 'an encrypted meeting says what it cannot do'),
      e2e(
        'options',
        'where the policy has no %s, the meeting is made and the card says what it is',
        'encryption',
      ),
      contract('create', 'the encryption that was asked for is answered as it was granted'),
    ],
  },
  {
    row: 42,
    what: 'the spoken language',
    shown: [e2e('options', OPTION, 'in French'), contract('create', 'the spoken language is kept')],
  },
  {
    row: 43,
    what: 'instants with seven digits, and offsets',
    shown: [['test/graph/wire.test.ts', 'an instant keeps its place in time, however it is written'], FIRST],
  },
  {
    row: 44,
    what: 'an organiser without a name',
    shown: [
      e2e(
        'teams',
        'the organiser sees their buttons, everybody else a way to a copy; looking changes nothing',
      ),
    ],
  },
  {
    row: 45,
    what: 'a page that a program wrote',
    shown: [contract('refused', 'members that are only read')],
  },
  {
    row: 46,
    what: 'making meetings at /invitations/{id}/invitedUser',
    shown: [
      e2e('honest', '/invitations is not used for a guest either: Graph would have said 403'),
      asked('guests'),
      GONE,
    ],
  },
  {
    row: 47,
    what: 'read-only members that are called required',
    shown: [contract('refused', 'members that are only read')],
  },
  {
    row: 48,
    what: 'an example whose end comes before its start',
    shown: [contract('refused', 'an end before the start')],
  },
  { row: 49, what: 'questions and answers', shown: [asked('questions'), OLD] },
  {
    row: 50,
    what: 'the id for video devices',
    shown: [CARD],
  },
  { row: 51, what: 'producers, contributors, applications as organisers', shown: [asked('producers'), OLD] },
  { row: 52, what: 'the shape of a 201', shown: [FIRST] },
  {
    row: 53,
    what: 'the same in the words of an SDK',
    shown: [FIRST],
  },
];
