import { describe, expect, test } from 'vitest';
import { render } from '../../bot/say/render.ts';
import { nodes, read } from './card.ts';
import { cardOf, draw, executes, sampleOf } from './draw.ts';

describe('the meeting card where many people see it', () => {
  test('of somebody else has no organiser buttons, but a copy to make, which asks first', () => {
    const card = draw('meeting.channel');
    expect(executes(card).map(({ verb, title, data }) => ({ verb, title, data }))).toEqual([
      { verb: 'view', title: 'Refresh', data: { id: 'm-7Q2kd81' } },
      { verb: 'create', title: 'Yes, make a copy', data: { copyOf: 'm-7Q2kd81' } },
    ]);
    expect(read(card)).toContain('Organised by Ada Adeyemi');
    const [question] = nodes(card).filter(({ id }) => id === 'copy');
    expect(question).toMatchObject({ isVisible: false });
    expect(executes(question).map(({ verb }) => verb)).toEqual(['create']);
    const [button] = nodes(card).filter(({ title }) => title === 'Make a copy');
    expect(button).toMatchObject({
      type: 'Action.ToggleVisibility',
      targetElements: ['copy'],
      mode: 'secondary',
    });
    const { reply, reader } = sampleOf('meeting.channel-organiser');
    if (reply.kind !== 'meeting') throw new Error('a meeting');
    const spoilt = cardOf(render({ ...reply, organiser: 'Ada Adeyemi' }, reader));
    expect(executes(spoilt).map(({ verb }) => verb)).toEqual(['create']);
  });

  test.each([
    ['meeting.channel', 'A meeting is ready'],
    ['meeting.channel-renewed', 'This meeting has a new link'],
    ['meeting.channel-moved', 'This meeting has a new time'],
    ['meeting.channel-organiser', 'Your meeting is ready'],
  ])('%s is headed for its reader: %s', (name, words) => {
    expect(read(draw(name))[0]).toBe(words);
  });

  test.each([
    ['meeting.channel', '2026-11-24T15:00:00Z'],
    ['reminder.group', '2026-11-24T15:00:00Z'],
  ])(
    '%s has one line more, which Teams writes on each reader’s clock, and never as the only time',
    (name, at) => {
      const card = draw(name);
      const lines = read(card);
      const [line, ...more] = lines.filter((text) => text.includes('{{'));
      expect([line, more]).toEqual([`{{DATE(${at},SHORT)}} {{TIME(${at})}}`, []]);
      expect(nodes(card).find(({ text }) => text === line)).toMatchObject({ type: 'TextBlock' });
      expect(lines.some((text) => /London/.test(text))).toBe(true);
      expect(`${card.speak}${card.fallbackText}`).not.toContain('{{');
    },
  );

  test.each(['meeting.plain', 'meeting.channel-organiser', 'reminder.join'])(
    '%s is one person’s, so its times are written here',
    (name) => {
      expect(read(draw(name)).join()).not.toContain('{{');
    },
  );

  test('asks the clients of those who see another card, and at most sixty', () => {
    expect(draw('meeting.channel').refresh).toEqual({
      action: {
        type: 'Action.Execute',
        title: 'Refresh',
        verb: 'view',
        data: { id: 'm-7Q2kd81' },
      },
      userIds: ['29:1ada'],
    });
    expect(draw('meeting.channel.hostile').refresh).toMatchObject({
      userIds: Array.from({ length: 60 }, (_, place) => `29:viewer-${place + 1}`),
    });
    expect(draw('meeting.plain')).not.toHaveProperty('refresh');
  });

  test('mentions those whom Teams should tell; the other guests stand beside them', () => {
    const card = draw('meeting.channel');
    expect(card.msteams).toEqual({
      entities: [
        { type: 'mention', text: '<at>Ben Ortiz</at>', mentioned: { id: '29:1ben', name: 'Ben Ortiz' } },
        {
          type: 'mention',
          text: '<at>Mia Lindqvist</at>',
          mentioned: { id: '29:1mia', name: 'Mia Lindqvist' },
        },
      ],
    });
    const words = read(card);
    const line = '<at>Ben Ortiz</at> and <at>Mia Lindqvist</at>';
    expect(words.slice(words.indexOf('With')).slice(0, 3)).toEqual(['With', line, 'lee@contoso.com']);
    expect(`${card.speak} ${card.fallbackText}`).not.toContain('<at>');
    expect(draw('meeting.plain')).not.toHaveProperty('msteams');
  });

  test('the hours as they were said stand below those of the organizer', () => {
    const words = read(draw('meeting.said-in-zone'));
    expect(words).toContain('15:00–15:30 London time (UTC+0)');
    expect(words).toContain('10:00–10:30 New York time (UTC−5)');
  });

  test('a mention stands for one guest, not for another of the same name', () => {
    const { reply, reader } = sampleOf('meeting.channel');
    if (reply.kind !== 'meeting') throw new Error('a meeting');
    const { guests, mentions } = reply;
    const twins = {
      ...reply,
      guests: guests.slice(0, 1).concat(guests),
      mentions: mentions?.slice(0, 1) ?? [],
    };
    const words = read(cardOf(render(twins, reader)));
    expect(words.filter((text) => /Ben/.test(text))).toEqual([
      '<at>Ben Ortiz</at>',
      'Ben Ortiz, Mia Lindqvist and lee@contoso.com',
    ]);
  });

  test('of a crowd Teams tells twenty, and the others are still guests', () => {
    const { reply, reader } = sampleOf('meeting.channel');
    if (reply.kind !== 'meeting') throw new Error('a meeting');
    const crowd = Array.from({ length: 23 }, (_, place) => ({ id: `29:${place}`, name: `Guest ${place}` }));
    const guests = crowd.map(({ name }) => ({ kind: 'name' as const, name }));
    const card = cardOf(render({ ...reply, mentions: crowd, guests }, reader));
    expect(nodes(card).filter(({ type }) => type === 'mention')).toHaveLength(20);
    expect(read(card)).toContain('Guest 20, Guest 21 and Guest 22');
  });

  test.each([
    ['meeting.calendar', true],
    ['meeting.channel', false],
  ])('%s has one button for the calendar; with the guests for the organiser alone: %s', (name, hasGuests) => {
    const links = nodes(draw(name)).filter(({ url }) => /calendar/.test(String(url)));
    expect(links.map(({ title, mode }) => [title, mode])).toEqual([
      ['Add to calendar', undefined],
      ['Download .ics', 'secondary'],
    ]);
    expect(new URL(String(links[0]?.url)).searchParams.has('to')).toBe(hasGuests);
  });

  test('says that it is on no calendar only where there is no button for one', () => {
    const note = 'Not on your calendar.';
    expect(read(draw('meeting.plain'))).toContain(note);
    for (const name of ['meeting.calendar', 'meeting.channel', 'meeting.room'])
      expect(read(draw(name))).not.toContain(note);
  });
});
