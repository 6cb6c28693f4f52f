import { describe, expect, test } from 'vitest';
import { FRAME, readText } from './reading.ts';

/** What a text came to, in short: "do create", "leave none". */
const cameTo = (text: string, locale = 'en-GB') => {
  const { command, way } = readText(text, { ...FRAME, locale });
  return `${way} ${command.kind}`;
};

describe('the language of a message is the one that explains it', () => {
  test.each([
    ['réunion demain à 15h', 'fr', '2026-09-16T15:00'],
    ['Besprechung morgen um 15 Uhr mit Anna', 'de', '2026-09-16T15:00'],
    ['4.12. 14:00 Uhr Planung', 'de', '2026-12-04T14:00'],
    ['retro friday 3pm', 'en', '2026-09-18T15:00'],
  ])('%s', (text, language, start) => {
    for (const locale of ['en-GB', 'de-DE', 'fr-FR']) {
      const { command, ...reading } = readText(text, { ...FRAME, locale });
      expect(reading.language).toBe(language);
      const when = command.kind === 'create' ? command.when?.start.toFormat("yyyy-MM-dd'T'HH:mm") : null;
      expect(when).toBe(start);
    }
  });

  test.each([
    'reunión mañana a las 15h',
    'spotkanie jutro o 15',
    'möte imorgon kl 15',
    'vergadering morgen om 15 uur',
    'riunione domani alle 15',
    'reunião amanhã às 15h',
    'toplantı yarın 15:00',
    'встреча завтра в 15:00',
    '明天下午3点开会',
    '明日15時に会議',
    'اجتماع غدا الساعة 3',
    'kokous huomenna klo 15',
    'schůzka zítra v 15:00',
    'puedes agendar una llamada el lunes a las 10',
  ])('nobody taught us that of %s', (text) => {
    expect(readText(text).command).toEqual({ kind: 'none', why: 'language' });
  });

  test('a language that is not configured is not read', () => {
    const reading = readText('réunion demain à 15h', { ...FRAME, languages: [] });
    expect(reading).toMatchObject({ way: 'leave', command: { kind: 'none', why: 'language' } });
  });

  test('a day of another language is never a name alone', () => {
    expect(readText('sync with Lundi tomorrow 3pm')).toMatchObject({
      way: 'draft',
      doubts: [{ why: 'time', words: 'Lundi' }],
    });
  });
});

describe('what is asked for', () => {
  test.each([
    ['book a call tomorrow at 3pm about the budget', 'do create'],
    ['please set up a meeting with Sam on friday 10am', 'do create'],
    ['meet now', 'do create'],
    ['meeting about pricing', 'ask create'],
    ['meeting about Q3', 'ask create'],
    ['move the Q3 call to 4pm', 'do reschedule'],
    ['rename the retro to Budget', 'do reschedule'],
    ['cancel the Q3 call', 'do cancel'],
    ['my meetings', 'do list'],
    ['sign out', 'do signout'],
    ['sign in', 'do signin'],
    ['what can you do', 'do help'],
    ['thanks', 'leave none'],
    ['hello', 'leave none'],
    ['lol', 'leave none'],
    ['…', 'leave none'],
  ])('%s: %s', (text, expected) => {
    expect(cameTo(text)).toBe(expected);
  });

  test.each([
    ['Bitte einen Termin morgen um 15 Uhr mit Anna zum Budget anlegen', 'do create', 'de-DE'],
    ['verschieb das Budget-Meeting auf 16 Uhr', 'do reschedule', 'de-DE'],
    ['sag das Budget-Meeting ab', 'do cancel', 'de-DE'],
    ['réunion avec Marie jeudi à 10h sur le budget', 'do create', 'fr-FR'],
    ['Séance de direction vendredi de 8h30 à 10h, merci', 'do create', 'fr-CH'],
    ['annule la réunion budget', 'do cancel', 'fr-FR'],
    ['merci', 'leave none', 'fr-FR'],
    ['danke', 'leave none', 'de-DE'],
  ])('%s: %s', (text, expected, locale) => {
    expect(cameTo(text, locale)).toBe(expected);
  });
});

// News, requests to other people, and what others are to do: never acted on without a click or a question.
test.each([
  'the standup is at 10 today',
  'the meeting was moved to 3pm',
  'I have a dentist appointment on friday at 9',
  'our flight leaves at 6:30 tomorrow',
  'can you send me the report by 5pm?',
  'remind me to call mum at 6',
  'the shop closes at 8pm',
  'we met yesterday at 3 and talked about the budget',
  'Sam is on leave from monday',
  'who moved the retro to friday?',
  'please order pizza for friday noon',
  'Anna said the call went well',
  'Lieferung kommt morgen um 10',
  'ich bin morgen ab 15 Uhr nicht da',
  'le train part demain à 9h',
])('%s: nothing is done', (text) => {
  expect(readText(text).way).not.toBe('do');
});

describe('what says which meeting is not what is to be otherwise', () => {
  test.each([
    ["push tomorrow's 11:00 to 12", { day: '2026-09-16' }, { clock: '12:00' }],
    ['move my 3 to 5pm', {}, { clock: '17:00' }],
    [
      'move the Q3 review tomorrow at 3 to 5pm',
      { subject: 'Q3 review', day: '2026-09-16' },
      { clock: '17:00' },
    ],
    [
      "uninvite Sam from tomorrow's standup",
      { subject: 'standup', day: '2026-09-16' },
      { day: null, clock: null },
    ],
    ['move Q3 to tomorrow 2pm, ends 4pm', { subject: 'Q3' }, { day: '2026-09-16', minutes: 120 }],
    ['make it 1 1/2 hours', {}, { minutes: 90 }],
    ['lade Anna dazu ein', {}, { clock: null, invitees: [{ kind: 'name', name: 'Anna' }] }],
    ['add Sam to the 3pm', {}, { clock: null, invitees: [{ kind: 'name', name: 'Sam' }] }],
  ])('%s', (text, which, change) => {
    expect(readText(text).command).toMatchObject({ kind: 'reschedule', which, change });
  });
});

test.each([
  ['meeting tomorrow 3pm about Q3 with <at>Lee</at>, co-organiser <at>Sam</at>', 'coorganisers', ['Sam']],
  ['meeting tomorrow 3pm about Q3 with <at>Sam</at> as presenter', 'namedPresenters', ['Sam']],
] as const)('%s', (text, option, names) => {
  const { command } = readText(text);
  const people = command.kind === 'create' ? (command.options[option] ?? []) : [];
  expect(people.map((one) => (one.kind === 'email' ? one.email : one.name))).toEqual(names);
});

test.each([
  ['tomorrow thursday sync 3pm', 'draft'],
  ['tomorrow 3pm Monday metrics', 'draft'],
  ['meeting at 11 Monday 26 April about retention', 'do'],
  ['10am, 2pm sync', 'ask'],
  ['retro after 3pm tomorrow', 'ask'],
  ['meeting soon about the launch 3pm', 'draft'],
  ['sync at 3pm or 4pm on monday', 'ask'],
])('no word about time is dropped: %s: %s', (text, way) => {
  expect(readText(text)).toMatchObject({ command: { kind: 'create' }, way });
});

test.each([
  ['meeting tomorrow at 10, the Friday numbers', 'Friday numbers', 'do'],
  ['meeting tomorrow or Friday budget 3pm', 'Friday budget', 'draft'],
  ['sync with Ann Monday 3pm Friday deploy', 'sync', 'draft'],
])('%s: a day beside the one that is taken is in the name "%s", or shown: %s', (text, subject, way) => {
  expect(readText(text)).toMatchObject({ command: { kind: 'create', subject }, way });
});

test.each([
  'metting tomorrow 3pm with sam abuot roadmap',
  'schedlue a metting friday 2pm w sam adn priya to discus pricng',
  'call Asif 5pm tom re van leases 15 mins',
])('%s: what may be a slip is shown, not done', (text) => {
  expect(readText(text).way).toBe('draft');
});

test.each([
  ['meeting tomorrow 3pm about pricing but not longer than 20 minutes', 'pricing'],
  ['Meeting morgen 10 Uhr zum Thema Abnahme ungefähr anderthalb Stunden', 'Abnahme'],
])('%s: no leftover in the name', (text, subject) => {
  const locale = text.startsWith('Meeting') ? 'de-DE' : 'en-GB';
  expect(readText(text, { ...FRAME, locale }).command).toMatchObject({ subject });
});

test('a word of another wish is no option', () => {
  const { command } = readText('nimm Kim raus');
  expect(command).toMatchObject({ kind: 'reschedule', change: { leaving: [{ name: 'Kim' }] } });
  expect(command.kind === 'reschedule' && command.change.options).toBeUndefined();
});

test.each([
  ['meeting tomorrow 3pm, passcode 1234', ['passcode']],
  ['meeting tomorrow 3pm for 1,500 people', ['everybody']],
  ['meeting tomorrow 3pm for 200 people', ['crowd']],
  ['webinar tomorrow 3pm about launch', ['event']],
  ['webinar rehearsal tomorrow 3pm', undefined],
  ['meeting about the weekly report tomorrow 3pm', undefined],
])('%s: %s cannot be had', (text, unmet) => {
  const { command } = readText(text);
  expect(command.kind === 'create' ? command.unmet : 'none').toEqual(unmet);
});

test('a text of more than 2,000 characters is not read', () => {
  expect(readText(`meeting tomorrow 3pm ${'about Q3 '.repeat(300)}`)).toMatchObject({
    way: 'leave',
    sentence: null,
  });
});

test.each([
  ['meeting tomorrow 3pm about Q3 with Sam', 'Q3', ['Sam']],
  ['meeting tomorrow 3pm about the budget with Anna and Lee', 'budget', ['Anna', 'Lee']],
  ['meeting tomorrow 3pm called "Q3 with Sam"', 'Q3 with Sam', []],
  ['meeting tomorrow 3pm about the offer for Grace', 'offer for Grace', []],
  ['please arrange a meeting with Thandi on Tuesday at 3pm about the fees', 'fees', ['Thandi']],
  ['meeting with jolene and uh marco tomorrow at 3pm about lighting', 'lighting', ['jolene', 'marco']],
])('who is named behind a topic comes: %s', (text, subject, people) => {
  const { command } = readText(text);
  expect(command).toMatchObject({ kind: 'create', subject });
  const invitees = command.kind === 'create' ? command.invitees : [];
  expect(invitees.map((one) => (one.kind === 'email' ? one.email : one.name))).toEqual(people);
});

describe('what looks like a new meeting and may be something else is offered', () => {
  test.each([
    ['Kindly share the revised quotation with the client by EOD today, please.', 'en-GB'],
    [
      'Tanya Brooks invited you to a meeting\nArt direction sync\nWhen: Wed 25 Nov 2026 3:00 pm – 3:30 pm (AEDT)\nAccepted: 4, Declined: 1',
      'en-GB',
    ],
    ['Create a call with Begoña and the 7 of sales tomorrow at 17:00', 'en-GB'],
  ])('%s', (text, locale) => {
    expect(readText(text, { ...FRAME, locale }).way).not.toBe('do');
  });
});

test.each(['swap', 'permute'])('“%s” moves the meeting that it names, and makes none', (verb) => {
  const text = `${verb} mon one-on-one avec Josiane à vendredi 15 h svp`;
  expect(readText(text, { ...FRAME, locale: 'fr-CA' }).command).toMatchObject({ kind: 'reschedule' });
});

test.each([
  ['Fr. 12:30 Lunch & Learn', 'de-DE', 'de'],
  ['Mi 12:30 Lunch & Learn', 'de-AT', 'de'],
  ['So 10 of us meet tomorrow at 3', 'de-DE', 'en'],
])('a weekday of one’s own language before a clock tells the language: %s', (text, locale, tag) => {
  expect(readText(text, { ...FRAME, locale }).language).toBe(tag);
});

test('a day said by its number is no part of a name', () => {
  const { command } = readText('Create a call with Begoña the day 24 at 17:00, is for the translations');
  expect(command).toMatchObject({ kind: 'create', invitees: [{ name: 'Begoña' }] });
  expect(command.kind === 'create' && command.when?.start.toISODate()).toBe('2026-09-24');
});

describe('what is known of a time that must be asked', () => {
  const commandOf = (text: string) => {
    const { command } = readText(text);
    if (command.kind !== 'create') throw new Error(`a ${command.kind}`);
    return command;
  };

  test.each([
    ['book 45 min tomorrow morning for roadmap', ['16T09:00–09:45', '16T10:00–10:45', '16T11:00–11:45']],
    ['roadmap review friday afternoon', ['18T14:00', '18T15:00', '18T16:00']],
    ['retro tomorrow evening', ['16T18:00', '16T19:00', '16T20:00']],
    ['Besprechung morgen Nachmittag mit Anna', ['16T14:00', '16T15:00', '16T16:00']],
    ['roadmap review this morning', ['15T10:00', '15T11:00']],
    ['roadmap review tomorrow', []],
    ['retro tomorrow morning at 9', []],
  ])('“%s” offers %j', (text, offered) => {
    const words = commandOf(text).choices.map(
      ({ start, end }) => start.toFormat("dd'T'HH:mm") + (end ? `–${end.toFormat('HH:mm')}` : ''),
    );
    expect(words).toEqual(offered);
  });

  test.each([
    ['meeting friday 31 november', ['31 november']],
    ['meeting 31/11 at 3pm', ['31/11']],
    ['Besprechung am 31. November um 15 Uhr', ['31. November']],
    ['meeting tomorrow friday 3pm', ['tomorrow', 'friday']],
    ['meeting friday 17 september 3pm', ['friday', '17 september']],
    ['meeting next week about pricing', undefined],
    ['meeting mon or tue 3pm', undefined],
    ['meeting friday 18 september 3pm', undefined],
  ])('“%s”: wrong are %j', (text, words) => {
    expect(commandOf(text).wrongDays).toEqual(words);
  });
});

test.each([
  ['meeting tomorrow 3pm about RE: Supplier contract', 'Supplier contract'],
  ['meeting about FW: RE: Supplier contract tomorrow 3pm with Sam', 'Supplier contract'],
  ['Besprechung morgen 15 Uhr zu AW: WG: Budget', 'Budget'],
  ['réunion demain 15h sur TR: contrat', 'contrat'],
  ['meeting tomorrow 3pm about [EXT] budget', '[EXT] budget'],
  ['meeting tomorrow 3pm about budget [draft]', 'budget [draft]'],
  ['Budget (Q3) tomorrow 3pm', 'Budget (Q3)'],
  ['meeting (with Sam) tomorrow 3pm', null],
  ['meeting tomorrow 3pm about re-org', 're-org'],
])('“%s” is called %j: without the marks of a mail, with its brackets', (text, subject) => {
  const { command } = readText(text);
  expect(command).toMatchObject({ kind: 'create', subject });
});

describe('two meetings in one message', () => {
  const startsOf = (text: string) => {
    const { command, others = [], way } = readText(text);
    const all = command.kind === 'create' ? [command, ...others] : [];
    return { way, starts: all.map(({ when }) => when?.start.toFormat('ccc HH:mm')), all };
  };

  test.each([
    ['meeting monday 9am and wednesday 9am', ['Mon 09:00', 'Wed 09:00']],
    ['meeting thursday 9am and friday 9am and monday 9am', ['Thu 09:00', 'Fri 09:00', 'Mon 09:00']],
    ['sync at 3pm on monday and at 4pm on tuesday', ['Mon 15:00', 'Tue 16:00']],
    ['meeting with Sam friday 10am, and another one on monday at 2pm', ['Fri 10:00', 'Mon 14:00']],
  ])('are both offered: %s', (text, starts) => {
    expect(startsOf(text)).toMatchObject({ way: 'draft', starts });
  });

  test('are in one week where the first day has gone by in this one', () => {
    const { all } = startsOf('meeting tuesday 9am and wednesday 9am');
    expect(all.map(({ when }) => when?.start.toISODate())).toEqual(['2026-09-22', '2026-09-23']);
  });

  test('each has what is said of it: who is named with one does not come to the other', () => {
    const { all } = startsOf('book Q3 review monday 9am with Sam and design sync tuesday 10am');
    expect(all).toMatchObject([
      { subject: 'Q3 review', invitees: [{ name: 'Sam' }] },
      { subject: 'design sync', invitees: [] },
    ]);
  });

  test.each([
    'meeting tomorrow 3pm or friday 4pm',
    'meeting tomorrow 3pm with Sam and Kim',
    'meeting from monday 9am to tuesday 5pm',
  ])('one time or a choice is no second meeting: %s', (text) => {
    expect(readText(text)).not.toHaveProperty('others');
  });

  test('so many are not made of one message', () => {
    const days = Array.from({ length: 11 }, (_, day) => `${day + 1} october 9am`);
    expect(readText(`sync ${days.join(', ')}`)).not.toHaveProperty('others');
  });
});

test.each([
  ['meeting tomorrow 3pm about 🎉 launch party 🎉', '🎉 launch party 🎉'],
  ['meeting tomorrow 3pm about [ACME] kickoff', '[ACME] kickoff'],
  ['meeting tomorrow 3pm about budget (draft)', 'budget (draft)'],
  ['New meeting Thursday 11am, recorded, title: Source code escrow.', 'Source code escrow'],
  ['meeting friday 10am. Call it "Lease – Suite 1400". Best, Renata', 'Lease – Suite 1400'],
  ['meeting friday 10am, subject: Whitlock v. Arden', 'Whitlock v. Arden'],
])('a subject stays as it is written: %s', (text, subject) => {
  expect(readText(text).command).toMatchObject({ kind: 'create', subject });
});

test.each([
  ['meeting tomorrow 3pm with Tess, not Kim', 'not Kim'],
  ['add Tess not Kim to Q3', 'not Kim'],
])('who is not to come is a doubt: %s', (text, words) => {
  expect(readText(text).doubts).toContainEqual({ why: 'words', words });
});

test.each([
  ['turn transcription off', { transcribe: false }],
  ['turn off transcription', { transcribe: false }],
  ['turn the music off', null],
])('a text that is nothing but a wish of a meeting’s changes that: %s', (text, options) => {
  const { command } = readText(text);
  expect(command.kind === 'reschedule' ? command.change.options : null).toEqual(options);
});

test('an option that nobody knows is kept in the words of the person', () => {
  const { command } = readText('meeting tomorrow 3pm about Q3, with hologram mode');
  expect(command).toMatchObject({ kind: 'create', subject: 'Q3', unknown: ['hologram mode'] });
});

test.each([
  ['meeting tomorrow 3pm about Q3, template Board', 'Q3', { template: 'board' }],
  ['meeting tomorrow 3pm about Q3 with template Party', 'Q3', { template: 'party' }],
  ['meeting tomorrow 3pm about Q3, encrypted', 'Q3', { encrypted: true }],
  ['meeting tomorrow 3pm about pricing, recording and print', 'pricing, recording and print', {}],
  ['meeting tomorrow 3pm with watermark', null, { watermark: true }],
  ['meeting tomorrow 3pm about Q3, invitation in German', 'Q3', { invitation: 'de' }],
])('a wish behind a subject or among guests is a wish: %s', (text, subject, options) => {
  expect(readText(text).command).toMatchObject({ kind: 'create', subject, options, invitees: [] });
});

test.each([
  [
    'meeting tomorrow 9 to 10:30. It must not be recorded and it should need a passcode.',
    { record: false, passcode: true },
  ],
  [
    "lecture tomorrow 1pm to 2pm, with attendees' mics and cameras off, title: soil",
    { mic: false, camera: false },
  ],
  [
    'schedule orientation tomorrow at 9 with everyone muted on entry and cameras off',
    { mic: false, camera: false },
  ],
  ['encrypted call tomorrow 2pm, Hartwell settlement, no chat', { encrypted: true, chat: 'disabled' }],
  [
    'schedule meeting tomorrow 16h with transcription in Brazilian Portuguese, subject coffee',
    { transcribe: true, language: 'pt' },
  ],
  ['may I have a video meeting with Sam tomorrow at 1pm about pricing', {}],
])('a yes or no belongs to its wish wherever it stands: %s', (text, options) => {
  const { command } = readText(text);
  expect(command.kind === 'create' ? command.options : null).toEqual(options);
});

test.each([
  [
    "Crée une réunion lundi à 14h, sujet rupture, sans salle d'attente pour les collègues de la boîte",
    'fr-FR',
    { lobby: 'organization' },
  ],
  [
    'Vorstand am Donnerstag 18 Uhr, nur die Eingeladenen kommen direkt rein, alle anderen müssen im Wartebereich warten',
    'de-AT',
    { lobby: 'invited' },
  ],
])('who waits is said of those who are named, not of all: %s', (text, locale, options) => {
  expect(readText(text, { ...FRAME, locale }).command).toMatchObject({ kind: 'create', options });
});

test('a no behind the meeting is said of the wish before it', () => {
  const frame = { ...FRAME, locale: 'de-DE' };
  expect(
    readText('schalt die aufzeichnung beim kundentermin morgen wieder aus', frame).command,
  ).toMatchObject({ kind: 'reschedule', change: { options: { record: false } } });
});

test('presenters and co-organisers among guests are none of the others', () => {
  const { command } = readText('meeting tomorrow 3pm with Sam, presenters Kim and Lee, co-organiser Pat');
  const named = (...names: string[]) => names.map((name) => ({ kind: 'name', name }));
  expect(command).toMatchObject({
    invitees: named('Sam'),
    options: { presenters: 'named', namedPresenters: named('Kim', 'Lee'), coorganisers: named('Pat') },
  });
});

test('a word that nobody says yes with confirms nothing', () => {
  for (const text of ['sync', 'drop', 'questions', 'badger'])
    expect(readText(text).command.kind).not.toBe('confirm');
});

test.each([
  ['switch mon one-on-one avec Josiane à vendredi 15 h svp', 'fr-CA'],
  ['échange mon one-on-one avec Josiane à vendredi 15 h svp', 'fr-CA'],
  ['zieh mal die Planungsrunde am Montag eine Stunde vor', 'de-DE'],
  ['schieb die Chorprobe auf Freitag 18 Uhr', 'de-CH'],
  ['retarde le point hebdo de mercredi de trente minutes', 'fr-FR'],
])('%s changes a meeting that is there', (text, locale) => {
  expect(readText(text, { ...FRAME, locale }).command).toMatchObject({ kind: 'reschedule' });
});

test('a number alone beside a day is the hour, not the name', () => {
  expect(readText('7 tomorrow, budget').command).toMatchObject({ subject: 'budget', needs: ['ampm'] });
});

describe('short lines of many trades are meetings, in German and French', () => {
  test.each([
    ['Fr 13-14 Uhr Übergabe Werkstatt', 'de-DE', 'Übergabe Werkstatt'],
    ['Abstimmung mit dem Einkauf zur Rechnung 4711 Freitag 10 Uhr', 'de-AT', 'Rechnung 4711'],
    ['demain 14h point sur le budget de la rentrée', 'fr-FR', 'budget de la rentrée'],
    ['commission travaux jeudi 18h avec le maire', 'fr-BE', 'commission travaux'],
    ['séance mardi 9h30 sur la toiture', 'fr-CH', 'toiture'],
  ])('%s', (text, locale, subject) => {
    const { command, way } = readText(text, { ...FRAME, locale });
    expect(way).toBe('do');
    expect(command).toMatchObject({ kind: 'create', subject });
  });

  test('a single word of a trade is a meeting', () => {
    expect(readText('Lagerinventur morgen 9 Uhr', { ...FRAME, locale: 'de-DE' })).toMatchObject({
      command: { kind: 'create', subject: 'Lagerinventur' },
    });
  });
});

test('a length in a sentence of its own counts', () => {
  const { command } = readText(
    'Could we meet Tuesday at 3pm about the roof? An hour and a half, if you would.',
  );
  expect(command).toMatchObject({ kind: 'create', minutes: 90 });
});

test.each([
  ['Kolkata', 'Asia/Kolkata'],
  ['Kyiv', 'Europe/Kyiv'],
  ['Yangon', 'Asia/Yangon'],
  ['Kathmandu', 'Asia/Kathmandu'],
])('%s is known by the name it has today, which CLDR lacks', (city, zone) => {
  expect(readText(`set my time zone to ${city}`).command).toMatchObject({
    kind: 'settings',
    change: { zone },
  });
});

test.each([
  ['mach mal ein Meeting mit Anja wg Weihnachtsfeier', 'de-DE'],
  ['call with Sam', 'en-GB'],
])('where no word says that it is to be at once it is asked when: %s', (text, locale) => {
  expect(cameTo(text, locale)).toMatch(/^(ask|draft) create$/);
  expect(readText(text, { ...FRAME, locale }).command).toMatchObject({ mode: 'scheduled', when: null });
});

test.each([
  ['meeting next tuesday at 10, one hour more or less', 'en-GB', 60],
  ['Termin morgen 15 Uhr, eine Stunde oder so', 'de-DE', 60],
  ['réunion demain 15h, une heure plus ou moins', 'fr-FR', 60],
])('a length that is only about so long is a length: %s', (text, locale, minutes) => {
  const { command } = readText(text, { ...FRAME, locale });
  const when = command.kind === 'create' ? command.when : null;
  expect(when?.end?.diff(when.start, 'minutes').minutes).toBe(minutes);
});

test.each([
  ['appel jeudi 10h heure du Pacifique', 'America/Los_Angeles'],
  ['appel jeudi 10h heure de la Réunion', 'Indian/Reunion'],
])('a zone by its French name: %s', (text, zone) => {
  const { command } = readText(text, { ...FRAME, locale: 'fr-FR' });
  const when = command.kind === 'create' ? command.when : null;
  expect(when?.start.setZone(zone).hour).toBe(10);
});

test('the clock of others is asked for: heure de chez eux', () => {
  const { command } = readText('mercredi à 9h heure de chez eux, démo', { ...FRAME, locale: 'fr-FR' });
  expect(command).toMatchObject({ kind: 'create', needs: ['tz'] });
});

test.each([
  ['planning call with Sam tomorrow at 3pm Puddletown time', 'en-GB'],
  ['Planung mit Sam morgen um 15 Uhr Buxtehuder Zeit', 'de-DE'],
  ['point avec Sam demain à 15h, heure de Trifouilly', 'fr-FR'],
])('a zone that nobody knows is not passed over: %s', (text, locale) => {
  const { way, doubts } = readText(text, { ...FRAME, locale });
  expect(way).not.toBe('do');
  expect(doubts).toContainEqual(expect.objectContaining({ why: 'time' }));
});

test('an hour without a day is not passed over where news beside it names one', () => {
  const frame = { ...FRAME, locale: 'de-DE' };
  const text =
    'Hi, die Frau Pütz von der Krankenkasse hat grad angerufen und hätte am Freitag Zeit. Machst du da bitte was um 13:30 Uhr rein, so 45 min, Thema Hilfsmittelverzeichnis?';
  expect(readText(text, frame)).toMatchObject({
    way: 'draft',
    doubts: [{ why: 'time', words: 'am Freitag' }],
  });
});

test.each([
  ['meeting tomorrow 10am', 'en-GB'],
  ['termin do 15 uhr', 'de-DE'],
  ['réu demain 9h30', 'fr-FR'],
])('a meeting and its time alone are enough: %s', (text, locale) => {
  expect(readText(text, { ...FRAME, locale }).way).toBe('do');
});

test.each([
  ['yeah nah cancel the toolbox talk tomorrow', 'cancel'],
  ['no no cancel the Q3 call', 'cancel'],
  ['yeah can you um move the van insurance one to tomorrow at eleven', 'reschedule'],
  ['I guess schedule the vet call for tomorrow at two fifteen in the afternoon', 'create'],
  ['would you mind postponing the scorecard review by a day?', 'reschedule'],
  ["I'd be grateful if you could call off the rehearsal planning session", 'cancel'],
])('what people put before a wish takes nothing away from it: %s', (text, kind) => {
  expect(readText(text).command.kind).toBe(kind);
});

test.each([
  ['mroegn 15 uhr bitte termin mit Gesa, jahresgespräch', 'de-DE'],
  ['tmororow 3pm meeting with Gesa about the review', 'en-GB'],
  ['dmeian 15h réunion avec Gesa', 'fr-FR'],
])('a day whose letters are in another order is that day: %s', (text, locale) => {
  const { command } = readText(text, { ...FRAME, locale });
  expect(command.kind === 'create' ? command.when?.start.toISODate() : null).toBe('2026-09-16');
});

test.each([
  ['the invitation in Welsh', null],
  ['invitation for Q3 in Welsh', 'Q3'],
])('a language that an invitation is wanted in names no meeting: %s', (text, subject) => {
  expect(readText(text).command).toMatchObject({ kind: 'invitation', language: 'cy', which: { subject } });
});

test('the beginning of a time whose end was not read is not passed over', () => {
  expect(readText('pop in a chat with Siobhan for tomorrow eleven till half past')).toMatchObject({
    way: 'draft',
    doubts: expect.arrayContaining([{ why: 'time', words: 'half past' }]),
  });
});
