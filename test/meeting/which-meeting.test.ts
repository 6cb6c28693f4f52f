import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../bot/base/similarity.ts';
import type { Invitee, Which } from '../../bot/language/command.ts';
import { loadPack, type MeetingWords } from '../../bot/language/pack.ts';
import { whichMeeting } from '../../bot/meeting/which-meeting.ts';
import { at, NOW, record, ZONE } from './record.ts';

const ENGLISH = loadPack('en').meetings;

type Given = Parameters<typeof record>[0];
type Said = Partial<Omit<Which, 'start'>> & { start?: string };

const which = ({ start, ...said }: Said): Which => ({
  subject: null,
  day: null,
  people: [],
  ...said,
  start: start === undefined ? null : at(start),
});

function ids(
  records: readonly Given[],
  said: Said,
  conversation = 'chat',
  now = NOW,
  words: MeetingWords = ENGLISH,
): string {
  const found = whichMeeting(records.map(record), which(said), { now, zone: ZONE, conversation, words });
  return found.map(({ id }) => id).join(' ');
}

const one = (id: string, more: Omit<Given, 'id'> = {}): Given => ({ id, ...more });
const named = (...subjects: (string | null)[]): Given[] =>
  subjects.map((subject, i) => ({ id: subject ?? `untitled${i}`, subject, start: `2026-03-30T1${i}:00` }));

describe('by subject', () => {
  test.each<[string, (string | null)[], string, string]>([
    ['a word of it', ['Q3 review', 'Budget'], 'Q3', 'Q3 review'],
    ['exact comes before a part', ['Q3 review', 'Q3'], 'q3', 'Q3'],
    [
      'all words come before some',
      ['design review', 'the big design review'],
      'design review',
      'design review',
    ],
    ['several that fit alike', ['Q3 review', 'Q3 budget'], 'Q3', 'Q3 review,Q3 budget'],
    ['case, article, punctuation', ['The "Q3" Review!'], 'q3 review', 'The "Q3" Review!'],
    ['the word meeting says nothing', ['Q3 review'], 'the Q3 review meeting', 'Q3 review'],
    ['a slip', ['Budget', 'Q3'], 'bugdet', 'Budget'],
    ['the right word comes before a slip', ['Sales', 'Scales'], 'scales', 'Scales'],
    ['the beginning of a word', ['Retrospective'], 'retro', 'Retrospective'],
    ['accents', ['Überprüfung'], 'uberprufung', 'Überprüfung'],
    ['one word or two', ['Daily standup', 'Q3'], 'stand up', 'Daily standup'],
    ['two words or one', ['Stand up'], 'stand-up', 'Stand up'],
    ['most of the words', ['Budget review Q3'], 'quarterly budget review', 'Budget review Q3'],
    ['another meeting with a word in common', ['Q3 review'], 'Q3 planning', ''],
    ['the whole subject and a word more', ['Q3'], 'Q3 sync', 'Q3'],
    ['untitled meetings fit no subject', [null], 'Q3', ''],
    ['a letter is no article', ['Interview A', 'Interview B'], 'interview', 'Interview A,Interview B'],
    ['a letter tells them apart', ['Interview A', 'Interview B'], 'the interview A', 'Interview A'],
    ['nothing fits', ['Q3 review'], 'standup', ''],
    ['other scripts', ['Обзор бюджета'], 'обзор', 'Обзор бюджета'],
    ['signs only, in the subject', ['🎉'], 'party', ''],
    ['all of them', ['Q3', 'Budget'], 'all my meetings', 'Q3,Budget'],
    ['unless one is called so', ['All hands', 'Budget'], 'all', 'All hands'],
    ['the next one', ['Q3', 'Budget'], 'next one', 'Q3'],
    ['unless one is called so', ['Q3', 'Next steps'], 'next', 'Next steps'],
  ])('%s', (_name, subjects, subject, expected) => {
    expect(ids(named(...subjects), { subject })).toBe(expected.split(',').join(' '));
  });

  test('a guest, where no subject says it', () => {
    const sam = { kind: 'name' as const, name: 'Sam Jones' };
    expect(ids([{ id: 'a', subject: 'Q3', guests: [sam] }, { id: 'b' }], { subject: 'Sam' })).toBe('a');
  });

  test('the next one has not begun; the last one is the newest', () => {
    const running = { id: 'running', start: '2026-03-27T13:50', madeAgo: 10 };
    const soon = { id: 'soon', start: '2026-03-27T15:00', madeAgo: 200 };
    const later = { id: 'later', start: '2026-03-29T15:00', madeAgo: 100 };
    expect(ids([later, soon, running], { subject: 'next' })).toBe('soon');
    expect(ids([later, soon, running], { subject: 'last one' })).toBe('running');
    expect(ids([later, soon], { subject: 'next', day: '2026-03-29' })).toBe('later');
  });
});

describe('by time', () => {
  const today3 = one('today3', { start: '2026-03-27T15:00' });
  const saturday3 = one('saturday3', { start: '2026-03-28T15:00' });
  const monday3 = one('monday3', { start: '2026-03-30T15:00' });
  const monday10 = one('monday10', { start: '2026-03-30T10:00' });

  test.each<[string, Given[], Said, string]>([
    ['the start', [today3, monday10], { start: '2026-03-27T15:00' }, 'today3'],
    ['the start comes before its clock', [today3, monday3], { start: '2026-03-27T15:00' }, 'today3'],
    ['a clock fits on another day', [monday3, monday10], { start: '2026-03-27T15:00' }, 'monday3'],
    ['a clock on two other days', [saturday3, monday3], { start: '2026-03-27T15:00' }, 'saturday3 monday3'],
    ['a day that was said holds', [monday3], { start: '2026-03-27T15:00', day: '2026-03-27' }, ''],
    [
      'its clock on the day that was said',
      [today3, monday3],
      { start: '2026-03-27T15:00', day: '2026-03-30' },
      'monday3',
    ],
    ['far off, the day was said', [monday3], { start: '2026-03-31T15:00' }, ''],
    ['no minutes of grace', [today3], { start: '2026-03-27T15:05' }, ''],
    ['the day', [today3, monday3, monday10], { day: '2026-03-30' }, 'monday10 monday3'],
    ['a day without meetings', [today3], { day: '2026-03-29' }, ''],
    ['an hour alone', [one('seven', { start: '2026-03-30T19:00' }), monday10], { subject: '7' }, 'seven'],
    [
      'an hour alone, both halves',
      [one('am', { start: '2026-03-30T07:00' }), one('pm', { start: '2026-03-30T19:00' })],
      { subject: '7' },
      'am pm',
    ],
    ['twelve', [one('noon', { start: '2026-03-30T12:00' })], { subject: '12' }, 'noon'],
    [
      'a subject comes before an hour',
      [one('seven', { start: '2026-03-30T19:00' }), one('G 7', { subject: 'G 7' })],
      { subject: '7' },
      'G 7',
    ],
  ])('%s', (_name, records, said, expected) => {
    expect(ids(records, said)).toBe(expected);
  });

  test('a meeting that runs is "the 3pm" although the reader takes tomorrow’s clock', () => {
    const now = at('2026-03-27T15:05');
    expect(ids([today3, monday3], { start: '2026-03-28T15:00' }, 'chat', now)).toBe('today3');
    expect(ids([today3, saturday3], { start: '2026-03-28T15:00' }, 'chat', now)).toBe('today3 saturday3');
  });

  test('a night belongs to the day on which it begins, and less to the next', () => {
    const night = one('night', { start: '2026-03-28T22:00', minutes: 300 });
    const sunday = one('sunday', { start: '2026-03-29T10:00' });
    expect(ids([night], { day: '2026-03-29' })).toBe('night');
    expect(ids([night, sunday], { day: '2026-03-29' })).toBe('sunday');
    expect(ids([{ ...night, minutes: 120 }], { day: '2026-03-29' })).toBe('');
  });

  test('a clock holds across the change of clocks, which is an hour off in elapsed time', () => {
    expect(ids([one('monday9', { start: '2026-03-30T09:00' })], { start: '2026-03-28T09:00' })).toBe(
      'monday9',
    );
    expect(ids([one('monday10', { start: '2026-03-30T10:00' })], { start: '2026-03-28T09:00' })).toBe('');
  });

  test('what is over is nobody’s meeting', () => {
    expect(ids([one('over', { subject: 'Q3', start: '2026-03-27T13:30' })], { subject: 'Q3' })).toBe('');
    expect(ids([one('running', { subject: 'Q3', start: '2026-03-27T13:31' })], { subject: 'Q3' })).toBe(
      'running',
    );
  });
});

describe('by people', () => {
  const sam = { kind: 'member' as const, id: 'entra-sam', upn: 'sam.jones@contoso.com', name: 'Sam Jones' };
  const samira = {
    kind: 'member' as const,
    id: 'entra-samira',
    upn: 'samira@contoso.com',
    name: 'Samira Sam',
  };
  const lee = { kind: 'email' as const, email: 'Lee.Wong@contoso.com' };
  const meetings: Given[] = [
    one('sam', { guests: [sam] }),
    one('lee', { guests: [lee] }),
    one('both', { guests: [sam, lee] }),
    one('renée', { subject: '1:1 with Renée' }),
  ];
  const name = (words: string): Invitee => ({ kind: 'name', name: words });
  const email = (address: string): Invitee => ({ kind: 'email', email: address });

  test.each<[string, Invitee[], string]>([
    ['a first name', [name('sam')], 'sam both'],
    ['a whole name', [name('Sam Jones')], 'sam both'],
    ['everybody who was named', [name('Sam'), email('lee.wong@CONTOSO.com')], 'both'],
    ['an address', [email('lee.wong@contoso.com')], 'lee both'],
    ['a member’s address', [email('sam.jones@contoso.com')], 'sam both'],
    ['a name out of an address', [name('Wong')], 'lee both'],
    ['a mention', [{ kind: 'mention', id: 'entra-sam', name: 'Somebody' }], 'sam both'],
    ['a mention by its name', [{ kind: 'mention', id: '29:sam', name: 'Sam Jones' }], 'sam both'],
    ['a mention without a name', [{ kind: 'mention', id: '29:sam', name: '' }], ''],
    ['a name in the subject', [name('Renee')], 'renée'],
    ['a slip', [name('Jonse')], 'sam both'],
    ['somebody who is nowhere', [name('Ben')], ''],
    ['one who is, one who is not', [name('Sam'), name('Ben')], ''],
  ])('%s', (_name, people, expected) => {
    expect(ids(meetings, { people })).toBe(expected);
  });

  test('the one who is meant beyond doubt comes before a namesake', () => {
    const records = [one('a', { guests: [samira] }), { id: 'b', guests: [{ ...sam, name: 'Sam' }] }];
    expect(ids(records, { people: [name('Sam')] })).toBe('b');
  });
});

describe('by several things', () => {
  const records: Given[] = [
    one('today', { subject: 'Q3 review', start: '2026-03-27T15:00' }),
    one('monday', { subject: 'Q3', start: '2026-03-30T15:00' }),
    one('other', { subject: 'Budget', start: '2026-03-27T15:00' }),
  ];

  test('all of them must fit', () => {
    expect(ids(records, { subject: 'Budget', day: '2026-03-30' })).toBe('');
    expect(ids(records, { subject: 'Q3', day: '2026-03-30' })).toBe('monday');
  });

  test('where each fits better in something, the person is asked', () => {
    expect(ids(records, { subject: 'Q3', start: '2026-03-27T15:00' })).toBe('today monday');
    expect(ids(records, { subject: 'Q3 review', start: '2026-03-27T15:00' })).toBe('today');
  });
});

describe('by place', () => {
  const thread = '19:channel@thread.tacv2;messageid=1';
  const here = one('here', { subject: 'Standup', conversation: thread });
  const nextDoor = {
    id: 'nextDoor',
    subject: 'Standup',
    conversation: '19:channel@thread.tacv2;messageid=2',
  };
  const elsewhere = one('elsewhere', { subject: 'Standup', conversation: 'chat' });

  test.each<[string, Given[], string]>([
    ['this thread first', [here, nextDoor, elsewhere], 'here'],
    ['then this channel', [nextDoor, elsewhere], 'nextDoor'],
    ['then anywhere', [elsewhere], 'elsewhere'],
    ['several in one place', [elsewhere, { ...elsewhere, id: 'twin' }], 'elsewhere twin'],
  ])('%s', (_name, records, expected) => {
    expect(ids(records, { subject: 'standup' }, thread)).toBe(expected);
  });

  test('but what fits better wins wherever it was made', () => {
    const exact = { ...elsewhere, id: 'exact', subject: 'Standup' };
    expect(ids([{ ...here, subject: 'Design standup' }, exact], { subject: 'standup' }, thread)).toBe(
      'exact',
    );
  });
});

describe('"it"', () => {
  const DAY = 24 * 60;
  test.each<[string, Given[], string]>([
    ['nothing there is', [], ''],
    ['the only one here', [one('a', { madeAgo: 30 * DAY })], 'a'],
    [
      'the last one made here, not the next to begin',
      [one('new', { start: '2026-04-02T10:00', madeAgo: 1 }), one('old', { madeAgo: 60 })],
      'new',
    ],
    [
      'the last one spoken of, though another was made since',
      [
        one('moved', { madeAgo: 2 * DAY, spokenOfAt: NOW.toMillis() }),
        one('new', { start: '2026-04-02T10:00', madeAgo: 1 }),
      ],
      'moved',
    ],
    [
      'before newer ones from elsewhere',
      [one('here', { madeAgo: 60 }), one('there', { madeAgo: 1, conversation: 'other' })],
      'here',
    ],
    ['the only one from elsewhere', [one('there', { conversation: 'other' })], 'there'],
    [
      'several from elsewhere',
      [one('a', { conversation: 'x' }), one('b', { conversation: 'y', start: '2026-03-28T11:00' })],
      'a b',
    ],
    [
      'after a while a chat with several has no "it"',
      [one('a', { madeAgo: 2 * DAY }), one('b', { madeAgo: DAY, start: '2026-03-28T11:00' })],
      'a b',
    ],
    [
      'so it is after an hour, as for who reads "make it 4pm"',
      [one('a', { madeAgo: 61 }), one('b', { madeAgo: 90, start: '2026-03-28T11:00' })],
      'a b',
    ],
    [
      'what is over does not count',
      [one('over', { start: '2026-03-27T12:00', madeAgo: 1 }), one('a', { madeAgo: 60 })],
      'a',
    ],
  ])('%s', (_name, records, expected) => {
    expect(ids(records, {})).toBe(expected);
  });

  test('a subject that says nothing is none', () => {
    expect(ids([one('new', { madeAgo: 1 }), one('old', { madeAgo: 60 })], { subject: 'the meeting' })).toBe(
      'new',
    );
  });
});

describe('always', () => {
  const subject = fc.constantFrom(null, 'Q3', 'Q3 review', 'Budget', 'Design review', 'Standup');
  const some = fc.array(
    fc.record({
      subject,
      start: fc.constantFrom('2026-03-27T13:45', '2026-03-27T15:00', '2026-03-28T15:00', '2026-03-30T10:00'),
      madeAgo: fc.nat(3000),
      conversation: fc.constantFrom('chat', 'other'),
    }),
    { maxLength: 8 },
  );
  const said = fc.record({
    subject,
    start: fc.constantFrom(null, at('2026-03-27T15:00')),
    day: fc.constantFrom(null, '2026-03-27', '2026-03-28'),
    people: fc.constant([]),
  });
  const context = { now: NOW, zone: ZONE, conversation: 'chat', words: ENGLISH };
  const toRecords = (given: Omit<Given, 'id'>[]) => given.map((one, i) => record({ ...one, id: String(i) }));

  test('the order in which the store hands them over does not matter', () => {
    fc.assert(
      fc.property(some, said, (given, words) => {
        const records = toRecords(given);
        const answer = new Set(whichMeeting(records, words, context));
        expect(new Set(whichMeeting(records.toReversed(), words, context))).toEqual(answer);
      }),
    );
  });

  test('an answer is meetings of the person that are still to come, each once, soonest first', () => {
    fc.assert(
      fc.property(some, said, (given, words) => {
        const records = toRecords(given);
        const answer = whichMeeting(records, words, context);
        expect(new Set(answer).size).toBe(answer.length);
        expect(answer.every((one) => records.includes(one) && one.end > NOW.toMillis())).toBe(true);
        expect(answer.map(({ start }) => start)).toEqual(answer.map(({ start }) => start).sort());
      }),
    );
  });

  test('saying a meeting’s own subject and day finds it, or others called the same on that day', () => {
    fc.assert(
      fc.property(some, (given) => {
        const records = toRecords(given);
        for (const one of records.filter((record) => record.subject !== null)) {
          const day = at(new Date(one.start).toISOString()).toISODate();
          const words = which({ subject: one.subject, day });
          const answer = whichMeeting(records, words, { ...context, conversation: one.conversation });
          expect(answer).toContain(one);
        }
      }),
    );
  });
});

describe('in the words of another language', () => {
  const only = (word: string) => new Set(wordsOf(word));
  const german: MeetingWords = {
    idle: only('termin'),
    next: only('nächster'),
    newest: only('letzter'),
    pointing: only('spätere'),
    all: only('alle'),
    articles: only('der'),
    groups: new Set(),
    determiners: new Set(),
    rooms: new Set(),
  };
  test.each([
    ['nächster Termin', 'a'],
    ['letzter', 'b'],
    ['alle', 'a b'],
    ['spätere', 'a b'],
    ['der Termin Budget', 'b'],
    ['next', ''],
  ])('%s', (subject, found) => {
    const meetings = [
      { id: 'a', subject: 'Q3', start: '2026-03-28T10:00', madeAgo: 9 },
      { id: 'b', subject: 'der Budget', start: '2026-03-28T11:00', madeAgo: 5 },
    ];
    expect(ids(meetings, { subject }, 'chat', NOW, german)).toBe(found);
  });
});
