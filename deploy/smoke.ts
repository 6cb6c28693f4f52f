import { parseArgs } from 'node:util';
import about from '../package.json' with { type: 'json' };
import { readOrigin, readWait, stop } from './smoke/arguments.ts';
import { smoke, waitUntilReady } from './smoke/checks.ts';
import { findingText, verdict } from './smoke/finding.ts';

const HELP = `npm run smoke -- --url https://… [options]

Checks a running bot from outside and says what is wrong. Needs no account and changes nothing.

  --url <url>          the bot's address, without a path (PUBLIC_URL); http:// only for this machine
  --app-id <guid>      the Entra application that sign-in must name (BOT_APP_ID)
  --version <version>  the version that must run there, or "any" (${about.version})
  --wait <seconds>     waits so long for the bot to be ready in that version (0)
  --help               this text`;

const { values } = readArguments();
if (values.help) stop(HELP, 0);
const origin = readOrigin(values.url ?? process.env.PUBLIC_URL ?? '');
if ('problem' in origin) stop(`${origin.problem}\n\n${HELP}`, 2);
const { url } = origin;
const appId = (values['app-id'] ?? process.env.BOT_APP_ID ?? '').toLowerCase() || null;
const version = values.version === 'any' ? null : values.version;

const patience = readWait(values.wait);
if (patience === null) stop(`--wait must be a number of seconds, 3600 at most.\n\n${HELP}`, 2);

await waitUntilReady({ url, appId, version }, patience);
const findings = await smoke({ url, appId, version }, (finding) => console.log(findingText(finding)));
const { text, code } = verdict(findings, url);
stop(text, code);

function readArguments() {
  try {
    return parseArgs({
      options: {
        url: { type: 'string' },
        'app-id': { type: 'string' },
        version: { type: 'string', default: about.version },
        wait: { type: 'string', default: '0' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : error}\n\n${HELP}`, 2);
  }
}
