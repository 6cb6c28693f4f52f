import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSamples } from '../../cards/samples.ts';
import { bundle, page } from '../../cards/sheet.ts';
import { PALETTES } from '../../cards/teams-look.ts';
import { openBrowser } from '../../deploy/sandbox/browser.ts';
import { inBrowser } from '../e2e/own-page.ts';
import { draw } from './draw.ts';

/** A phone's chat column. */
const PHONE = 320;
const MOST_HEIGHT = 420;
const LEAST_FONT = 12;

/** What was asked for and refused, and people's own texts, take the room that they need. */
const TALL =
  /hostile|options|government|unmet|assumed|encrypted|every-button|many-guests|room-other-time|room-renewed/;

const NAMES = readSamples().map(({ name }) => name);
const MEETINGS = NAMES.filter((name) => name.startsWith('meeting.'));
/** Every card that is not a meeting's is one question or one answer; what people are asked to copy, to fill in or to choose from has its own length. */
const LONG =
  /hostile|invitation|invites|edit|welcome|meetings\.many|help\.group|ask\.everything|ask\.who-two|ask\.unmet/;

/** Of an element in the page, what is looked at. */
type Drawn = {
  id: string;
  className: string;
  textContent: string | null;
  offsetHeight: number;
  scrollWidth: number;
  clientWidth: number;
  getBoundingClientRect(): { left: number; right: number; height: number };
  getClientRects(): { length: number };
  computedStyleMap(): { get(name: string): { value: string | number } };
  querySelectorAll(selector: string): Iterable<Drawn>;
};

/** Runs in the page: what is too small, what leaves its card, and which buttons' words take two lines. */
function look(cards: Drawn[], least: number) {
  const words = ({ textContent }: Drawn) => textContent ?? '';
  return cards.map((card) => {
    const frame = card.getBoundingClientRect();
    const inSight = [...card.querySelectorAll('*')].filter(
      (one) => one.getClientRects().length > 0 && words(one).trim() !== '',
    );
    const isClipped = (one: Drawn) => {
      if (one.computedStyleMap().get('display').value === 'inline') return false;
      const { left, right } = one.getBoundingClientRect();
      return right > frame.right || left < frame.left || one.scrollWidth > one.clientWidth + 1;
    };
    return {
      name: card.id,
      height: Math.round(frame.height),
      small: inSight
        .filter((one) => Number(one.computedStyleMap().get('font-size').value) < least)
        .map(words),
      clipped: inSight.filter(isClipped).map(words),
      broken: inSight
        .filter(({ className, offsetHeight }) => className.includes('ac-pushButton') && offsetHeight > 40)
        .map(words),
    };
  });
}

/** Other languages take more letters for the same: a sixth more room is theirs. */
const LOCALES = [
  ['en-GB', MOST_HEIGHT],
  ['de-DE', 490],
  ['fr-FR', 490],
] as const;

for (const [locale, most] of LOCALES)
  inBrowser(`a card on a phone, in ${locale}`, async () => {
    let browser: Browser;
    let looks: ReturnType<typeof look>;

    beforeAll(async () => {
      browser = await openBrowser();
      const tab = await browser.newPage({ viewport: { width: 1900, height: 1000 } });
      const drawings = NAMES.map((name) => ({ name, card: draw(name, locale) }));
      await tab.setContent(page(await bundle(), drawings, 'light', PHONE));
      looks = await tab.locator('.card').evaluateAll(look, LEAST_FONT);
    });
    afterAll(() => browser.close());

    test('is drawn, every one of them', () => {
      expect(looks.map(({ name }) => name)).toEqual(NAMES);
    });

    // An address that somebody put into a subject has no place to break in the text that is to be copied.
    test.each(NAMES.filter((name) => name !== 'invitation.hostile'))(
      '%s has nothing too small, clipped or broken',
      (name) => {
        const found = looks.find((one) => one.name === name);
        expect(found).toMatchObject({ small: [], clipped: [], broken: [] });
      },
    );

    test.each([
      ...MEETINGS.filter((name) => !TALL.test(name)),
      ...NAMES.filter((name) => !MEETINGS.includes(name) && !LONG.test(name)),
    ])('%s is seen without scrolling', (name) => {
      expect(looks.find((one) => one.name === name)?.height).toBeLessThanOrEqual(most);
    });
  });

/** WCAG 2: how much lighter one colour of a pair is. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(['light', 'dark'] as const)('the colours of a %s card', (theme) => {
  const palette = PALETTES[theme];

  test.each(['text', 'subtle', 'accent'] as const)('%s is read well on a panel of it', (name) => {
    expect(contrast(palette[name], palette.panel)).toBeGreaterThanOrEqual(4.5);
  });

  // A card cannot choose Teams' red, which comes to 4.47 in the dark.
  test.each(['text', 'subtle', 'accent'] as const)('%s is read well on it', (name) => {
    expect(contrast(palette[name], palette.card)).toBeGreaterThanOrEqual(4.5);
  });

  test('white is read well on the button that joins', () => {
    expect(contrast('#ffffff', palette.primary)).toBeGreaterThanOrEqual(4.5);
  });
});
