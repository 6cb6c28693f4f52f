import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Moment } from './reading.ts';
import { READING, readingAt, told } from './reading.ts';

const FOLDER = new URL('tables/', import.meta.url);

/** The rows of a table: "text => what it says"; a line "@ language locale zone now" holds for those below it. */
function rowsOf(file: string): [string, string, Moment][] {
  const rows: [string, string, Moment][] = [];
  let moment = READING;
  for (const line of readFileSync(new URL(file, FOLDER), 'utf8').split('\n')) {
    const [mark, language = 'en', locale = 'en-GB', zone = 'UTC', now = ''] = line.split(' ');
    const [text = '', expected] = line.split(' => ');
    if (mark === '@') moment = readingAt(now, zone, locale, language);
    else if (expected !== undefined && mark !== '#') rows.push([text, expected, moment]);
  }
  return rows;
}

describe.each(readdirSync(FOLDER))('%s', (file) => {
  test.each(rowsOf(file))('%s => %s', (text, expected, moment) => {
    expect(told(text, moment)).toBe(expected);
  });
});
