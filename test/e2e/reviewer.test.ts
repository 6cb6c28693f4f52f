import { describe, expect, test } from 'vitest';
import en from '../../bot/say/messages/en.json' with { type: 'json' };
import { ADA } from '../../deploy/sandbox/people.ts';
import { fillTemplates } from '../../deploy/teams/manifest.ts';
import { isDoubted, textOf } from './messages.ts';
import { ownWorld } from './own-world.ts';
import { until } from './waiting.ts';

/** What a reviewer of Teams' app store tries, point by point. */
const world = await ownWorld();
const { channel } = world;

const APP = '11111111-2222-4333-8444-555555555555';
const texts = fillTemplates({
  ...{ botAppId: APP, teamsAppId: APP, publicUrl: 'https://x.example', ssoResource: `api://botid-${APP}` },
  ...{ name: 'Parley', fullName: 'Parley', developer: 'Contoso', version: '1.0.0' },
  ...{ graphMode: 'delegated' as const, isCalendarUsed: false },
  ...{ website: 'https://x.example', privacy: 'https://x.example', terms: 'https://x.example' },
});
type Command = { title: string; prompt?: string };
const [PERSONAL = [], SHARED = []] = (
  JSON.parse(texts['manifest.json'] ?? '').bots[0].commandLists as { commands: Command[] }[]
).map(({ commands }) => commands.map(({ title, prompt }) => prompt ?? title));

describe('the bot answers within two seconds, or shows that it is typing', () => {
  test.each(['hi', 'meeting tomorrow 3pm about Q3'])('“%s”', async (text) => {
    await world.signIn(ADA);
    const began = performance.now();
    const told = channel.say(ADA, world.chat(ADA).id, text);
    await until(() => world.said(ADA).length > 0 || world.chat(ADA).typing > 0);
    expect(performance.now() - began).toBeLessThan(2_000);
    await told;
  });
});

describe('what is tried first works', () => {
  test.each(PERSONAL)('“%s” of the menu, in the chat with the bot', async (text) => {
    await world.signIn(ADA);
    await world.write(ADA, text);
    const last = world.newest(ADA);
    expect(textOf(last)).not.toContain(en['help.unknown']);
    expect(isDoubted(last)).toBe(false);
  });

  test.each(SHARED.flatMap((text) => [[text, 'mention'] as const, [text, 'slash'] as const]))(
    '“%s” of the menu in a group, by %s',
    async (text, by) => {
      await world.signIn(ADA);
      const before = world.seenIn('groupChat', ADA).length;
      await (by === 'mention'
        ? world.mention(ADA, 'groupChat', text)
        : world.say(ADA, 'groupChat', text, { slash: true }));
      const [answer, ...more] = world.seenIn('groupChat', ADA).slice(before);
      expect(more).toEqual([]);
      expect(textOf(answer)).not.toContain(en['help.unknown']);
      if (by === 'slash') expect(answer?.onlyFor).toBe(ADA.oid);
    },
  );
});
