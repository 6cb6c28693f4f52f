import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { readMeeting } from '../../bot/graph/meeting-wire.ts';
import { type Reply, render } from '../../bot/say/render.ts';
import { readSamples, type Sample } from '../../cards/samples.ts';
import { nodes, texts } from '../cards/card.ts';
import { fault } from '../cards/schema.ts';

/** What people type, or are called; whatever it is, it must stay text. */
const TYPED = [
  'doubts',
  'unknown',
  'wrongDays',
  'subject',
  'name',
  'said',
  'email',
  'upn',
  'quoted',
  'asker',
  'organiser',
  'voters',
  'tentative',
  'who',
];
/** What Graph says, in which marks that turn a line around were taken out at its door. */
const OF_GRAPH = ['lines', 'conferenceId', 'passcode', 'meetingId', 'toll', 'tollFree', 'videoId'];
const FOREIGN = [...TYPED, ...OF_GRAPH];
/** What only we say: ids, words of our own, zones, and addresses that have rules of their own. */
const OURS = [
  ...['admitters', 'againId', 'optionsUrl'],
  ...['appId', 'as', 'chat', 'date', 'file', 'fixed', 'graphId', 'id', 'is', 'joinUrl', 'kind', 'language'],
  ...[
    'lobby',
    'may',
    'mode',
    'needs',
    'notes',
    'option',
    'outlook',
    'outlookWithGuests',
    'place',
    'presenters',
    'problem',
  ],
  ...[
    'reference',
    'request',
    'retryId',
    'role',
    'templates',
    'time',
    'undone',
    'topic',
    'unmet',
    'url',
    'what',
    'user',
    'value',
    'change',
    'unread',
  ],
  ...['clockZone', 'days', 'viewers', 'why', 'wish', 'wrong', 'zone'],
  ...['calendar', 'cardUrl', 'day', 'details', 'enter', 'index', 'lack', 'locale', 'occurrence', 'presence'],
  ...['response', 'startDate', 'until'],
];

const ATTACKS: readonly (readonly [string, string])[] = [
  ['a link', '[Join](https://evil.example)'],
  ['emphasis and code', '**evil** _evil_ `evil` # evil'],
  ['a mention of everybody', '<at>Everyone</at> evil'],
  ['markup', '<b>evil</b><img src=x onerror=alert(1)>'],
  ['a turned line', 'evil\u202egnp.exe\u2066'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the very text that a template would fill
  ['a binding', '${$root.id} evil ${if(true, 1, 2)}'],
];

const SAMPLES = readSamples();

/** The reply with this text in every field of that name; null where it has none. */
function poisoned({ reply }: Sample, field: string, attack: string): Reply | null {
  let isHit = false;
  const walk = (value: unknown, name: string): unknown => {
    if (typeof value === 'string' && name === field) {
      isHit = true;
      return attack;
    }
    if (Array.isArray(value)) return value.map((one) => walk(one, name));
    if (typeof value !== 'object' || value === null || DateTime.isDateTime(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, walk(child, key)]));
  };
  const changed = walk(reply, '');
  return isHit ? (changed as Reply) : null;
}

describe.each(ATTACKS)('%s', (_name, attack) => {
  const fields = /[\u202a-\u2069]/.test(attack) ? TYPED : FOREIGN;
  test.each(fields)('in %s stays text, on every card', (field) => {
    const hit = SAMPLES.flatMap((sample) => {
      const reply = poisoned(sample, field, attack);
      return reply === null ? [] : [{ sample, rendered: render(reply, sample.reader) }];
    });
    expect(hit.length).toBeGreaterThan(0);
    for (const { sample, rendered } of hit) {
      if (rendered.kind !== 'card') throw new Error(`${sample.name} is no card`);
      expect(fault(rendered.card), sample.name).toBeNull();
      expect(powerIn(rendered.card, rendered.summary), sample.name).toEqual([]);
    }
  });
});

/** Where the text of an attack would be read as more than text. */
function powerIn(card: Record<string, unknown>, summary: string): string[] {
  const all = nodes(card);
  const spoken = [String(card.speak), summary].filter((words) =>
    /[<>[\]*`\u202a-\u202e\u2066-\u2069]/.test(words),
  );
  // No client reads markup in a TextRun, or in what an input holds; a mention is made of a cleaned name.
  const read = all.filter(({ type }) => !['TextRun', 'Input.Text', 'mention'].includes(type));
  const named = read.flatMap(({ title, label, choices, text, altText, tooltip, placeholder }) =>
    texts([title, label, choices, text, altText, tooltip, placeholder]),
  );
  const inMarkup = named.map(({ text }) => text).filter((text) => MARKUP.test(text.replace(MENTION, '')));
  const turned = texts(card).filter(({ text }) => /[\u202a-\u202e\u2066-\u2069]/.test(text));
  const urls = texts(card).filter(({ name, text }) => name === 'url' && text.includes('evil'));
  return [...spoken, ...inMarkup, ...[...turned, ...urls].map(({ text }) => text)];
}

const MARKUP = /\]\(|<\/?\w|\*\*|`|(?:^|\s)_\w|(?:^|\n)#/;
/** As it stands in a text block that Teams joins with its mention. */
const MENTION = /<at>[^<>[\]*`_]+<\/at>/g;

test('marks that turn a line around do not come in by Graph’s answer', () => {
  const turned = 'a\u202eb\u2066c';
  const dialIn = { conferenceId: turned, tollNumber: turned, tollFreeNumbers: [turned] };
  const context = {
    joinHosts: ['teams.microsoft.com'],
    templates: new Map(),
    labels: new Map(),
    lacks: new Set<never>(),
  };
  const wire = {
    id: 'x',
    subject: turned,
    videoTeleconferenceId: turned,
    audioConferencing: dialIn,
    startDateTime: '2026-11-21T12:00:00Z',
    endDateTime: '2026-11-21T13:00:00Z',
    ...{
      joinWebUrl: 'https://teams.microsoft.com/l/x',
      joinMeetingIdSettings: { joinMeetingId: turned, passcode: turned },
    },
  };
  const meeting = readMeeting(wire, context);
  expect(meeting).toMatchObject({ subject: 'abc', meetingId: 'abc', passcode: 'abc', videoId: 'abc' });
  expect(meeting.dialIn).toMatchObject({ conferenceId: 'abc', toll: ['abc'], tollFree: ['abc'] });
});

test('every field of every card is known to be ours or foreign', () => {
  const known = new Set([...FOREIGN, ...OURS]);
  const unknown = new Set<string>();
  const walk = (value: unknown, name: string): void => {
    if (typeof value === 'string' && !known.has(name)) unknown.add(name);
    else if (Array.isArray(value)) for (const one of value) walk(one, name);
    else if (typeof value === 'object' && value !== null && !DateTime.isDateTime(value))
      for (const [key, child] of Object.entries(value)) walk(child, key);
  };
  for (const { reply } of SAMPLES) walk(reply, '');
  expect([...unknown]).toEqual([]);
});

test('what is foreign is found: a card that let it through would fail', () => {
  const card = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: '[Join](https://evil.example)' }] };
  expect(powerIn({ ...card, speak: '' }, '')).toHaveLength(1);
  expect(powerIn({ ...card, body: [], speak: '<at>x</at>' }, '')).toHaveLength(1);
  expect(powerIn({ ...card, body: [{ type: 'TextRun', text: 'a\u202eb' }], speak: '' }, '')).toHaveLength(1);
});
