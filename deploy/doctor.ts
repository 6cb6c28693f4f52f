import { existsSync, readFileSync } from 'node:fs';
import about from '../package.json' with { type: 'json' };
import { readOptions, stop } from './command-line.ts';
import { runAz } from './doctor/az.ts';
import { examine } from './doctor/examine.ts';
import { BOT_OPTIONS, readBot } from './smoke/arguments.ts';
import { smoke, waitUntilReady } from './smoke/checks.ts';
import { findingText, verdict } from './smoke/finding.ts';

const HELP = `npm run doctor -- --url https://… [options]

Does what npm run smoke does, and looks with your own login to the Azure CLI at the registration in Entra ID, consent,
the Azure Bot, roles, the clock and the Teams package. Changes nothing; each fault comes with the command that mends it.

  --url <url>          the bot's address, without a path (PUBLIC_URL); http:// only for this machine
  --group <name>       the resource group of the bot or of its Azure Bot; without it Azure is not looked at
  --name <text>        --name of deploy.sh (parley)
  --app-id <guid>      the bot's Entra application (BOT_APP_ID; else what the deployment says)
  --cloud <name>       global, gcch or dod, where the deployment does not say (global)
  --graph-mode <name>  delegated or application, where the deployment does not say (delegated)
  --calendar           people's calendars are used (CALENDAR=on), where the deployment does not say
  --package <file>     the Teams app package (parley.zip)
  --version <version>  the version that must run there, or "any" (${about.version})
  --wait <seconds>     waits so long for the bot to be ready in that version (0)
  --help               this text`;

const text = { type: 'string' } as const;
const values = readOptions(HELP, {
  ...BOT_OPTIONS,
  group: text,
  cloud: text,
  'graph-mode': text,
  calendar: { type: 'boolean', default: false },
  name: { ...text, default: 'parley' },
  package: { ...text, default: 'parley.zip' },
});
const { patience, ...bot } = readBot(HELP, values);
const zip = existsSync(values.package) ? readFileSync(values.package) : null;

await waitUntilReady(bot, patience);
const outside = await smoke(bot, (finding) => console.log(findingText(finding)));
const said = {
  cloud: values.cloud ?? null,
  graphMode: values['graph-mode'] ?? null,
  isCalendarUsed: values.calendar,
};
const options = { ...bot, ...said, zip, name: values.name, group: values.group ?? null };
const inside = await examine(runAz, options, Date.now());
for (const finding of inside) console.log(findingText(finding));
const { text: last, code } = verdict([...outside, ...inside], bot.url);
stop(last, code);
