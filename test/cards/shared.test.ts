import { describe, expect, test } from 'vitest';
import { render } from '../../bot/say/render.ts';
import { nodes, read } from './card.ts';
import { cardOf, draw, executes, sampleOf } from './draw.ts';

describe('the meeting card where many people see it', () => {
  test('of somebody else has no organiser buttons, but offers one of their own', () => {
    const card = draw('meeting.channel');
    expect(executes(card).map(({ verb, title, data }) => ({ verb, title, data }))).toEqual([
      { verb: 'view', title: 'Refresh', data: { id: 'm-7Q2kd81' } },
      { verb: 'create', title: 'Make a copy', data: { copyOf: 'm-7Q2kd81' } },
    ]);
    expect(read(card)).toContain('Organised by Ada Adeyemi');
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
    ['meeting.calendar', ['secondary', 'secondary'], 0],
    ['meeting.channel', ['secondary', 'secondary'], 0],
    ['meeting.calendar-no-room', [], 2],
    ['meeting.plain', [], 0],
  ])('%s leads to a calendar by overflow, or by links where six buttons are taken', (name, modes, links) => {
    const all = nodes(draw(name));
    expect(all.flatMap(({ mode }) => (mode === undefined ? [] : [mode]))).toEqual(modes);
    const titled = all.filter(({ title, mode }) => mode === undefined && /\.ics|Outlook/.test(String(title)));
    expect(titled).toHaveLength(links);
  });

  test('names the ways to a calendar only where there are some', () => {
    const ways = 'Not on your calendar yet – add it from the “…” menu: “Download .ics” or “Add to Outlook”.';
    expect(read(draw('meeting.calendar'))).toContain(ways);
    expect(read(draw('meeting.plain'))).toContain('Not on your calendar.');
    const words = read(draw('meeting.calendar-no-room'));
    const note = words.indexOf('Not on your calendar yet:');
    expect(words.slice(note + 1).slice(0, 3)).toEqual(['Download .ics', 'Download .ics', 'Add to Outlook']);
  });
});
