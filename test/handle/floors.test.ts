import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

// From bottom to top: a file imports from its own floor and from those below, types included.
const FLOORS = [
  'services',
  'refused-capabilities',
  'request',
  'once',
  'cards',
  'sign-in',
  'make',
  'existing',
  'find-time',
  'parked',
  'dialog',
];
const TOP = ['on-sign-in-invoke', 'change-settings', 'on-action', 'on-message', 'handle'];

/** `bot/handle/make/room.ts` stands on `make`, `bot/handle/request.ts` on `request`. */
const floorOf = (file: string) => file.split('/')[2]?.replace(/\.ts$/, '') ?? '';
const heightOf = (file: string) => [...FLOORS, ...TOP].indexOf(floorOf(file));

test.each(globSync('bot/handle/**/*.ts').sort())('%s imports nothing from a floor above', (file) => {
  expect(heightOf(file), `${floorOf(file)} is a new floor: say in this test where it stands`).not.toBe(-1);
  const imports = [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)]
    .map(([, name = '']) => join(dirname(file), name))
    .filter((name) => name.startsWith('bot/handle/'));
  expect(imports.filter((name) => heightOf(name) > heightOf(file))).toEqual([]);
});
