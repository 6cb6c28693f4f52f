/** A test, or a scenario of the contract: the file, its title, and the case in its table where it has one. */
export type Shown = readonly [file: string, title: string, example?: string];

/** Something that the reference pages describe, and the test that shows what becomes of it here. */
export type Row = readonly [what: string, ...shown: Shown[]];

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
  ['making meetings at /app', asked('address'), GONE],
  ['making meetings at /applications/{id}', asked('address'), GONE],
  [
    'a page about beta',
    [
      'test/graph/client.test.ts',
      'asks version 1.0 with everything that Graph wants to know, and answers status and body',
    ],
  ],
  ['nothing there for a signed-in person', e2e('sign-in', 'from a sentence over one consent to one card')],
  [
    'a meeting that begins now',
    contract('create', 'without times it begins now and takes an hour'),
    e2e('meet-now', '%s: it begins with the message and lasts %i minutes', 'meet now'),
    e2e('meet-now', 'Graph is told no meetingType: it is read only'),
  ],
  ['an organiser named in the request', asked('organiser'), OLD],
  [
    'it is in no calendar',
    CARD,
    asked('calendar'),
    e2e('honest', '“is it on my calendar?” brings the two ways there, for the meeting that is meant'),
  ],
  [
    'who gets in without waiting, and who may present',
    e2e('options', OPTION, 'no lobby'),
    e2e('options', OPTION, 'only I can present'),
    OLD,
  ],
  [
    'dial-in numbers, toll and toll-free',
    CARD,
    e2e('meeting', 'without the licence for dial-in the card says why there is none'),
  ],
  ['passcodes for dialling in', asked('dialIn')],
  [
    'the thread of the chat',
    asked('chat'),
    e2e(
      'honest',
      '“open the chat of Q3” leads to the thread that Graph named; the bot itself stays out of it',
    ),
  ],
  ['when it was cancelled', e2e('change', 'a meeting that Teams no longer has says so at %s'), OLD],
  ['when it expires', asked('expiry'), OLD],
  ['announcing who joins', e2e('options', OPTION, 'announce people joining')],
  ['the link', CARD, FIRST],
  [
    'the same meeting each time: made, or already there',
    e2e('rooms', 'a room is made once, and is the same each time it is asked for'),
    contract('create-or-get', '201 makes it, 200 finds it: what is sent the second time changes nothing'),
  ],
  [
    'whose it is: tenant, person and external id',
    e2e('rooms', 'Graph is told a name that tells nothing, and only what createOrGet takes'),
    e2e('rooms', 'in a %s a colleague’s room of the same name is another one, and both are told'),
    ['test/sandbox/graph.test.ts', 'makes it once a person, and answers the old one unchanged'],
  ],
  [
    'times that were not given',
    e2e('rooms', 'without a time no hour is shown, whatever hour Graph keeps for it'),
    contract('create-or-get', 'without times it begins now; with a start alone it takes an hour'),
  ],
  [
    'an end without a start, or before it',
    e2e('rooms', 'an end without a start, or before it, is never sent'),
    contract('create-or-get', 'an end without a start, or before it, is an error; so is no external id'),
  ],
  [
    'people of such a meeting',
    e2e('rooms', 'people are in it without a role, and are told; later ones join those who were there'),
    contract('create-or-get', 'people come without roles, and there is never a passcode'),
  ],
  [
    'clouds',
    e2e('options', 'what its Graph does not have is not sent but said, and the rest is made'),
    ['test/config.test.ts', '%s', 'China'],
    ['test/config/cloud.test.ts', '$name: tokens are asked for the Graph that is called'],
  ],
  ['personal accounts', e2e('people', 'somebody without a directory account is told what they need')],
  [
    'the application access policy',
    e2e(
      'application-mode',
      'without an access policy the person is told simply, and has a text for the administrator',
    ),
    contract('as-itself', 'somebody whom no access policy names'),
  ],
  [
    'a person’s object id',
    e2e('application-mode', 'everything that is done with a meeting is done below its organiser'),
    contract('as-itself', 'a person is named by object id, not by user principal name'),
  ],
  [
    'what is sent for a meeting that is there',
    e2e('rooms', 'a room with a time shows it; with another time, what is stored and a way to update it'),
  ],
  ['making a meeting as a person', CARD, FIRST],
  [
    'making a meeting for a person',
    e2e('application-mode', 'a sentence becomes a meeting of whoever wrote it; nobody signs in'),
  ],
  [
    'the invitation, in a language',
    contract('create', 'the invitation is in the language that was asked for, form-encoded'),
    e2e('invitation', '“invitation for Q3 in %s”: Graph’s words and the time are in it', 'Japanese'),
    e2e('invitation', 'a language that Teams does not have is said, and the invitation is in English'),
    [
      'test/graph/join-information.test.ts',
      'an invitation becomes lines of text, with the addresses that guests may follow',
    ],
  ],
  ['the example of a person’s meeting', FIRST],
  [
    'the example of a live event',
    asked('event'),
    e2e('honest', WISHED, 'live event tomorrow 3pm about launch'),
    OLD,
  ],
  [
    'presenters and co-organisers from outside',
    e2e('roles', 'people outside of the directory come as guests, and the card says why'),
    contract('refused', 'a presenter or co-organiser from outside'),
  ],
  ['it makes no live events', e2e('honest', WISHED, 'webinar tomorrow 3pm about launch')],
  ['transcripts need a calendar', asked('transcript')],
  [
    'more than 150 people',
    ['test/meeting/guest-list.test.ts', '%i members: %s', 'chatDuringMeeting'],
    e2e('honest', MADE, 'meeting tomorrow 3pm about launch for 200 people'),
  ],
  [
    'more than 1,000 people',
    ['test/meeting/guest-list.test.ts', '%i members: %s', 'tooMany'],
    asked('everybody'),
    ['test/sandbox/graph.test.ts', 'refuses %s with %i', 'more than 1,000 people'],
  ],
  ['the meeting id', CARD],
  [
    'a passcode',
    e2e('options', 'a passcode unless it was declined'),
    contract('create', 'a passcode is made where one is required, and cannot be chosen'),
  ],
  [
    'a passcode of one’s own',
    asked('passcode'),
    e2e('honest', MADE, 'meeting tomorrow 3pm about launch, passcode 1234'),
  ],
  [
    'no passcode',
    e2e('options', 'a passcode unless it was declined'),
    e2e(
      'change-options',
      '“%s” asks first, then makes a new link that keeps everything else',
      'make the Q3 meeting no passcode',
    ),
    contract('create', 'without a passcode there is a meeting id all the same'),
  ],
  [
    'templates, and what they lock',
    e2e('options', OPTION, 'template Board'),
    e2e('change-options', 'what a template has locked is said, and the rest is changed'),
    contract('create', 'a template is taken, and keeps what it locks'),
  ],
  [
    'end-to-end encryption',
    e2e('options', 'an encrypted meeting says what it cannot do'),
    e2e(
      'options',
      'where the policy has no %s, the meeting is made and the card says what it is',
      'encryption',
    ),
    contract('create', 'the encryption that was asked for is answered as it was granted'),
  ],
  [
    'the spoken language',
    e2e('options', OPTION, 'in French'),
    contract('create', 'the spoken language is kept'),
  ],
  [
    'instants with seven digits, and offsets',
    ['test/graph/wire.test.ts', 'an instant keeps its place in time, however it is written'],
    FIRST,
  ],
  [
    'an organiser without a name',
    e2e('teams', 'the organiser sees their buttons, everybody else a way to a copy; looking changes nothing'),
  ],
  ['a page that a program wrote', contract('refused', 'members that are only read')],
  [
    'making meetings at /invitations/{id}/invitedUser',
    e2e('honest', '/invitations is not used for a guest either: Graph would have said 403'),
    asked('guests'),
    GONE,
  ],
  ['read-only members that are called required', contract('refused', 'members that are only read')],
  ['an example whose end comes before its start', contract('refused', 'an end before the start')],
  ['questions and answers', asked('questions'), OLD],
  ['the id for video devices', CARD],
  ['producers, contributors, applications as organisers', asked('producers'), OLD],
  ['the shape of a 201', FIRST],
  ['the same in the words of an SDK', FIRST],
];
