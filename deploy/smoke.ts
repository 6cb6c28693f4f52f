import { parseArgs } from 'node:util';
import about from '../package.json' with { type: 'json' };
import { smoke } from './smoke/checks.ts';

const HELP = `npm run smoke -- --url https://… [options]

Checks a running bot from outside and says what is wrong. Needs no account and changes nothing.

  --url <url>          the bot's address, without a path (PUBLIC_URL); http:// only for this machine
  --app-id <guid>      the Entra application that sign-in must name (BOT_APP_ID)
  --version <version>  the version that must run there, or "any" (${about.version})
  --help               this text`;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const { values } = readArguments();
if (values.help) stop(HELP, 0);
const url = readUrl(values.url ?? process.env.PUBLIC_URL ?? '');
const appId = (values['app-id'] ?? process.env.BOT_APP_ID ?? '').toLowerCase() || null;
const version = values.version === 'any' ? null : values.version;

const findings = await smoke({ url, appId, version }, ({ check, isOk, sentence }) =>
  console.log(`${isOk ? '✓' : '✗'} ${check}: ${sentence}`),
);
const wrong = findings.filter(({ isOk }) => !isOk).length;
if (wrong > 0) stop(`\n${wrong} of ${findings.length} checks failed at ${url}.`, 1);
console.log(`\n${url} is well.`);

function readUrl(text: string): string {
  const value = text.trim().replace(/\/+$/, '');
  if (value === '') return stop(`Which bot? Give --url or set PUBLIC_URL.\n\n${HELP}`, 2);
  if (!URL.canParse(value) || new URL(value).origin !== value)
    return stop('--url must be an origin such as https://parley.contoso.com, without a path.', 2);
  const { protocol, hostname } = new URL(value);
  if (protocol !== 'https:' && !LOOPBACK.includes(hostname))
    return stop('--url must begin with https://; plain http is for a bot on this machine.', 2);
  return value;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        url: { type: 'string' },
        'app-id': { type: 'string' },
        version: { type: 'string', default: about.version },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return stop(`${error instanceof Error ? error.message : error}\n\n${HELP}`, 2);
  }
}

function stop(text: string, code: number): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}
