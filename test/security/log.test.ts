import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const TELEMETRY = new URL('../../bot/telemetry.ts', import.meta.url).href;

/** What the log says of an error, from a process of its own. */
function logged(error: string): string {
  const script = `
    import { createTelemetry } from '${TELEMETRY}';
    const telemetry = createTelemetry({ level: 'trace', applicationInsights: null, version: '0', output: process.stdout });
    telemetry.fault('somewhere', 'reference', ${error});
    telemetry.turn({ reference: 'r', turn: 'message', outcome: 'x', place: 'personal', tenant: 't', milliseconds: 1 });
  `;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
}

test.each<[string, string]>([
  ['its message', "new Error('meeting with ada@contoso.example')"],
  ['a message of several lines', "new Error('at first\\n    at ada@contoso.example')"],
  [
    'a message of which a line looks like its stack',
    "new Error('at first\\n    at ada@contoso.example:1:2')",
  ],
  ['its cause', "new Error('x', { cause: new Error('ada@contoso.example') })"],
  [
    'its cause’s cause',
    "new Error('x', { cause: new Error('y', { cause: new Error('ada@contoso.example') }) })",
  ],
  [
    'its members',
    "Object.assign(new Error('x'), { body: 'ada@contoso.example', request: { url: 'ada@contoso.example' } })",
  ],
  ['all of them', "new AggregateError([new Error('ada@contoso.example')], 'ada@contoso.example')"],
  ['a thing that is no error', "{ text: 'ada@contoso.example' }"],
  ['a text', "'ada@contoso.example'"],
])('an error is logged without %s', (_name, error) => {
  const log = logged(error);
  expect(log).toContain('"event":"fault"');
  expect(log).not.toContain('ada@contoso.example');
});
