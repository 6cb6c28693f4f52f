import about from '../package.json' with { type: 'json' };
import { readOptions, stop } from './command-line.ts';
import { BOT_OPTIONS, readBot } from './smoke/arguments.ts';
import { smoke, waitUntilReady } from './smoke/checks.ts';
import { findingText, verdict } from './smoke/finding.ts';

const HELP = `npm run smoke -- --url https://… [options]

Checks a running bot from outside and says what is wrong. Needs no account and changes nothing.

  --url <url>          the bot's address, without a path (PUBLIC_URL); http:// only for this machine
  --app-id <guid>      the Entra application that sign-in must name (BOT_APP_ID)
  --version <version>  the version that must run there, or "any" (${about.version})
  --wait <seconds>     waits so long for the bot to be ready in that version (0)
  --help               this text`;

const { patience, ...bot } = readBot(HELP, readOptions(HELP, BOT_OPTIONS));
await waitUntilReady(bot, patience);
const findings = await smoke(bot, (finding) => console.log(findingText(finding)));
const { text, code } = verdict(findings, bot.url);
stop(text, code);
